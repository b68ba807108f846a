/* `berdua ask`: who is asked with what, how it ends, the demo, and recordings that play back. */
#include "unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

/* ---- who is asked, with what ---- */

static void
only_the_brains_asked_for_are_called_and_the_tag_is_not_sent(void **state)
{
    struct table *t = *state;
    static const struct {
        const char *brain, *message;
        bool claude, llama;
    } cases[] = {
        {"claude", "halo dunia", true, false},      {"llama", "halo dunia", false, true},
        {"both", "halo dunia", true, true},         {"both", "@claude halo dunia", true, false},
        {"both", "@llama halo dunia", false, true}, {"claude", "@both halo dunia", true, true},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct report r;
        size_t claude = standin_count(t->claude), llama = standin_count(t->llama);
        report_ask(&r, t->place, ARGS("--brain", cases[i].brain), cases[i].message);
        expect_exit(&r.run, 0);
        assert_int_equal(standin_count(t->claude) - claude, cases[i].claude);
        assert_int_equal(standin_count(t->llama) - llama, cases[i].llama);
        assert_int_equal(json_count(json_get(r.root, "answers")), cases[i].claude + cases[i].llama);
        assert_string_equal(report_str(r.root, "message"), "halo dunia");
        expect_contract(r.root);
        if (!cases[i].claude || !cases[i].llama)
            assert_true(json_is_null(json_get(r.root, "comparison")));
        struct standin *asked = cases[i].claude ? t->claude : t->llama;
        struct standin_request *q = standin_request(asked, standin_count(asked) - 1);
        assert_non_null(strstr(q->body, "halo dunia\""));
        assert_null(strstr(q->body, "@"));
        standin_request_free(&q);
        report_finish(&r);
    }
}

static void
the_message_comes_from_words_or_stdin(void **state)
{
    struct table *t = *state;
    static const char text[] = "baris satu\nbaris \"dua\" ☺\n";
    for (int dash = 0; dash < 2; dash++) {
        struct cli_result r;
        cli_run(&r, t->place,
                dash ? ARGS("ask", "--brain", "claude", "-") : ARGS("ask", "--brain", "claude"),
                text);
        expect_exit(&r, 0);
        struct standin_request *q = standin_request(t->claude, standin_count(t->claude) - 1);
        assert_non_null(strstr(q->body, "\"baris satu\\nbaris \\\"dua\\\" ☺\""));
        standin_request_free(&q);
        cli_finish(&r);
    }
    struct report r;
    report_ask(&r, t->place, ARGS("--brain", "claude", "dua", "kata"), "lagi");
    assert_string_equal(report_str(r.root, "message"), "dua kata lagi");
    report_finish(&r);
    report_ask(&r, t->place, ARGS("--brain", "claude", "--"), "--json");
    expect_exit(&r.run, 0);
    assert_string_equal(report_str(r.root, "message"), "--json");
    report_finish(&r);
}

static void
what_is_piped_in_stands_behind_the_words_after_a_blank_line(void **state)
{
    struct table *t = *state;
    static const struct {
        const char *words, *piped, *message; /* message NULL: wrong usage, with this word */
        const char *word;
    } cases[] = {
        {"ringkas", "satu\ndua\n", "ringkas\n\nsatu\ndua"},
        {"ringkas", "", "ringkas"},
        {"ringkas", " \n\n", "ringkas"},
        {"ringkas", "\xef\xbb\xbfsatu\r\n", "ringkas\n\nsatu"},
        {"", "satu", "satu"},
        {"-", "\xef\xbb\xbfsatu", "satu"},
        {"-", "\n", NULL, "missing"},
        {"", "", NULL, "missing"},
        {"ringkas", "caf\xe9", NULL, "latin1"},
        {"caf\xe9", "", NULL, "latin1"},
        {"-", "\xff\xfeh", NULL, "-f utf-16 "},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct cli_result r;
        size_t before = standin_count(t->claude);
        cli_run(&r, t->place, ARGS("ask", "--json", "--brain", "claude", cases[i].words),
                cases[i].piped);
        expect_exit(&r, cases[i].message ? 0 : 2);
        struct json *root = json_parse(r.out.p, r.out.len, NULL);
        if (cases[i].message)
            assert_string_equal(report_str(root, "message"), cases[i].message);
        else
            assert_true(holds(&r.err, cases[i].word) && standin_count(t->claude) == before);
        json_free(root);
        cli_finish(&r);
    }
}

static void
a_loading_server_is_waited_for_and_that_is_told_once(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->llama, "times=2 status=503 code=unavailable_error message=\"Loading model\"");
    cli_run(&r, t->place, ARGS("ask", "--stream-json", "--brain", "llama", "halo"), NULL);
    expect_exit(&r, 0);
    const char *told = strstr(
        r.out.p, "{\"event\":\"waiting\",\"brain\":\"llama\",\"reason\":\"Loading model\"}\n");
    assert_non_null(told);
    assert_null(strstr(told + 9, "\"event\":\"waiting\""));
    assert_null(strstr(r.out.p, "\"event\":\"retry\""));
    assert_int_equal(standin_count(t->llama), 3);
    cli_finish(&r);
}

static void
wrong_usage_ends_with_2_and_asks_nobody(void **state)
{
    struct table *t = *state;
    static const char *const cases[][5] = {{"ask", "--brain", "gpt", "halo"},
                                           {"ask", "-m", "sideways", "halo"},
                                           {"ask", "--nonesuch", "halo"},
                                           {"ask", ""},
                                           {"ask", " \n"},
                                           {"nonesuch"},
                                           {"ask", "halo", "-c"},
                                           {"ask", "halo", "-m"},
                                           {"ask", "@claude "},
                                           {"ask", "--json=1", "halo"},
                                           {"ask", "--json", "--stream-json", "halo"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct cli_result r;
        cli_run(&r, t->place, cases[i], NULL);
        expect_exit(&r, 2);
        assert_string_equal(r.out.p, "");
        assert_true(r.err.len > 0);
        assert_int_equal(strncmp(r.err.p, "berdua", 6), 0);
        cli_finish(&r);
    }
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
}

static void
global_options_stand_before_or_after_the_command(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char *db = place_path(t->place, "elsewhere/one.db");
    char *config = place_path(t->place, "config/berdua/config.yaml");
    place_setenv(t->place, "XDG_CONFIG_HOME=/nonexistent");
    cli_run(&r, t->place, ARGS("--db", db, "-c", config, "ask", "--brain", "claude", "halo"), NULL);
    expect_exit(&r, 0);
    assert_int_equal(access(db, F_OK), 0);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("ask", "halo", "--db", db, "--brain=claude", "--config", config),
            NULL);
    expect_exit(&r, 0);
    assert_int_equal(standin_count(t->claude), 2);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("ask", "--config=/nonexistent/berdua.yaml", "halo"), NULL);
    expect_exit(&r, 3);
    assert_true(holds(&r.err, "/nonexistent/berdua.yaml"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--version"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "berdua "));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("ask", "--help"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "--stream-json"));
    assert_false(holds(&r.out, "berdua knowledge")); /* of one command */
    assert_string_equal(r.err.p, "");
    cli_finish(&r);
    free(db);
    free(config);
}

/* ---- how it ends ---- */

static void
an_interrupt_keeps_what_had_arrived_as_cancelled(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "fault=hang after=3 text=satu dua tiga empat");
    standin_rule(t->llama, "fault=hang_head");
    struct cli *c = cli_start(t->place, ARGS("ask", "--stream-json", "halo"), NULL);
    assert_true(cli_wait_out(c, " tiga"));
    assert_true(standin_wait_count(t->llama, 1, patience_ms()));
    kill(cli_pid(c), SIGINT);
    cli_wait(&c, &r);
    expect_exit(&r, 130);
    assert_true(holds(&r.out, "\"event\":\"result\""));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("sessions", "list", "--json"), NULL);
    struct json *list = json_parse(r.out.p, r.out.len, NULL);
    char *id = xstrdup(json_get_str(json_first(json_get(list, "sessions")), "session"));
    json_free(list);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("sessions", "show", id, "--json"), NULL);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    const struct json *a = json_first(json_get(json_first(json_get(doc, "turns")), "answers"));
    assert_string_equal(report_str(a, "status"), "cancelled");
    assert_string_equal(report_str(a, "text"), "satu dua tiga");
    assert_string_equal(report_str(json_next(a), "status"), "cancelled");
    json_free(doc);
    cli_finish(&r);
    free(id);
}

/* Runs with stdout on this descriptor; gives exit code and stderr. */
static void
run_onto(struct place *place, const char *const *args, int fd, struct cli_result *r)
{
    int err[2], status;
    char part[4096];
    ssize_t n;
    *r = (struct cli_result){0};
    buf_init(&r->err, 1 << 20);
    buf_init(&r->out, 16);
    assert_int_equal(pipe(err), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        const char *argv[16] = {program_path()};
        for (int i = 0; args[i] != NULL && i < 14; i++)
            argv[i + 1] = args[i];
        dup2(fd, 1);
        dup2(err[1], 2);
        close(err[0]);
        close(err[1]);
        close(fd);
        execve(argv[0], (char *const *)argv, place_environ(place));
        _exit(127);
    }
    close(err[1]);
    while ((n = read(err[0], part, sizeof(part))) > 0)
        buf_append(&r->err, part, (size_t)n);
    close(err[0]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    r->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    r->code = r->signal ? 128 + r->signal : WEXITSTATUS(status);
}

static void
a_closed_pipe_is_silent(void **state)
{
    struct table *t = *state;
    static const char *const cases[][4] = {
        {"ask", "halo"},      {"ask", "--json", "halo"}, {"ask", "--stream-json", "halo"},
        {"sessions", "list"}, {"config", "show"},        {"--help"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct cli_result r;
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        close(ends[0]);
        run_onto(t->place, cases[i], ends[1], &r);
        close(ends[1]);
        assert_string_equal(r.err.p, "");
        assert_true(r.signal == 0 || r.signal == SIGPIPE);
        cli_finish(&r);
    }
}

static void
a_full_disk_under_stdout_is_a_failure_that_is_told(void **state)
{
    struct table *t = *state;
    static const char *const cases[][4] = {
        {"ask", "halo"}, {"ask", "--json", "halo"}, {"config", "show"}, {"--version"}};
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        skip();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct cli_result r;
        run_onto(t->place, cases[i], fd, &r);
        if (r.code != 1 || r.err.len == 0)
            fail_msg("%s %s: exit %d, %s", cases[i][0], cases[i][1] ? cases[i][1] : "", r.code,
                     r.err.p);
        cli_finish(&r);
    }
    close(fd);
}

static void
a_plain_answer_comes_before_the_other_side_has_ended(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->llama, "fault=hang_head");
    struct cli *c = cli_start(t->place, ARGS("ask", "halo"), NULL);
    assert_true(cli_wait_out(c, "Halo, ini jawaban singkat.\n"));
    kill(cli_pid(c), SIGTERM);
    cli_wait(&c, &r);
    expect_exit(&r, 128 + SIGTERM);
    assert_int_equal(r.signal, 0); /* it ended in order */
    assert_string_equal(r.out.p, "Halo, ini jawaban singkat.\n");
    assert_string_equal(r.err.p, "berdua: llama: cancelled\n");
    cli_finish(&r);
}

static void
every_mode_answers(void **state)
{
    struct table *t = *state;
    static const char *const modes[] = {"parallel", "shadow", "context", "route", "jiwa", "full"};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct cli_result r;
        char said[64];
        cli_run(&r, t->place, ARGS("ask", "--json", "-m", modes[i], "aku malu bertanya"), NULL);
        expect_exit(&r, 0);
        snprintf(said, sizeof said, "\"mode\":\"%s\"", modes[i]);
        assert_true(holds(&r.out, said));
        assert_false(holds(&r.out, "\"served\":null"));
        cli_finish(&r);
    }
}

/* ---- demo and recordings ---- */

static void
the_demo_needs_neither_key_nor_network_and_says_simulated(void **state)
{
    struct table *t = *state;
    struct report r;
    place_setenv(t->place, "TEST_CLAUDE_KEY");
    place_setenv(t->place, "XDG_CONFIG_HOME=/nonexistent");
    report_ask(&r, t->place, ARGS("--demo"),
               "Ho paura di sbagliare qualcosa con la burocrazia e perdere tutti i miei risparmi");
    if (r.run.code != 0 && r.run.code != 4)
        expect_exit(&r.run, 0);
    assert_non_null(r.root);
    expect_contract(r.root);
    bool simulated = false;
    assert_true(json_get_bool(r.root, "simulated", &simulated) && simulated);
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    report_finish(&r);
}

static void
a_recording_plays_back_the_same_answers_and_holds_no_key(void **state)
{
    struct table *t = *state;
    struct report live, played;
    char *tapes = place_path(t->place, "tapes");
    standin_rule(t->claude,
                 "first=20 gap=4 thinking=3 text=Satu ☺ dua\\n \\\"tiga\\\" \\u202e empat");
    standin_rule(t->llama, "first=10 gap=2 crlf fault=cut_char after=4 text=ya kak, tidak apa apa");
    report_ask(&live, t->place, ARGS("--record", tapes), "soal visa");
    expect_exit(&live.run, 4);
    assert_false(place_holds(t->place, CLAUDE_KEY));
    assert_false(place_holds(t->place, LLAMA_KEY));
    char *line = xasprintf("provider: playback\ncassettes: %s", tapes);
    place_config(t->place, "http://127.0.0.1:1", line, "http://127.0.0.1:1", line, NULL);
    report_ask(&played, t->place, NULL, "soal visa");
    expect_exit(&played.run, 4);
    static const char *const brains[] = {"claude", "llama"};
    static const char *const same[] = {"text", "status", "stop_reason", "model", "error.kind"};
    for (size_t b = 0; b < 2; b++) {
        const struct json *x = report_answer(&live, brains[b]),
                          *y = report_answer(&played, brains[b]);
        for (size_t i = 0; i < ARRAY_LEN(same); i++)
            assert_string_equal(report_str(x, same[i]), report_str(y, same[i]));
        assert_true(num(x, "tokens_in") == num(y, "tokens_in"));
        assert_true(num(x, "tokens_out") == num(y, "tokens_out"));
        assert_true(num(y, "ttft_ms") >= num(x, "ttft_ms") - 20);
    }
    assert_int_equal(standin_count(t->claude), 1);
    report_finish(&live);
    report_finish(&played);
    free(line);
    free(tapes);
}

static void
a_recording_that_cannot_be_written_is_told_and_the_answer_comes(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("ask", "--brain", "claude", "--record", "/dev/null/x", "halo"),
            NULL);
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, "Halo, ini jawaban singkat.\n");
    assert_true(holds(&r.err, "berdua: Not recorded: /dev/null"));
    cli_finish(&r);
}

static void
the_chat_tells_of_a_recording_that_cannot_be_written_once_a_call(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    t->screen = screen_start(t->place, ARGS("chat", "--record", "/dev/null/x"), 24, 100);
    screen_expect(t->screen, "Esc browse");
    table_say(t, "halo");
    screen_expect(t->screen, "Not recorded: /dev/null");
    table_leave(t);
    cli_run(&r, t->place, ARGS("--linear", "--record", "/dev/null/x"), "halo\n");
    size_t told = 0;
    for (const char *p = r.err.p; (p = strstr(p, "ot recorded: /dev/null")) != NULL; p++)
        told++;
    for (const char *p = r.out.p; (p = strstr(p, "ot recorded: /dev/null")) != NULL; p++)
        told++;
    assert_int_equal(told, 2); /* for each brain */
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(only_the_brains_asked_for_are_called_and_the_tag_is_not_sent),
        AT_A_TABLE(the_message_comes_from_words_or_stdin),
        AT_A_TABLE(what_is_piped_in_stands_behind_the_words_after_a_blank_line),
        AT_A_TABLE(a_loading_server_is_waited_for_and_that_is_told_once),
        AT_A_TABLE(wrong_usage_ends_with_2_and_asks_nobody),
        AT_A_TABLE(global_options_stand_before_or_after_the_command),
        AT_A_TABLE(an_interrupt_keeps_what_had_arrived_as_cancelled),
        AT_A_TABLE(a_closed_pipe_is_silent),
        AT_A_TABLE(a_full_disk_under_stdout_is_a_failure_that_is_told),
        AT_A_TABLE(a_plain_answer_comes_before_the_other_side_has_ended),
        AT_A_TABLE(every_mode_answers),
        AT_A_TABLE(the_demo_needs_neither_key_nor_network_and_says_simulated),
        AT_A_TABLE(a_recording_that_cannot_be_written_is_told_and_the_answer_comes),
        AT_A_TABLE(the_chat_tells_of_a_recording_that_cannot_be_written_once_a_call),
        AT_A_TABLE(a_recording_plays_back_the_same_answers_and_holds_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
