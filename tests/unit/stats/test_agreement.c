#include "unit/unit.h"

#include <math.h>

#include "berdua/stats/agreement.h"

static void
kappa_is_agreement_beyond_chance(void **state)
{
    (void)state;
    /* The example of most textbooks: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no is .4. */
    int64_t table[4][4] = {{20, 5, 0, 0}, {10, 15, 0, 0}};
    assert_true(fabs(cohen_kappa(table) - 0.4) < 1e-12);
    int64_t same[4][4] = {{7, 0, 0, 0}, {0, 3, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 2}};
    assert_true(fabs(cohen_kappa(same) - 1) < 1e-12);
    int64_t one[4][4] = {{7, 0, 0, 0}}, none[4][4] = {{0}};
    assert_true(isnan(cohen_kappa(one)) && isnan(cohen_kappa(none)));
}

static double
alpha_of(const int64_t (*pairs)[AGREEMENT_LABELS], size_t n)
{
    struct krippendorff k = {{0}};
    for (size_t i = 0; i < n; i++)
        krippendorff_add(&k, pairs[i]);
    return krippendorff_alpha(&k);
}

static void
alpha_is_krippendorffs(void **state)
{
    (void)state;
    /* Two observers, ten units, two labels: example A of Krippendorff's "Computing Krippendorff's Alpha-Reliability" (2011),
     * whose result is .095. */
    static const int first[] = {0, 1, 0, 0, 0, 0, 0, 0, 1, 0},
                     second[] = {1, 1, 1, 0, 0, 1, 0, 0, 0, 0};
    int64_t pairs[12][4] = {{0}};
    for (int i = 0; i < 10; i++) {
        pairs[i][first[i]]++;
        pairs[i][second[i]]++;
    }
    assert_true(fabs(alpha_of(pairs, 10) - 0.095) < 0.0005);
    pairs[10][2] = 1; /* a pair with one rater says nothing */
    assert_true(fabs(alpha_of(pairs, 12) - 0.095) < 0.0005);
    int64_t agree[2][4] = {{2, 0, 0, 0}, {0, 3, 0, 0}}, alone[1][4] = {{2, 0, 0, 0}};
    assert_true(fabs(alpha_of(agree, 2) - 1) < 1e-12);
    assert_true(isnan(alpha_of(alone, 1)) && isnan(alpha_of(NULL, 0)));
}

static void
blindness_runs_from_blind_to_open(void **state)
{
    (void)state;
    struct blindness b = blindness_index(30, 10, 60);
    assert_true(b.n == 100 && fabs(b.index - 0.2) < 1e-12);
    struct interval rate = mixture_interval((struct counts){30, 10, 60});
    assert_true(fabs(b.interval.low - (2 * rate.low - 1)) < 1e-12 &&
                fabs(b.interval.high - (2 * rate.high - 1)) < 1e-12);
    assert_true(blindness_index(50, 0, 0).index == 1 && blindness_index(0, 50, 0).index == -1);
    assert_true(isnan(blindness_index(0, 0, 0).index));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kappa_is_agreement_beyond_chance),
        cmocka_unit_test(alpha_is_krippendorffs),
        cmocka_unit_test(blindness_runs_from_blind_to_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
