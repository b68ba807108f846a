/* Percentiles are samples of the right rank, however many samples there are and however they lie. */
#include "unit/unit.h"

#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/stats/percentiles.h"

enum { MOST = 3000 };

static int
by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void
a_percentile_is_the_sample_of_its_rank(void **state)
{
    static const double percents[] = {50, 95, 99, 100};
    struct rng rng = {.state = 4};
    (void)state;
    for (size_t n = 2; n < MOST; n = 3 * n / 2 + 1) {
        uint32_t samples[MOST] = {0}, sorted[MOST] = {0};
        uint32_t range = n % 2 ? UINT32_MAX : 40;
        int64_t out[ARRAY_LEN(percents)];
        for (size_t i = 0; i < n; i++)
            sorted[i] = samples[i] = UINT32_MAX - rng_below(&rng, range);
        stats_percentiles(samples, n, percents, ARRAY_LEN(percents), -1, out);
        qsort(sorted, n, sizeof *sorted, by_size);
        for (size_t i = 0; i < ARRAY_LEN(percents); i++) {
            size_t rank = ((size_t)percents[i] * n + 99) / 100;
            assert_int_equal(out[i], sorted[rank - 1]);
        }
    }
}

static void
one_sample_has_no_tail_and_none_has_nothing(void **state)
{
    static const double percents[] = {50, 95};
    int64_t out[2];
    (void)state;
    stats_percentiles((const uint32_t[]){7}, 1, percents, 2, -1, out);
    assert_true(out[0] == 7 && out[1] == -1);
    stats_percentiles(NULL, 0, percents, 2, -1, out);
    assert_true(out[0] == -1 && out[1] == -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_percentile_is_the_sample_of_its_rank),
        cmocka_unit_test(one_sample_has_no_tail_and_none_has_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
