#include "unit/unit.h"

#include <math.h>
#include <stdbool.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/stats/verdicts.h"

enum { CATEGORIES = 6 };

/* ln M(½) of whole or scaled counts. */
static double
log_e(double w, double l)
{
    return lgamma(w + 0.5) + lgamma(l + 0.5) - lgamma(w + l + 1) + (w + l) * log(2) - log(acos(-1));
}

/* Of a cell that stands alone. */
static struct win_rate
alone(const struct tally *t)
{
    return verdicts_win_rate(t, EVIDENCE_ENOUGH);
}

static void
a_win_rate_leaves_out_both_bad_and_halves_ties(void **state)
{
    (void)state;
    struct tally t = {.w = 30, .l = 10, .t = 8, .b = 5};
    struct win_rate r = alone(&t);
    assert_int_equal(r.n, 48);
    assert_true(fabs(r.value - 34.0 / 48) < 1e-12);
    assert_true(fabs(r.interval.low - mixture_interval((struct counts){30, 10, 8}).low) < 1e-12);
    assert_true(fabs(log(r.e) - log_e(30, 10)) < 1e-9);
    struct tally none = {.b = 3}, many = {.w = 1000000};
    assert_true(alone(&many).e > 9e299 && alone(&many).e <= 1e300);
    r = alone(&none);
    assert_true(isnan(r.value) && r.interval.low == 0 && r.interval.high == 1);
    assert_true(fabs(r.e - 1) < 1e-12);
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
                assert_int_not_equal(alone(&t).state, LEAD_NONE);
                wrong++;
                break;
            }
        }
        if (run % 200 == 0) {
            struct win_rate r = alone(&t);
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
        found += alone(&t).state == LEAD_LLAMA;
    }
    assert_true(found >= 95);
}

static void
nobody_leads_before_ten_verdicts_were_decisive(void **state)
{
    (void)state;
    struct tally nine = {.w = 9}, ten = {.w = 10}, mixed = {.w = 9, .t = 30, .b = 50};
    assert_int_equal(alone(&nine).state, LEAD_NONE);
    assert_int_equal(alone(&nine).needed, 1);
    assert_int_equal(alone(&mixed).state, LEAD_NONE); /* ties decide nothing … */
    assert_int_equal(alone(&mixed).needed, 5);        /* … and take 30 of 39 places */
    assert_int_equal(alone(&ten).state, LEAD_LLAMA);
    assert_int_equal(alone(&ten).needed, 0);
}

static void
what_is_needed_is_the_least_that_decides(void **state)
{
    (void)state;
    for (int w = 0; w <= 14; w++) {
        for (int l = 0; l <= 14; l++) {
            struct tally t = {.w = w, .l = l, .t = l % 3};
            int64_t n = w + l + l % 3, claimed = alone(&t).needed, least = -1;
            for (int64_t m = 0; n && w != l && m < 6000; m++) {
                double scale = (double)(n + m) / (double)n;
                if ((w + l) * scale >= 10 && log_e(w * scale, l * scale) >= log(20)) {
                    least = m;
                    break;
                }
            }
            if (least >= 0 || w == l)
                assert_int_equal(claimed, least);
        }
    }
    struct tally even = {.w = 500, .l = 500}, nearly = {.w = 500001, .l = 500000};
    assert_int_equal(alone(&even).needed, -1);
    assert_int_equal(alone(&nearly).needed, -1); /* more than a million */
}

/* By the definition: sorted, the k largest lead, k the greatest with e_(k) ≥ 120 / k. */
static size_t
leaders(const struct tally cells[CATEGORIES], bool leads[CATEGORIES])
{
    double e[CATEGORIES], sorted[CATEGORIES];
    size_t k = 0;
    for (int i = 0; i < CATEGORIES; i++)
        sorted[i] = e[i] =
            cells[i].w + cells[i].l < 10 ? 0 : exp(log_e((double)cells[i].w, (double)cells[i].l));
    for (int i = 0; i < CATEGORIES; i++)
        for (int j = i + 1; j < CATEGORIES; j++)
            if (sorted[j] > sorted[i]) {
                double swap = sorted[i];
                sorted[i] = sorted[j];
                sorted[j] = swap;
            }
    for (size_t i = 1; i <= CATEGORIES; i++)
        if (sorted[i - 1] >= 120.0 / (double)i)
            k = i;
    for (int i = 0; i < CATEGORIES; i++)
        leads[i] = k > 0 && e[i] >= 120.0 / (double)k;
    return k;
}

static void
six_categories_are_decided_together(void **state)
{
    (void)state;
    struct rng rng = {.state = 77};
    int seen[CATEGORIES + 1] = {0};
    for (int round = 0; round < 700; round++) {
        struct tally cells[CATEGORIES];
        bool leads[CATEGORIES];
        double levels[CATEGORIES];
        for (int i = 0; i < CATEGORIES; i++)
            cells[i] = (struct tally){.w = 2 + 5 * (round % 8) + rng_below(&rng, 12),
                                      .l = rng_below(&rng, 12)};
        seen[leaders(cells, leads)]++;
        verdicts_levels(cells, CATEGORIES, levels);
        for (int i = 0; i < CATEGORIES; i++) {
            struct win_rate r = verdicts_win_rate(&cells[i], levels[i]);
            assert_int_equal(r.state != LEAD_NONE, leads[i]);
            if (r.needed <= 0 || round % 50)
                continue;
            /* With so many more it leads beside the others as they are, and with one fewer it does not. */
            double n = (double)r.n;
            for (int fewer = 0; fewer < 2; fewer++) {
                double more = 1 + (double)(r.needed - fewer) / n;
                double w = (double)cells[i].w * more, l = (double)cells[i].l * more;
                assert_int_equal(w + l >= 10 && log_e(w, l) >= log(levels[i]), !fewer);
            }
        }
    }
    for (int k = 0; k <= CATEGORIES; k++)
        assert_true(seen[k] > 2);
    struct tally one = {.w = 10};
    double level;
    verdicts_levels(&one, 1, &level);
    assert_true(level == 20);
}

/* Whoever looks at six fair categories after every verdict must see a leader in at most 5 % of the runs; 3.9 % is the
 * figure of 2,000 runs, and the plain rule shows one in 13.7 %. The long runs are in `make bench T=stats`. */
static void
peeking_at_six_fair_categories_shows_a_false_leader_in_at_most_five_percent(void **state)
{
    enum { RUNS = 1000, VERDICTS = 1000 };
    (void)state;
    struct rng rng = {.state = 20262};
    int wrong = 0;
    for (int run = 0; run < RUNS; run++) {
        struct tally cells[CATEGORIES] = {{0}};
        double m[CATEGORIES] = {1, 1, 1, 1, 1, 1};
        bool leads[CATEGORIES];
        for (int i = 0; i < VERDICTS * CATEGORIES; i++) {
            struct tally *t = &cells[i % CATEGORIES];
            bool llama = rng_next(&rng) >> 63;
            m[i % CATEGORIES] *=
                2 * ((double)(llama ? t->w : t->l) + 0.5) / (double)(t->w + t->l + 1);
            *(llama ? &t->w : &t->l) += 1;
            if (m[i % CATEGORIES] >= 20 && leaders(cells, leads)) {
                wrong++;
                break;
            }
        }
    }
    print_message("%d of %d fair runs showed a leader\n", wrong, RUNS);
    assert_true(wrong * 20 <= RUNS);
}

static void
quality_is_what_was_asked_once_enough_was(void **state)
{
    (void)state;
    struct tally t = {.w = 40, .l = 5, .t = 10, .b = 5};
    struct quality q = verdicts_quality(&t, 20);
    assert_int_equal(q.basis, QUALITY_NOT_WORSE);
    assert_true(q.k == 50 && q.n == 60);
    assert_true(fabs(q.score - mixture_lower((struct counts){50, 10, 0}, 20)) < 1e-12);
    assert_true(fabs(q.upper - mixture_upper((struct counts){50, 10, 0}, 20)) < 1e-12);
    assert_true(q.score < 50.0 / 60 && q.upper > 50.0 / 60);
    t.asked = 19;
    t.accepted = 19;
    assert_int_equal(verdicts_quality(&t, 20).basis, QUALITY_NOT_WORSE);
    t.asked = 20;
    q = verdicts_quality(&t, 20);
    assert_int_equal(q.basis, QUALITY_ACCEPTABLE);
    assert_true(q.k == 19 && q.n == 20);
    struct tally none = {0};
    q = verdicts_quality(&none, 1);
    assert_true(isnan(q.score) && isnan(q.upper) && q.n == 0);
}

static bool
opens(const struct tally *t, const struct demand *d, int64_t more)
{
    double times = 1 + (double)more / (double)verdicts_total(t);
    bool asked = (double)t->asked * times >= d->min_verdicts - 1e-9 && t->asked > 0;
    double k = (double)(asked ? t->accepted : t->w + t->t) * times,
           n = (double)(asked ? t->asked : verdicts_total(t)) * times;
    return (double)verdicts_total(t) * times >= d->min_verdicts - 1e-9 &&
           mixture_lower((struct counts){k, n - k, 0}, 20) >= d->gate &&
           mixture_lower(verdicts_counts(t, times), 20) >= d->guard;
}

static void
what_a_gate_needs_is_the_least_that_opens_it(void **state)
{
    static const struct demand d = {.min_verdicts = 50, .gate = 0.85, .guard = 0.40};
    static const struct tally cases[] = {
        {.w = 20},
        {.w = 19, .l = 1},
        {.w = 30, .l = 2, .t = 10},
        {.w = 60, .t = 30},
        {.w = 10, .l = 1, .t = 60},
        {.w = 12, .asked = 4, .accepted = 4},
        {.w = 12, .asked = 4, .accepted = 3}, /* opens while few are asked, not later */
        {.w = 3, .l = 5, .t = 2, .asked = 10, .accepted = 10},
        {.w = 45, .l = 5, .asked = 45, .accepted = 44},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t least = -1;
        for (int64_t m = 0; m < 400 && least < 0; m++)
            if (opens(&cases[i], &d, m))
                least = m;
        /* -1 here: none of those that were tried. */
        int64_t claimed = verdicts_needed(&cases[i], &d);
        if (claimed != least && !(least < 0 && claimed >= 400))
            fail_msg("case %zu needs %lld, %lld claimed", i, (long long)least, (long long)claimed);
    }
    struct tally none = {0}, poor = {.w = 8, .l = 2}, loser = {.w = 1, .l = 2, .t = 40};
    assert_int_equal(verdicts_needed(&none, &d), -1);
    assert_int_equal(verdicts_needed(&poor, &d), -1); /* at .8 never .85 */
    struct demand strict = {.min_verdicts = 50, .gate = 0.85, .guard = 0.49};
    assert_int_equal(verdicts_needed(&loser, &strict), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_win_rate_leaves_out_both_bad_and_halves_ties),
        cmocka_unit_test(peeking_at_fair_runs_shows_a_false_leader_in_at_most_three_percent),
        cmocka_unit_test(a_real_lead_is_found),
        cmocka_unit_test(nobody_leads_before_ten_verdicts_were_decisive),
        cmocka_unit_test(what_is_needed_is_the_least_that_decides),
        cmocka_unit_test(six_categories_are_decided_together),
        cmocka_unit_test(
            peeking_at_six_fair_categories_shows_a_false_leader_in_at_most_five_percent),
        cmocka_unit_test(quality_is_what_was_asked_once_enough_was),
        cmocka_unit_test(what_a_gate_needs_is_the_least_that_opens_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
