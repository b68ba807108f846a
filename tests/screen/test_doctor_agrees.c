/* What `berdua doctor` calls good, `berdua ask` can do, and the reverse. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

/* A state of the server, the same for each provider where rule is used; else a rule for each, NULL: it has none. */
struct cell {
    const char *name;
    bool good;
    const char *rule, *rules[3];
    const char *setenv, *url;
};

static const char *const providers[] = {"anthropic", "openai", "runpod"};
static const char *const paths[] = {"", "/v1", "/v2/ep1"};

static const struct cell cells[] = {
    {"good", true, ""},
    {"wrong key", false, "status=401"},
    {"no key", false, "", .setenv = "TEST_LLAMA_KEY"},
    {"unknown model",
     false,
     NULL,
     {"model=zantara-llama-3.1-8b status=404", "model=zantara-llama-3.1-8b status=404", NULL}},
    {"no list",
     true,
     NULL,
     {"path=models status=404", "path=models status=404", "path=health status=404"}},
    {"a list for nobody", true, NULL, {"path=models status=403", "path=models fault=html", NULL}},
    {"no chat endpoint",
     false,
     NULL,
     {"path=messages status=404", "path=completions status=404", "path=/run status=404"}},
    {"a public list, a wrong key",
     false,
     NULL,
     {"path=messages status=401", "path=completions status=401", "path=/run status=401"}},
    {"loading for ever",
     false,
     NULL,
     {"status=503 code=unavailable_error message=\"Loading model\"",
      "status=503 code=unavailable_error message=\"Loading model\"", "fault=job_stuck"}},
    {"loaded after a while",
     true,
     NULL,
     {"path=messages times=1 status=503 code=unavailable_error message=\"Loading model\"",
      "path=completions times=1 status=503 code=unavailable_error message=\"Loading model\"",
      NULL}},
    {"no TLS", false, "", .url = "https://127.0.0.1:%d"},
    {"a dead proxy", false, "", .setenv = "https_proxy=http://127.0.0.1:1",
     .url = "https://brain.invalid"},
    {"slow", true, "first=200"},
    {"too slow", false, "first=60000"},
    {"a model without a system prompt",
     false,
     NULL,
     {NULL, "match=role\":\"system status=400 message=\"System role not supported\"", NULL}},
    {"an empty answer", false, NULL, {"fault=empty", "fault=empty", NULL}},
    {"no API", false, NULL, {"fault=html", "fault=html", "fault=html"}},
};

static void
expect_agreement(struct table *t, const struct cell *c, int provider, const char *rule)
{
    struct cli_result doctor, ask;
    char *at = c->url ? xasprintf(c->url, standin_port(t->llama)) : NULL;
    /* A loading server is asked again after a second. */
    int limit_ms = strstr(c->name, "loaded") ? 5000 : 700;
    char *lines =
        xasprintf("provider: %s\nmodels: {fast: {id: zantara-llama-3.1-8b}}\nfirst_token_ms: %d\n",
                  providers[provider], limit_ms);
    place_config(t->place, standin_url(t->claude, ""), "models: {fast: {id: claude-haiku-5-5}}",
                 at ? at : standin_url(t->llama, paths[provider]), lines, NULL);
    for (int i = 0; i < 2; i++) {
        standin_clear_rules(t->llama);
        if (*rule)
            standin_rule(t->llama, rule);
        cli_run(i ? &ask : &doctor, t->place,
                i ? ARGS("ask", "--brain", "llama", "halo") : ARGS("doctor", "--json"), NULL);
    }
    struct json *root = json_parse(doctor.out.p, doctor.out.len, NULL);
    const struct json *f = json_first(json_get(root, "findings"));
    while (f && strcmp(report_str(f, "what"), "llama") != 0)
        f = json_next(f);
    bool ok = false;
    assert_true(json_get_bool(f, "ok", &ok));
    if (ok != c->good || (ask.code == 0) != c->good ||
        (!ok && strlen(report_str(f, "remedy")) == 0)) {
        cli_show(&doctor);
        cli_show(&ask);
        fail_msg("%s, %s: doctor %d, ask %d", providers[provider], c->name, ok, ask.code);
    }
    json_free(root);
    cli_finish(&doctor);
    cli_finish(&ask);
    free(at);
    free(lines);
}

static void
doctor_and_ask_agree_whatever_is_wrong(void **state)
{
    struct table *t = *state;
    for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
        const struct cell *c = &cells[i];
        if (c->setenv)
            place_setenv(t->place, c->setenv);
        for (int p = 0; p < 3; p++) {
            const char *rule = c->rule ? c->rule : c->rules[p];
            if (rule)
                expect_agreement(t, c, p, rule);
        }
        place_setenv(t->place, "https_proxy");
        place_setenv(t->place, "TEST_LLAMA_KEY=" LLAMA_KEY);
    }
}

/* One token, and no more: nobody pays for a look. */
static void
one_token_is_asked_for_and_its_cost_is_told(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("doctor"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, " USD)"));
    assert_true(holds(&r.out, "no price configured)"));
    assert_int_equal(standin_count(t->claude), 1);
    struct standin_request *q = standin_request(t->claude, 0);
    struct json *body = json_parse(q->body, q->body_len, NULL);
    assert_true(num(body, "max_tokens") == 1);
    json_free(body);
    standin_request_free(&q);
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(doctor_and_ask_agree_whatever_is_wrong),
        AT_A_TABLE(one_token_is_asked_for_and_its_cost_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
