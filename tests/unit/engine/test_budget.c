#include "unit/unit.h"

#include "engine_rig.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/route/breaker.h"
#include "berdua/chat/spend.h"

/* The rig's wall clock stands in November 2023. */
static const int64_t wall_us = 1700000000000000;

/* Each second of an answer costs 200 USD, and the rig's answers take 5 ms. */
enum { ANSWER_USD = 1 };

static void
start(struct rig *r, enum chat_mode mode, double cap, double claude, double llama)
{
    setenv("TZ", "UTC0", 1);
    tzset();
    rig_start(r);
    r->config.budget.usd_per_month = cap;
    r->config.shadow.percent = 0;
    r->config.route.timeout_ms = 2000;
    for (int b = 0; b < BRAIN_COUNT; b++)
        r->models[b].price.per_second_usd = 200;
    engine_set(r->engine)->mode = mode;
    struct spend stored = {.usd = {[BRAIN_CLAUDE] = claude, [BRAIN_LLAMA] = llama}};
    spend_check(&stored, cap);
    engine_set_spend(r->engine, &stored, (struct moment){1, wall_us});
}

static void
in_every_pattern_the_one_is_stopped_and_the_other_serves(void **state)
{
    (void)state;
    static const enum chat_mode modes[] = {MODE_PARALLEL, MODE_SHADOW, MODE_CONTEXT,
                                           MODE_ROUTE,    MODE_JIWA,   MODE_FULL};
    static const struct {
        double claude, llama;
        bool stopped[BRAIN_COUNT];
    } table[] = {
        {4.31, .68, {false, false}}, {4.31, .71, {true, false}}, {.71, 4.31, {false, true}},
        {4.31, 5, {true, true}},     {5, 5, {true, true}},
    };
    for (size_t m = 0; m < ARRAY_LEN(modes); m++)
        for (size_t i = 0; i < ARRAY_LEN(table); i++) {
            struct rig r;
            start(&r, modes[m], 5, table[i].claude, table[i].llama);
            if (i == 3) { /* Claude was first, and then LLAMA went on */
                struct spend s = {.usd = {4.31, 5}, .capped = true, .first = BRAIN_CLAUDE};
                engine_set_spend(r.engine, &s, (struct moment){1, wall_us});
            }
            assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
            struct turn *t = rig_turn(&r);
            for (int b = 0; b < BRAIN_COUNT; b++) {
                const struct answer *a = &t->answers[b];
                bool refused = t->asked[b] && a->error.kind == ERR_BUDGET;
                if (refused)
                    assert_true(a->status == STATUS_FAILED && table[i].stopped[b]);
                else if (t->asked[b])
                    assert_false(table[i].stopped[b]);
                assert_int_equal(engine_breaker(r.engine, (enum brain_id)b)->failures, 0);
            }
            bool all = table[i].stopped[BRAIN_CLAUDE] && table[i].stopped[BRAIN_LLAMA];
            assert_int_equal(rig_find(&r, JOB_CALL) == NULL, all);
            for (int b = 0; b < BRAIN_COUNT && !all; b++)
                if (t->asked[b] && t->answers[b].status == STATUS_RUNNING && !turn_hides(t, b))
                    rig_answer(&r, (enum brain_id)b, "Halo!");
            if (all)
                assert_true(t->served == BRAIN_NONE && !turn_running(t) &&
                            t->answers[BRAIN_CLAUDE].error.kind == ERR_BUDGET &&
                            t->answers[BRAIN_LLAMA].error.kind == ERR_BUDGET);
            else
                assert_int_not_equal(t->served, BRAIN_NONE);
            rig_stop(&r);
        }
}

static void
the_refusal_names_key_sum_month_and_the_day_it_ends(void **state)
{
    (void)state;
    struct rig r;
    start(&r, MODE_PARALLEL, 5, 4.31, .71);
    rig_submit(&r, "halo", BRAINS_BOTH);
    assert_string_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].error.message,
                        "budget.usd_per_month: 5.00 USD reached in November 2023 (claude 4.31, "
                        "llama 0.71); Claude is stopped until 1 December; raise the key to go on");
    rig_stop(&r);
    start(&r, MODE_PARALLEL, .004, 0, .005);
    rig_submit(&r, "@llama halo", BRAINS_BOTH);
    assert_string_equal(rig_turn(&r)->answers[BRAIN_LLAMA].error.message,
                        "budget.usd_per_month: 0.004000 USD reached in November 2023 (claude 0.00, "
                        "llama 0.005000); LLAMA is stopped until 1 December; raise the key to go "
                        "on");
    rig_stop(&r);
}

static void
what_this_session_spends_counts_at_once(void **state)
{
    (void)state;
    struct rig r;
    start(&r, MODE_PARALLEL, 3, 0, 0);
    for (int i = 0; i < 3; i++) {
        assert_true(rig_submit(&r, "@claude halo", BRAINS_BOTH));
        assert_int_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].status, STATUS_RUNNING);
        rig_answer(&r, BRAIN_CLAUDE, "Halo!");
        assert_true(engine_spend(r.engine)->usd[BRAIN_CLAUDE] == (i + 1) * ANSWER_USD);
    }
    /* The store, which may lag, does not give it back. */
    engine_set_spend(r.engine, &(struct spend){.usd = {1, 0}}, (struct moment){1, wall_us});
    rig_submit(&r, "@claude halo", BRAINS_BOTH);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].error.kind, ERR_BUDGET);
    rig_submit(&r, "@llama halo", BRAINS_BOTH);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_LLAMA].status, STATUS_RUNNING);
    rig_stop(&r);
}

static int
warnings(const struct rig *r)
{
    int n = 0;
    for (size_t i = 0; i < r->jobs.count; i++)
        n += r->jobs.v[i].kind == JOB_NOTIFY && r->jobs.v[i].notice == NOTIFY_NOTICE &&
             strstr(r->jobs.v[i].text, "budget.usd_per_month") != NULL;
    return n;
}

static void
four_fifths_are_said_once(void **state)
{
    (void)state;
    struct rig r;
    start(&r, MODE_PARALLEL, 10, 6, 1.5);
    rig_submit(&r, "@claude halo", BRAINS_BOTH);
    assert_int_equal(warnings(&r), 0);
    rig_answer(&r, BRAIN_CLAUDE, "Halo!");
    assert_int_equal(warnings(&r), 1);
    assert_string_equal(rig_notified(&r, NOTIFY_NOTICE)->text,
                        "budget.usd_per_month: 8.50 of 10.00 USD spent in November 2023 "
                        "(claude 7.00, llama 1.50)");
    rig_submit(&r, "@llama halo", BRAINS_BOTH);
    assert_int_equal(warnings(&r), 0);
    rig_answer(&r, BRAIN_LLAMA, "Halo!");
    assert_int_equal(warnings(&r), 0);
    rig_stop(&r);

    start(&r, MODE_PARALLEL, 10, 9, 0); /* known from before */
    rig_submit(&r, "halo", BRAINS_BOTH);
    assert_int_equal(warnings(&r), 1);
    rig_stop(&r);
}

static void
a_new_month_begins_with_nothing_spent(void **state)
{
    (void)state;
    struct rig r;
    start(&r, MODE_PARALLEL, 5, 5, 5);
    rig_submit(&r, "halo", BRAINS_BOTH);
    assert_null(rig_find(&r, JOB_CALL));
    r.now_us += 20 * 86400 * (int64_t)US_PER_S;
    rig_submit(&r, "halo", BRAINS_BOTH);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].status, STATUS_RUNNING);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_LLAMA].status, STATUS_RUNNING);
    rig_stop(&r);
}

static void
without_a_budget_nobody_is_stopped(void **state)
{
    (void)state;
    struct rig r;
    start(&r, MODE_PARALLEL, NAN, 1e6, 1e6);
    rig_submit(&r, "halo", BRAINS_BOTH);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].status, STATUS_RUNNING);
    assert_int_equal(warnings(&r), 0);
    rig_stop(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_every_pattern_the_one_is_stopped_and_the_other_serves),
        cmocka_unit_test(the_refusal_names_key_sum_month_and_the_day_it_ends),
        cmocka_unit_test(what_this_session_spends_counts_at_once),
        cmocka_unit_test(four_fifths_are_said_once),
        cmocka_unit_test(a_new_month_begins_with_nothing_spent),
        cmocka_unit_test(without_a_budget_nobody_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
