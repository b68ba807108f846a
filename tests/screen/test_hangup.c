/* The terminal is closed: the program ends, whatever it was doing and whether or not it hears of it by a signal, and what
 * it had called saved, or had shown of an answer, is in the store. */
#include "unit/unit.h"

#include <string.h>
#include <sys/wait.h>

#include "berdua/base/mem.h"
#include "pairs.h"
#include "table.h"

static const struct doing {
    const char *name, *type, *shown;
} doings[] = {
    {"nothing", "", "saved"},
    {"waiting for an answer's end", "kedua\r", "Tentu saja"},
    /* By the signal only: */
    {"showing help", "\033OP", "Keys"},
    {"editing", "\030\005", "in the editor"},
    {"searching", "\022pertama", "reverse-i-search"},
};

static void
close_terminal(struct table *t, const struct doing *d, bool signal)
{
    const char *argv[] = {"/bin/sh", "-c",
                          signal ? "exec \"$0\" chat" : "trap '' HUP; exec \"$0\" chat",
                          program_path(), NULL};
    standin_clear_rules(t->claude);
    standin_clear_rules(t->llama);
    standin_rule(t->claude, "match=kedua fault=hang after=2 text=Tentu saja, begini caranya");
    standin_rule(t->llama, "match=kedua fault=hang after=2 text=Jangan sungkan ya Kak");
    standin_rule(t->claude, "text=Baik");
    standin_rule(t->llama, "text=Ya kak");
    t->screen = screen_start_command(t->place, argv, 30, 120);
    screen_expect(t->screen, "> ");
    table_say(t, "pertama");
    screen_expect(t->screen, "Baik");
    screen_expect(t->screen, "Ya kak");
    table_expect_done(t->screen);
    screen_type(t->screen, "\0331");
    screen_expect(t->screen, "saved");
    screen_type(t->screen, d->type);
    screen_expect(t->screen, d->shown);
    screen_hang_up(t->screen);
    if (WIFSIGNALED(screen_wait_exit(t->screen)))
        fail_msg("%s: it crashed", d->name);
    screen_destroy(&t->screen);
}

static void
a_closed_terminal_ends_the_program_and_loses_nothing(void **state)
{
    struct table *t = *state;
    place_setenv(t->place, "EDITOR=echo in the editor; sleep 600; :");
    for (size_t i = 0; i < 2 + ARRAY_LEN(doings); i++) {
        const struct doing *d = &doings[i < 4 ? i / 2 : i - 2];
        close_terminal(t, d, i > 3 || i % 2);
        assert_int_equal(pairs_int(t->place, "SELECT count(*) FROM verdict"), (int64_t)i + 1);
        if (strcmp(d->type, "kedua\r") == 0)
            assert_int_equal(
                pairs_int(t->place,
                          "SELECT count(*) FROM answer a JOIN turn t ON t.id = a.turn WHERE "
                          "t.message = 'kedua' AND a.text LIKE 'Tentu saja%'"),
                (int64_t)i % 2 + 1);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_closed_terminal_ends_the_program_and_loses_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
