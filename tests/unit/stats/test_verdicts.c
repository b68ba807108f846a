#include "unit/unit.h"

#include <math.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/stats/verdicts.h"

static double
evidence(double w, double l, double p)
{
    return lgamma(w + 0.5) + lgamma(l + 0.5) - lgamma(w + l + 1) - log(acos(-1)) -
           (w > 0 ? w * log(p) : 0) - (l > 0 ? l * log(1 - p) : 0);
}

static void
the_ends_of_an_interval_are_where_the_evidence_reaches_twenty(void **state)
{
    static const double counts[][2] = {{1, 1},   {0.5, 9.5}, {7, 3},     {53, 30.5},
                                       {48, 2},  {150, 850}, {5000, 17}, {100000, 99000},
                                       {0.5, 0}, {12, 1}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        double w = counts[i][0], l = counts[i][1];
        struct interval v = verdicts_interval(w, l);
        if (w > 0)
            assert_true(fabs(evidence(w, l, v.low) - log(20)) < 1e-6);
        if (l > 0)
            assert_true(fabs(evidence(w, l, v.high) - log(20)) < 1e-6);
        assert_true(v.low <= w / (w + l) && w / (w + l) <= v.high);
    }
    assert_true(verdicts_interval(0, 40).low == 0 && verdicts_interval(40, 0).high == 1);
    struct interval none = verdicts_interval(0, 0), a = verdicts_interval(31, 9),
                    b = verdicts_interval(9, 31);
    assert_true(none.low == 0 && none.high == 1);
    assert_true(fabs(a.low - (1 - b.high)) < 1e-9 && fabs(a.high - (1 - b.low)) < 1e-9);
}

static void
a_win_rate_leaves_out_both_bad_and_halves_ties(void **state)
{
    (void)state;
    struct tally t = {.w = 30, .l = 10, .t = 8, .b = 5};
    struct win_rate r = verdicts_win_rate(&t);
    assert_int_equal(r.n, 48);
    assert_true(fabs(r.value - 34.0 / 48) < 1e-12);
    assert_true(fabs(r.interval.low - verdicts_interval(34, 14).low) < 1e-12);
    struct tally none = {.b = 3};
    r = verdicts_win_rate(&none);
    assert_true(isnan(r.value) && r.interval.low == 0 && r.interval.high == 1);
    assert_int_equal(r.state, LEAD_NONE);
    assert_int_equal(r.needed, -1);
}

/* Whoever looks after every verdict must not be told of a leader that is none. The rate is 2.5 %; so many runs
 * that the bound is no matter of the seed. */
static void
peeking_at_fair_runs_shows_a_false_leader_in_at_most_three_percent(void **state)
{
    enum { RUNS = 20000, VERDICTS = 1000 };
    (void)state;
    struct rng rng = {.state = 20261};
    int wrong = 0;
    for (int run = 0; run < RUNS; run++) {
        struct tally t = {0};
        double m = 1; /* M(½), one verdict at a time */
        for (int i = 0; i < VERDICTS; i++) {
            bool llama = rng_next(&rng) >> 63;
            m *= 2 * ((double)(llama ? t.w : t.l) + 0.5) / (double)(i + 1);
            *(llama ? &t.w : &t.l) += 1;
            if (i + 1 >= VERDICTS_LEAD_LEAST && m >= 20) {
                assert_int_not_equal(verdicts_win_rate(&t).state, LEAD_NONE);
                wrong++;
                break;
            }
        }
        if (run % 200 == 0) {
            struct win_rate r = verdicts_win_rate(&t);
            assert_int_equal(r.state == LEAD_LLAMA, r.n >= 10 && r.interval.low > 0.5);
            assert_int_equal(r.state == LEAD_CLAUDE, r.n >= 10 && r.interval.high < 0.5);
        }
    }
    print_message("%d of %d fair runs showed a leader\n", wrong, RUNS);
    assert_true(wrong * 100 <= 3 * RUNS);
}

static void
a_real_lead_is_found(void **state)
{
    (void)state;
    struct rng rng = {.state = 7};
    int found = 0;
    for (int run = 0; run < 100; run++) {
        struct tally t = {0};
        for (int i = 0; i < 400; i++)
            *(rng_unit(&rng) < 0.65 ? &t.w : &t.l) += 1;
        found += verdicts_win_rate(&t).state == LEAD_LLAMA;
    }
    assert_true(found >= 95);
}

static void
nobody_leads_before_ten_verdicts_were_compared(void **state)
{
    (void)state;
    struct tally nine = {.w = 9}, ten = {.w = 10}, mixed = {.w = 9, .b = 50};
    assert_int_equal(verdicts_win_rate(&nine).state, LEAD_NONE);
    assert_int_equal(verdicts_win_rate(&nine).needed, 1);
    assert_int_equal(verdicts_win_rate(&mixed).state, LEAD_NONE);
    assert_int_equal(verdicts_win_rate(&ten).state, LEAD_LLAMA);
    assert_int_equal(verdicts_win_rate(&ten).needed, 0);
}

static void
what_is_needed_is_the_least_that_decides(void **state)
{
    (void)state;
    for (int w = 0; w <= 14; w++) {
        for (int l = 0; l <= 14; l++) {
            struct tally t = {.w = w, .l = l};
            int64_t n = w + l, claimed = verdicts_win_rate(&t).needed, least = -1;
            for (int64_t m = 0; n && w != l && m < 4000; m++) {
                double scale = (double)(n + m) / (double)n;
                if (n + m >= 10 && evidence(w * scale, l * scale, 0.5) >= log(20)) {
                    least = m;
                    break;
                }
            }
            if (least >= 0 || w == l)
                assert_int_equal(claimed, least);
        }
    }
    struct tally even = {.w = 500, .l = 500}, nearly = {.w = 500001, .l = 500000};
    assert_int_equal(verdicts_win_rate(&even).needed, -1);
    assert_true(verdicts_win_rate(&nearly).needed > 1000000);
}

static void
quality_is_what_was_asked_or_else_not_being_worse(void **state)
{
    (void)state;
    struct tally t = {.w = 40, .l = 5, .t = 10, .b = 5};
    struct quality q = verdicts_quality(&t);
    assert_int_equal(q.basis, QUALITY_NOT_WORSE);
    assert_true(q.k == 50 && q.n == 60);
    assert_true(fabs(q.score - verdicts_interval(50, 10).low) < 1e-12);
    assert_true(q.score < 50.0 / 60 && q.upper > 50.0 / 60);
    t.asked = 20;
    t.accepted = 19;
    q = verdicts_quality(&t);
    assert_int_equal(q.basis, QUALITY_ACCEPTABLE);
    assert_true(q.k == 19 && q.n == 20);
    struct tally none = {0};
    q = verdicts_quality(&none);
    assert_true(isnan(q.score) && isnan(q.upper) && q.n == 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ends_of_an_interval_are_where_the_evidence_reaches_twenty),
        cmocka_unit_test(a_win_rate_leaves_out_both_bad_and_halves_ties),
        cmocka_unit_test(peeking_at_fair_runs_shows_a_false_leader_in_at_most_three_percent),
        cmocka_unit_test(a_real_lead_is_found),
        cmocka_unit_test(nobody_leads_before_ten_verdicts_were_compared),
        cmocka_unit_test(what_is_needed_is_the_least_that_decides),
        cmocka_unit_test(quality_is_what_was_asked_or_else_not_being_worse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
