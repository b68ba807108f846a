#include "html_markup.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/safe.h"
#include "berdua/base/utf8.h"

static const char unknown[] = "–";

void
html_escape(struct buf *o, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *entity = p[i] == '&'    ? "&amp;"
                             : p[i] == '<'  ? "&lt;"
                             : p[i] == '>'  ? "&gt;"
                             : p[i] == '"'  ? "&quot;"
                             : p[i] == '\'' ? "&#39;"
                                            : NULL;
        if (entity)
            buf_append_str(o, entity);
        else
            buf_append_char(o, p[i]);
    }
}

void
html_text_cut(struct buf *o, const char *s, size_t max_bytes)
{
    struct buf safe;
    buf_init(&safe, SIZE_MAX);
    size_t n = strlen(s ? s : ""), taken = n < 4 * max_bytes ? n : 4 * max_bytes;
    safe_text(&safe, s ? s : "", taken, false);
    bool cut = safe.len > max_bytes || taken < n;
    if (safe.len > max_bytes)
        buf_truncate(&safe, utf8_whole_prefix(safe.p, max_bytes));
    html_escape(o, safe.p, safe.len);
    if (cut)
        html_put(o, "…");
    buf_finish(&safe);
}

void
html_text(struct buf *o, const char *s)
{
    html_text_cut(o, s, 2000);
}

/* ---- figures ---- */

const char *
html_percent(char out[HTML_FIGURE], double share)
{
    if (isnan(share))
        return unknown;
    snprintf(out, HTML_FIGURE, share > 0 && share < .1 ? "%.1f %%" : "%.0f %%", 100 * share);
    return out;
}

const char *
html_range(char out[HTML_FIGURE], struct interval i)
{
    if (isnan(i.low) || isnan(i.high))
        return unknown;
    snprintf(out, HTML_FIGURE, "%.0f–%.0f %%", 100 * i.low, 100 * i.high);
    return out;
}

const char *
html_points(char out[HTML_FIGURE], double difference)
{
    if (isnan(difference))
        return unknown;
    snprintf(out, HTML_FIGURE, "%+.0f", 100 * difference);
    return out;
}

const char *
html_ms(char out[HTML_FIGURE], double ms)
{
    if (isnan(ms))
        return unknown;
    snprintf(out, HTML_FIGURE, ms < 1000 ? "%.0f ms" : "%.2f s", ms < 1000 ? ms : ms / 1000);
    return out;
}

const char *
html_usd(char out[HTML_FIGURE], double usd)
{
    if (isnan(usd))
        return unknown;
    snprintf(out, HTML_FIGURE, usd < 1 ? "$%.4f" : "$%.2f", usd);
    return out;
}

const char *
html_decimal(char out[HTML_FIGURE], double v)
{
    if (isnan(v))
        return unknown;
    snprintf(out, HTML_FIGURE, "%.2f", v);
    return out;
}

const char *
html_day(char out[HTML_FIGURE], int64_t at_us)
{
    return clock_format(at_us, "%Y-%m-%d", out, HTML_FIGURE);
}

/* ---- tables, sections ---- */

void
html_table_begin(struct buf *o, const char *caption, const char *heads, bool details)
{
    if (details)
        html_putf(o, "<details class=\"data\"><summary>Figures of this chart as a table</summary>");
    html_putf(o,
              "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table>"
              "<caption>%s</caption><thead><tr>",
              caption, caption);
    for (const char *h = heads; *h;) {
        size_t n = strcspn(h, "|");
        html_putf(o, "<th scope=\"col\">%.*s</th>", (int)n, h);
        h += n + (h[n] == '|');
    }
    html_put(o, "</tr></thead><tbody>\n");
}

void
html_row_begin(struct buf *o, const char *name)
{
    html_put(o, "<tr><th scope=\"row\">");
    html_text(o, name);
    html_put(o, "</th>");
}

void
html_cell(struct buf *o, const char *text)
{
    html_put(o, "<td>");
    html_text(o, text);
    html_put(o, "</td>");
}

void
html_cell_int(struct buf *o, int64_t n)
{
    html_putf(o, "<td>%lld</td>", (long long)n);
}

void
html_row_end(struct buf *o)
{
    html_put(o, "</tr>\n");
}

void
html_table_end(struct buf *o, bool details)
{
    html_put(o, "</tbody></table></div>");
    html_put(o, details ? "</details>\n" : "\n");
}

void
html_section_begin(struct buf *o, const char *id, const char *title, const char *lead)
{
    html_putf(o, "<section id=\"%s\" aria-labelledby=\"%s-title\"><h2 id=\"%s-title\">%s</h2>\n",
              id, id, id, title);
    if (lead)
        html_putf(o, "<p class=\"lead\">%s</p>\n", lead);
}

void
html_section_end(struct buf *o)
{
    html_put(o, "</section>\n");
}

void
html_definition(struct buf *o, const char *term, const char *meaning)
{
    html_put(o, "<details class=\"what\"><summary>");
    html_text(o, term);
    html_put(o, "</summary><p>");
    html_text(o, meaning);
    html_put(o, "</p></details>\n");
}
