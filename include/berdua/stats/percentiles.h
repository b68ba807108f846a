/* Percentiles over a handful of samples (the panel's p50 and p95). Plain data. Thread: any. */
#ifndef BERDUA_STATS_PERCENTILES_H
#define BERDUA_STATS_PERCENTILES_H

#include <stddef.h>
#include <stdint.h>

/* Medians and 95th percentiles by nearest rank: the smallest sample that at least so many of them do not exceed; none
 * when n is 0. The samples are left as they are. */
void stats_p50_p95(const int64_t *samples, size_t n, int64_t none, int64_t *p50, int64_t *p95);

#endif
