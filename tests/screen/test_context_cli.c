/* Pattern 3 and the full stack from outside: which context Claude is told, and that the next message learns from what
 * came late. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/json.h"
#include "contract.h"
#include "report.h"
#include "table.h"

static const char message[] = "aku malu bertanya tentang visa";
static const char note[] = "Pelanggan merasa malu bertanya. Sambut dengan hangat dulu.";

static void
note_rule(struct table *t, const char *how)
{
    char rule[256];
    snprintf(rule, sizeof rule, "match=Catatan %s text=%s", how, note);
    standin_rule(t->llama, rule);
}

/* Does the last request that Claude got hold it? */
static bool
claude_was_told(struct table *t, const char *text)
{
    struct standin_request *q = standin_request(t->claude, standin_count(t->claude) - 1);
    bool told = strstr(q->body, text) != NULL;
    standin_request_free(&q);
    return told;
}

static void
llamas_own_context_is_told_when_it_is_there_in_time(void **state)
{
    struct table *t = *state;
    struct report r;
    place_setenv(t->place, "BERDUA_CONTEXT_GRACE_MS=15000");
    note_rule(t, "");
    report_ask(&r, t->place, ARGS("-m", "context"), message);
    expect_exit(&r.run, 0);
    expect_contract(r.root);
    const struct json *c = json_get(r.root, "context");
    assert_string_equal(report_str(c, "source"), "llama");
    assert_true(num(c, "grace_ms") == 15000 && num(c, "ms") < 15000);
    assert_true(json_is_null(json_get(c, "late_ms")));
    assert_true(claude_was_told(t, note));
    assert_true(claude_was_told(t, "<cultural-background>\\nPelanggan"));
    assert_int_equal(json_count(json_get(r.root, "answers")), 1); /* a context is no answer */
    assert_string_equal(report_str(r.root, "served"), "claude");
    report_finish(&r);
}

static void
what_comes_late_serves_the_next_message(void **state)
{
    struct table *t = *state;
    struct report r;
    place_setenv(t->place, "BERDUA_CONTEXT_GRACE_MS=40");
    note_rule(t, "first=400 times=1");
    standin_rule(t->llama, "status=500");
    report_ask(&r, t->place, ARGS("-m", "context"), message);
    expect_exit(&r.run, 0);
    const struct json *c = json_get(r.root, "context");
    assert_true(num(c, "late_ms") >= 400 && num(c, "ms") >= 40);
    assert_string_equal(report_str(c, "why"), "not ready within 40 ms");
    assert_false(claude_was_told(t, note));
    report_finish(&r);

    place_setenv(t->place, "BERDUA_CONTEXT_GRACE_MS=15000");
    report_ask(&r, t->place, ARGS("-m", "context", "-u", "sari"), message);
    expect_exit(&r.run, 0);
    c = json_get(r.root, "context");
    assert_string_equal(report_str(c, "source"), "saved");
    assert_true(num(c, "ms") < 15000); /* nothing more could come */
    assert_string_equal(report_str(c, "text"), note);
    assert_true(claude_was_told(t, note));
    report_finish(&r);
}

static void
with_llama_dead_the_knowledge_base_helps_and_claude_serves(void **state)
{
    struct table *t = *state;
    static const char *const modes[] = {"context", "full"};
    place_setenv(t->place, "BERDUA_CONTEXT_GRACE_MS=15000");
    standin_rule(t->llama, "status=401");
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct report r;
        report_ask(&r, t->place, ARGS("-m", modes[i]), message);
        expect_exit(&r.run, 0);
        expect_contract(r.root);
        assert_string_equal(report_str(r.root, "context.source"), "baseline");
        assert_string_equal(report_str(r.root, "served"), "claude");
        report_finish(&r);
    }
}

static void
the_stream_tells_of_the_context_before_the_answer(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_setenv(t->place, "BERDUA_CONTEXT_GRACE_MS=15000");
    note_rule(t, "");
    cli_run(&r, t->place, ARGS("ask", "--stream-json", "-m", "context", message), NULL);
    expect_exit(&r, 0);
    const char *context = strstr(r.out.p, "{\"event\":\"context\"");
    const char *delta = strstr(r.out.p, "{\"event\":\"delta\"");
    assert_true(context && delta && context < delta);
    assert_null(strstr(context + 1, "{\"event\":\"context\""));
    cli_finish(&r);
}

static void
full_asks_llama_twice_at_most_and_says_who_did_what(void **state)
{
    struct table *t = *state;
    struct report r;
    place_setenv(t->place, "BERDUA_CONTEXT_GRACE_MS=15000");
    note_rule(t, "");
    report_ask(&r, t->place, ARGS("-m", "full"), message);
    expect_exit(&r.run, 0);
    expect_contract(r.root);
    assert_string_equal(report_str(r.root, "route.brain"), "claude"); /* stage 0 */
    assert_string_equal(report_str(r.root, "context.source"), "llama");
    assert_string_equal(report_str(report_answer(&r, "llama"), "role"), "shadow");
    assert_int_equal(standin_count(t->llama), 2);
    report_finish(&r);
}

static void
a_command_shows_the_context_and_switches_it(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_setenv(t->place, "BERDUA_CONTEXT_GRACE_MS=15000");
    note_rule(t, "");
    cli_run(&r, t->place, ARGS("--linear", "-m", "context"),
            "aku malu bertanya\n/context\n/context off\naku malu sekali\n/context\n/context so\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "LLAMA wrote it for this message") && holds(&r.out, note));
    assert_true(holds(&r.out, "no message gets a cultural context"));
    assert_true(holds(&r.out, "No context was used for this message"));
    assert_true(holds(&r.err, "on, off, auto or show"));
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(llamas_own_context_is_told_when_it_is_there_in_time),
        AT_A_TABLE(what_comes_late_serves_the_next_message),
        AT_A_TABLE(with_llama_dead_the_knowledge_base_helps_and_claude_serves),
        AT_A_TABLE(the_stream_tells_of_the_context_before_the_answer),
        AT_A_TABLE(full_asks_llama_twice_at_most_and_says_who_did_what),
        AT_A_TABLE(a_command_shows_the_context_and_switches_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
