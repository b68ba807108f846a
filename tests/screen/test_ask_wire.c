/* `berdua ask`: what the configuration says of a request is what the server receives. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "table.h"

/* The body that the server received for one message to this brain. */
static struct json *
asked(struct table *t, struct standin *server, const char *brain)
{
    struct cli_result r;
    cli_run(&r, t->place, ARGS("ask", "--brain", brain, "apa syarat visa?"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    struct standin_request *q = standin_request(server, standin_count(server) - 1);
    struct json *body = json_parse(q->body, q->body_len, NULL);
    standin_request_free(&q);
    assert_non_null(body);
    return body;
}

static void
the_brains_sampling_reaches_the_server_under_a_style_too(void **state)
{
    struct table *t = *state;
    place_config(t->place, standin_url(t->claude, ""), "temperature: 0.3\nmax_tokens: 77",
                 standin_url(t->llama, "/v1"), "temperature: 0.4\ntop_p: 0.9\nmax_tokens: 55",
                 NULL);
    struct json *body = asked(t, t->claude, "claude");
    assert_true(num(body, "temperature") == 0.3 && num(body, "max_tokens") == 77);
    json_free(body);
    body = asked(t, t->llama, "llama"); /* it answers in one of its modes */
    assert_true(num(body, "temperature") == 0.4 && num(body, "top_p") == 0.9);
    assert_true(num(body, "max_tokens") == 55);
    json_free(body);
    place_config(t->place, standin_url(t->claude, ""), "max_tokens: null",
                 standin_url(t->llama, "/v1"),
                 "temperature: 0.4\nmodels: {fast: {id: m, temperature: null, max_tokens: 31}}\n"
                 "extra: {stream_options: null}",
                 NULL);
    body = asked(t, t->llama, "llama");
    assert_null(json_get(body, "temperature"));
    assert_null(json_get(body, "stream_options"));
    assert_true(num(body, "max_tokens") == 31);
    json_free(body);
    body = asked(t, t->claude, "claude");
    assert_null(json_get(body, "temperature"));
    assert_null(json_get(body, "max_tokens"));
    json_free(body);
}

static void
a_pasted_endpoint_with_a_query_is_asked_as_it_stands(void **state)
{
    struct table *t = *state;
    place_config(t->place, standin_url(t->claude, "/v1/messages/"), NULL,
                 standin_url(t->llama, "/v1/chat/completions?api-version=2024-06-01"), NULL, NULL);
    json_free(asked(t, t->claude, "claude"));
    json_free(asked(t, t->llama, "llama"));
    struct standin_request *q = standin_request(t->claude, 0);
    assert_string_equal(q->path, "/v1/messages");
    standin_request_free(&q);
    q = standin_request(t->llama, 0);
    assert_string_equal(q->path, "/v1/chat/completions?api-version=2024-06-01");
    standin_request_free(&q);
}

#define THOUGHT "text=They ponder\\| me.\\n</think>\\n\\nHalo\\| Kak!"

/* A chat template that opens the thinking. */
static void
a_thought_that_was_streamed_as_text_is_taken_back_and_is_in_no_figure(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->llama, "first=20 gap=20 " THOUGHT);
    cli_run(&r, t->place, ARGS("ask", "--stream-json", "--brain", "llama", "halo"), NULL);
    expect_exit(&r, 0);
    const char *back = strstr(r.out.p, "{\"event\":\"taken_back\",\"brain\":\"llama\"}\n");
    assert_non_null(back);
    assert_non_null(strstr(r.out.p, "ponder"));
    assert_null(strstr(back, "ponder"));
    const char *first = strstr(back, "\"event\":\"first_token\"");
    const char *done = strstr(back, "\"event\":\"done\"");
    assert_true(first && done && first < done);
    assert_non_null(strstr(done, "\"text\":\"Halo Kak!\""));
    assert_true(holds(&r.err, "was taken back")); /* with what to set */
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("ask", "--brain", "llama", "halo"), NULL);
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, "Halo Kak!\n");
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("sessions", "search", "ponder"), NULL);
    assert_false(holds(&r.out, "They"));
    cli_finish(&r);
}

static void
the_next_answer_of_a_chat_hides_its_thought_from_the_start(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->llama, THOUGHT);
    cli_run(&r, t->place, ARGS("--linear"), "satu\ndua\n");
    expect_exit(&r, 0);
    assert_false(holds(&r.out, "ponder"));
    const char *told = strstr(r.err.p, "was taken back");
    assert_non_null(told);
    assert_null(strstr(told + 1, "was taken back")); /* of the second nothing was shown */
    struct standin_request *q = standin_request(t->llama, 1);
    assert_null(strstr(q->body, "ponder"));
    standin_request_free(&q);
    cli_finish(&r);
}

/* The answer waits behind the thought, so that the thought is on the screen, and leaves it. */
static void
the_screen_forgets_a_thought_that_it_has_shown(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "gap=100 " THOUGHT);
    struct screen *s = table_start(t, 30, 120);
    table_say(t, "halo");
    screen_expect(s, "ponder");
    screen_expect(s, "Halo Kak!");
    assert_false(screen_shows(s, "ponder"));
    table_expect_done(s);
    table_leave(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(the_brains_sampling_reaches_the_server_under_a_style_too),
        AT_A_TABLE(a_thought_that_was_streamed_as_text_is_taken_back_and_is_in_no_figure),
        AT_A_TABLE(the_next_answer_of_a_chat_hides_its_thought_from_the_start),
        AT_A_TABLE(the_screen_forgets_a_thought_that_it_has_shown),
        AT_A_TABLE(a_pasted_endpoint_with_a_query_is_asked_as_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
