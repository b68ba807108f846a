#include "berdua/stats/percentiles.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

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

/* The small step back keeps 95 % of 20 at rank 19 whatever the rounding of the product. */
static int64_t
nearest_rank(const int64_t *samples, size_t n, double percent)
{
    double rank = ceil(percent * (double)n / 100.0 - 1e-9);
    return select_rank(samples, n, (size_t)rank - 1);
}

void
stats_percentiles(const int64_t *samples, size_t n, const double *percents, size_t count,
                  int64_t none, int64_t *out)
{
    for (size_t i = 0; i < count; i++) {
        bool tail = percents[i] > 50; /* one sample has none */
        out[i] = n > tail ? nearest_rank(samples, n, percents[i]) : none;
    }
}

void
stats_p50_p95(const int64_t *samples, size_t n, int64_t none, int64_t *p50, int64_t *p95)
{
    int64_t both[2];
    stats_percentiles(samples, n, (const double[]){50, 95}, 2, none, both);
    *p50 = both[0];
    *p95 = both[1];
}
