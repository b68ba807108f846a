#include "overlay.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "ui/text/flow.h"

struct overlay_cells {
    char *cell[OVERLAY_COLUMNS];
    enum ink ink[OVERLAY_COLUMNS];
    bool heading;
    struct line *line; /* instead of cells; NULL: none */
};

struct overlay {
    char *title;
    int widths[OVERLAY_COLUMNS];
    struct overlay_cells *rows;
    int count, capacity, first;
};

struct overlay *
overlay_create(void)
{
    return xcalloc(1, sizeof(struct overlay));
}

static void
overlay_empty(struct overlay *o)
{
    for (int i = 0; i < o->count; i++) {
        for (int c = 0; c < OVERLAY_COLUMNS; c++)
            free(o->rows[i].cell[c]);
        if (o->rows[i].line)
            line_finish(o->rows[i].line);
        free(o->rows[i].line);
    }
    o->count = o->first = 0;
    free(o->title);
    o->title = NULL;
}

void
overlay_destroy(struct overlay **o)
{
    if (!*o)
        return;
    overlay_empty(*o);
    free((*o)->rows);
    free(*o);
    *o = NULL;
}

void
overlay_begin(struct overlay *o, const char *title, const int *widths)
{
    overlay_empty(o);
    o->title = xstrdup(title);
    memset(o->widths, 0, sizeof o->widths);
    for (int c = 0; c < OVERLAY_COLUMNS - 1 && widths[c] > 0; c++)
        o->widths[c] = widths[c];
}

static struct overlay_cells *
add_row(struct overlay *o)
{
    if (o->count == o->capacity) {
        o->capacity = o->capacity ? 2 * o->capacity : 32;
        o->rows = xreallocarray(o->rows, (size_t)o->capacity, sizeof *o->rows);
    }
    struct overlay_cells *row = &o->rows[o->count++];
    memset(row, 0, sizeof *row);
    return row;
}

void
overlay_heading(struct overlay *o, const char *text)
{
    struct overlay_cells *row = add_row(o);
    row->cell[0] = xstrdup(text);
    row->ink[0] = INK_HEADING;
    row->heading = true;
}

void
overlay_row(struct overlay *o, const enum ink *inks, const char *const *cells, int count)
{
    struct overlay_cells *row = add_row(o);
    for (int c = 0; c < count && c < OVERLAY_COLUMNS; c++) {
        row->cell[c] = xstrdup(cells[c]);
        row->ink[c] = inks[c];
    }
}

struct line *
overlay_line_row(struct overlay *o, int cols)
{
    struct overlay_cells *row = add_row(o);
    row->line = xcalloc(1, sizeof *row->line);
    line_init(row->line);
    line_reset(row->line, cols);
    return row->line;
}

void
overlay_labelled(struct overlay *o, enum ink label_ink, const char *label, int indent, enum ink ink,
                 const char *text, size_t n, int cols)
{
    struct flow *f = flow_create(FLOW_TEXT);
    flow_set_width(f, cols - indent);
    flow_update(f, text, n, true);
    size_t rows = flow_row_count(f);
    for (size_t i = 0; i < rows; i++) {
        struct flow_row row;
        flow_get(f, i, &row);
        struct line *l = overlay_line_row(o, cols);
        if (i == 0)
            line_add_raw(l, label_ink, label, strlen(label), indent - 1);
        line_pad(l, INK_TEXT, indent);
        size_t at = 0;
        for (size_t s = 0; s < row.span_count; s++) { /* stand-ins for what is not shown */
            const struct flow_span *span = &row.spans[s];
            line_add(l, ink, row.text + at, span->start - at);
            line_add(l, INK_CONTROL, row.text + span->start, span->len);
            at = span->start + span->len;
        }
        line_add(l, ink, row.text + at, row.len - at);
    }
    flow_destroy(&f);
}

int
overlay_place(const struct overlay *o)
{
    return o->first;
}

int
overlay_count(const struct overlay *o)
{
    return o->count;
}

void
overlay_scroll(struct overlay *o, int by, int rows)
{
    int body = rows - 2; /* title and a blank */
    int last = o->count > body ? o->count - body : 0;
    long first = (long)o->first + by;
    o->first = first < 0 ? 0 : first > last ? last : (int)first;
}

void
overlay_line(const struct overlay *o, int i, int rows, int cols, struct line *out)
{
    line_reset(out, cols);
    if (i == 0) {
        line_add_str(out, INK_TEXT, "  ");
        line_add_raw(out, INK_TITLE, o->title, strlen(o->title), cols - 4);
        if (o->count > rows - 2) {
            char range[48];
            struct buf b;
            buf_init(&b, sizeof range);
            int end = o->first + rows - 2;
            buf_printf(&b, "%d-%d of %d ", o->first + 1, end < o->count ? end : o->count, o->count);
            line_right(out, INK_DIM, b.p, 1);
            buf_finish(&b);
        }
        return;
    }
    i = i - 2 + o->first;
    if (i < o->first || i >= o->count)
        return;
    const struct overlay_cells *row = &o->rows[i];
    int at = 2;
    if (row->line) {
        line_join(out, row->line, at);
        return;
    }
    for (int c = 0; c < OVERLAY_COLUMNS; c++) {
        line_pad(out, INK_TEXT, at);
        bool last = row->heading || o->widths[c] == 0;
        if (row->cell[c])
            line_add_raw(out, row->ink[c], row->cell[c], strlen(row->cell[c]),
                         last ? cols - at - 1 : o->widths[c] - 1);
        if (last)
            break;
        at += o->widths[c];
    }
}
