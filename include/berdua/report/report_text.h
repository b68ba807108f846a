/* The report as text for a terminal. Thread: any. */
#ifndef BERDUA_REPORT_REPORT_TEXT_H
#define BERDUA_REPORT_REPORT_TEXT_H

#include "berdua/report/report.h"

struct buf;

/* category: of the cells only this one; -1: all. */
void report_to_text(const struct report *r, int category, struct buf *out);

#endif
