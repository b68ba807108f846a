#include "doc_layout.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

enum { PIECE_MAX_BYTES = 1 << 20, LABEL_MAX_COLS = 18, LABEL_MIN_COLS = 8, MARGIN_COLS = 2 };

enum piece_kind {
    PIECE_HEADING,
    PIECE_TEXT,
    PIECE_REMARK,
    PIECE_ROW,
    PIECE_WARNING,
    PIECE_BLANK,
    PIECE_CELLS,
    PIECE_WORD
};

struct piece {
    enum piece_kind kind;
    char *text
        [DOC_COLUMNS]; /* PIECE_ROW and its kin: the label, then the text; the others: the text */
    enum ink ink[DOC_COLUMNS];
};

struct doc {
    char *title;
    int widths[DOC_COLUMNS];
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
    for (size_t i = 0; i < (*d)->count; i++)
        for (int c = 0; c < DOC_COLUMNS; c++)
            free((*d)->pieces[i].text[c]);
    free((*d)->pieces);
    free((*d)->title);
    free(*d);
    *d = NULL;
}

static struct piece *
add_piece(struct doc *d, enum piece_kind kind)
{
    if (d->count == d->capacity) {
        d->capacity = d->capacity ? 2 * d->capacity : 16;
        d->pieces = xreallocarray(d->pieces, d->capacity, sizeof *d->pieces);
    }
    d->pieces[d->count] = (struct piece){.kind = kind};
    return &d->pieces[d->count++];
}

static void
add_format(struct doc *d, enum piece_kind kind, const char *label, const char *fmt, va_list ap)
{
    struct piece *p = add_piece(d, kind);
    struct buf b;
    buf_init(&b, PIECE_MAX_BYTES);
    buf_vprintf(&b, fmt, ap);
    p->text[0] = label ? xstrdup(label) : NULL;
    p->text[1] = xstrndup(b.p, b.len);
    buf_finish(&b);
}

void
doc_heading(struct doc *d, const char *text)
{
    add_piece(d, PIECE_HEADING)->text[1] = xstrdup(text);
}

void
doc_text(struct doc *d, const char *text, size_t n)
{
    add_piece(d, PIECE_TEXT)->text[1] = xstrndup(text, n);
}

void
doc_columns(struct doc *d, const int *widths)
{
    memset(d->widths, 0, sizeof d->widths);
    for (int c = 0; c < DOC_COLUMNS - 1 && widths[c] > 0; c++)
        d->widths[c] = widths[c];
}

void
doc_cells(struct doc *d, const enum ink *inks, const char *const *cells, int count)
{
    struct piece *p = add_piece(d, PIECE_CELLS);
    for (int c = 0; c < count && c < DOC_COLUMNS; c++) {
        p->text[c] = cells[c] ? xstrdup(cells[c]) : NULL;
        p->ink[c] = inks[c];
    }
}

void
doc_word(struct doc *d, enum ink ink, const char *word, size_t n)
{
    struct piece *p = add_piece(d, PIECE_WORD);
    p->text[1] = xstrndup(word, n);
    p->ink[1] = ink;
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
    add_piece(d, PIECE_BLANK);
}

/* ---- laid out ---- */

static bool
has_label(const struct piece *p)
{
    return p->kind != PIECE_CELLS && p->text[0];
}

/* As wide as the widest label, within reason. */
static int
label_cols(const struct doc *d, int cols)
{
    int widest = LABEL_MIN_COLS;
    for (size_t i = 0; i < d->count; i++) {
        const char *label = has_label(&d->pieces[i]) ? d->pieces[i].text[0] : "";
        int n = utf8_width(label, strlen(label));
        if (n > widest)
            widest = n;
    }
    if (widest > LABEL_MAX_COLS)
        widest = LABEL_MAX_COLS;
    return widest < cols / 2 ? widest : cols / 2;
}

/* A paragraph of words; returns how many pieces it took. */
static size_t
lay_words(const struct piece *words, size_t count, struct overlay *o, int width)
{
    struct line *row = NULL;
    size_t i = 0;
    for (; i < count && words[i].kind == PIECE_WORD; i++) {
        const char *word = words[i].text[1];
        int cols = utf8_width(word, strlen(word));
        if (!row || (row->cols > 0 && row->cols + 1 + cols > width))
            row = overlay_line_row(o, width);
        if (row->cols > 0)
            line_add_str(row, INK_TEXT, " ");
        line_add_raw(row, words[i].ink[1], word, strlen(word), width);
    }
    return i;
}

static void
lay_piece(const struct piece *p, struct overlay *o, int indent, int width)
{
    static const enum ink inks[] = {
        [PIECE_TEXT] = INK_TEXT,
        [PIECE_REMARK] = INK_DIM,
        [PIECE_ROW] = INK_VALUE,
        [PIECE_WARNING] = INK_WARNING,
    };
    switch (p->kind) {
    case PIECE_HEADING:
        if (overlay_count(o) > 0)
            overlay_line_row(o, width);
        overlay_heading(o, p->text[1]);
        break;
    case PIECE_BLANK:
        overlay_line_row(o, width);
        break;
    case PIECE_CELLS:
        overlay_row(o, p->ink, (const char *const *)p->text, DOC_COLUMNS);
        break;
    default:
        overlay_labelled(o, INK_LABEL, has_label(p) ? p->text[0] : "", has_label(p) ? indent : 0,
                         inks[p->kind], p->text[1], strlen(p->text[1]), width);
    }
}

void
doc_lay(const struct doc *d, struct overlay *o, int cols)
{
    int width = cols - 2 * MARGIN_COLS > 1 ? cols - 2 * MARGIN_COLS : 1;
    int indent = label_cols(d, width) + 2;
    for (size_t i = 0; i < d->count;) {
        size_t words = lay_words(d->pieces + i, d->count - i, o, width);
        if (words == 0)
            lay_piece(&d->pieces[i], o, indent, width);
        i += words ? words : 1;
    }
}

void
doc_begin(const struct doc *d, struct overlay *o)
{
    overlay_begin(o, d->title, d->widths);
}
