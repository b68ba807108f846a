#include "berdua/stats/percentiles.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

enum { BINS = 1024 };

/* The bin of a sample between low and low + width * BINS. */
static size_t
bin_of(int64_t sample, int64_t low, uint64_t width)
{
    return (size_t)(((uint64_t)sample - (uint64_t)low) / width);
}

/* The sample of that rank, from 0. The samples are counted in bins of equal width; those of the bin that holds the rank are
 * taken on, until they are alike. */
static int64_t
select_rank(const int64_t *samples, size_t n, size_t rank)
{
    int64_t *kept = NULL;
    for (;;) {
        size_t counts[BINS] = {0}, bin = 0, count = 0;
        int64_t low = samples[0], high = samples[0];
        for (size_t i = 1; i < n; i++) {
            low = samples[i] < low ? samples[i] : low;
            high = samples[i] > high ? samples[i] : high;
        }
        if (low == high) {
            free(kept);
            return low;
        }
        uint64_t width = ((uint64_t)high - (uint64_t)low) / BINS + 1;
        for (size_t i = 0; i < n; i++)
            counts[bin_of(samples[i], low, width)]++;
        for (; rank >= counts[bin]; bin++)
            rank -= counts[bin];
        int64_t *next = xreallocarray(NULL, counts[bin], sizeof *next);
        for (size_t i = 0; i < n; i++)
            if (bin_of(samples[i], low, width) == bin)
                next[count++] = samples[i];
        free(kept);
        samples = kept = next;
        n = count;
    }
}

/* From 0. The small step back keeps 95 % of 20 at rank 19 whatever the rounding of the product. */
static size_t
rank_of(size_t n, double percent)
{
    double rank = ceil(percent * (double)n / 100.0 - 1e-9);
    return (size_t)rank - 1;
}

static bool
has_percent(size_t n, double percent)
{
    bool tail = percent > 50; /* one sample has none */
    return n > tail;
}

void
stats_p50_p95(const int64_t *samples, size_t n, int64_t none, int64_t *p50, int64_t *p95)
{
    *p50 = has_percent(n, 50) ? select_rank(samples, n, rank_of(n, 50)) : none;
    *p95 = has_percent(n, 95) ? select_rank(samples, n, rank_of(n, 95)) : none;
}

/* ---- of many ---- */

enum { HALF_BITS = 16, HALVES = 1 << HALF_BITS };

/* The bin that holds the rank, which becomes one within it. */
static uint32_t
bin_of_rank(const uint32_t *counts, size_t *rank)
{
    uint32_t bin = 0;
    for (; *rank >= counts[bin]; bin++)
        *rank -= counts[bin];
    return bin;
}

/* Counted by their upper halves, then, of the half that holds the rank, by the lower ones. */
void
stats_percentiles(const uint32_t *samples, size_t n, const double *percents, size_t count,
                  int64_t none, int64_t *out)
{
    uint32_t *upper = xcalloc(HALVES, sizeof *upper), *lower = xcalloc(HALVES, sizeof *lower);
    for (size_t i = 0; i < n; i++)
        upper[samples[i] >> HALF_BITS]++;
    for (size_t p = 0; p < count; p++) {
        out[p] = none;
        if (!has_percent(n, percents[p]))
            continue;
        size_t rank = rank_of(n, percents[p]);
        uint32_t high = bin_of_rank(upper, &rank);
        memset(lower, 0, HALVES * sizeof *lower);
        for (size_t i = 0; i < n; i++)
            if (samples[i] >> HALF_BITS == high)
                lower[samples[i] & (HALVES - 1)]++;
        out[p] = (int64_t)(high << HALF_BITS | bin_of_rank(lower, &rank));
    }
    free(upper);
    free(lower);
}
