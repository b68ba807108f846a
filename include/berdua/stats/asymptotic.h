/* Interval of an estimate that is valid however often one looks, for large samples (measure.md, "Asymptotic interval";
 * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, arXiv 2103.06476). Pure. Thread: any. */
#ifndef BERDUA_STATS_ASYMPTOTIC_H
#define BERDUA_STATS_ASYMPTOTIC_H

#include <stdint.h>

/* Below so many it says nothing. */
enum { ASYMPTOTIC_LEAST = 100 };

/* Half of the width around an estimate with standard error s after n; NAN below ASYMPTOTIC_LEAST. */
double asymptotic_half(double s, int64_t n);

#endif
