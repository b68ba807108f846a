/* `berdua judge` against the stand-in server: what it asks, what it makes of what comes back, and how it ends. */
#include "judge_kit.h"

#include <signal.h>

#define VOTES   "SELECT count(*) FROM verdict WHERE origin = 'judge'"
#define ANSWERS "SELECT count(*) FROM judge_call"

static int
set(void **state)
{
    if (table_set(state) != 0)
        return -1;
    put_pairs(*state, "s", 1, 3);
    return 0;
}

static void
both_orders_of_each_pair_are_asked_and_make_one_vote(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    int orders[2] = {0};
    answer_for_claude(t, "");
    judge(t, &r, 0, "--yes");
    assert_holds(&r.out, "3 of 3 pairs judged: LLAMA better 0, Claude better 3, tie 0, both bad 0");
    assert_holds(&r.err, "3 pairs to judge (0 before): 6 calls of claude-test, 4 at a time");
    assert_holds(&r.err, "estimated by length alone; stops at $1.00, judge.max_usd");
    assert_holds(&r.err, "; claude judges itself, too: its votes stand apart");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 6);
    for (size_t i = 0; i < 6; i++) {
        struct standin_request *q = standin_request(t->claude, i);
        struct json *body = json_parse(q->body, q->body_len, NULL);
        assert_non_null(json_at(body, "output_config.format.schema"));
        assert_null(json_get(body, "temperature"));
        orders[strstr(q->body, "ANSWER A\\n\\\"Tidak") != NULL]++;
        json_free(body);
        standin_request_free(&q);
    }
    assert_int_equal(orders[0], 3);
    assert_int_equal(orders[1], 3);
    assert_count(t, VOTES " AND kind = 'claude' AND drawn_by IS NULL", 3);
    assert_count(t, VOTES " AND rater = 'judge:claude-test' AND judge ->> 'consistent' = 1", 3);
    assert_count(t, VOTES " AND judge ->> '$.orders[0].scores.claude.warmth' = 4", 3);
    assert_count(t, "SELECT count(*) FROM side_call WHERE purpose = 'judge' AND cost_usd > 0", 6);
    /* A second run has nothing to ask, and needs no leave. */
    judge(t, &r, 0, "--json --yes");
    assert_holds(&r.out, "\"judged_before\":3");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 6);
}

static void
an_order_that_decides_is_a_tie_and_said(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "text=" VERDICT("a"));
    judge(t, &r, 0, "--yes -j 1 --limit 2");
    assert_holds(&r.out, "2 of 2 pairs judged: LLAMA better 0, Claude better 0, tie 2");
    assert_holds(&r.out, "of the ties 2 because the order of the answers decided");
    cli_finish(&r);
    assert_count(t, VOTES " AND kind = 'tie' AND judge ->> 'consistent' = 0", 2);
    judge(t, &r, 0, "--yes -j 1 --limit 2");
    assert_holds(&r.err, "1 pair to judge (2 before): 2 calls");
    cli_finish(&r);
}

/* An answer is an answer: it is stored, and never asked for again. */
static void
replies_that_are_no_vote_are_kept_and_not_asked_again(void **state)
{
    static const char *const rules[] = {
        "times=1 text=A is better.",
        "times=1 text={\"evidence\":\"x\"," SCORES ",\"winner\":\"claude\"}",
        "times=1 stop=refusal text=I would rather not.",
    };
    struct table *t = *state;
    struct cli_result r;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        standin_rule(t->claude, rules[i]);
    judge(t, &r, 0, "--yes -j 1 --json");
    assert_holds(&r.out, "\"no_vote\":{\"unusable\":2,\"refused\":1,\"too_long\":0,\"gone\":0}");
    assert_holds(&r.out, "\"calls\":3");
    cli_finish(&r);
    assert_count(t, ANSWERS " WHERE state = 'unusable' AND reply LIKE '%winner is claude%'", 1);
    assert_count(t, ANSWERS " WHERE state = 'refused'", 1);
    assert_count(t, VOTES, 0);
    judge(t, &r, 0, "--yes");
    assert_holds(&r.out, "Nothing waits for a vote of claude-test: 0 pairs judged, 3 without");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 3);
}

static void
words_around_the_object_and_thinking_before_it_do_no_harm(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, LLAMA_IS_A "thinking=5 text=Well:\\n```json\\n" VERDICT("a") "\\n```");
    standin_rule(t->claude, CLAUDE_IS_A "thinking=5 text=Here. " VERDICT("b"));
    judge(t, &r, 0, "--yes");
    assert_holds(&r.out, "LLAMA better 3, Claude better 0, tie 0");
    cli_finish(&r);
}

/* No model is told by its name, in whichever answer it stands. */
static void
names_are_not_told(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_write(t->place, "named.jsonl",
                "{\"id\":\"n\",\"ts\":1,\"session\":\"n\",\"turn\":1,\"rater\":\"w\",\"message\":"
                "\"Siapa?\",\"category\":\"general\",\"language\":\"id\",\"mode\":\"parallel\","
                "\"left\":\"llama\",\"winner\":\"tie\",\"pair\":\"their own\",\"answers\":"
                "{\"claude\":{\"text\":\"Tidak: saya Claude Haiku 5.5 dari Anthropic.\"},\"llama\":"
                "{\"text\":\"Jangan: saya Llama 3.1, bukan Claude.\"}}}\n");
    char *path = place_path(t->place, "named.jsonl");
    cli_run(&r, t->place, (const char *const[]){"sessions", "merge", path, NULL}, NULL);
    cli_finish(&r);
    answer_for_claude(t, "");
    judge(t, &r, 0, "--yes");
    cli_finish(&r);
    for (size_t i = 0; i < standin_count(t->claude); i++) {
        struct standin_request *q = standin_request(t->claude, i);
        struct json *body = json_parse(q->body, q->body_len, NULL);
        const struct json *message = json_first(json_get(body, "messages"));
        const char *text = json_get_str(json_first(json_get(message, "content")), "text");
        assert_null(strstr(text, "Claude"));
        assert_null(strstr(text, "Llama"));
        assert_null(strstr(text, "Anthropic"));
        json_free(body);
        standin_request_free(&q);
    }
    /* The vote is about the pair that the record named. */
    assert_count(t, VOTES " AND pair = 'their own'", 1);
    cli_run(&r, t->place, (const char *const[]){"export", "--format", "native", NULL}, NULL);
    assert_holds(&r.out, "\"mode\":\"judge\"");
    assert_holds(&r.out, "\"rater\":\"judge:claude-test\"");
    cli_finish(&r);
    free(path);
}

/* ---- what it may cost ---- */

static void
without_leave_nothing_is_asked(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    judge(t, &r, 2, "");
    assert_holds(&r.err, "--yes");
    cli_finish(&r);
    judge(t, &r, 0, "--dry-run");
    assert_holds(&r.out, "3 pairs to judge");
    assert_holds(&r.out, "stops at $1.00, judge.max_usd");
    cli_finish(&r);
    judge(t, &r, 0, "--dry-run --json --limit 1");
    assert_holds(&r.out,
                 "\"pairs\":1,\"judged_before\":0,\"no_vote_before\":0,\"calls_planned\":2");
    cli_finish(&r);
    judge(t, &r, 2, "--yes --limit 0");
    cli_finish(&r);
    judge(t, &r, 2, "--yes -j x");
    cli_finish(&r);
    judge(t, &r, 2, "--yes --since x");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 0);
}

static void
configure(struct table *t, const char *llama_more, const char *more)
{
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"),
                 llama_more, more);
}

static void
the_cap_holds_and_the_next_run_goes_on(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    answer_for_claude(t, "");
    configure(t, NULL, "judge: {max_usd: 0.02}\n");
    judge(t, &r, 4, "--yes --json");
    assert_holds(&r.out, "\"stop\":\"cap\"");
    assert_holds(&r.err, "stopped at $0.0200, judge.max_usd");
    assert_holds(&r.err, "left; the same command goes on");
    cli_finish(&r);
    assert_count(t, "SELECT sum(cost_usd) <= 0.02 FROM side_call", 1);
    int asked = (int)standin_count(t->claude);
    assert_in_range(asked, 1, 5);
    configure(t, NULL, "budget: {usd_per_month: 0.000001}\n");
    judge(t, &r, 5, "--yes");
    assert_holds(&r.err, "budget.usd_per_month");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), asked);
    configure(t, NULL, NULL);
    judge(t, &r, 0, "--yes");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 6);
    assert_count(t, VOTES, 3);
    judge(t, &r, 0, "--dry-run");
    cli_finish(&r);
}

/* ---- what fails ---- */

static void
what_cannot_be_asked_ends_the_run_with_the_remedy(void **state)
{
    static const struct {
        const char *rule, *said, *remedy;
    } faults[] = {
        {"status=401 message=\"invalid x-api-key\"", "claude: auth: ", "brains.claude.api_key"},
        {"status=404 message=\"model: claude-test\"",
         "claude: not_found: ", "brains.claude.models.fast.id"},
        {"fault=reset", "claude: connect: ", "brains.claude.base_url"},
    };
    struct table *t = *state;
    struct cli_result r;
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        standin_clear_rules(t->claude);
        standin_rule(t->claude, faults[i].rule);
        judge(t, &r, 5, "--yes -j 1");
        assert_holds(&r.err, faults[i].said);
        assert_holds(&r.err, faults[i].remedy);
        assert_holds(&r.err, "3 pairs are left");
        cli_finish(&r);
    }
    place_setenv(t->place, "TEST_CLAUDE_KEY");
    judge(t, &r, 5, "--yes");
    assert_holds(&r.err, "TEST_CLAUDE_KEY");
    cli_finish(&r);
    configure(t, NULL, "judge: {model: huge}\n");
    judge(t, &r, 3, "--yes");
    assert_holds(&r.err, "judge.model: claude has no tier \"huge\"");
    cli_finish(&r);
    assert_count(t, ANSWERS, 0);
}

static void
an_error_midway_loses_nothing(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "times=3 " CLAUDE_IS_A "text=" VERDICT("a"));
    standin_rule(t->claude, "status=500 message=\"down\"");
    judge(t, &r, 4, "--yes -j 1");
    assert_holds(&r.err, "claude: server: ");
    cli_finish(&r);
    int stood = count_rows(t, ANSWERS);
    assert_true(stood > 0);
    standin_clear_rules(t->claude);
    answer_for_claude(t, "");
    size_t before = standin_count(t->claude);
    judge(t, &r, 0, "--yes");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude) - before, 6 - stood);
    assert_count(t, VOTES, 3);
}

static void
a_server_that_asks_to_wait_is_waited_for(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "times=2 status=429 retry_after_ms=30 message=\"slow down\"");
    answer_for_claude(t, "");
    judge(t, &r, 0, "--yes -j 1");
    assert_holds(&r.err, "claude: slow down");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 8);
    assert_count(t, VOTES, 3);
    /* For hours nobody waits. */
    put_pairs(t, "s", 4, 1);
    standin_clear_rules(t->claude);
    standin_rule(t->claude, "status=429 retry_after=7200 message=\"tomorrow\"");
    judge(t, &r, 5, "--yes -j 1");
    assert_holds(&r.err, "claude: rate_limit: ");
    cli_finish(&r);
}

static void
a_server_that_knows_no_schema_is_asked_by_words_alone(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    configure(t, NULL, "judge: {brain: llama}\n");
    standin_rule(t->llama, "match=json_schema status=400 message=\"response_format\"");
    standin_rule(t->llama, CLAUDE_IS_A "text=" VERDICT("a"));
    standin_rule(t->llama, LLAMA_IS_A "text=" VERDICT("b"));
    judge(t, &r, 0, "--yes -j 1");
    assert_holds(&r.err, "asked again without a schema");
    assert_holds(&r.err, "cost not known before: no price by the token");
    assert_holds(&r.err, "llama judges itself, too");
    cli_finish(&r);
    assert_int_equal(standin_count(t->llama), 7);
    assert_count(t, VOTES " AND rater = 'judge:llama-test' AND judge ->> 'brain' = 'llama'", 3);
    struct standin_request *q = standin_request(t->llama, 6);
    assert_non_null(strstr(q->body, "\"temperature\":0"));
    standin_request_free(&q);
}

static void
the_first_interrupt_lets_the_calls_that_run_end(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    answer_for_claude(t, "first=300");
    struct cli *c =
        cli_start(t->place, (const char *const[]){"judge", "--yes", "-j", "1", NULL}, NULL);
    assert_true(standin_wait_count(t->claude, 1, patience_ms()));
    kill(cli_pid(c), SIGINT);
    cli_wait(&c, &r);
    assert_int_equal(r.code, 130);
    assert_holds(&r.err, "ends after the calls that run");
    cli_finish(&r);
    assert_count(t, ANSWERS, 1);
    standin_clear_rules(t->claude);
    answer_for_claude(t, "");
    judge(t, &r, 0, "--yes");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 6);
}

int
main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set, table_clear)
    const struct CMUnitTest tests[] = {
        T(both_orders_of_each_pair_are_asked_and_make_one_vote),
        T(an_order_that_decides_is_a_tie_and_said),
        T(replies_that_are_no_vote_are_kept_and_not_asked_again),
        T(words_around_the_object_and_thinking_before_it_do_no_harm),
        T(names_are_not_told),
        T(without_leave_nothing_is_asked),
        T(the_cap_holds_and_the_next_run_goes_on),
        T(what_cannot_be_asked_ends_the_run_with_the_remedy),
        T(an_error_midway_loses_nothing),
        T(a_server_that_asks_to_wait_is_waited_for),
        T(a_server_that_knows_no_schema_is_asked_by_words_alone),
        T(the_first_interrupt_lets_the_calls_that_run_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
