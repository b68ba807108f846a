/* A verdict or a routed turn of the chat moves the rollout, or proposes to: seen by the operator and by `route status`. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "contract.h"
#include "report.h"
#include "table.h"
#include "unit/store/past.h"

/* Steps that two verdicts can take. */
#define SMALL_STEPS                                                                                \
    "route: {rollout: {min_verdicts: 2, dwell_h: 0, guard: 0, gates: {10: 0.1, 25: 0.1}%s}}"

static void
configure(struct table *t, const char *more)
{
    char rollout[256];
    snprintf(rollout, sizeof rollout, SMALL_STEPS, more);
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 rollout);
}

static double
emotional_percent(struct table *t, int *steps)
{
    struct cli_result r;
    cli_run(&r, t->place, ARGS("route", "status", "--json"), NULL);
    expect_exit(&r, 0);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    assert_non_null(doc);
    double percent = num(json_at(doc, "categories.emotional"), "percent");
    *steps = (int)json_count(json_get(doc, "history"));
    json_free(doc);
    cli_finish(&r);
    return percent;
}

static int
count(const char *text, const char *word)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
        n++;
    return n;
}

#define SAD "aku sedih banget hari ini\n/right\n"

static void
with_auto_a_verdict_takes_the_step_once_and_it_is_told(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    int steps;
    configure(t, ", auto: true");
    cli_run(&r, t->place, ARGS("--linear"), SAD SAD);
    expect_exit(&r, 0);
    if (!holds(&r.err, "emotional: rollout 0 → 10 % (auto)"))
        cli_show(&r);
    assert_true(holds(&r.err, "emotional: rollout 0 → 10 % (auto)"));
    assert_int_equal(count(r.err.p, "rollout"), 1);
    assert_int_equal(count(r.out.p, "saved: LLAMA better"), 2);
    cli_finish(&r);
    assert_true(emotional_percent(t, &steps) == 10 && steps == 1);
    /* The next step needs verdicts of its own. */
    cli_run(&r, t->place, ARGS("--linear"), SAD);
    expect_exit(&r, 0);
    assert_string_equal(r.err.p, "");
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--linear"), SAD);
    expect_exit(&r, 0);
    assert_true(holds(&r.err, "emotional: rollout 10 → 25 % (auto)"));
    cli_finish(&r);
    assert_true(emotional_percent(t, &steps) == 25 && steps == 2);
}

static void
without_auto_a_step_is_proposed_once_and_not_taken(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    int steps;
    configure(t, "");
    cli_run(&r, t->place, ARGS("--linear"), SAD SAD SAD SAD);
    expect_exit(&r, 0);
    if (count(r.err.p, "proposes") != 1)
        cli_show(&r);
    assert_int_equal(count(r.err.p, "emotional: proposes 0 → 10 %; berdua route set emotional 10 "
                                    "confirms"),
                     1);
    assert_int_equal(count(r.err.p, "proposes"), 1);
    cli_finish(&r);
    assert_true(emotional_percent(t, &steps) == 0 && steps == 0);
}

static void
on_the_screen_the_step_joins_what_was_saved(void **state)
{
    struct table *t = *state;
    configure(t, ", auto: true");
    struct screen *s = table_start(t, 30, 120);
    static const char *const said[] = {"aku sedih banget hari ini", "aku sedih, kedua kali"};
    standin_rule(t->claude, "match=kedua text=Jawaban dua.");
    for (int i = 0; i < 2; i++) {
        table_say(t, said[i]);
        if (i == 1)
            screen_expect(s, "Jawaban dua."); /* what is done is this one */
        table_expect_done(s);
        screen_type(s, "\0332");
        screen_expect(s, "saved");
    }
    screen_expect(s, "saved; emotional: rollout 0 → 10 % (auto)");
    table_leave(t);
}

/* Nobody judges anything and nobody reads the status: the chat's routed turns alone lead to the step down. */
static void
assert_guardrails_lead_down(struct table *t, const char *more, const char *told, double percent)
{
    struct cli_result r;
    int steps;
    configure(t, more);
    char *path = place_path(t->place, "data/berdua/berdua.db");
    struct past p = past_begin(path);
    int64_t hour_ago_us = clock_wall_us() - 3600 * (int64_t)US_PER_S;
    past_step(&p, CATEGORY_EMOTIONAL, 10, 25, hour_ago_us);
    past_route(&p, CATEGORY_EMOTIONAL, 25, true, 30, 29, hour_ago_us);
    past_route(&p, CATEGORY_EMOTIONAL, 25, false, 90, 0, hour_ago_us);
    past_end(&p);
    free(path);
    cli_run(&r, t->place, ARGS("--linear", "-m", "route", "-u", "sari"),
            "aku sedih banget hari ini\n");
    expect_exit(&r, 0);
    if (!holds(&r.err, told))
        cli_show(&r);
    assert_true(holds(&r.err, told));
    assert_false(holds(&r.err, "saved;"));
    cli_finish(&r);
    assert_true(emotional_percent(t, &steps) == percent);
    assert_int_equal(steps, percent == 25 ? 1 : 2);
}

static void
a_routed_turn_takes_the_step_down_that_guardrails_ask_for(void **state)
{
    assert_guardrails_lead_down(*state, ", auto: true", "emotional: rollout 25 → 10 % (auto)", 10);
}

static void
without_auto_guardrails_propose_the_step_down(void **state)
{
    assert_guardrails_lead_down(*state, "",
                                "emotional: proposes 25 → 10 %; berdua route set emotional 10 "
                                "confirms",
                                25);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(with_auto_a_verdict_takes_the_step_once_and_it_is_told),
        AT_A_TABLE(without_auto_a_step_is_proposed_once_and_not_taken),
        AT_A_TABLE(a_routed_turn_takes_the_step_down_that_guardrails_ask_for),
        AT_A_TABLE(without_auto_guardrails_propose_the_step_down),
        AT_A_TABLE(on_the_screen_the_step_joins_what_was_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
