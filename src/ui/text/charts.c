#include "charts.h"

#include <math.h>

#include "ui/text/glyphs.h"

enum { EIGHTHS = 8 };

static double
share_of_one(double share)
{
    return isnan(share) || share < 0 ? 0 : share > 1 ? 1 : share;
}

static int
column_of(double share, int cols)
{
    return isnan(share) ? -1 : (int)lround(share_of_one(share) * (cols - 1));
}

void
chart_interval(struct line *l, const struct glyphs *g, enum ink ink, const struct chart_span *s,
               int cols)
{
    int low = column_of(s->low, cols), high = column_of(s->high, cols);
    int at = column_of(s->value, cols), mark = column_of(s->mark, cols);
    for (int c = 0; c < cols; c++) {
        bool inside = at >= 0 && low >= 0 && c >= low && c <= high;
        if (c == at)
            line_add_str(l, ink, g->value);
        else if (c == mark)
            line_add_str(l, INK_MARK, g->gate);
        else if (inside)
            line_add_str(l, ink,
                         c == low        ? g->low
                         : c == high     ? g->high
                         : c == cols / 2 ? g->over_half
                                         : g->reach);
        else
            line_add_str(l, INK_RULE, c == cols / 2 ? g->half : " ");
    }
}

void
chart_scale(struct line *l, const struct glyphs *g, int cols)
{
    int from = l->cols;
    line_add_str(l, INK_DIM, "0");
    line_pad(l, INK_DIM, from + cols / 2);
    line_add_str(l, INK_DIM, g->one_half);
    line_pad(l, INK_DIM, from + cols - 1);
    line_add_str(l, INK_DIM, "1");
}

void
chart_bar(struct line *l, const struct glyphs *g, enum ink ink, double share, int cols)
{
    int eighths = (int)(share_of_one(share) * EIGHTHS * cols + .5);
    for (int i = 0; i < cols; i++, eighths -= EIGHTHS)
        line_add_str(l, ink, g->bar[eighths < 0 ? 0 : eighths > EIGHTHS ? EIGHTHS : eighths]);
}

void
chart_amount(struct line *l, const struct glyphs *g, enum ink ink, double share, int cols)
{
    int eighths = (int)ceil(share_of_one(share) * cols * EIGHTHS), whole = eighths / EIGHTHS;
    bool part = whole < cols && eighths % EIGHTHS;
    line_repeat(l, ink, g->bar[EIGHTHS], whole);
    if (part)
        line_add_str(l, ink, g->bar[eighths % EIGHTHS]);
    line_repeat(l, INK_RULE, g->track, cols - whole - part);
}

void
chart_from_axis(struct line *l, const struct glyphs *g, enum ink ink, double share, int cols,
                enum chart_side side)
{
    int halves = (int)(share_of_one(share) * 2 * cols + .5), whole = halves / 2, half = halves % 2;
    if (side == CHART_LEFT) {
        line_repeat(l, INK_TEXT, " ", cols - whole - half);
        line_repeat(l, ink, g->right_half, half);
        line_repeat(l, ink, g->bar[EIGHTHS], whole);
    } else {
        line_repeat(l, ink, g->bar[EIGHTHS], whole);
        line_repeat(l, ink, g->left_half, half);
        line_repeat(l, INK_TEXT, " ", cols - whole - half);
    }
}

const char *
chart_column(const struct glyphs *g, double share)
{
    return g->spark[(int)ceil(share_of_one(share) * EIGHTHS)];
}
