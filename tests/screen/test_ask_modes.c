/* `ask --json` in each mode: every field of the contract, with both brains well and with LLAMA dead. */
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

/* Which parts are objects, and not null, for a message that profits from a context. */
static const struct way {
    const char *mode;
    bool routes, has_context, compares;
    int answers;
} ways[] = {
    {"parallel", false, false, true, 2}, {"shadow", false, false, true, 2},
    {"context", false, true, false, 1},  {"route", true, false, false, 1},
    {"jiwa", false, false, false, 1},    {"full", true, true, true, 2},
};

static void
expect_way(struct table *t, const struct way *w, bool well)
{
    struct report r;
    report_ask(&r, t->place, ARGS("-u", "sari", "-m", w->mode), "aku sedih banget hari ini");
    if (r.run.late || r.root == NULL)
        cli_show(&r.run);
    /* In parallel alone LLAMA is asked to be seen. */
    expect_exit(&r.run, !well && strcmp(w->mode, "parallel") == 0 ? 4 : 0);
    expect_contract(r.root);
    assert_string_equal(report_str(r.root, "mode"), w->mode);
    assert_string_equal(report_str(r.root, "category"), "emotional");
    assert_string_equal(report_str(r.root, "language"), "id");
    assert_int_equal(json_count(json_get(r.root, "categories")), 6);
    if (w->routes != json_is_object(json_get(r.root, "route")) ||
        w->has_context != json_is_object(json_get(r.root, "context")) ||
        (well && w->compares && !json_is_object(json_get(r.root, "comparison"))) ||
        (int)json_count(json_get(r.root, "answers")) != w->answers) {
        cli_show(&r.run);
        fail_msg("%s, LLAMA %s", w->mode, well ? "well" : "dead");
    }
    if (!well || strcmp(w->mode, "parallel") != 0)
        assert_string_equal(report_str(r.root, "served"), "claude");
    if (w->has_context)
        assert_string_equal(report_str(r.root, "context.source"), well ? "llama" : "baseline");
    assert_string_equal(report_str(report_answer(&r, "claude"), "status"), "complete");
    if (w->answers == 2)
        assert_string_equal(report_str(report_answer(&r, "llama"), "status"),
                            well ? "complete" : "failed");
    report_finish(&r);
}

static void
expect_all(struct table *t, bool well)
{
    /* The grace is long, so that a loaded machine uses what LLAMA says. */
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 "context: {grace_ms: 5000}\nmemory: {enabled: true}\n");
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        expect_way(t, &ways[i], well);
}

static void
every_mode_has_every_field_when_both_are_well(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama,
                 "text=Orang Indonesia sering malu bercerita; dengarkan dulu dengan hangat.");
    expect_all(t, true);
}

static void
every_mode_has_every_field_when_llama_is_dead(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "status=500");
    expect_all(t, false);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(every_mode_has_every_field_when_both_are_well),
        AT_A_TABLE(every_mode_has_every_field_when_llama_is_dead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
