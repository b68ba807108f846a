/* The terminal after the program has ended, however it ended, and what may never be written to it. */
#include "unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "cli.h"
#include "table.h"

static struct screen *
start_streaming(struct table *t)
{
    standin_rule(t->claude, "fault=endless gap=5");
    standin_rule(t->llama, "fault=hang_head");
    struct screen *s = table_start(t, 30, 120);
    assert_true(screen_mode(s, 1049));
    assert_true(screen_mode(s, 2004));
    table_say(t, "halo");
    screen_expect(s, "lagi lagi");
    return s;
}

static void
ctrl_d_on_an_empty_line_leaves_it_as_it_was(void **state)
{
    struct table *t = *state;
    table_start(t, 30, 120);
    table_leave(t);
}

static void
quit_while_answers_stream_leaves_it_as_it_was(void **state)
{
    struct table *t = *state;
    struct screen *s = start_streaming(t);
    screen_type(s, "/quit\r");
    screen_assert_exit(s, 0);
}

static void
ctrl_c_cancels_then_clears_then_leaves(void **state)
{
    struct table *t = *state;
    struct screen *s = start_streaming(t);
    screen_type(s, "ketikan");
    screen_expect(s, "> ketikan");
    screen_type(s, "\003");
    screen_expect(s,
                  "CLAUDE  cancelled"); /* while one of them runs, a second press is for that one */
    screen_expect(s, "LLAMA  cancelled");
    screen_expect(s, "> ketikan");
    screen_type(s, "\003");
    screen_expect_gone(s, "> ketikan");
    screen_type(s, "\003\003");
    screen_assert_sane_after_exit(s, NULL);
}

static void
term_and_hup_end_in_order(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP};
    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        int status;
        table_clear(state);
        table_set(state);
        struct screen *s = start_streaming(*state);
        kill(screen_pid(s), signals[i]);
        screen_assert_sane_after_exit(s, &status);
        assert_false(WCOREDUMP(status));
    }
}

static void
a_crash_restores_it_and_is_still_that_crash(void **state)
{
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGQUIT};
    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        /* a sanitizer would take the signal for itself */
        place_setenv(t->place, "ASAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_sigfpe=0");
        place_setenv(t->place, "TSAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_sigfpe=0");
        struct screen *s = start_streaming(t);
        kill(screen_pid(s), signals[i]);
        screen_assert_crash(s, signals[i]);
    }
}

static void
int_from_outside_cancels_like_ctrl_c(void **state)
{
    struct table *t = *state;
    struct screen *s = start_streaming(t);
    kill(screen_pid(s), SIGINT);
    screen_expect(s, "cancelled");
    screen_type(s, "masih hidup");
    screen_expect(s, "> masih hidup");
}

static void
suspended_it_is_the_shells_and_comes_back_whole(void **state)
{
    struct table *t = *state;
    char *command = xasprintf("'%s' chat; stty -a | grep -o ' icanon'; echo shell; fg; echo over",
                              program_path());
    t->screen = screen_start_command(
        t->place, (const char *const[]){"/bin/bash", "--norc", "-mc", command, NULL}, 30, 120);
    struct screen *s = t->screen;
    screen_expect(s, "> ");
    screen_type(s, "ketikan");
    screen_expect(s, "> ketikan");
    size_t n;
    screen_type(s, "\032");
    while (!screen_raw_holds(s, "shell\r\n", 7))
        screen_settle(s, 20);
    assert_true(screen_raw_holds(s, " icanon", 7));
    screen_expect(s, "> ketikan");
    assert_true(screen_mode(s, 1049));
    screen_type(s, "\025\004");
    screen_expect(s, "over");
    screen_raw(s, &n);
    assert_false(screen_mode(s, 1049));
    free(command);
}

static void
hostile_text_never_reaches_it_raw(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude,
                 "text=satu\\x1b[2J\\x1b[1;1Hdua\\x1b]52;c;aGFjaw==\\x07 tiga\\x1b]0;judul\\x07 "
                 "\\x1bP1$r\\x1b\\\\ \xc2\x9b"
                 "31m \xe2\x80\xae"
                 "balik\xe2\x80\xac \xe2\x80\x8b"
                 "\\x08\\x08\\x00\\x7f \xf3\xa0\x81\x81 \\xff\\xfe \\ud83d akhirnya");
    standin_rule(t->llama, "status=500 message=\"rusak \\x1b]0;x\\x07\\x1b[31m parah\"");
    struct screen *s = table_start(t, 30, 120);
    table_say(t, "halo \xe2\x80\xae tamu");
    screen_expect(s, "akhirnya");
    screen_expect(s, "failed");
    screen_assert_clean_output(s);
    assert_false(screen_raw_holds(s, "aGFjaw", 6) && screen_raw_holds(s, "\033]52", 4));
    assert_non_null(strstr(screen_row(s, 0), "berdua"));
    screen_expect(s, "> ");
    screen_type(s, "\014"); /* painted anew it is no worse */
    screen_settle(s, 100);
    screen_assert_clean_output(s);
    assert_non_null(strstr(screen_row(s, 0), "berdua"));
    table_leave(t);
}

static void
a_line_of_a_megabyte_does_not_break_the_layout(void **state)
{
    struct table *t = *state;
    struct buf rule;
    buf_init(&rule, 4 << 20);
    buf_append_str(&rule, "text=");
    for (int i = 0; i < 1024; i++) {
        for (int k = 0; k < 1024; k++)
            buf_append_char(&rule, (char)('a' + k % 26));
        buf_append_str(&rule, "\\|");
    }
    buf_append_str(&rule, " TAMAT");
    standin_rule(t->claude, rule.p);
    buf_finish(&rule);
    struct screen *s = table_start(t, 30, 120);
    table_say(t, "halo");
    screen_expect(s, "TAMAT");
    assert_non_null(strstr(screen_row(s, 0), "berdua"));
    screen_expect(s, "> ");
    screen_resize(s, 24, 80);
    screen_expect(s, "TAMAT");
    screen_expect(s, "> ");
    screen_assert_clean_output(s);
}

static void
a_hostile_paste_reaches_neither_screen_nor_peer(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 30, 120);
    screen_paste(s, "a\033]0;judul\ab\xc2\x9b"
                    "31mc\x01"
                    "d");
    screen_expect(s, "d");
    table_say(t, " selesai");
    screen_assert_clean_output(s);
    struct standin_request *r = standin_request(t->claude, 0);
    assert_null(strstr(r->body, "\\u001b"));
    assert_null(strstr(r->body, "\\u0001"));
    standin_request_free(&r);
}

/* Each byte sequence that a terminal obeys, or that hides or turns what is shown: CSI, C1 CSI, an override, a tag. */
#define HOSTILE                                                                                    \
    "x\033[31m\xc2\x9b"                                                                            \
    "2J\xe2\x80\xae\xf3\xa0\x81\x81y"

static void
names_from_outside_reach_it_harmless_and_a_pipe_as_they_are(void **state)
{
    struct table *t = *state;
    static const char *const commands[][6] = {
        {HOSTILE, NULL},
        {"route", HOSTILE, NULL},
        {"route", "status", HOSTILE, NULL},
        {"ask", "--" HOSTILE, NULL},
        {"memory", "show", "--json", HOSTILE, NULL},
        {"-c", "/none/" HOSTILE, "doctor", NULL},
        {"knowledge", "import", "/none/" HOSTILE, NULL},
        {"sessions", "show", HOSTILE, NULL},
        {"classify", "--json", HOSTILE, NULL},
    };
    static const char *const raw[] = {"\033[31m", "\xc2\x9b", "\xe2\x80\xae", "\xf3\xa0\x81\x81"};
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        const char *argv[8] = {program_path()};
        for (size_t k = 0; commands[i][k]; k++)
            argv[k + 1] = commands[i][k];
        struct screen *s = screen_start_command(t->place, argv, 30, 200);
        screen_send(s, "\004", 1);
        screen_wait_exit(s);
        for (size_t k = 0; k < ARRAY_LEN(raw); k++)
            if (screen_raw_holds(s, raw[k], strlen(raw[k])))
                fail_msg("command %zu writes hostile bytes %zu", i, k);
        screen_destroy(&s);
    }
    struct cli_result r;
    cli_run(&r, t->place, (const char *const[]){"memory", "show", "--json", HOSTILE, NULL}, NULL);
    assert_non_null(strstr(r.out.p, "\xe2\x80\xae\xf3\xa0\x81\x81y"));
    cli_finish(&r);
}

static void
a_copy_is_sent_to_the_terminal_with_what_tmux_needs(void **state)
{
    static const char *const types[] = {"TERM=xterm-256color", "TERM=tmux-256color"};
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        place_setenv(t->place, types[i]);
        place_setenv(t->place, "BERDUA_UI_CLIPBOARD=osc52");
        standin_rule(t->claude, "text=salam");
        standin_rule(t->llama, "text=salam"); /* either of them serves */
        struct screen *s = table_start(t, 30, 120);
        table_say(t, "halo");
        table_expect_done(s);
        screen_type(s, "\033");
        screen_expect(s, "browse  1 ");
        screen_type(s, "y"); /* which answer is asked; the first is the one that goes on */
        screen_expect(s, "Enter copy");
        screen_type(s, "\r");
        screen_expect(s, "sent to the terminal: ");
        assert_true(screen_shows(s, "'s answer, 5 bytes"));
        assert_true(screen_raw_holds(s, "\033]52;c;c2FsYW0=\033\\", 17));
        assert_int_equal(screen_shows(s, "set -g set-clipboard on"), i == 1);
        assert_false(screen_shows(s, "copied"));
    }
}

static void
an_inputrc_that_loops_is_named_and_the_session_goes_on(void **state)
{
    struct table *t = *state;
    place_write(t->place, "inputrc", "set bell-style audible\n$include ~/inputrc\n\"~\": \"~\"\n");
    struct screen *s = table_start(t, 30, 250);
    screen_expect(s, "inputrc:2: $include");
    screen_expect(s, "take the line out");
    screen_type(s, "satu~dua");
    screen_expect(s, "> satudua");
    screen_expect(s, "inputrc:3: this macro gives its own keys again and again");
    screen_type(s, "\r");
    screen_expect(s, "❯ satudua");
}

static bool
has_rung(struct screen *s, void *unused)
{
    static const char bell[] = "\a\033]9;berdua: the answers have ended\033\\";
    (void)unused;
    return screen_raw_holds(s, bell, sizeof bell - 1);
}

/* The terminal says who has the keys (?1004). */
static void
the_end_of_answers_is_told_to_whoever_looks_elsewhere(void **state)
{
    struct table *t = *state;
    for (int off = 0; off < 2; off++) {
        table_clear(state);
        table_set(state);
        t = *state;
        if (off)
            place_setenv(t->place, "BERDUA_UI_NOTIFY=off");
        standin_rule(t->claude, "match=lagi text=Baik satu.");
        standin_rule(t->llama, "match=lagi text=Baik dua.");
        struct screen *s = table_start(t, 30, 120);
        table_say(t, "halo");
        table_expect_done(s);
        assert_false(screen_raw_holds(s, "\a", 1));
        screen_type(s, "\033[O");
        table_say(t, "lagi");
        if (!off)
            screen_expect_that(s, has_rung, NULL, "the bell and the notification");
        screen_expect(s, "Baik satu.");
        screen_expect(s, "Baik dua.");
        screen_type(s, "\0331");
        screen_expect(s, "turn 2 of 2 · LLAMA 0 · Claude 1");
        table_leave(t);
        assert_int_equal(has_rung(s, NULL), !off);
        screen_assert_clean_output(s);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(the_end_of_answers_is_told_to_whoever_looks_elsewhere),
        AT_A_TABLE(ctrl_d_on_an_empty_line_leaves_it_as_it_was),
        AT_A_TABLE(quit_while_answers_stream_leaves_it_as_it_was),
        AT_A_TABLE(ctrl_c_cancels_then_clears_then_leaves),
        AT_A_TABLE(term_and_hup_end_in_order),
        AT_A_TABLE(a_crash_restores_it_and_is_still_that_crash),
        AT_A_TABLE(int_from_outside_cancels_like_ctrl_c),
        AT_A_TABLE(suspended_it_is_the_shells_and_comes_back_whole),
        AT_A_TABLE(hostile_text_never_reaches_it_raw),
        AT_A_TABLE(a_line_of_a_megabyte_does_not_break_the_layout),
        AT_A_TABLE(names_from_outside_reach_it_harmless_and_a_pipe_as_they_are),
        AT_A_TABLE(an_inputrc_that_loops_is_named_and_the_session_goes_on),
        AT_A_TABLE(a_copy_is_sent_to_the_terminal_with_what_tmux_needs),
        AT_A_TABLE(a_hostile_paste_reaches_neither_screen_nor_peer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
