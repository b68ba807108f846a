#include "unit/unit.h"

#include <math.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/stats/asymptotic.h"
#include "berdua/stats/judge.h"

/* People's votes 0, ½, 1 with mean .55; the judge repeats them in `faithful` of the cases, and else draws for itself,
 * with a liking for LLAMA. */
static struct judge_sample
draw(struct rng *rng, double faithful)
{
    double u = rng_unit(rng), human = u < 0.35 ? 0 : u < 0.55 ? 0.5 : 1;
    struct judge_sample s = {.human = human, .judge = human, .random = true};
    if (rng_unit(rng) >= faithful)
        s.judge = rng_unit(rng) < 0.2 ? 0 : 1;
    return s;
}

static void
fill(struct rng *rng, struct judge_sample *v, size_t labelled, size_t n, double faithful)
{
    for (size_t i = 0; i < n; i++) {
        v[i] = draw(rng, faithful);
        if (i >= labelled)
            v[i].human = NAN;
    }
}

static void
a_faithful_judge_makes_few_votes_count_for_more(void **state)
{
    enum { R = 200, ALL = 2200 };
    static struct judge_sample v[ALL];
    (void)state;
    struct rng rng = {.state = 3};
    fill(&rng, v, R, ALL, 0.9);
    struct judge_fit f = judge_fit(v, ALL), alone = judge_fit(v, R);
    assert_true(f.n == R && f.n_random == R && f.unlabelled == ALL - R && f.calibrated);
    assert_true(f.rho > 0.75 && f.lambda > 0.5 && f.lambda <= 1);
    assert_true(fabs(f.n_eff - R / (1 - f.rho * f.rho * (ALL - R) / ALL)) < 1e-9);
    assert_true(f.n_eff > 2 * R);
    assert_true(f.interval.low < 0.55 && 0.55 < f.interval.high);
    assert_true(alone.lambda == 0 && alone.n_eff == R);
    double ratio = (f.interval.high - f.interval.low) / (alone.interval.high - alone.interval.low);
    assert_true(ratio < 0.8);
}

static void
a_judge_that_knows_nothing_changes_nothing(void **state)
{
    enum { R = 150, ALL = 1000 };
    static struct judge_sample v[ALL];
    (void)state;
    struct rng rng = {.state = 6};
    fill(&rng, v, R, ALL, 0);
    struct judge_fit f = judge_fit(v, ALL);
    double sum = 0, squares = 0;
    for (int i = 0; i < R; i++) {
        sum += v[i].human;
        squares += v[i].human * v[i].human;
    }
    double mean = sum / R, s = sqrt((squares / R - mean * mean) * R / (R - 1) / R);
    assert_true(f.lambda == 0 && fabs(f.estimate - mean) < 1e-12);
    assert_true(fabs(f.interval.high - mean - asymptotic_half(s, R)) < 1e-9);
}

static void
few_random_votes_give_no_estimate(void **state)
{
    static struct judge_sample v[400];
    (void)state;
    struct rng rng = {.state = 2};
    fill(&rng, v, 120, 400, 0.9);
    for (int i = 0; i < 21; i++)
        v[i].random = false;
    struct judge_fit f = judge_fit(v, 400);
    assert_true(f.n == 120 && f.n_random == 99 && f.calibrated);
    assert_true(isnan(f.estimate) && isnan(f.interval.low) && isnan(f.interval.high));
    assert_false(judge_fit(v, 99).calibrated);
    struct judge_fit none = judge_fit(NULL, 0);
    assert_true(none.n == 0 && isnan(none.rho) && isnan(none.estimate));
}

/* Bounded runs, looked at whenever ten more votes of people are in. */
static void
a_watched_estimate_seldom_misses(void **state)
{
    enum { RUNS = 200, MOST = 400 };
    static struct judge_sample v[2 * MOST];
    (void)state;
    struct rng rng = {.state = 14};
    int missed = 0;
    for (int run = 0; run < RUNS; run++) {
        bool out = false;
        for (size_t r = 0; r < MOST; r++) {
            v[2 * r] = draw(&rng, 0.7);
            v[2 * r + 1] = draw(&rng, 0.7);
            v[2 * r + 1].human = NAN;
            if (r % 10 != 9)
                continue;
            struct judge_fit f = judge_fit(v, 2 * r + 2);
            out = out || f.interval.low > 0.55 || f.interval.high < 0.55;
        }
        missed += out;
    }
    print_message("%d of %d runs\n", missed, RUNS);
    assert_true(missed <= RUNS / 20);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_faithful_judge_makes_few_votes_count_for_more),
        cmocka_unit_test(a_judge_that_knows_nothing_changes_nothing),
        cmocka_unit_test(few_random_votes_give_no_estimate),
        cmocka_unit_test(a_watched_estimate_seldom_misses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
