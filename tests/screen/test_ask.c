/* `berdua ask` as a script sees it: the JSON contract, plain bytes, the event lines, who is asked, how it
 * ends. */
#include "unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "screen/report.h"
#include "screen/table.h"

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static bool
holds(const struct buf *b, const char *text)
{
    return strstr(b->p, text) != NULL;
}

/* Prints what the program said before the test fails over it. */
static void
expect_exit(const struct cli_result *r, int code)
{
    if (r->code != code || r->late)
        cli_show(r);
    assert_false(r->late);
    assert_int_equal(r->code, code);
}

/* ---- the JSON contract ---- */

/* s string, n number, b boolean, o object, a array; a capital letter: or null; 0: null. */
struct field {
    const char *name;
    char type;
};

static bool
has_type(const struct json *v, char type)
{
    double n;
    bool b;
    if (type >= 'A' && type <= 'Z')
        return json_is_null(v) || has_type(v, (char)(type - 'A' + 'a'));
    switch (type) {
    case 's':
        return json_str(v) != NULL;
    case 'n':
        return json_num(v, &n);
    case 'o':
        return json_is_object(v);
    case 'a':
        return json_is_array(v);
    case '0':
        return json_is_null(v);
    default: {
        struct json *o = json_object();
        json_add(o, "v", json_dup(v));
        bool is = json_get_bool(o, "v", &b);
        json_free(o);
        return is;
    }
    }
}

static void
expect_fields(const struct json *o, const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct json *v = json_at(o, fields[i].name);
        if (v == NULL || !has_type(v, fields[i].type))
            fail_msg("field %s is %s", fields[i].name, v == NULL ? "absent" : "of another type");
    }
}

static const struct field turn_fields[] = {
    {"turn", 'n'},     {"session", 's'},    {"user", 's'},    {"message", 's'},   {"language", 'S'},
    {"category", 'S'}, {"categories", 'o'}, {"mode", 's'},    {"history", 's'},   {"route", 'O'},
    {"context", 'O'},  {"served", 'S'},     {"answers", 'a'}, {"comparison", 'O'}};

static const struct field answer_fields[] = {
    {"brain", 's'},      {"provider", 's'},     {"model", 's'},       {"role", 's'},
    {"status", 's'},     {"text", 's'},         {"stop_reason", 'S'}, {"connect_ms", 'N'},
    {"ttft_ms", 'N'},    {"total_ms", 'N'},     {"stall_ms", 'N'},    {"tokens_in", 'N'},
    {"tokens_out", 'N'}, {"tokens_per_s", 'N'}, {"cost_usd", 'N'},    {"warmth", 'N'},
    {"cultural", 'N'},   {"truncated", 'b'},    {"retries", 'n'},     {"error", 'O'}};

static const struct field error_fields[] = {
    {"kind", 's'}, {"message", 's'}, {"http_status", 'N'}, {"request_id", 'S'}};

static void
expect_contract(const struct json *turn)
{
    expect_fields(turn, turn_fields, ARRAY_LEN(turn_fields));
    for (const struct json *a = json_first(json_get(turn, "answers")); a; a = json_next(a)) {
        expect_fields(a, answer_fields, ARRAY_LEN(answer_fields));
        if (json_is_object(json_get(a, "error")))
            expect_fields(json_get(a, "error"), error_fields, ARRAY_LEN(error_fields));
    }
    if (json_is_object(json_get(turn, "comparison")))
        expect_fields(json_get(turn, "comparison"),
                      (const struct field[]){{"length_ratio", 'N'},
                                             {"llama_warmer", 'B'},
                                             {"llama_more_cultural", 'B'}},
                      3);
}

static double
num(const struct json *o, const char *key)
{
    double v = -1;
    json_get_num(o, key, &v);
    return v;
}

static void
json_has_every_field_of_the_contract_with_its_type(void **state)
{
    struct table *t = *state;
    struct report r;
    standin_rule(t->claude, "first=30 gap=5 text=Tidak apa-apa, bertanya saja. \\\"Ya\\\" ☺");
    standin_rule(t->llama, "first=60 gap=5 text=Jangan sungkan ya, Kak.");
    report_ask(&r, t->place, ARGS("-u", "sari"), "aku malu bertanya");
    expect_exit(&r.run, 0);
    assert_string_equal(r.run.err.p, "");
    assert_non_null(r.root);
    expect_contract(r.root);
    assert_string_equal(report_str(r.root, "user"), "sari");
    assert_string_equal(report_str(r.root, "message"), "aku malu bertanya");
    assert_string_equal(report_str(r.root, "mode"), "parallel");
    assert_string_equal(report_str(r.root, "history"), "canonical");
    assert_true(num(r.root, "turn") == 1);
    assert_int_equal(json_count(json_get(r.root, "answers")), 2);
    const struct json *c = report_answer(&r, "claude"), *l = report_answer(&r, "llama");
    assert_string_equal(report_str(c, "text"), "Tidak apa-apa, bertanya saja. \"Ya\" ☺");
    assert_string_equal(report_str(c, "provider"), "anthropic");
    assert_string_equal(report_str(c, "model"), "claude-test");
    assert_string_equal(report_str(c, "status"), "complete");
    assert_string_equal(report_str(l, "provider"), "openai");
    assert_string_equal(report_str(l, "status"), "complete");
    assert_true(json_is_null(json_get(c, "error")));
    assert_true(num(c, "ttft_ms") >= 30 && num(l, "ttft_ms") >= 60);
    assert_true(num(c, "total_ms") >= num(c, "ttft_ms"));
    assert_true(num(c, "connect_ms") >= 0);
    assert_true(num(c, "tokens_in") > 0 && num(c, "tokens_out") > 0);
    assert_true(num(c, "cost_usd") > 0);                /* its price is configured */
    assert_true(json_is_null(json_get(l, "cost_usd"))); /* its price is not */
    const char *served = report_str(r.root, "served");
    const struct json *winner = report_answer(&r, served);
    assert_string_equal(report_str(winner, "role"), "served");
    assert_true(num(json_get(r.root, "comparison"), "length_ratio") > 0);
    report_finish(&r);
}

static void
json_of_a_failure_says_why_and_has_null_for_what_is_not(void **state)
{
    struct table *t = *state;
    struct report r;
    standin_rule(t->claude, "status=401");
    report_ask(&r, t->place, NULL, "halo");
    expect_exit(&r.run, 4);
    assert_non_null(r.root);
    expect_contract(r.root);
    const struct json *c = report_answer(&r, "claude");
    assert_string_equal(report_str(r.root, "served"), "llama");
    assert_string_equal(report_str(c, "status"), "failed");
    assert_string_equal(report_str(c, "error.kind"), "auth");
    assert_string_equal(report_str(c, "error.request_id"), "req_standin");
    assert_true(num(json_get(c, "error"), "http_status") == 401);
    assert_string_equal(report_str(c, "text"), "");
    static const char *const absent[] = {"ttft_ms",      "stop_reason", "tokens_in", "tokens_out",
                                         "tokens_per_s", "cost_usd",    "warmth",    "cultural"};
    for (size_t i = 0; i < ARRAY_LEN(absent); i++) {
        if (!json_is_null(json_get(c, absent[i])))
            fail_msg("%s is not null", absent[i]);
    }
    assert_true(json_is_null(json_at(r.root, "comparison.length_ratio")));
    assert_false(holds(&r.run.out, CLAUDE_KEY));
    assert_false(holds(&r.run.err, CLAUDE_KEY));
    report_finish(&r);
}

static void
when_none_serves_the_object_still_comes_and_the_exit_is_5(void **state)
{
    struct table *t = *state;
    struct report r;
    standin_rule(t->claude, "status=529");
    standin_rule(t->llama, "fault=empty");
    report_ask(&r, t->place, NULL, "halo");
    expect_exit(&r.run, 5);
    assert_non_null(r.root);
    expect_contract(r.root);
    assert_true(json_is_null(json_get(r.root, "served")));
    assert_string_equal(report_str(report_answer(&r, "claude"), "error.kind"), "overloaded");
    assert_string_equal(report_str(report_answer(&r, "llama"), "error.kind"), "empty");
    assert_true(holds(&r.run.err, "claude") && holds(&r.run.err, "llama"));
    report_finish(&r);
}

static void
a_refusal_counts_as_a_failure_of_that_side(void **state)
{
    struct table *t = *state;
    struct report r;
    standin_rule(t->claude, "stop=refusal text=Maaf.");
    report_ask(&r, t->place, NULL, "halo");
    expect_exit(&r.run, 4);
    assert_string_equal(report_str(report_answer(&r, "claude"), "status"), "refused");
    report_finish(&r);
}

/* ---- plain text ---- */

static void
plain_text_to_a_pipe_is_the_exact_bytes(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "text=Satu\\tdua\\x1b[31m merah\\x07\\n\\n  \\u202etiga\\n");
    cli_run(&r, t->place, ARGS("ask", "--brain", "claude", "halo"), NULL);
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, "Satu\tdua\033[31m merah\a\n\n  \xe2\x80\xaetiga\n");
    assert_string_equal(r.err.p, "");
    cli_finish(&r);
    standin_clear_rules(t->claude);
    standin_rule(t->claude, "text=tanpa akhir baris");
    cli_run(&r, t->place, ARGS("ask", "--brain", "claude", "halo"), NULL);
    assert_string_equal(r.out.p, "tanpa akhir baris\n");
    cli_finish(&r);
}

static void
to_a_terminal_the_same_answer_is_harmless(void **state)
{
    struct table *t = *state;
    int status;
    standin_rule(t->claude, "text=Awas\\x1b]52;c;aGFsbw==\\x07 \\x1b[2J\\u202e\\u009b31m selesai.");
    t->screen = screen_start(t->place, ARGS("ask", "--brain", "claude", "halo"), 10, 80);
    screen_expect(t->screen, "selesai.");
    status = screen_wait_exit(t->screen);
    assert_int_equal(WEXITSTATUS(status), 0);
    screen_assert_clean_output(t->screen);
    assert_false(screen_raw_holds(t->screen, "\033]52", 4));
    assert_false(screen_raw_holds(t->screen, "\033[2J", 4));
}

/* ---- event lines ---- */

/* Appends a delta's text to the buffer of its brain. */
static void
take_delta(const struct json *e, struct buf text[2])
{
    const char *brain = json_get_str(e, "brain");
    assert_non_null(brain);
    assert_non_null(json_get_str(e, "text"));
    buf_append_str(&text[strcmp(brain, "llama") == 0], json_get_str(e, "text"));
}

struct seen {
    int turn, connected[2], first[2], deltas[2], retries, done[2], results;
    struct buf text[2];
    struct json *result;
};

static void
see_event(struct seen *s, const struct json *e)
{
    const char *name = json_get_str(e, "event");
    const char *brain = json_get_str(e, "brain");
    int b = brain != NULL && strcmp(brain, "llama") == 0;
    assert_non_null(name);
    assert_int_equal(s->results, 0); /* nothing after the result */
    if (strcmp(name, "turn") == 0) {
        s->turn++;
        assert_non_null(json_get_str(e, "session"));
        assert_string_equal(json_get_str(e, "message"), "halo");
    } else if (strcmp(name, "connected") == 0) {
        s->connected[b]++;
        assert_true(num(e, "connect_ms") >= 0);
    } else if (strcmp(name, "first_token") == 0) {
        s->first[b]++;
        assert_int_equal(s->deltas[b], 0);
        assert_true(num(e, "ttft_ms") >= 0);
    } else if (strcmp(name, "delta") == 0) {
        assert_int_equal(s->first[b], 1);
        assert_int_equal(s->done[b], 0);
        s->deltas[b]++;
        take_delta(e, s->text);
    } else if (strcmp(name, "retry") == 0) {
        s->retries++;
        assert_int_equal(s->first[b], 0);
    } else if (strcmp(name, "done") == 0) {
        s->done[b]++;
        assert_true(json_is_object(json_get(e, "answer")));
        assert_string_equal(json_get_str(json_get(e, "answer"), "text"), s->text[b].p);
    } else if (strcmp(name, "result") == 0) {
        s->results++;
        s->result = json_dup(json_get(e, "result"));
    } else {
        fail_msg("an event nobody promised: %s", name);
    }
    assert_int_equal(s->turn, 1); /* before all others */
}

static void
see_events(struct seen *s, const struct buf *out)
{
    *s = (struct seen){0};
    buf_init(&s->text[0], 1 << 20);
    buf_init(&s->text[1], 1 << 20);
    for (const char *p = out->p; *p != '\0';) {
        size_t n = strcspn(p, "\n");
        struct json *e = json_parse(p, n, NULL);
        assert_int_equal(p[n], '\n');
        assert_non_null(e);
        see_event(s, e);
        json_free(e);
        p += n + 1;
    }
    assert_int_equal(s->results, 1);
}

static void
event_lines_come_in_order_and_their_deltas_are_the_answer(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    struct seen s;
    place_config(t->place, standin_url(t->claude, ""), "retries: 2", standin_url(t->llama, "/v1"),
                 NULL, NULL);
    standin_rule(t->claude, "status=529 times=1 retry_after_ms=10");
    standin_rule(t->claude, "gap=3 text=Satu ☺ dua\\n \\\"tiga\\\" \\x01 empat");
    standin_rule(t->llama, "gap=2 count=60");
    cli_run(&r, t->place, ARGS("ask", "--stream-json", "halo"), NULL);
    expect_exit(&r, 0);
    see_events(&s, &r.out);
    assert_int_equal(s.retries, 1);
    for (int b = 0; b < 2; b++) {
        assert_true(s.connected[b] >= 1);
        assert_int_equal(s.first[b], 1);
        assert_int_equal(s.done[b], 1);
    }
    assert_true(s.deltas[1] > 5); /* it does stream */
    expect_contract(s.result);
    const struct json *a = json_first(json_get(s.result, "answers"));
    assert_string_equal(json_get_str(a, "text"), s.text[0].p);
    assert_true(num(a, "retries") == 1);
    assert_string_equal(s.text[0].p, "Satu ☺ dua\n \"tiga\" \001 empat");
    assert_string_equal(json_get_str(json_next(a), "text"), s.text[1].p);
    json_free(s.result);
    buf_finish(&s.text[0]);
    buf_finish(&s.text[1]);
    cli_finish(&r);
}

static void
a_failing_side_has_its_done_line_too(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    struct seen s;
    standin_rule(t->llama, "fault=cut after=2 text=satu dua tiga");
    cli_run(&r, t->place, ARGS("ask", "--stream-json", "halo"), NULL);
    expect_exit(&r, 4);
    see_events(&s, &r.out);
    assert_int_equal(s.done[1], 1);
    assert_string_equal(s.text[1].p, "satu dua");
    assert_string_equal(report_str(s.result, "served"), "claude");
    json_free(s.result);
    buf_finish(&s.text[0]);
    buf_finish(&s.text[1]);
    cli_finish(&r);
}

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
        assert_non_null(strstr(q->body, "\"halo dunia\""));
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
                                           {"ask", "--json=1", "halo"}};
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
a_mode_that_is_not_there_yet_says_so(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("ask", "-m", "jiwa", "halo"), NULL);
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "jiwa") && holds(&r.err, "parallel"));
    assert_string_equal(r.out.p, "");
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    cli_finish(&r);
}

/* ---- demo and recordings ---- */

static void
the_demo_needs_neither_key_nor_network_and_says_simulated(void **state)
{
    struct table *t = *state;
    struct report r;
    place_setenv(t->place, "TEST_CLAUDE_KEY");
    place_setenv(t->place, "XDG_CONFIG_HOME=/nonexistent");
    report_ask(&r, t->place, ARGS("--demo"), "aku malu bertanya soal visa");
    if (r.run.code != 0 && r.run.code != 4)
        expect_exit(&r.run, 0);
    assert_non_null(r.root);
    expect_contract(r.root);
    bool simulated = false;
    assert_true(json_get_bool(r.root, "simulated", &simulated) && simulated);
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    report_finish(&r);
    struct cli_result plain;
    cli_run(&plain, t->place, ARGS("--demo"), NULL); /* no terminal: one exchange, plain */
    expect_exit(&plain, 0);
    assert_true(holds(&plain.out, "SIMULATED") && holds(&plain.out, "CLAUDE"));
    cli_finish(&plain);
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(json_has_every_field_of_the_contract_with_its_type),
        AT_A_TABLE(json_of_a_failure_says_why_and_has_null_for_what_is_not),
        AT_A_TABLE(when_none_serves_the_object_still_comes_and_the_exit_is_5),
        AT_A_TABLE(a_refusal_counts_as_a_failure_of_that_side),
        AT_A_TABLE(plain_text_to_a_pipe_is_the_exact_bytes),
        AT_A_TABLE(to_a_terminal_the_same_answer_is_harmless),
        AT_A_TABLE(event_lines_come_in_order_and_their_deltas_are_the_answer),
        AT_A_TABLE(a_failing_side_has_its_done_line_too),
        AT_A_TABLE(only_the_brains_asked_for_are_called_and_the_tag_is_not_sent),
        AT_A_TABLE(the_message_comes_from_words_or_stdin),
        AT_A_TABLE(wrong_usage_ends_with_2_and_asks_nobody),
        AT_A_TABLE(global_options_stand_before_or_after_the_command),
        AT_A_TABLE(an_interrupt_keeps_what_had_arrived_as_cancelled),
        AT_A_TABLE(a_closed_pipe_is_silent),
        AT_A_TABLE(a_full_disk_under_stdout_is_a_failure_that_is_told),
        AT_A_TABLE(a_mode_that_is_not_there_yet_says_so),
        AT_A_TABLE(the_demo_needs_neither_key_nor_network_and_says_simulated),
        AT_A_TABLE(a_recording_plays_back_the_same_answers_and_holds_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
