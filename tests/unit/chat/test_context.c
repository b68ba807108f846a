/* A context's JSON is what the contract says, and comes back from the store as it was. */
#include "unit/unit.h"

#include <math.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/turn_json.h"

static void
what_was_not_wanted_is_null(void **state)
{
    (void)state;
    struct context c;
    context_init(&c);
    assert_null(context_to_json(&c));
    context_finish(&c);
}

static void
a_context_comes_back_from_json_as_it_was(void **state)
{
    (void)state;
    struct context c, back;
    context_init(&c);
    context_init(&back);
    c.wanted = true;
    c.source = CONTEXT_BASELINE;
    c.text = xstrdup("malu: shame");
    c.why = xstrdup("not ready within 200 ms");
    c.started_us = 200400;
    c.late_us = 912345;
    c.grace_ms = 200;
    c.insights = xcalloc(1, sizeof *c.insights);
    c.insight_count = 1;
    c.insights[0] =
        (struct context_insight){xstrdup("malu"), xstrdup("Malu"), xstrdup("text"), .75};
    c.asked = true;
    c.answer.status = STATUS_COMPLETE;
    c.answer.cost_usd = .25;
    c.answer.saved_usd = .125;
    buf_append_str(&c.answer.text, "late words");
    struct json *o = context_to_json(&c);
    assert_string_equal(json_get_str(o, "source"), "baseline");
    double ms;
    assert_true(json_get_num(o, "ms", &ms));
    assert_float_equal(ms, 200.4, 1e-9);
    context_from_json(&back, o);
    struct json *again = context_to_json(&back);
    assert_int_equal(back.source, CONTEXT_BASELINE);
    assert_int_equal(back.late_us, 912345);
    assert_int_equal(back.started_us, 200400);
    assert_string_equal(back.answer.text.p, "late words");
    assert_float_equal(back.answer.cost_usd, .25, 0);
    assert_float_equal(back.answer.saved_usd, .125, 0);
    assert_string_equal(back.insights[0].id, "malu");
    assert_string_equal(json_get_str(again, "why"), c.why);
    json_free(again);
    json_free(o);
    context_finish(&c);
    context_finish(&back);
}

static void
a_context_of_nonsense_is_read_without_harm(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "[]", "{}", "{\"source\":7,\"ms\":\"x\",\"insights\":{\"a\":1},\"call\":[]}",
        "{\"insights\":[1,null,{\"id\":3}],\"call\":{\"status\":\"running\",\"text\":null}}",
        "{\"ms\":1e300,\"late_ms\":-4,\"grace_ms\":1e99}"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct context c;
        context_init(&c);
        struct json *o = json_parse(texts[i], strlen(texts[i]), NULL);
        context_from_json(&c, o);
        assert_false(context_running(&c));
        assert_int_equal(c.late_us, UNKNOWN);
        json_free(o);
        context_finish(&c);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_wanted_is_null),
        cmocka_unit_test(a_context_comes_back_from_json_as_it_was),
        cmocka_unit_test(a_context_of_nonsense_is_read_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
