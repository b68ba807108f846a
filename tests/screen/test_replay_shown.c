/* `berdua replay`: what was said comes again, on the screen and as lines, and nothing is asked or stored. */
#include "unit/unit.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "table.h"

static void
ask(struct table *t, const char *message, const char *record)
{
    struct cli_result r;
    standin_rule(t->claude, "times=1 first=30 gap=20 text=Tidak apa-apa, Kak.");
    standin_rule(t->llama, "times=1 first=40 gap=20 text=Jangan sungkan ya.");
    cli_run(&r, t->place, ARGS("ask", message, record ? "--record" : "-q", record), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
}

/* Each text after the one before it. */
static void
expect_in_order(const struct buf *out, const char *const *texts)
{
    const char *p = out->p;
    for (; *texts; texts++) {
        const char *at = strstr(p, *texts);
        if (!at)
            fail_msg("\"%s\" does not follow in: %s", *texts, out->p);
        p = at + strlen(*texts);
    }
}

static void
a_session_comes_again_as_lines_at_any_pace(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    ask(t, "aku malu", NULL);
    char *id = cli_only_session(t->place);
    size_t asked = standin_count(t->claude);
    static const char *const speeds[] = {"1", "50", "instant"};
    for (size_t i = 0; i < ARRAY_LEN(speeds); i++) {
        int64_t begun_us = clock_us();
        cli_run(&r, t->place, ARGS("replay", id, "--speed", speeds[i]), NULL);
        expect_exit(&r, 0);
        /* Whichever answer was whole first comes first. */
        expect_in_order(&r.out, ARGS("> aku malu", "claude (", "Tidak apa-apa, Kak."));
        expect_in_order(&r.out, ARGS("> aku malu", "llama (", "Jangan sungkan ya."));
        if (i == 0) /* its answers took longer than that */
            assert_true(clock_us() - begun_us > 50 * US_PER_MS);
        cli_finish(&r);
    }
    cli_run(&r, t->place, ARGS("replay", id, "--speed", "0"), NULL);
    expect_exit(&r, 2);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("replay", "0000nothing"), NULL);
    expect_exit(&r, 1);
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), asked);
    free(id);
}

static bool
has_a_median(struct screen *s, void *arg)
{
    int row, col;
    (void)arg;
    return screen_find(s, "p50 1st token", &row, &col) &&
           strstr(strstr(screen_row(s, row), "p50 1st token"), " ms");
}

static void
a_session_comes_again_on_the_screen_where_nothing_can_be_done(void **state)
{
    struct table *t = *state;
    ask(t, "aku malu", NULL);
    char *id = cli_only_session(t->place);
    size_t asked = standin_count(t->claude);
    t->screen = screen_start(t->place, ARGS("replay", id), 30, 120);
    screen_expect(t->screen, "aku malu");
    screen_expect(t->screen, "Tidak apa-apa, Kak.");
    screen_expect(t->screen, "Jangan sungkan ya.");
    screen_expect(t->screen, "The replay is over");
    screen_expect_that(t->screen, has_a_median, NULL, "the panel counts what has come");
    screen_type(t->screen, "halo\r");
    screen_expect(t->screen, "nothing is sent, judged or changed");
    table_leave(t);
    assert_int_equal(standin_count(t->claude), asked);
    free(id);
}

static void
a_recording_comes_again_from_its_file_alone(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char *folder = place_path(t->place, "tapes");
    struct dirent **names;
    ask(t, "aku malu", folder);
    int n = scandir(folder, &names, NULL, alphasort), seen = 0;
    for (int i = 0; i < n; i++) {
        char *file = xasprintf("%s/%s", folder, names[i]->d_name);
        bool claude = strstr(names[i]->d_name, "claude") != NULL;
        if (claude || strstr(names[i]->d_name, "llama")) {
            cli_run(&r, t->place, ARGS("--db", "/no/such/place", "replay", file), NULL);
            expect_exit(&r, 0);
            expect_in_order(&r.out, ARGS("SIMULATED", "> aku malu",
                                         claude ? "Tidak apa-apa, Kak." : "Jangan sungkan ya."));
            cli_finish(&r);
            seen++;
        }
        free(file);
        free(names[i]);
    }
    free(names);
    assert_int_equal(seen, 2);
    place_write(t->place, "x.jsonl", "{\"id\":1}\n");
    char *wrong = place_path(t->place, "x.jsonl");
    cli_run(&r, t->place, ARGS("replay", wrong), NULL);
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "x.jsonl:1: "));
    cli_finish(&r);
    free(wrong);
    free(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_session_comes_again_as_lines_at_any_pace),
        AT_A_TABLE(a_session_comes_again_on_the_screen_where_nothing_can_be_done),
        AT_A_TABLE(a_recording_comes_again_from_its_file_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
