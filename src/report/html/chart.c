#include "chart.h"

#include <math.h>
#include <stdio.h>

#include "html_markup.h"

/* Free at both ends, so that a dot or a label at the end of the scale is whole. */
#define MARGIN_PERCENT 1.5
enum { ROW_PX = 50, BAR_Y_PX = 32, AXIS_PX = 42, AMOUNT_PX = 40 };

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
