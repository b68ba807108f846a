/* The chat without a screen: for scripts, for TERM=dumb, and for a screen reader. */
#include "unit/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

static int
count(const char *text, const char *word)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
        n++;
    return n;
}

/* The only session's turns, as `sessions` shows them; the caller frees. */
static struct json *
only_session(struct place *place)
{
    struct cli_result r;
    cli_run(&r, place, ARGS("sessions", "list", "--json"), NULL);
    struct json *list = json_parse(r.out.p, r.out.len, NULL);
    assert_int_equal(json_count(json_get(list, "sessions")), 1);
    char *id = xstrdup(report_str(json_first(json_get(list, "sessions")), "session"));
    json_free(list);
    cli_finish(&r);
    cli_run(&r, place, ARGS("sessions", "show", id, "--json"), NULL);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    assert_non_null(doc);
    cli_finish(&r);
    free(id);
    return doc;
}

static void
messages_are_answered_in_turn_by_both(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "match=kedua text=Jawaban dua.");
    standin_rule(t->claude, "match=pertama text=Jawaban satu.");
    cli_run(&r, t->place, ARGS("--linear"), "pertama\n\n   \nkedua\r\nketiga tanpa akhir");
    expect_exit(&r, 0);
    assert_string_equal(r.err.p, "");
    assert_int_equal(count(r.out.p, "Claude, first token"), 3);
    assert_int_equal(count(r.out.p, "LLAMA, first token"), 3);
    assert_true(strstr(r.out.p, "Jawaban satu.\n") < strstr(r.out.p, "Jawaban dua.\n"));
    assert_true(holds(&r.out, "first token"));
    assert_false(holds(&r.out, "\033")); /* no terminal reads along */
    assert_false(holds(&r.out, "> "));
    cli_finish(&r);
    struct json *doc = only_session(t->place);
    const struct json *turn = json_first(json_get(doc, "turns"));
    assert_string_equal(report_str(turn, "message"), "pertama");
    assert_string_equal(report_str(json_next(turn), "message"), "kedua");
    assert_string_equal(report_str(json_next(json_next(turn)), "message"), "ketiga tanpa akhir");
    json_free(doc);
    /* The second question brings the first with its answer. */
    struct standin_request *q = standin_request(t->claude, 1);
    assert_non_null(strstr(q->body, "pertama"));
    standin_request_free(&q);
}

static void
without_a_terminal_it_is_linear_by_itself(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("chat"), "halo\n");
    expect_exit(&r, 0);
    assert_int_equal(count(r.out.p, "Halo, ini jawaban singkat."), 2);
    cli_finish(&r);
    cli_run(&r, t->place, (const char *const[]){NULL}, ""); /* nothing said, nothing done */
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, "");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 1);
}

static void
slash_commands_judge_and_say_saved(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    static const struct {
        const char *command, *said, *verdict, *note;
    } cases[] = {
        {"/left", "saved: Claude better, turn ", "claude", ""},
        {"/right", "saved: LLAMA better, turn ", "llama", ""},
        {"/tie", "saved: tie, turn ", "tie", ""},
        {"/bad", "saved: both bad, turn ", "both_bad", ""},
        {"/left\n/undo", "saved: verdict withdrawn, turn ", "", ""},
        {"/right\n/note lebih hangat", "saved: note, turn ", "llama", "lebih hangat"},
        {"/adopt llama", "saved: the conversation goes on", "", ""},
    };
    struct buf input;
    buf_init(&input, 4096);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        buf_printf(&input, "halo\n%s\n", cases[i].command);
    cli_run(&r, t->place, ARGS("--linear"), input.p);
    expect_exit(&r, 0);
    assert_string_equal(r.err.p, "");
    struct json *doc = only_session(t->place);
    const struct json *turn = json_first(json_get(doc, "turns"));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++, turn = json_next(turn)) {
        assert_true(holds(&r.out, cases[i].said));
        assert_string_equal(report_str(turn, "verdict"), cases[i].verdict);
        assert_string_equal(report_str(turn, "note"), cases[i].note);
    }
    assert_null(turn);
    json_free(doc);
    buf_finish(&input);
    cli_finish(&r);
}

static void
lines_that_are_no_text_are_left_out_with_a_word(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--linear"), "\xef\xbb\xbfsatu\ncaff\xe8\ndua\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.err, "a line is left out: it is not UTF-8; convert it"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("score"), "caff\xe8");
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "iconv -f latin1"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("classify", "--lines"), "{\"text\":\"caff\xe8\"}");
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "line 1: is not UTF-8"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--linear", "-u", "caff\xe8"), "satu\n");
    expect_exit(&r, 3);
    assert_true(holds(&r.err, "not valid UTF-8"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("classify"), "\xff\xfeh");
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "iconv -f utf-16"));
    cli_finish(&r);
    struct json *doc = only_session(t->place);
    const struct json *turn = json_first(json_get(doc, "turns"));
    assert_string_equal(report_str(turn, "message"), "satu");
    assert_string_equal(report_str(json_next(turn), "message"), "dua");
    json_free(doc);
}

static void
a_command_is_about_the_turn_that_was_selected(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--linear"),
            "satu\ndua\n/turn 1\n/right\n/turn 7\ntiga\n/tie\n/turn 2\n/note jauh\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "turn 1 of 2: satu\n"));
    assert_true(holds(&r.out, "saved: LLAMA better, turn 1\n"));
    assert_true(holds(&r.out, "saved: tie, turn 3\n")); /* a new message is selected */
    assert_true(holds(&r.out, "saved: note, turn 2\n"));
    assert_true(holds(&r.err, "there is no turn 7"));
    cli_finish(&r);
}

static void
a_macros_lines_are_taken_one_turn_at_a_time(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 "macros: {dua: ['satu {}', /tie, \"dua\\nbaris\"]}\n");
    cli_run(&r, t->place, ARGS("--linear"), "/dua kali\n/right\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "saved: tie, turn 1\n"));
    assert_true(holds(&r.out, "saved: LLAMA better, turn 2\n"));
    assert_int_equal(standin_count(t->claude), 2);
    struct standin_request *q = standin_request(t->claude, 1);
    assert_non_null(strstr(q->body, "satu kali"));
    assert_non_null(strstr(q->body, "dua baris"));
    standin_request_free(&q);
    cli_finish(&r);
}

static void
other_commands_work_or_say_why_not(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--linear"),
            "/left\n/lef\n/tab\n/mode sideways\n/mode parallel\n/history own\n//halo\n/retry\n"
            "/retry gpt\n/note\n/new\nlagi\n/quit\nini tidak dikirim\n");
    expect_exit(&r, 0);
    static const char *const said[] = {"no turn to judge",      "did you mean /left?",
                                       "there are no panes",    "no mode \"sideways\"",
                                       "claude, llama or both", "note is empty"};
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        if (!holds(&r.err, said[i]))
            cli_show(&r);
        assert_true(holds(&r.err, said[i]));
    }
    assert_int_equal(count(r.err.p, "berdua: "), ARRAY_LEN(said));
    assert_true(holds(&r.out, "mode parallel") && holds(&r.out, "New session."));
    assert_int_equal(standin_count(t->claude), 3); /* /halo, again, lagi */
    struct standin_request *q = standin_request(t->claude, 0);
    assert_non_null(strstr(q->body, "\"/halo\""));
    standin_request_free(&q);
    q = standin_request(t->claude, 2);
    assert_null(strstr(q->body, "halo"));
    standin_request_free(&q);
    cli_finish(&r);
}

static void
a_failing_side_is_told_on_stderr_and_the_chat_goes_on(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->llama, "times=1 status=500 message=\"boom \\x1b[31m\"");
    cli_run(&r, t->place, ARGS("--linear"), "halo\nlagi\n/left\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.err, "llama: failed: server (HTTP 500): boom"));
    assert_false(holds(&r.err, "\033"));
    assert_int_equal(count(r.out.p, "Halo, ini jawaban singkat."), 3);
    assert_true(holds(&r.out, "saved: Claude better"));
    cli_finish(&r);
}

static void
a_line_that_is_too_long_is_left_out_whole(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    size_t n = (size_t)3 << 20;
    char *input = xcalloc(1, n + 16);
    memset(input, 'x', n);
    memcpy(input + n, "\nhalo\n", 6);
    cli_run(&r, t->place, ARGS("--linear"), input);
    expect_exit(&r, 0);
    assert_int_equal(count(r.err.p, "longer than"), 1);
    assert_int_equal(standin_count(t->claude), 1);
    struct standin_request *q = standin_request(t->claude, 0);
    assert_non_null(strstr(q->body, "\"halo\""));
    standin_request_free(&q);
    cli_finish(&r);
    free(input);
}

static void
more_input_than_is_held_waits_in_the_pipe(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    struct buf input;
    enum { LINES = 3, LINE_BYTES = 700 << 10 };
    buf_init(&input, (size_t)4 << 20);
    for (int i = 0; i < LINES; i++) {
        for (int k = 0; k < LINE_BYTES; k++)
            buf_append_char(&input, (char)('a' + i));
        buf_append_char(&input, '\n');
    }
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 "history: own\n");
    cli_run(&r, t->place, ARGS("--linear"), input.p);
    expect_exit(&r, 0);
    assert_string_equal(r.err.p, "");
    assert_int_equal(standin_count(t->claude), LINES);
    cli_finish(&r);
    buf_finish(&input);
}

static void
an_interrupt_stops_the_answer_and_a_second_one_the_chat(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->llama, "match=tunggu fault=hang after=1");
    struct cli *c = cli_start(t->place, ARGS("--linear"), "tunggu\nhalo\n/left\n");
    assert_true(cli_wait_out(c, "Claude, ")); /* and LLAMA hangs */
    kill(cli_pid(c), SIGINT);
    cli_wait(&c, &r);
    expect_exit(&r, 0); /* the rest of the input was done */
    assert_true(holds(&r.out, "saved: Claude better"));
    assert_true(holds(&r.err, "llama: cancelled"));
    cli_finish(&r);
    static const int signals[] = {SIGTERM, SIGHUP};
    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        size_t before = standin_count(t->claude);
        c = cli_start(t->place, ARGS("--linear"), "tunggu\nhalo\n");
        assert_true(cli_wait_out(c, "Claude, "));
        kill(cli_pid(c), signals[i]);
        cli_wait(&c, &r);
        expect_exit(&r, 128 + signals[i]);
        assert_int_equal(r.signal, 0); /* it ended in order */
        assert_int_equal(standin_count(t->claude), before + 1);
        cli_finish(&r);
    }
}

static void
a_dumb_terminal_gets_a_prompt_and_no_control_sequences(void **state)
{
    struct table *t = *state;
    static const char *const terms[] = {"TERM=dumb", "TERM", "TERM=xterm-256color"};
    standin_rule(t->claude, "text=aman\\x1b]0;judul\\x07 \\x1b[2Jselesai.");
    for (size_t i = 0; i < ARRAY_LEN(terms); i++) {
        place_setenv(t->place, terms[i]);
        struct screen *s = screen_start(t->place, i < 2 ? ARGS("chat") : ARGS("--linear"), 30, 90);
        t->screen = s;
        screen_expect(s, ">");
        screen_type(s, "halo\n");
        screen_expect(s, "Claude, ");
        screen_expect(s, "LLAMA");
        screen_expect(s, "selesai.");
        screen_type(s, "/left\n");
        screen_expect(s, "saved: Claude better");
        screen_type(s, "\004");
        assert_int_equal(WEXITSTATUS(screen_wait_exit(s)), 0);
        assert_false(screen_raw_holds(s, "\033", 1));
        screen_assert_clean_output(s);
        screen_destroy(&t->screen);
    }
}

/* Starts the program with the first `closed` standard files closed; its exit code. */
static int
run_with_closed(struct place *place, const char *redirections, const char *arguments)
{
    char *script = xasprintf("exec \"%s\" %s %s", program_path(), arguments, redirections);
    const char *argv[] = {"/bin/sh", "-c", script, NULL};
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        execve(argv[0], (char *const *)argv, place_environ(place));
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    free(script);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
closed_standard_files_are_never_mistaken_for_others_and_lose_nothing_unsaid(void **state)
{
    struct table *t = *state;
    assert_int_equal(run_with_closed(t->place, "<&- >&- 2>&-", "--linear"), 0);
    assert_int_equal(run_with_closed(t->place, "<&- >&- 2>&-", "ask halo"), 1);
    assert_int_equal(run_with_closed(t->place, ">&-", "ask --json halo"), 1);
    assert_int_equal(run_with_closed(t->place, ">&-", "--version"), 1);
    assert_int_equal(run_with_closed(t->place, "<&- 2>&-", "ask halo"), 0);
    struct cli_result r;
    cli_run(&r, t->place, ARGS("ask", "halo"), NULL); /* the database is whole */
    expect_exit(&r, 0);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("sessions", "list"), NULL);
    expect_exit(&r, 0);
    assert_int_equal(count(r.out.p, "halo"), 4);
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(messages_are_answered_in_turn_by_both),
        AT_A_TABLE(without_a_terminal_it_is_linear_by_itself),
        AT_A_TABLE(slash_commands_judge_and_say_saved),
        AT_A_TABLE(a_macros_lines_are_taken_one_turn_at_a_time),
        AT_A_TABLE(a_command_is_about_the_turn_that_was_selected),
        AT_A_TABLE(lines_that_are_no_text_are_left_out_with_a_word),
        AT_A_TABLE(other_commands_work_or_say_why_not),
        AT_A_TABLE(a_failing_side_is_told_on_stderr_and_the_chat_goes_on),
        AT_A_TABLE(a_line_that_is_too_long_is_left_out_whole),
        AT_A_TABLE(more_input_than_is_held_waits_in_the_pipe),
        AT_A_TABLE(an_interrupt_stops_the_answer_and_a_second_one_the_chat),
        AT_A_TABLE(a_dumb_terminal_gets_a_prompt_and_no_control_sequences),
        AT_A_TABLE(closed_standard_files_are_never_mistaken_for_others_and_lose_nothing_unsaid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
