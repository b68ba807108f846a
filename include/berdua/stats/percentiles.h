/* Percentiles over a handful of samples (the panel's p50 and p95). Plain data. Thread: any. */
#ifndef BERDUA_STATS_PERCENTILES_H
#define BERDUA_STATS_PERCENTILES_H

#include <stddef.h>
#include <stdint.h>

/* Nearest rank: the smallest sample that at least `percent` of them do not exceed. percent is clamped
 * to 0..100; 0 gives the least. Returns `none` when n is 0. The samples are left as they are. */
int64_t stats_percentile(const int64_t *samples, size_t n, double percent, int64_t none);
/* Both at once, with one sort. */
void stats_p50_p95(const int64_t *samples, size_t n, int64_t none, int64_t *p50, int64_t *p95);

#endif
