/* Percentiles by nearest rank: the smallest sample that at least so many of them do not exceed. Plain data. Thread: any. */
#ifndef BERDUA_STATS_PERCENTILES_H
#define BERDUA_STATS_PERCENTILES_H

#include <stddef.h>
#include <stdint.h>

/* One for each of `percents` (above 0, at most 100); none when n is 0, and one sample has none above 50. The samples are left
 * as they are. */
void stats_percentiles(const uint32_t *samples, size_t n, const double *percents, size_t count,
                       int64_t none, int64_t *out);
void stats_p50_p95(const int64_t *samples, size_t n, int64_t none, int64_t *p50, int64_t *p95);

#endif
