/* Charts as inline SVG without a script. Across, everything is in percent, so that a chart is as wide as the page and its text
 * keeps its size. Each has a title and a description; the table of its figures follows it. Thread: any. */
#ifndef BERDUA_REPORT_CHART_H
#define BERDUA_REPORT_CHART_H

#include "berdua/base/buf.h"
#include "berdua/report/report.h"

#include <stddef.h>
#include <stdint.h>

enum chart_tone { TONE_PLAIN, TONE_CLAUDE, TONE_LLAMA, TONE_GOOD, TONE_BAD, TONE_FAINT };

struct chart {
    const char *id, *title, *about; /* about: what is seen, in a sentence or two */
};

/* On a scale from `from` to `to`: an interval, the value in it and a mark, each NAN: none. */
struct chart_interval {
    const char *name, *note; /* above the line, left and right */
    double value, low, high, mark;
    enum chart_tone tone;
};
/* middle: a line through all rows, NAN: none. left, right: what the ends mean. */
struct chart_scale {
    double from, to, middle;
    const char *left, *right;
};
void chart_intervals(struct buf *o, const struct chart *c, const struct chart_scale *scale,
                     const struct chart_interval *rows, size_t count);

/* Amounts as bars from the left, the longest as wide as the chart. */
struct chart_amount {
    const char *name;
    int64_t n;
    enum chart_tone tone;
    int indent;
};
void chart_amounts(struct buf *o, const struct chart *c, const struct chart_amount *rows,
                   size_t count);

/* A rate from 0 to 1 with its interval over time. */
void chart_running(struct buf *o, const struct chart *c, const struct report_series *s);

/* How many answers took how long, cold ones on top of the others. */
void chart_latencies(struct buf *o, const struct chart *c, const struct duration_histogram *h,
                     enum chart_tone tone);

#endif
