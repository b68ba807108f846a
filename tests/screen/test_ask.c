/* `berdua ask` as a script sees it: the JSON contract, the exact bytes, the event lines. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

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
    standin_rule(t->llama, "gap=20 count=60");
    cli_run(&r, t->place, ARGS("ask", "--stream-json", "halo"), NULL);
    expect_exit(&r, 0);
    see_events(&s, &r.out);
    assert_int_equal(s.retries, 1);
    for (int b = 0; b < 2; b++) {
        assert_true(s.connected[b] >= 1);
        assert_int_equal(s.first[b], 1);
        assert_int_equal(s.done[b], 1);
    }
    /* It streams; what a busy machine could not take at once is one delta. */
    assert_true(s.deltas[1] > 1);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
