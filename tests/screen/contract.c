#include "contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"

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

static const struct field route_fields[] = {{"brain", 's'},   {"mode", 'S'},   {"rule", 's'},
                                            {"percent", 'n'}, {"reason", 's'}, {"fallback", 'S'}};

static const struct field context_fields[] = {
    {"source", 's'}, {"ms", 'N'}, {"grace_ms", 'n'}, {"late_ms", 'N'}, {"insights", 'a'}};

static const struct field insight_fields[] = {
    {"id", 's'}, {"topic", 's'}, {"text", 's'}, {"score", 'n'}};

static void
expect_context(const struct json *context)
{
    expect_fields(context, context_fields, ARRAY_LEN(context_fields));
    for (const struct json *i = json_first(json_get(context, "insights")); i; i = json_next(i))
        expect_fields(i, insight_fields, ARRAY_LEN(insight_fields));
}

void
expect_contract(const struct json *turn)
{
    expect_fields(turn, turn_fields, ARRAY_LEN(turn_fields));
    if (json_is_object(json_get(turn, "route")))
        expect_fields(json_get(turn, "route"), route_fields, ARRAY_LEN(route_fields));
    if (json_is_object(json_get(turn, "context")))
        expect_context(json_get(turn, "context"));
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

double
num(const struct json *o, const char *key)
{
    double v = -1;
    json_get_num(o, key, &v);
    return v;
}

void
expect_exit(const struct cli_result *r, int code)
{
    if (r->code != code || r->late)
        cli_show(r);
    assert_false(r->late);
    assert_int_equal(r->code, code);
}

bool
holds(const struct buf *b, const char *text)
{
    return strstr(b->p, text) != NULL;
}
