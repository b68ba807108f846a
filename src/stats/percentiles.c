#include "berdua/stats/percentiles.h"

#include <math.h>
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
stats_p50_p95(const int64_t *samples, size_t n, int64_t none, int64_t *p50, int64_t *p95)
{
    *p50 = *p95 = none;
    if (n == 0)
        return;
    int64_t *sorted = xreallocarray(NULL, n, sizeof *sorted);
    memcpy(sorted, samples, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, ascending);
    *p50 = nearest_rank(sorted, n, 50);
    *p95 = nearest_rank(sorted, n, 95);
    free(sorted);
}
