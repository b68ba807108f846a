#include "picture.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "ui/text/flow.h"
#include "ui/text/glyphs.h"

enum {
    PIECE_MAX_BYTES = 1 << 20,
    LABEL_MAX_COLS = 18,
    LABEL_MIN_COLS = 8,
    ITEM_WHEN_COLS = 18,
    ITEM_WHOLE_COLS = 60
};

struct piece {
    enum doc_kind kind;
    char
        *text[DOC_COLUMNS]; /* DOC_CELLS: the cells; the others: the label or NULL, then the text */
    enum ink ink[DOC_COLUMNS];
    struct picture *picture; /* DOC_PICTURE */
};

struct doc {
    int widths[DOC_COLUMNS];
    struct piece *pieces;
    size_t count;
    char *previewed; /* key of the entry whose preview begins at this piece; NULL: none */
    size_t preview;
};

struct doc *
doc_create(void)
{
    return xcalloc(1, sizeof(struct doc));
}

void
doc_destroy(struct doc **d)
{
    if (!*d)
        return;
    for (size_t i = 0; i < (*d)->count; i++) {
        picture_destroy((*d)->pieces[i].picture);
        for (int c = 0; c < DOC_COLUMNS; c++)
            free((*d)->pieces[i].text[c]);
    }
    free((*d)->pieces);
    free((*d)->previewed);
    free(*d);
    *d = NULL;
}

static struct piece *
add_piece(struct doc *d, enum doc_kind kind)
{
    d->pieces = xgrow(d->pieces, d->count, sizeof *d->pieces);
    d->pieces[d->count] = (struct piece){.kind = kind};
    return &d->pieces[d->count++];
}

void
doc_add(struct doc *d, enum doc_kind kind, const char *label, const char *fmt, ...)
{
    struct piece *p = add_piece(d, kind);
    struct buf b;
    va_list ap;
    buf_init(&b, PIECE_MAX_BYTES);
    va_start(ap, fmt);
    buf_vprintf(&b, fmt, ap);
    va_end(ap);
    p->text[0] = xstrdup(label);
    p->text[1] = xstrndup(b.p, b.len);
    buf_finish(&b);
}

void
doc_text(struct doc *d, const char *text, size_t n)
{
    add_piece(d, DOC_TEXT)->text[1] = xstrndup(text, n);
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
    struct piece *p = add_piece(d, DOC_CELLS);
    for (int c = 0; c < count && c < DOC_COLUMNS; c++) {
        p->text[c] = xstrdup(cells[c]);
        p->ink[c] = inks[c];
    }
}

void
doc_word(struct doc *d, enum ink ink, const char *word, size_t n)
{
    struct piece *p = add_piece(d, DOC_WORD);
    p->text[1] = xstrndup(word, n);
    p->ink[1] = ink;
}

void
doc_picture(struct doc *d, const struct doc_picture *p)
{
    add_piece(d, DOC_PICTURE)->picture = picture_create(p);
}

void
doc_item(struct doc *d, const char *key, const char *when, const char *label, const char *detail)
{
    struct piece *p = add_piece(d, DOC_ITEM);
    const char *texts[] = {key, when, label, detail};
    _Static_assert(ARRAY_LEN(texts) <= DOC_COLUMNS, "room for each");
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        p->text[i] = xstrdup(texts[i]);
}

void
doc_preview(struct doc *d, const char *key)
{
    free(d->previewed);
    d->previewed = xstrdup(key);
    d->preview = d->count;
}

bool
doc_previews(const struct doc *d, const char *key)
{
    return d->previewed && strcmp(d->previewed, key) == 0;
}

void
doc_blank(struct doc *d)
{
    add_piece(d, DOC_BLANK);
}

/* ---- laid out ---- */

static bool
has_label(const struct piece *p)
{
    return p->kind != DOC_CELLS && p->kind != DOC_ITEM && p->text[0];
}

/* As wide as the widest label, within reason. */
static int
label_cols(const struct doc *d, size_t from, size_t to, int cols)
{
    int widest = LABEL_MIN_COLS;
    for (size_t i = from; i < to; i++) {
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
    for (; i < count && words[i].kind == DOC_WORD; i++) {
        const char *word = words[i].text[1];
        int cols = utf8_width(word, strlen(word));
        if (!row || (row->cols > 0 && row->cols + 1 + cols > width))
            row = overlay_add(o, width);
        if (row->cols > 0)
            line_add_str(row, INK_TEXT, " ");
        line_add_raw(row, words[i].ink[1], word, strlen(word), width);
    }
    return i;
}

/* The text broken into rows, the label before the first. */
static void
lay_labelled(const struct piece *p, struct overlay *o, int indent, int cols)
{
    static const enum ink inks[] = {
        [DOC_TEXT] = INK_TEXT,
        [DOC_REMARK] = INK_DIM,
        [DOC_ROW] = INK_VALUE,
        [DOC_WARNING] = INK_WARNING,
    };
    struct flow *f = flow_create(FLOW_TEXT);
    if (!has_label(p))
        indent = 0;
    flow_set_width(f, cols - indent);
    flow_update(f, p->text[1], strlen(p->text[1]), true);
    for (size_t i = 0; i < flow_row_count(f); i++) {
        struct flow_row row;
        flow_get(f, i, &row);
        struct line *l = overlay_add(o, cols);
        if (i == 0 && indent > 0)
            line_add_raw(l, INK_LABEL, p->text[0], strlen(p->text[0]), indent - 1);
        line_pad(l, INK_TEXT, indent);
        line_add_row(l, inks[p->kind], &row, "");
    }
    flow_destroy(&f);
}

/* cols: up to the right edge of the screen, whose last column stays free. */
static void
lay_cells(const struct doc *d, const struct piece *p, struct line *l, int cols)
{
    int at = 0;
    for (int c = 0; c < DOC_COLUMNS; at += d->widths[c++]) {
        bool last = d->widths[c] == 0;
        line_pad(l, INK_TEXT, at);
        if (p->text[c])
            line_add_raw(l, p->ink[c], p->text[c], strlen(p->text[c]),
                         last ? cols - at - 1 : d->widths[c] - 1);
        if (last)
            break;
    }
}

/* In text that is printed its key stands beneath. */
static void
lay_item(const struct piece *p, struct overlay *o, int cols)
{
    struct line *l = overlay_item(o, cols, p->text[0]);
    int detail = utf8_width(p->text[3], strlen(p->text[3]));
    bool whole = cols >= ITEM_WHOLE_COLS;
    if (whole) {
        line_add_raw(l, INK_DIM, p->text[1], strlen(p->text[1]), ITEM_WHEN_COLS - 2);
        line_pad(l, INK_TEXT, ITEM_WHEN_COLS);
    }
    line_add_raw(l, INK_VALUE, p->text[2], strlen(p->text[2]),
                 cols - l->cols - (whole ? detail + 2 : 0));
    if (whole)
        line_right(l, INK_DIM, p->text[3], 1);
    if (!o->printed)
        return;
    l = overlay_add(o, cols);
    line_pad(l, INK_TEXT, ITEM_WHEN_COLS);
    line_add_raw(l, INK_DIM, p->text[0], strlen(p->text[0]), cols - l->cols);
}

/* Pictures that follow one another; returns how many pieces that were. */
static size_t
lay_pictures(const struct piece *pieces, size_t count, struct overlay *o, int width,
             const struct glyphs *g)
{
    const struct picture **pictures = xreallocarray(NULL, count, sizeof(struct picture *));
    size_t n = 0;
    for (; n < count && pieces[n].kind == DOC_PICTURE; n++)
        pictures[n] = pieces[n].picture;
    pictures_lay(pictures, n, o, width, g);
    free(pictures);
    return n;
}

static void
lay_heading(const struct piece *p, struct overlay *o, int wide)
{
    int part = overlay_part(o);
    struct line *l = overlay_add(o, wide);
    if (part) {
        char key[16];
        snprintf(key, sizeof key, "%d ", part);
        line_add_str(l, INK_KEY, key);
    }
    line_add_raw(l, INK_HEADING, p->text[1], strlen(p->text[1]), wide - 1);
}

static void
lay_pieces(const struct doc *d, size_t from, size_t to, struct overlay *o, int cols,
           const struct glyphs *g)
{
    int width = cols > 2 * OVERLAY_MARGIN_COLS ? cols - 2 * OVERLAY_MARGIN_COLS : 1;
    int wide = o->printed ? width + 1 : cols - OVERLAY_MARGIN_COLS; /* up to the right edge */
    int indent = label_cols(d, from, to, width) + 2;
    for (size_t i = from; i < to; i++) {
        const struct piece *p = &d->pieces[i];
        switch (p->kind) {
        case DOC_HEADING:
            if (o->count > 0)
                overlay_add(o, width);
            lay_heading(p, o, wide);
            break;
        case DOC_BLANK:
            overlay_add(o, width);
            break;
        case DOC_CELLS:
            lay_cells(d, p, overlay_add(o, wide), wide);
            break;
        case DOC_PICTURE:
            i += lay_pictures(p, to - i, o, width, g) - 1;
            break;
        case DOC_WORD:
            i += lay_words(p, to - i, o, width) - 1;
            break;
        case DOC_ITEM:
            lay_item(p, o, width);
            break;
        default:
            lay_labelled(p, o, indent, width);
        }
    }
}

void
doc_lay(const struct doc *d, struct overlay *o, int cols, const struct glyphs *g)
{
    lay_pieces(d, 0, d->previewed ? d->preview : d->count, o, cols, g);
}

void
doc_lay_preview(const struct doc *d, struct overlay *o, int cols, const struct glyphs *g)
{
    if (d->previewed)
        lay_pieces(d, d->preview, d->count, o, cols, g);
}

void
doc_print(const struct doc *d, int cols, struct buf *out)
{
    struct overlay o = {.printed = true};
    doc_lay(d, &o, cols + 2 * OVERLAY_MARGIN_COLS, &glyphs_unicode);
    for (int i = 0; i < o.count; i++) {
        size_t n = o.lines[i].text.len;
        while (n > 0 && o.lines[i].text.p[n - 1] == ' ')
            n--;
        buf_append(out, o.lines[i].text.p, n);
        buf_append_char(out, '\n');
    }
    overlay_finish(&o);
}
