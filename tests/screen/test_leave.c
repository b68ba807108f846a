/* What a chat leaves in the terminal, and how it is gone on with. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "contract.h"
#include "table.h"

#define ALT "\033"

static struct screen *
start(struct table *t, const char *const *args)
{
    screen_destroy(&t->screen);
    t->screen = screen_start(t->place, args, 24, 90);
    screen_expect(t->screen, "> ");
    return t->screen;
}

static void
leave(struct screen *s)
{
    screen_type(s, "\004");
    screen_assert_exit(s, 0);
}

static void
how_it_went_stays_with_a_command_that_goes_on(void **state)
{
    struct table *t = *state;
    int row, col;
    char id[11];
    struct screen *s = start(t, ARGS("chat", "-u", "sari"));
    table_say(t, "halo");
    table_expect_done(s);
    screen_type(s, ALT "2");
    screen_expect(s, "saved: LLAMA better, turn 1");
    table_say(t, "apa kabar");
    table_expect_done(s);
    screen_expect(s, "turn 2 of 2");
    leave(s);
    assert_true(screen_shows(s, "berdua  sari · 2 turns · 1 verdict"));
    assert_true(
        screen_shows(s, "LLAMA better 1 · Claude better 0 · tie 0 · not judged 1 (turn 2)"));
    assert_true(screen_shows(s, "first token, median: Claude "));
    assert_true(screen_find(s, "go on:  berdua -u sari --session ", &row, &col));
    snprintf(id, sizeof id, "%.10s", strstr(screen_row(s, row), "--session ") + 10);
    s = start(t, ARGS("chat", "-u", "sari", "--session", id));
    screen_expect(s, "apa kabar");
    leave(s);
}

static void
the_last_turn_stays_too_or_nothing_does_where_that_is_wanted(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "text=Ini jawaban yang tinggal.");
    place_setenv(t->place, "BERDUA_UI_LEAVE=turn");
    struct screen *s = start(t, ARGS("chat"));
    table_say(t, "halo");
    table_expect_done(s);
    leave(s);
    assert_true(screen_shows(s, "> halo"));
    assert_true(screen_shows(s, "Ini jawaban yang tinggal."));
    assert_true(screen_shows(s, "go on:"));
    place_setenv(t->place, "BERDUA_UI_LEAVE=nothing");
    s = start(t, ARGS("chat"));
    table_say(t, "halo");
    table_expect_done(s);
    leave(s);
    assert_false(screen_shows(s, "halo"));
    assert_false(screen_shows(s, "go on:"));
}

static void
continue_without_a_user_offers_the_newest_session_of_whoever(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--linear", "-u", "budi"), "lama\n");
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--linear", "-u", "sari"), "pertanyaan sari\n");
    cli_finish(&r);
    screen_destroy(&t->screen);
    struct screen *s = t->screen = screen_start(t->place, ARGS("chat", "--continue"), 24, 90);
    screen_expect(s, "The newest is of sari");
    screen_expect(s, "pertanyaan sari");
    screen_expect(s, "Go on with it? [y/N]");
    screen_type(s, "y\n");
    screen_expect(s, "user sari");
    screen_expect(s, "turn 1 of 1");
    leave(s);
    cli_run(&r, t->place, ARGS("--linear", "--continue", "-u", "wayan"), "");
    assert_true(holds(&r.err, "wayan has no session to go on with"));
    assert_true(holds(&r.err, "go on: berdua --continue -u sari"));
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(how_it_went_stays_with_a_command_that_goes_on),
        AT_A_TABLE(the_last_turn_stays_too_or_nothing_does_where_that_is_wanted),
        AT_A_TABLE(continue_without_a_user_offers_the_newest_session_of_whoever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
