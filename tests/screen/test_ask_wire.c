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
                 standin_url(t->llama, "/v1"), "temperature: 0.4\ntop_p: 0.9", NULL);
    struct json *body = asked(t, t->claude, "claude");
    assert_true(num(body, "temperature") == 0.3 && num(body, "max_tokens") == 77);
    json_free(body);
    body = asked(t, t->llama, "llama"); /* it answers in one of its modes */
    assert_true(num(body, "temperature") == 0.4 && num(body, "top_p") == 0.9);
    json_free(body);
    place_config(
        t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"),
        "temperature: 0.4\nmodels: {fast: {id: m, temperature: null, max_tokens: 31}}\n"
        "modes: {santai: {max_tokens: 0}, pikiran: {max_tokens: 0}}\nextra: {stream_options: null}",
        NULL);
    body = asked(t, t->llama, "llama");
    assert_null(json_get(body, "temperature"));
    assert_null(json_get(body, "stream_options"));
    assert_true(num(body, "max_tokens") == 31);
    json_free(body);
    body = asked(t, t->claude, "claude");
    assert_null(json_get(body, "temperature"));
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(the_brains_sampling_reaches_the_server_under_a_style_too),
        AT_A_TABLE(a_pasted_endpoint_with_a_query_is_asked_as_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
