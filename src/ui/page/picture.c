#include "picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "ui/text/charts.h"
#include "ui/text/flow.h"
#include "ui/text/glyphs.h"

enum {
    NARROW_COLS = 60, /* below it notes stand beneath the picture */
    WIDE_COLS = 100,
    BAR_COLS = 21, /* odd, so that one half has a column of its own */
    WIDE_BAR_COLS = 31,
    WIDEST_COLS = 140,
    WIDEST_BAR_COLS = 45,
    BAR_MIN_COLS = 9,
    GAP_COLS = 2
};

struct picture *
picture_create(const struct doc_picture *from)
{
    struct picture *p = xcalloc(1, sizeof *p);
    p->is = *from;
    p->texts[DOC_NOTES] = xstrdup(from->label);
    for (int i = 0; i < DOC_NOTES; i++)
        p->texts[i] = xstrdup(from->notes[i]);
    p->values = xreallocarray(NULL, from->count + 1, sizeof *p->values);
    if (from->count)
        memcpy(p->values, from->values, from->count * sizeof *p->values);
    return p;
}

void
picture_destroy(struct picture *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < ARRAY_LEN(p->texts); i++)
        free(p->texts[i]);
    free(p->values);
    free(p);
}

/* ---- one picture in its columns ---- */

/* The greatest of the values that fall together in one column; a column is as high as its share of the top. */
static void
add_line(struct line *l, const struct picture *p, int cols, const struct glyphs *g)
{
    size_t n = p->is.count, cells = n < (size_t)cols ? n : (size_t)cols;
    double top = p->is.value;
    for (size_t i = 0; isnan(p->is.value) && i < n; i++)
        top = isnan(top) || p->values[i] > top ? p->values[i] : top;
    for (size_t c = 0; c < cells; c++) {
        double most = NAN;
        for (size_t i = c * n / cells; i < (c + 1) * n / cells; i++)
            most = isnan(most) || p->values[i] > most ? p->values[i] : most;
        line_add_str(l, p->is.ink, chart_column(g, most > 0 && top > 0 ? most / top : 0));
    }
}

static void
add_picture(struct line *l, const struct picture *p, int cols, const struct glyphs *g)
{
    switch (p->is.kind) {
    case PICTURE_INTERVAL:
        chart_interval(l, g, p->is.ink,
                       &(struct chart_span){p->is.low, p->is.value, p->is.high, p->is.mark}, cols);
        break;
    case PICTURE_SCALE:
        chart_scale(l, g, cols);
        break;
    case PICTURE_AMOUNT:
        chart_amount(l, g, p->is.ink, p->is.value, cols);
        break;
    case PICTURE_LINE:
        add_line(l, p, cols, g);
        break;
    }
}

/* ---- rows that share their columns ---- */

struct columns {
    int label, bar;
    int notes[DOC_NOTES]; /* their widths; 0: not shown */
    bool right[DOC_NOTES];
    bool beneath; /* the notes */
};

static int
width_of(const char *text)
{
    return text ? utf8_width(text, strlen(text)) : 0;
}

static bool
is_figure(const char *text)
{
    return !text || !*text || strchr("0123456789.-$", *text) || strncmp(text, "–", 3) == 0;
}

static struct columns
share_columns(const struct picture *const *pictures, size_t count, int cols)
{
    struct columns c = {.beneath = cols < NARROW_COLS};
    for (int k = 0; k < DOC_NOTES; k++)
        c.right[k] = true;
    for (size_t i = 0; i < count; i++) {
        const struct picture *p = pictures[i];
        int label = width_of(p->texts[DOC_NOTES]);
        c.label = label > c.label ? label : c.label;
        for (int k = 0; k < DOC_NOTES; k++) {
            int width = width_of(p->texts[k]);
            c.notes[k] = width > c.notes[k] ? width : c.notes[k];
            c.right[k] = c.right[k] && (p->is.kind == PICTURE_SCALE || is_figure(p->texts[k]));
        }
    }
    int notes = 0;
    for (int k = 0; k < DOC_NOTES; k++)
        notes += c.notes[k] ? GAP_COLS + c.notes[k] : 0;
    c.label = c.label < cols / 2 ? c.label : cols / 2;
    int room = cols - c.label - GAP_COLS;
    c.beneath = c.beneath && room - notes < BAR_MIN_COLS;
    room -= cols < NARROW_COLS && !c.beneath ? notes : 0;
    c.bar = cols >= WIDEST_COLS ? WIDEST_BAR_COLS
            : cols >= WIDE_COLS ? WIDE_BAR_COLS
            : room < BAR_COLS   ? room - 1 + room % 2
                                : BAR_COLS;
    c.bar = c.bar < BAR_MIN_COLS ? BAR_MIN_COLS : c.bar;
    int at = c.label + GAP_COLS + c.bar;
    bool fits = !c.beneath;
    for (int k = 0; k < DOC_NOTES; k++) {
        at += c.notes[k] ? GAP_COLS + c.notes[k] : 0;
        fits = fits && at <= cols;
        c.notes[k] = fits ? c.notes[k] : 0;
    }
    return c;
}

static void
add_notes(struct line *l, const struct picture *p, const struct columns *c)
{
    enum ink ink = p->is.kind == PICTURE_SCALE ? INK_DIM : INK_VALUE;
    int at = c->label + GAP_COLS + c->bar;
    for (int k = 0; k < DOC_NOTES; k++) {
        if (c->notes[k] == 0)
            continue;
        const char *text = p->texts[k] ? p->texts[k] : "";
        at += GAP_COLS;
        line_pad(l, INK_TEXT, at + (c->right[k] ? c->notes[k] - width_of(text) : 0));
        line_add_raw(l, k == 0 && ink == INK_VALUE ? p->is.ink : ink, text, strlen(text),
                     c->notes[k]);
        at += c->notes[k];
    }
}

/* On a narrow screen: all notes as a text beneath, each after the head of its column. */
static void
lay_beneath(const struct picture *p, const struct picture *scale, struct overlay *o, int cols)
{
    struct buf text;
    struct flow *f = flow_create(FLOW_TEXT);
    buf_init(&text, 1 << 12);
    for (int k = 0; k < DOC_NOTES; k++)
        if (p->texts[k] && *p->texts[k])
            buf_printf(&text, "%s%s%s%s", text.len ? " · " : "",
                       scale && scale->texts[k] ? scale->texts[k] : "",
                       scale && scale->texts[k] && *scale->texts[k] ? " " : "", p->texts[k]);
    flow_set_width(f, cols - GAP_COLS);
    flow_update(f, text.p, text.len, true);
    for (size_t i = 0; text.len && i < flow_row_count(f); i++) {
        struct flow_row row;
        flow_get(f, i, &row);
        struct line *l = overlay_add(o, cols);
        line_pad(l, INK_TEXT, GAP_COLS);
        line_add_row(l, INK_DIM, &row, "");
    }
    flow_destroy(&f);
    buf_finish(&text);
}

void
pictures_lay(const struct picture *const *pictures, size_t count, struct overlay *o, int cols,
             const struct glyphs *g)
{
    struct columns c = share_columns(pictures, count, cols);
    const struct picture *scale = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct picture *p = pictures[i];
        scale = p->is.kind == PICTURE_SCALE ? p : scale;
        const char *label = p->texts[DOC_NOTES] ? p->texts[DOC_NOTES] : "";
        struct line *l = overlay_add(o, cols);
        line_add_raw(l, p->is.kind == PICTURE_SCALE ? INK_DIM : INK_LABEL, label, strlen(label),
                     c.label);
        line_pad(l, INK_TEXT, c.label + GAP_COLS);
        add_picture(l, p, c.bar, g);
        if (!c.beneath)
            add_notes(l, p, &c);
        else if (p->is.kind != PICTURE_SCALE)
            lay_beneath(p, scale, o, cols);
    }
}
