/* Observations by time, for the win rate as it ran. They are counted by quarters of an hour and come out as few points.
 * Owner: the caller. Thread: any. */
#ifndef BERDUA_REPORT_SERIES_H
#define BERDUA_REPORT_SERIES_H

#include "berdua/report/report.h"

struct series;
struct series *series_create(void);
void series_destroy(struct series **s);
void series_add(struct series *s, int64_t at_us, int category, enum verdict_kind kind);
/* Fills the report's series. */
void series_find(struct series *s, struct report *r);

#endif
