#include "chart.h"

#include <math.h>
#include <stdio.h>

#include "html_markup.h"

/* Free at both ends, so that a dot or a label at the end of the scale is whole. */
#define MARGIN_PERCENT 1.5
enum { ROW_PX = 50, BAR_Y_PX = 32, AXIS_PX = 42, AMOUNT_PX = 40, LINE_PX = 220, LATENCY_PX = 130 };

static const char *const tones[] = {"plain", "claude", "llama", "good", "bad", "faint"};

static double
across(double from, double to, double v)
{
    double share = (v - from) / (to - from);
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return MARGIN_PERCENT + (100 - 2 * MARGIN_PERCENT) * share;
}

static void
begin(struct buf *o, const struct chart *c, int height)
{
    html_putf(
        o,
        "<figure><figcaption>%s</figcaption>\n<svg class=\"chart\" role=\"img\" width=\"100%%\" "
        "height=\"%d\" aria-labelledby=\"%s-t %s-d\"><title id=\"%s-t\">%s</title>"
        "<desc id=\"%s-d\">%s</desc>\n",
        c->title, height, c->id, c->id, c->id, c->title, c->id, c->about);
}

static void
end(struct buf *o)
{
    html_put(o, "</svg></figure>\n");
}

static void
put_label(struct buf *o, const char *class, double x, int y, const char *anchor, const char *text)
{
    html_putf(o, "<text class=\"%s\" x=\"%.2f%%\" y=\"%d\" text-anchor=\"%s\">", class, x, y,
              anchor);
    html_text(o, text);
    html_put(o, "</text>");
}

/* ---- intervals ---- */

static void
put_scale(struct buf *o, const struct chart_scale *s, int bottom)
{
    for (int i = 0; i <= 4; i++) {
        double v = s->from + (s->to - s->from) * i / 4, x = across(s->from, s->to, v);
        char text[HTML_FIGURE];
        html_putf(o, "<line class=\"grid\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"16\" y2=\"%d\"/>", x, x,
                  bottom);
        put_label(o, "tick", x, bottom + 15,
                  i == 0   ? "start"
                  : i == 4 ? "end"
                           : "middle",
                  html_percent(text, v));
    }
    if (!isnan(s->middle)) {
        double x = across(s->from, s->to, s->middle);
        html_putf(o, "<line class=\"middle\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"16\" y2=\"%d\"/>", x,
                  x, bottom);
    }
    put_label(o, "end", 0, bottom + 34, "start", s->left);
    put_label(o, "end", 100, bottom + 34, "end", s->right);
}

static void
put_interval(struct buf *o, const struct chart_scale *s, const struct chart_interval *r, int top)
{
    int y = top + BAR_Y_PX;
    char value[HTML_FIGURE], range[HTML_FIGURE];
    const char *tone = tones[isnan(r->value) ? TONE_FAINT : r->tone];
    html_put(o, "<g><title>");
    html_text(o, r->name);
    html_putf(o, ": %s, interval %s</title>", html_percent(value, r->value),
              html_range(range, (struct interval){r->low, r->high}));
    put_label(o, "name", 0, top + 16, "start", r->name);
    put_label(o, "note", 100, top + 16, "end", r->note);
    html_putf(o, "<line class=\"track\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>",
              across(0, 1, 0), across(0, 1, 1), y, y);
    if (!isnan(r->low) && !isnan(r->high)) {
        double low = across(s->from, s->to, r->low), high = across(s->from, s->to, r->high);
        html_putf(o,
                  "<rect class=\"range %s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%d\" height=\"10\" "
                  "rx=\"5\"/>",
                  tone, low, high > low ? high - low : 0, y - 5);
    }
    if (!isnan(r->mark)) {
        double x = across(s->from, s->to, r->mark);
        html_putf(o, "<line class=\"mark\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>", x, x,
                  y - 10, y + 10);
    }
    if (!isnan(r->value))
        html_putf(o, "<circle class=\"dot %s\" cx=\"%.2f%%\" cy=\"%d\" r=\"6.5\"/>", tone,
                  across(s->from, s->to, r->value), y);
    html_put(o, "</g>\n");
}

void
chart_intervals(struct buf *o, const struct chart *c, const struct chart_scale *scale,
                const struct chart_interval *rows, size_t count)
{
    int bottom = ROW_PX * (int)count;
    begin(o, c, bottom + AXIS_PX);
    put_scale(o, scale, bottom);
    for (size_t i = 0; i < count; i++)
        put_interval(o, scale, &rows[i], ROW_PX * (int)i);
    end(o);
}

/* ---- amounts ---- */

void
chart_amounts(struct buf *o, const struct chart *c, const struct chart_amount *rows, size_t count)
{
    int64_t most = 1;
    for (size_t i = 0; i < count; i++)
        most = rows[i].n > most ? rows[i].n : most;
    begin(o, c, AMOUNT_PX * (int)count + 6);
    for (size_t i = 0; i < count; i++) {
        int top = AMOUNT_PX * (int)i;
        double from = 3.0 * rows[i].indent;
        double width = (100 - from) * (double)rows[i].n / (double)most;
        char n[HTML_FIGURE];
        snprintf(n, sizeof n, "%lld", (long long)rows[i].n);
        put_label(o, "name", from, top + 15, "start", rows[i].name);
        put_label(o, "note", 100, top + 15, "end", n);
        html_putf(o,
                  "<rect class=\"trackbar\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%d\" height=\"10\" "
                  "rx=\"5\"/>",
                  from, 100 - from, top + 22);
        if (rows[i].n > 0)
            html_putf(o,
                      "<rect class=\"bar %s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%d\" "
                      "height=\"10\" rx=\"5\"/>",
                      tones[rows[i].tone], from, width > .7 ? width : .7, top + 22);
        html_put(o, "\n");
    }
    end(o);
}

/* ---- over time ---- */

/* From the first point to the last, in thousandths. */
static double
when(const struct report_series *s, size_t i)
{
    int64_t first = s->points[0].until_us, span = s->points[s->count - 1].until_us - first;
    return span > 0 ? 1000 * (double)(s->points[i].until_us - first) / (double)span : 500;
}

static double
height_of(double rate)
{
    return 200 * (1 - rate);
}

/* In a drawing of its own, 1000 wide, which is stretched to the page. */
static void
put_running(struct buf *o, const struct report_series *s)
{
    html_putf(o,
              "<svg x=\"%.2f%%\" width=\"%.2f%%\" y=\"10\" height=\"200\" viewBox=\"0 0 1000 200\" "
              "preserveAspectRatio=\"none\"><polygon class=\"range llama\" points=\"",
              MARGIN_PERCENT, 100 - 2 * MARGIN_PERCENT);
    struct interval intervals[REPORT_POINTS];
    for (size_t i = 0; i < s->count; i++) {
        intervals[i] = report_point_interval(&s->points[i]);
        html_putf(o, "%.1f,%.1f ", when(s, i), height_of(intervals[i].high));
    }
    for (size_t i = s->count; i-- > 0;)
        html_putf(o, "%.1f,%.1f ", when(s, i), height_of(intervals[i].low));
    html_put(o, "\"/><polyline class=\"line\" points=\"");
    for (size_t i = 0; i < s->count; i++)
        if (!isnan(s->points[i].value))
            html_putf(o, "%.1f,%.1f ", when(s, i), height_of(s->points[i].value));
    html_put(o, "\"/></svg>\n");
}

void
chart_running(struct buf *o, const struct chart *c, const struct report_series *s)
{
    char text[HTML_FIGURE];
    begin(o, c, LINE_PX + 24);
    for (int i = 0; i <= 4; i++) {
        int y = 10 + 50 * i;
        html_putf(o, "<line class=\"%s\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>",
                  i == 2 ? "middle" : "grid", MARGIN_PERCENT, 100 - MARGIN_PERCENT, y, y);
    }
    if (s->count > 0)
        put_running(o, s);
    for (int i = 0; i <= 4; i++)
        put_label(o, "tick inside", MARGIN_PERCENT, 6 + 50 * i + (i == 0 ? 18 : 0), "start",
                  html_percent(text, 1 - i / 4.0));
    if (s->count > 0) {
        put_label(o, "tick", MARGIN_PERCENT, LINE_PX + 14, "start",
                  html_day(text, s->points[0].until_us));
        put_label(o, "tick", 100 - MARGIN_PERCENT, LINE_PX + 14, "end",
                  html_day(text, s->points[s->count - 1].until_us));
    }
    end(o);
}

/* ---- latencies ---- */

/* "100 ms", "15 s" */
static const char *
edge_words(char out[HTML_FIGURE], int ms)
{
    if (ms < 1000)
        snprintf(out, HTML_FIGURE, "%d ms", ms);
    else
        snprintf(out, HTML_FIGURE, "%g s", ms / 1000.0);
    return out;
}

static void
put_column(struct buf *o, int bin, int from_px, int64_t n, double px, const char *tone)
{
    double width = (100 - 2 * MARGIN_PERCENT) / DURATION_BINS;
    if (n > 0)
        html_putf(o,
                  "<rect class=\"bar %s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" "
                  "height=\"%.1f\" rx=\"2\"/>",
                  tone, MARGIN_PERCENT + width * bin + width * .08, width * .84, from_px - px, px);
}

void
chart_latencies(struct buf *o, const struct chart *c, const struct duration_histogram *h,
                enum chart_tone tone)
{
    int64_t most = 1;
    for (int b = 0; b < DURATION_BINS; b++)
        most = h->warm[b] + h->cold[b] > most ? h->warm[b] + h->cold[b] : most;
    begin(o, c, LATENCY_PX + 22);
    for (int b = 0; b < DURATION_BINS; b++) {
        char from[HTML_FIGURE], to[HTML_FIGURE];
        double scale = (LATENCY_PX - 12) / (double)most;
        double warm = scale * (double)h->warm[b], cold = scale * (double)h->cold[b];
        html_putf(o, "<g><title>%s to %s: %lld, cold %lld</title>",
                  b ? edge_words(from, duration_edges_ms[b - 1]) : "0",
                  b < DURATION_EDGES ? edge_words(to, duration_edges_ms[b]) : "more",
                  (long long)h->warm[b], (long long)h->cold[b]);
        put_column(o, b, LATENCY_PX, h->warm[b], warm > 1.5 ? warm : 1.5, tones[tone]);
        put_column(o, b, LATENCY_PX - (int)ceil(warm), h->cold[b], cold > 2 ? cold : 2, "cold");
        html_put(o, "</g>\n");
    }
    html_putf(o, "<line class=\"grid\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>",
              MARGIN_PERCENT, 100 - MARGIN_PERCENT, LATENCY_PX, LATENCY_PX);
    for (int e = 0; e < DURATION_EDGES; e++) {
        char text[HTML_FIGURE];
        if (duration_edges_ms[e] == 100 || duration_edges_ms[e] == 300 ||
            duration_edges_ms[e] == 1000 || duration_edges_ms[e] == 3000 ||
            duration_edges_ms[e] == 10000 || duration_edges_ms[e] == 60000)
            put_label(o, "tick",
                      MARGIN_PERCENT + (100 - 2 * MARGIN_PERCENT) * (e + 1) / DURATION_BINS,
                      LATENCY_PX + 16, "middle", edge_words(text, duration_edges_ms[e]));
    }
    end(o);
}
