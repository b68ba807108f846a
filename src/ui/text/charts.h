/* Small pictures in a line of text: bars, intervals, columns. What they say stands beside them as a figure, so nothing is
 * told by colour alone. Pure. Thread: main. */
#ifndef BERDUA_UI_CHARTS_H
#define BERDUA_UI_CHARTS_H

#include "ui/text/line.h"

struct glyphs;

/* low, value and high on a line from 0 to 1, with a dot at one half and a sign at mark; NAN: none. */
struct chart_span {
    double low, value, high, mark;
};
void chart_interval(struct line *l, const struct glyphs *g, enum ink ink,
                    const struct chart_span *s, int cols);
/* The ends and the middle of that line. */
void chart_scale(struct line *l, const struct glyphs *g, int cols);
/* A share of 1, in eighths of a column; empty columns are blank. */
void chart_bar(struct line *l, const struct glyphs *g, enum ink ink, double share, int cols);
/* The same over a track as long as the whole; a share above 0 is never drawn as nothing. */
void chart_amount(struct line *l, const struct glyphs *g, enum ink ink, double share, int cols);
/* One of two bars that grow away from an axis between them, in halves of a column: the one at its left, or at its right. */
enum chart_side { CHART_LEFT, CHART_RIGHT };
void chart_from_axis(struct line *l, const struct glyphs *g, enum ink ink, double share, int cols,
                     enum chart_side side);
/* One column as high as its share of 1; a share above 0 is never drawn as nothing. */
const char *chart_column(const struct glyphs *g, double share);

#endif
