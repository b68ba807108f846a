/* What TERM names: drawn on by its own description or by its family's; else the chat is linear and says why. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "berdua/base/mem.h"
#include "table.h"

static void
set_term(struct table *t, const char *type)
{
    char *assignment = type ? xasprintf("TERM=%s", type) : xstrdup("TERM");
    place_setenv(t->place, assignment);
    free(assignment);
}

static void
a_terminal_younger_than_its_descriptions_is_driven_as_its_family(void **state)
{
    static const char *const types[] = {"xterm-nonesuch",    "foot-nonesuch",    "ghostty-nonesuch",
                                        "wezterm-nonesuch",  "contour-nonesuch", "kitty-nonesuch",
                                        "alacritty-nonesuch"};
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        set_term(t, types[i]);
        struct screen *s = table_start(t, 30, 160);
        char *said =
            xasprintf("TERM=%s has no description here: driven as xterm-256color", types[i]);
        screen_expect(s, said);
        assert_true(screen_mode(s, 1049));
        free(said);
        table_leave(t);
    }
    struct table *t = *state;
    set_term(t, "tmux-nonesuch");
    screen_destroy(&t->screen);
    struct screen *s = table_start(t, 30, 160);
    screen_expect(s, "driven as tmux-256color");
}

static void
where_there_can_be_no_screen_the_chat_is_linear_and_says_why(void **state)
{
    static const struct {
        const char *type, *said[2];
    } cases[] = {
        {"nonesuch",
         {"TERM=nonesuch has no description here, so the chat is linear", "install its terminfo"}},
        {"xtermnonesuch", {"TERM=xtermnonesuch has no description", "export TERM=xterm-256color"}},
        {"dumb",
         {"TERM=dumb: this terminal cannot place its cursor", "export TERM=xterm-256color"}},
        {NULL, {"TERM is not set, so the chat is linear", "export TERM=xterm-256color"}},
    };
    struct table *t = *state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        set_term(t, cases[i].type);
        struct screen *s = t->screen =
            screen_start(t->place, (const char *const[]){"chat", NULL}, 30, 200);
        screen_expect(s, "> ");
        for (size_t k = 0; k < ARRAY_LEN(cases[i].said); k++)
            assert_true(screen_shows(s, cases[i].said[k]));
        screen_type(s, "halo\n");
        screen_expect(s, "Claude, ");
        screen_expect(s, "LLAMA");
        screen_type(s, "\004");
        assert_int_equal(WEXITSTATUS(screen_wait_exit(s)), 0);
        assert_false(screen_raw_holds(s, "\033", 1));
        screen_destroy(&t->screen);
    }
}

static void
who_asked_for_linear_is_not_told_why(void **state)
{
    struct table *t = *state;
    set_term(t, "nonesuch");
    struct screen *s = t->screen =
        screen_start(t->place, (const char *const[]){"--linear", NULL}, 30, 200);
    screen_expect(s, "> ");
    assert_false(screen_shows(s, "nonesuch"));
    screen_type(s, "\004");
    assert_int_equal(WEXITSTATUS(screen_wait_exit(s)), 0);
}

/* Without colours, without an alternate screen, with eight colours. */
static void
old_terminals_are_drawn_on(void **state)
{
    static const char *const types[] = {"vt100",  "vt220", "linux",      "xterm",
                                        "screen", "rxvt",  "xterm-mono", "ansi"};
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        set_term(t, types[i]);
        standin_rule(t->claude, "text=Jawaban **tebal** satu.");
        struct screen *s = table_start(t, 30, 120);
        assert_false(screen_shows(s, "no description"));
        table_say(t, "halo kamu");
        screen_expect(s, "Jawaban tebal satu.");
        table_expect_done(s);
        assert_non_null(strstr(screen_row(s, 0), "berdua"));
        screen_expect(s, "> ");
        screen_resize(s, 24, 80);
        screen_expect(s, "Jawaban tebal satu.");
        screen_expect(s, "> ");
        assert_false(screen_raw_holds(s, "\0", 1));
        table_leave(t);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_terminal_younger_than_its_descriptions_is_driven_as_its_family),
        AT_A_TABLE(where_there_can_be_no_screen_the_chat_is_linear_and_says_why),
        AT_A_TABLE(who_asked_for_linear_is_not_told_why),
        AT_A_TABLE(old_terminals_are_drawn_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
