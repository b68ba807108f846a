/* From sums of evidence to figures of the report. Owner: the caller. Thread: any. */
#ifndef BERDUA_REPORT_REPORT_COUNT_H
#define BERDUA_REPORT_REPORT_COUNT_H

#include "berdua/report/report.h"

/* All but what its cells, rates and stages are found from what was counted; it orders the sums. */
void report_count(struct evidence_sums *s, struct report *r);

#endif
