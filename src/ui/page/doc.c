#include "doc_layout.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

enum { PIECE_MAX_BYTES = 1 << 20, LABEL_MAX_COLS = 18, LABEL_MIN_COLS = 8, MARGIN_COLS = 2 };

enum piece_kind { PIECE_HEADING, PIECE_TEXT, PIECE_REMARK, PIECE_ROW, PIECE_WARNING, PIECE_BLANK };

struct piece {
    enum piece_kind kind;
    char *label, *text;
    size_t len;
};

struct doc {
    char *title;
    struct piece *pieces;
    size_t count, capacity;
};

struct doc *
doc_create(const char *title)
{
    struct doc *d = xcalloc(1, sizeof *d);
    d->title = xstrdup(title);
    return d;
}

void
doc_destroy(struct doc **d)
{
    if (!*d)
        return;
    for (size_t i = 0; i < (*d)->count; i++) {
        free((*d)->pieces[i].label);
        free((*d)->pieces[i].text);
    }
    free((*d)->pieces);
    free((*d)->title);
    free(*d);
    *d = NULL;
}

static void
add(struct doc *d, enum piece_kind kind, const char *label, const char *text, size_t len)
{
    if (d->count == d->capacity) {
        d->capacity = d->capacity ? 2 * d->capacity : 16;
        d->pieces = xreallocarray(d->pieces, d->capacity, sizeof *d->pieces);
    }
    char *copy = xstrndup(text, len);
    d->pieces[d->count++] = (struct piece){kind, xstrdup(label), copy, strlen(copy)};
}

static void
add_format(struct doc *d, enum piece_kind kind, const char *label, const char *fmt, va_list ap)
{
    struct buf b;
    buf_init(&b, PIECE_MAX_BYTES);
    buf_vprintf(&b, fmt, ap);
    add(d, kind, label, b.p, b.len);
    buf_finish(&b);
}

void
doc_heading(struct doc *d, const char *text)
{
    add(d, PIECE_HEADING, NULL, text, strlen(text));
}

void
doc_text(struct doc *d, const char *text, size_t n)
{
    add(d, PIECE_TEXT, NULL, text, n);
}

void
doc_remark(struct doc *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_format(d, PIECE_REMARK, NULL, fmt, ap);
    va_end(ap);
}

void
doc_row(struct doc *d, const char *label, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_format(d, PIECE_ROW, label, fmt, ap);
    va_end(ap);
}

void
doc_warning(struct doc *d, const char *label, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_format(d, PIECE_WARNING, label, fmt, ap);
    va_end(ap);
}

void
doc_blank(struct doc *d)
{
    add(d, PIECE_BLANK, NULL, "", 0);
}

/* As wide as the widest label, within reason. */
static int
label_cols(const struct doc *d, int cols)
{
    int widest = LABEL_MIN_COLS;
    for (size_t i = 0; i < d->count; i++) {
        const char *label = d->pieces[i].label;
        int n = label ? utf8_width(label, strlen(label)) : 0;
        if (n > widest)
            widest = n;
    }
    if (widest > LABEL_MAX_COLS)
        widest = LABEL_MAX_COLS;
    return widest < cols / 2 ? widest : cols / 2;
}

void
doc_lay_more(const struct doc *d, struct overlay *o, int cols)
{
    static const enum ink inks[] = {
        [PIECE_TEXT] = INK_TEXT,
        [PIECE_REMARK] = INK_DIM,
        [PIECE_ROW] = INK_VALUE,
        [PIECE_WARNING] = INK_WARNING,
    };
    int width = cols - 2 * MARGIN_COLS > 1 ? cols - 2 * MARGIN_COLS : 1;
    int indent = label_cols(d, width) + 2;
    for (size_t i = 0; i < d->count; i++) {
        const struct piece *p = &d->pieces[i];
        if (p->kind == PIECE_HEADING && overlay_count(o) > 0)
            overlay_line_row(o, width);
        if (p->kind == PIECE_HEADING)
            overlay_heading(o, p->text);
        else if (p->kind == PIECE_BLANK)
            overlay_line_row(o, width);
        else
            overlay_labelled(o, INK_LABEL, p->label ? p->label : "", p->label ? indent : 0,
                             inks[p->kind], p->text, p->len, width);
    }
}

void
doc_lay(const struct doc *d, struct overlay *o, int cols)
{
    static const int whole[] = {0};
    overlay_begin(o, d->title, whole);
    doc_lay_more(d, o, cols);
}
