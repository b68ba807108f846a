#include "berdua/stats/percentiles.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

static int
ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The small step back keeps 95 % of 20 at rank 19 whatever the rounding of the product. */
static int64_t
nearest_rank(const int64_t *sorted, size_t n, double percent)
{
    double rank = ceil(percent * (double)n / 100.0 - 1e-9);
    return sorted[(size_t)rank - 1];
}

void
stats_percentiles(const int64_t *samples, size_t n, const double *percents, size_t count,
                  int64_t none, int64_t *out)
{
    int64_t *sorted = n ? xreallocarray(NULL, n, sizeof *sorted) : NULL;
    if (n) {
        memcpy(sorted, samples, n * sizeof *sorted);
        qsort(sorted, n, sizeof *sorted, ascending);
    }
    for (size_t i = 0; i < count; i++) {
        bool tail = percents[i] > 50; /* one sample has none */
        out[i] = n > tail ? nearest_rank(sorted, n, percents[i]) : none;
    }
    free(sorted);
}

void
stats_p50_p95(const int64_t *samples, size_t n, int64_t none, int64_t *p50, int64_t *p95)
{
    int64_t both[2];
    stats_percentiles(samples, n, (const double[]){50, 95}, 2, none, both);
    *p50 = both[0];
    *p95 = both[1];
}
