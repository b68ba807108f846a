#include "unit/unit.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/stats/asymptotic.h"
#include "berdua/stats/mixture.h"

static const double pi = 3.14159265358979323846;

/* ln M(m) without ties, with the C library's lgamma. */
static double
closed_form(double w, double l, double m)
{
    return lgamma(w + 0.5) + lgamma(l + 0.5) - lgamma(w + l + 1) - log(pi) -
           (w > 0 ? w * log(m) : 0) - (l > 0 ? l * log(1 - m) : 0);
}

/* The same with ties: the mean over all splits of them. */
static double
over_all_splits(double w, double l, int t, double m)
{
    double terms[2001], most = -INFINITY, sum = 0;
    for (int j = 0; j <= t; j++) {
        terms[j] = lgamma(t + 1) - lgamma(j + 1) - lgamma(t - j + 1) - t * log(2) +
                   closed_form(w + j, l + t - j, m);
        most = fmax(most, terms[j]);
    }
    for (int j = 0; j <= t; j++)
        sum += exp(terms[j] - most);
    return most + log(fmax(sum, DBL_MIN));
}

static void
without_ties_the_evidence_is_the_closed_form(void **state)
{
    static const double counts[] = {0, 1, 3, 10, 57, 1000, 100000, 1000000};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        for (size_t j = 0; j < ARRAY_LEN(counts); j++) {
            for (int percent = 1; percent < 100; percent += 7) {
                double m = percent / 100.0;
                double exact = closed_form(counts[i], counts[j], m);
                double got = mixture_log((struct counts){counts[i], counts[j], 0}, m);
                /* The closed form itself loses digits as the counts grow. */
                assert_true(fabs(got - exact) < 1e-10 + 1e-14 * (counts[i] + counts[j]));
            }
            assert_true(fabs(mixture_log_half(counts[i], counts[j]) -
                             closed_form(counts[i], counts[j], 0.5)) < 1e-7);
        }
    }
}

static void
with_ties_it_is_the_mean_over_all_their_splits(void **state)
{
    static const double counts[] = {0, 1, 10, 57, 1000};
    static const int ties[] = {1, 5, 40, 2000};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        for (size_t j = 0; j < ARRAY_LEN(counts); j++)
            for (size_t k = 0; k < ARRAY_LEN(ties); k++)
                for (int percent = 1; percent < 100; percent += 7) {
                    double m = percent / 100.0;
                    double exact = over_all_splits(counts[i], counts[j], ties[k], m);
                    double got = mixture_log((struct counts){counts[i], counts[j], ties[k]}, m);
                    assert_true(fabs(got - exact) < 1e-9 + 1e-12 * fabs(exact));
                }
    /* One half is left alone by ties. */
    assert_true(fabs(mixture_log((struct counts){30, 20, 5000}, 0.5) - mixture_log_half(30, 20)) <
                1e-10);
}

/* By brute force: the mean over 50,000 midpoints of the angle. */
static double
slow_mean(struct counts c, double m, double from, double to)
{
    enum { PARTS = 50000 };
    double sum = 0, most = -INFINITY;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < PARTS; i++) {
            double phi = from + (to - from) * (i + 0.5) / PARTS, q = sin(phi) * sin(phi),
                   p = cos(phi) * cos(phi);
            double f =
                c.w * log(q / m) + c.l * log(p / (1 - m)) + c.t * log((q / m + p / (1 - m)) / 2);
            if (pass == 0)
                most = fmax(most, f);
            else
                sum += exp(f - most);
        }
    return most + log(fmax(sum, DBL_MIN) / PARTS);
}

static void
one_sided_evidence_mixes_over_its_own_side_alone(void **state)
{
    static const struct counts cases[] = {{9, 2, 0}, {30, 20, 50}, {1, 0, 3}, {400, 40, 7}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        for (int percent = 5; percent < 100; percent += 15) {
            struct counts c = cases[i];
            double m = percent / 100.0;
            double edge = asin(sqrt(m)), rate = (c.w + c.t / 2) / (c.w + c.l + c.t);
            double got = m < rate ? mixture_log_above(c, m) : mixture_log_below(c, m);
            double slow = m < rate ? slow_mean(c, m, edge, pi / 2) : slow_mean(c, m, 0, edge);
            assert_true(fabs(got - slow) < 1e-6);
        }
}

static void
the_ends_of_an_interval_are_where_the_evidence_reaches_twenty(void **state)
{
    static const struct counts cases[] = {{1, 1, 0},     {0, 9, 1},     {7, 3, 30},
                                          {53, 30, 1},   {48, 2, 0},    {150, 850, 400},
                                          {5000, 17, 0}, {12, 1, 0.25}, {100000, 99000, 5}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct counts c = cases[i], mirror = {c.l, c.w, c.t};
        double rate = (c.w + c.t / 2) / (c.w + c.l + c.t);
        struct interval v = mixture_interval(c), other = mixture_interval(mirror);
        double lower = mixture_lower(c, 20), upper = mixture_upper(c, 20);
        assert_true(fabs(mixture_log(c, v.low) - log(20)) < 1e-5);
        assert_true(fabs(mixture_log(c, v.high) - log(20)) < 1e-5);
        assert_true(fabs(mixture_log_above(c, lower) - log(20)) < 1e-5);
        assert_true(fabs(mixture_log_below(c, upper) - log(20)) < 1e-5);
        assert_true(v.low < lower && lower < rate && rate < upper && upper < v.high);
        assert_true(fabs(v.low - (1 - other.high)) < 1e-9);
        assert_true(fabs(lower - (1 - mixture_upper(mirror, 20))) < 1e-9);
    }
    struct counts none = {0}, lost = {0, 40, 0}, won = {40, 0, 0};
    assert_true(mixture_interval(none).low == 0 && mixture_interval(none).high == 1);
    assert_true(mixture_lower(none, 20) == 0 && mixture_upper(none, 20) == 1);
    assert_true(mixture_interval(lost).low == 0 && mixture_interval(won).high == 1);
    assert_true(mixture_lower(lost, 20) == 0 && mixture_upper(won, 20) == 1);
}

/* The figures that measure.md names. */
static void
ties_narrow_and_one_side_opens_sooner(void **state)
{
    static const struct {
        double observed, gate;
        int n;
    } gates[] = {{.95, .85, 80}, {.97, .90, 110}, {.98, .95, 348}};
    static const struct {
        double ties;
        int n;
    } guards[] = {{0, 267}, {.2, 205}, {.4, 146}};
    (void)state;
    struct interval v = mixture_interval((struct counts){30, 20, 50});
    struct interval halves = mixture_interval((struct counts){55, 45, 0});
    assert_true(fabs(v.high - v.low - 0.226) < 0.0005);
    assert_true(fabs(halves.high - halves.low - 0.322) < 0.0005);
    for (size_t i = 0; i < ARRAY_LEN(gates); i++)
        for (int n = gates[i].n - 1; n <= gates[i].n; n++) {
            struct counts c = {gates[i].observed * n, (1 - gates[i].observed) * n, 0};
            assert_int_equal(mixture_lower(c, 20) >= gates[i].gate, n == gates[i].n);
        }
    for (size_t i = 0; i < ARRAY_LEN(guards); i++)
        for (int n = guards[i].n - 1; n <= guards[i].n; n++) {
            double decisive = (1 - guards[i].ties) * n / 2;
            struct counts c = {decisive, decisive, guards[i].ties * n};
            assert_int_equal(mixture_lower(c, 20) >= 0.40, n == guards[i].n);
        }
}

/* Whoever looks after every one of 200 at a true rate must seldom see it excluded: 5 % at most, and in fact less. */
static void
an_interval_with_ties_misses_its_rate_in_few_watched_runs(void **state)
{
    enum { RUNS = 300, LOOKS = 200 };
    (void)state;
    struct rng rng = {.state = 4};
    int missed = 0, below = 0;
    double rate = 0.3 + 0.4 / 2;
    for (int run = 0; run < RUNS; run++) {
        struct counts c = {0};
        bool out = false, under = false;
        for (int i = 0; i < LOOKS; i++) {
            double u = rng_unit(&rng);
            *(u < 0.3 ? &c.w : u < 0.6 ? &c.l : &c.t) += 1;
            out = out || mixture_log(c, rate) >= log(20);
            double now = (c.w + c.t / 2) / (c.w + c.l + c.t);
            under = under || (now > rate && mixture_log_above(c, rate) >= log(20));
        }
        missed += out;
        below += under;
    }
    print_message("%d and %d of %d runs\n", missed, below, RUNS);
    assert_true(missed <= RUNS / 20 && below <= RUNS / 20);
}

static void
the_asymptotic_interval_is_narrowest_in_its_errors_at_two_hundred(void **state)
{
    (void)state;
    assert_true(isnan(asymptotic_half(1, 99)) && !isnan(asymptotic_half(1, 100)));
    assert_true(fabs(asymptotic_half(1, 200) - 3.04) < 0.005);
    assert_true(asymptotic_half(1, 199) > asymptotic_half(1, 200));
    assert_true(asymptotic_half(1, 202) > asymptotic_half(1, 200));
    assert_true(fabs(asymptotic_half(0.5, 5000) - asymptotic_half(1, 5000) / 2) < 1e-12);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_ties_the_evidence_is_the_closed_form),
        cmocka_unit_test(with_ties_it_is_the_mean_over_all_their_splits),
        cmocka_unit_test(one_sided_evidence_mixes_over_its_own_side_alone),
        cmocka_unit_test(the_ends_of_an_interval_are_where_the_evidence_reaches_twenty),
        cmocka_unit_test(ties_narrow_and_one_side_opens_sooner),
        cmocka_unit_test(an_interval_with_ties_misses_its_rate_in_few_watched_runs),
        cmocka_unit_test(the_asymptotic_interval_is_narrowest_in_its_errors_at_two_hundred),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
