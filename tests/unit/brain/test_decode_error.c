#include "unit/unit.h"

#include "decoding.h"

static void
check(int status, const char *body, size_t n, enum error_kind kind, const char *message,
      const char *request_id)
{
    struct answer_error e;
    bool loading;
    decode_http_error(status, body, n, &e, &loading);
    assert_int_equal(e.http_status, status);
    assert_string_equal(e.message, message);
    assert_int_equal(e.kind, kind);
    assert_same_string(e.request_id, request_id);
    free(e.message);
    free(e.request_id);
}

static void
every_known_shape_gives_its_kind_and_line(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
        const char *message, *id;
    } table[] = {
        {401,
         "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid "
         "x-api-key\"},\"request_id\":\"req_1\"}",
         ERR_AUTH, "invalid x-api-key", "req_1"},
        {400,
         "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt "
         "is "
         "too long: 9 tokens > 8 maximum\"}}",
         ERR_CONTEXT_LENGTH, "prompt is too long: 9 tokens > 8 maximum", NULL},
        {400,
         "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
         "\"temperature: "
         "Extra inputs are not permitted\"}}",
         ERR_BAD_REQUEST, "temperature: Extra inputs are not permitted", NULL},
        {404,
         "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"model: x\"}}",
         ERR_NOT_FOUND, "model: x", NULL},
        {429,
         "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\","
         "\"details\":"
         "{\"error_code\":\"ramp_limit_exceeded\"}}}",
         ERR_RATE_LIMIT, "m", NULL},
        {429,
         "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\","
         "\"details\":"
         "{\"error_code\":\"enforced_spend_limit_reached\"}}}",
         ERR_BUDGET, "m", NULL},
        {429, "{\"error\":{\"message\":\"m\"},\"request_id\":\"req\\u001b[2J\"}", ERR_RATE_LIMIT,
         "m", NULL},
        {429, "{\"error\":{\"message\":\"m\"},\"request_id\":\"req\u00e9\"}", ERR_RATE_LIMIT, "m",
         NULL},
        {402, "{\"error\":{\"type\":\"billing_error\",\"message\":\"m\"}}", ERR_BUDGET, "m", NULL},
        {529, "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
         ERR_OVERLOADED, "Overloaded", NULL},
        {500, "{\"error\":{\"type\":\"api_error\",\"message\":\"m\"}}", ERR_SERVER, "m", NULL},
        {504, "{\"error\":{\"type\":\"timeout_error\",\"message\":\"m\"}}", ERR_SERVER, "m", NULL},
        {413, "{\"error\":{\"type\":\"request_too_large\",\"message\":\"m\"}}", ERR_CONTEXT_LENGTH,
         "m", NULL},
        {404,
         "{\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"type\":"
         "\"NotFoundError\",\"code\":404}",
         ERR_NOT_FOUND, "The model `x` does not exist.", NULL},
        {400,
         "{\"error\":{\"message\":\"This model's maximum context length is 10\",\"type\":"
         "\"BadRequestError\",\"code\":400}}",
         ERR_CONTEXT_LENGTH, "This model's maximum context length is 10", NULL},
        {429, "{\"error\":\"Model is overloaded\",\"error_type\":\"overloaded\"}", ERR_OVERLOADED,
         "Model is overloaded", NULL},
        {422, "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\",\"type\":\"missing\"}]}",
         ERR_BAD_REQUEST, "field required", NULL},
        {403, "{\"detail\":\"Forbidden\"}", ERR_AUTH, "Forbidden", NULL},
        {422, "{\"detail\":[{\"loc\":[\"body\",\"top_k\",0],\"msg\":\"too large\"}]}",
         ERR_BAD_REQUEST, "too large: top_k", NULL},
        {422, "{\"message\":{\"detail\":[{\"loc\":[\"body\",\"n\"],\"msg\":\"m\"}]}}",
         ERR_BAD_REQUEST, "m: n", NULL},
        {400, "{\"detail\":{\"error\":{\"message\":\"deep\"}}}", ERR_BAD_REQUEST, "deep", NULL},
        {400, "{\"message\":[\"a is bad\",\"b\"],\"error\":\"Bad Request\"}", ERR_BAD_REQUEST,
         "a is bad", NULL},
        {401, "{\"error\":\"invalid_token\",\"error_description\":\"It expired\"}", ERR_AUTH,
         "It expired", NULL},
        {403, "{\"type\":\"https://a.test/b\",\"title\":\"No credit\",\"detail\":\"30 of 50\"}",
         ERR_AUTH, "30 of 50", NULL},
        {503, "{\"type\":\"about:blank\",\"title\":\"Asleep\",\"status\":503}", ERR_OVERLOADED,
         "Asleep", NULL},
        {403, "{\"Message\":\"not allowed\"}", ERR_AUTH, "not allowed", NULL},
        {400,
         "[{\"error\":{\"message\":\"m\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":"
         "\"API_KEY_INVALID\"}]}}]",
         ERR_AUTH, "m", NULL},
        {400,
         "{\"error\":{\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\"why\"}}}",
         ERR_BAD_REQUEST, "Provider returned error: why", NULL},
        {400, "{\"oops\":{\"x\":1}}", ERR_BAD_REQUEST, "{\"oops\":{\"x\":1}}", NULL},
        {403, "<?xml version=\"1.0\"?><Error><Code>Denied</Code><Message>No</Message></Error>",
         ERR_AUTH, "Denied No: may this API key use this model, and from here?", NULL},
        {502, "<html><style>h1 {x}</style><h1>Bad Gateway</h1>nginx", ERR_SERVER,
         "a web page: Bad Gateway nginx: the server behind this address does not answer; does it "
         "run?",
         NULL},
        {500, "event: error\ndata: {\"error\":{\"message\":\"in an event\"}}\n\n", ERR_SERVER,
         "in an event", NULL},
        {404, "404 page not found\n", ERR_NOT_FOUND, "404 page not found", NULL},
        {502, "<html>\n<head><title>502 Bad\n Gateway</title></head>", ERR_SERVER,
         "a web page: 502 Bad Gateway: the server behind this address does not answer; does it "
         "run?",
         NULL},
        {503, "<html>no title", ERR_OVERLOADED,
         "a web page: no title: the server is overloaded or starts up; try again in a while", NULL},
        {503, "", ERR_OVERLOADED,
         "HTTP 503 without a reason: the server is overloaded or starts up; try again in a while",
         NULL},
        {500, "{}", ERR_SERVER, "HTTP 500 without a reason: the server's log says more", NULL},
        {500, "[]", ERR_SERVER, "HTTP 500 without a reason: the server's log says more", NULL},
        {302, "<html><title>Found</title>", ERR_PROTOCOL,
         "HTTP 302: a redirect, which is not followed: is base_url right?", NULL},
        {500, "a\x1b[2J\r\n\tb\xFF", ERR_SERVER, "a [2J b\xEF\xBF\xBD", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(table[i].status, table[i].body, strlen(table[i].body), table[i].kind,
              table[i].message, table[i].id);
}

static void
captured_error_bodies_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        int status;
        enum error_kind kind;
        const char *message;
    } table[] = {
        {"captures/err401_badkey.json", 401, ERR_AUTH, "Invalid API Key"},
        {"captures/err503_chat.json", 503, ERR_OVERLOADED, "Loading model"},
        {"captures/oai_err_overflow.json", 400, ERR_CONTEXT_LENGTH,
         "request (27018 tokens) exceeds the available context size (4096 tokens), try increasing "
         "it"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct buf b;
        read_data(table[i].file, &b);
        check(table[i].status, b.p, b.len, table[i].kind, table[i].message, NULL);
        buf_finish(&b);
    }
}

static void
a_long_reason_is_cut_between_characters(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 100000);
    for (int i = 0; i < 5000; i++)
        buf_append_str(&b, "\xC3\xA9");
    struct answer_error e;
    bool loading;
    decode_http_error(500, b.p, b.len, &e, &loading);
    assert_in_range(strlen(e.message), 300, 420);
    assert_null(strstr(e.message, "\xEF\xBF\xBD"));
    free(e.message);
    buf_finish(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_known_shape_gives_its_kind_and_line),
        cmocka_unit_test(captured_error_bodies_are_read),
        cmocka_unit_test(a_long_reason_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
