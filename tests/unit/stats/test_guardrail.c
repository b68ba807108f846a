#include "unit/unit.h"

#include <math.h>
#include <stdbool.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/stats/guardrail.h"

static void
arms_are_told_apart_only_when_their_bounds_are(void **state)
{
    static const struct {
        struct arm_count claude, llama;
        enum guardrail_state expected;
    } cases[] = {
        {{0, 0}, {0, 0}, GUARDRAIL_INCONCLUSIVE},
        {{1000, 20}, {1000, 25}, GUARDRAIL_OK},
        {{90, 2}, {30, 1}, GUARDRAIL_INCONCLUSIVE},
        {{90, 2}, {19, 5}, GUARDRAIL_INCONCLUSIVE}, /* too few to hold for */
        {{90, 2}, {20, 5}, GUARDRAIL_HOLD},
        {{90, 2}, {20, 15}, GUARDRAIL_ROLL_BACK},
        {{0, 0}, {20, 20}, GUARDRAIL_INCONCLUSIVE}, /* nobody to compare with */
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (guardrail_state(cases[i].claude, cases[i].llama) != cases[i].expected)
            fail_msg("case %zu is %s", i,
                     guardrail_state_name(guardrail_state(cases[i].claude, cases[i].llama)));
    struct interval none = guardrail_difference(cases[0].claude, cases[0].llama);
    assert_true(none.low == -1 && none.high == 1);
    struct interval d = guardrail_difference(cases[1].claude, cases[1].llama);
    double low = mixture_lower((struct counts){25, 975, 0}, 40) -
                 mixture_upper((struct counts){20, 980, 0}, 40);
    assert_true(fabs(d.low - low) < 1e-12 && d.high > 0.005 && d.high < 0.1);
}

/* Users come one by one, 25 % of them to LLAMA; after each one looks. */
static int
runs_that_roll_back(struct rng *rng, double claude_bad, double llama_bad, int runs, int users)
{
    int rolled = 0;
    for (int run = 0; run < runs; run++) {
        struct arm_count arm[2] = {{0}};
        for (int i = 0; i < users; i++) {
            int a = rng_unit(rng) < 0.25;
            arm[a].users++;
            arm[a].bad += rng_unit(rng) < (a ? llama_bad : claude_bad);
            /* Nothing else can say so. */
            bool worse = arm[1].bad * arm[0].users > arm[0].bad * arm[1].users;
            if (i % 4 == 3 && worse && guardrail_state(arm[0], arm[1]) == GUARDRAIL_ROLL_BACK) {
                rolled++;
                break;
            }
        }
    }
    return rolled;
}

static void
alike_arms_are_seldom_rolled_back_and_bad_ones_are(void **state)
{
    (void)state;
    struct rng rng = {.state = 12};
    int alike = runs_that_roll_back(&rng, 0.05, 0.05, 60, 300);
    int worse = runs_that_roll_back(&rng, 0.05, 0.40, 40, 400);
    print_message("alike %d of 60, worse %d of 40\n", alike, worse);
    assert_true(alike <= 3);
    assert_true(worse >= 38);
}

static void
the_share_of_users_raises_the_alarm_when_it_is_not_the_buckets(void **state)
{
    (void)state;
    struct srm s = srm_check(0, 0, 0.1);
    assert_true(fabs(s.e - 1) < 1e-9 && !s.alarm);
    assert_false(srm_check(1000, 100, 0.1).alarm);
    assert_false(srm_check(1000, 120, 0.1).alarm);
    assert_true(srm_check(1000, 160, 0.1).alarm);
    assert_true(srm_check(200, 0, 0.25).alarm);
    /* E of measure.md, with the C library's lgamma. */
    double a = 2.5, b = 7.5, n = 40, k = 19;
    double log_e = lgamma(k + a) + lgamma(n - k + b) - lgamma(n + 10) - lgamma(a) - lgamma(b) +
                   lgamma(10) - k * log(0.25) - (n - k) * log(0.75);
    s = srm_check(40, 19, 0.25);
    assert_true(fabs(s.e - exp(log_e)) < 1e-9 * s.e);
    assert_true(s.n == 40 && s.k == 19 && s.p0 == 0.25);
    assert_true(srm_check(1000000, 0, 0.5).e <= 1e300);

    /* With the right share, looked at after each of 2,000 users: at most one run in a thousand. */
    struct rng rng = {.state = 9};
    int alarms = 0;
    for (int run = 0; run < 1000; run++)
        for (int64_t i = 1, in = 0; i <= 2000; i++) {
            in += rng_unit(&rng) < 0.1;
            if (srm_check(i, in, 0.1).alarm) {
                alarms++;
                break;
            }
        }
    print_message("%d of 1000 runs raised an alarm\n", alarms);
    assert_true(alarms <= 4); /* 1 is expected at most; 4 more than that is nobody's luck */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arms_are_told_apart_only_when_their_bounds_are),
        cmocka_unit_test(alike_arms_are_seldom_rolled_back_and_bad_ones_are),
        cmocka_unit_test(the_share_of_users_raises_the_alarm_when_it_is_not_the_buckets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
