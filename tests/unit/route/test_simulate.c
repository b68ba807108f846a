#include "unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/chat/answer.h"
#include "berdua/route/simulate.h"
#include "berdua/stats/asymptotic.h"

struct sim {
    struct simulation *s;
    struct {
        enum category category;
        const char *model;
        int ttft_ms;
    } pairs[512];
    int count;
};

static struct sim
begin(void)
{
    return (struct sim){.s = simulation_create()};
}

/* `count` pairs; kind VERDICT_NONE: nobody judged them. */
static void
add(struct sim *m, int count, enum category category, enum verdict_kind kind, const char *model,
    enum verdict_draw draw)
{
    for (int i = 0; i < count; i++) {
        int n = m->count++;
        m->pairs[n].category = category;
        m->pairs[n].model = model;
        if (kind == VERDICT_NONE)
            continue;
        bool bad = kind == VERDICT_BOTH_BAD;
        struct verdict_row row = {
            .pair = (uint64_t)n + 1,
            .observed = true,
            .at_us = n,
            .kind = kind,
            .origin = "chat",
            .drawn_by = draw,
            .category = (int)category,
            .mode = MODE_PARALLEL,
            .acceptable = {kind == VERDICT_LLAMA || bad ? OPINION_NO : OPINION_YES,
                           bad ? OPINION_NO : OPINION_YES},
            .llama_model = model};
        simulation_add_verdict(m->s, &row);
    }
}

static void
close_pairs(struct sim *m)
{
    for (int i = 0; i < m->count; i++) {
        struct whole_pair p = {.pair = (uint64_t)i + 1,
                               .at_us = i,
                               .category = m->pairs[i].category,
                               .llama_model = m->pairs[i].model,
                               .ttft_us = {300000, 1500000},
                               .cost_usd = {0.002, 0.001}};
        simulation_add_pair(m->s, &p);
    }
}

static bool
is(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static void
any_stages_are_weighted_means_over_the_same_pairs(void **state)
{
    (void)state;
    struct sim m = begin();
    /* greeting: LLAMA is not worse in .9, Claude in .3; general: .2 and .7 */
    add(&m, 70, CATEGORY_GREETING, VERDICT_LLAMA, "z1", DRAW_CHAT);
    add(&m, 20, CATEGORY_GREETING, VERDICT_TIE, "z1", DRAW_CHAT);
    add(&m, 10, CATEGORY_GREETING, VERDICT_CLAUDE, "z1", DRAW_CHAT);
    add(&m, 60, CATEGORY_GENERAL, VERDICT_CLAUDE, "z1", DRAW_CHAT);
    add(&m, 20, CATEGORY_GENERAL, VERDICT_LLAMA, "z1", DRAW_CHAT);
    add(&m, 20, CATEGORY_GENERAL, VERDICT_BOTH_BAD, "z1", DRAW_CHAT);
    add(&m, 200, CATEGORY_GENERAL, VERDICT_CLAUDE, "z1", DRAW_RANDOM); /* no traffic */
    close_pairs(&m);
    double weights[CATEGORY_COUNT], percent[CATEGORY_COUNT] = {0};
    simulation_weights(m.s, weights);
    assert_true(is(weights[CATEGORY_GREETING], 0.5) && is(weights[CATEGORY_GENERAL], 0.5));
    struct simulated_row r;
    simulation_row(m.s, percent, &r);
    assert_true(is(r.not_worse.value, (0.3 + 260.0 / 300) / 2) && r.not_worse.n == 400);
    assert_true(is(r.llama_share, 0) && is(r.cost_per_1000, 2) && is(r.ttft_p95_ms, 300));
    percent[CATEGORY_GREETING] = 50;
    simulation_row(m.s, percent, &r);
    assert_true(is(r.not_worse.value, ((0.9 + 0.3) / 2 + 260.0 / 300) / 2));
    assert_true(is(r.llama_share, 0.25) && is(r.cost_per_1000, 1.75) && is(r.ttft_p95_ms, 1500));
    /* of a pair: 1/2 where one is better, 1 for a tie */
    double greeting = (80 * 0.25 + 20 - 100 * 0.36) / 99,
           general = (260.0 - 300 * pow(260.0 / 300, 2)) / 299,
           s = sqrt(0.25 * greeting / 100 + 0.25 * general / 300);
    assert_true(is(r.not_worse.high - r.not_worse.value, asymptotic_half(s, 400)));
    assert_true(is(r.acceptability.value, ((1 + 0.3) / 2 + 260.0 / 300) / 2));
    simulation_row(m.s, NULL, &r);
    assert_true(is(r.not_worse.value, (1 + 280.0 / 300) / 2));
    assert_true(is(r.acceptability.value, (1 + 280.0 / 300) / 2));
    assert_true(is(r.llama_share, (0.7 + 20.0 / 300) / 2));
    simulation_destroy(&m.s);
}

static void
only_the_newest_model_counts_and_few_say_no_interval(void **state)
{
    (void)state;
    struct sim m = begin();
    double all[CATEGORY_COUNT] = {100, 100, 100, 100, 100, 100}, weights[CATEGORY_COUNT];
    struct simulated_row r;
    add(&m, 150, CATEGORY_CULTURAL, VERDICT_CLAUDE, "z1", DRAW_CHAT);
    add(&m, 40, CATEGORY_CULTURAL, VERDICT_LLAMA, "z2", DRAW_CHAT);
    add(&m, 30, CATEGORY_CULTURAL, VERDICT_NONE, "z2", DRAW_CHAT);
    close_pairs(&m);
    simulation_row(m.s, all, &r);
    assert_true(is(r.not_worse.value, 1) && r.not_worse.n == 40);
    assert_true(isnan(r.not_worse.low) && isnan(r.not_worse.high));
    simulation_destroy(&m.s);

    m = begin(); /* without verdicts: all pairs weigh, of the newest pair's model */
    add(&m, 3, CATEGORY_CULTURAL, VERDICT_NONE, "z1", DRAW_CHAT);
    add(&m, 1, CATEGORY_GENERAL, VERDICT_NONE, "z2", DRAW_CHAT);
    add(&m, 3, CATEGORY_GREETING, VERDICT_NONE, "z2", DRAW_CHAT);
    close_pairs(&m);
    simulation_weights(m.s, weights);
    assert_true(is(weights[CATEGORY_GENERAL], 0.25) && is(weights[CATEGORY_CULTURAL], 0));
    simulation_row(m.s, all, &r);
    assert_true(isnan(r.not_worse.value) && is(r.cost_per_1000, 1) && is(r.llama_share, 1));
    simulation_row(m.s, NULL, &r);
    assert_true(isnan(r.cost_per_1000) && isnan(r.ttft_p95_ms));
    simulation_destroy(&m.s);

    m = begin();
    simulation_row(m.s, all, &r);
    assert_true(isnan(r.llama_share) && isnan(r.ttft_p95_ms) && r.acceptability.n == 0);
    simulation_destroy(&m.s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_stages_are_weighted_means_over_the_same_pairs),
        cmocka_unit_test(only_the_newest_model_counts_and_few_say_no_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
