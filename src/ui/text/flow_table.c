/* A table is laid out in columns; they shrink while each keeps its longest word, up to WORD_COLS, and
 * where even that is too wide, each row becomes a small list of "head: value". */
#include "flow_page.h"

#include "berdua/base/utf8.h"
#include "markup.h"

#define BAR   " \xe2\x94\x82 "
#define DASH  "\xe2\x94\x80"
#define CROSS "\xe2\x94\x80\xe2\x94\xbc\xe2\x94\x80"

enum {
    BAR_COLS = 3,
    WORD_COLS = 10,
    COLS_MAX = MARKUP_COLS_MAX + 1,
};

struct table {
    const struct page *page;
    const struct leaf *leaf;
    struct sheet *sheet;
    int room;  /* for the prefix */
    int width; /* for the table */
    struct prefix prefix;
    int cols[COLS_MAX];
};

static const struct cell *
cell_at(const struct table *t, uint32_t row, uint32_t col)
{
    static const struct cell none;
    uint32_t i = t->leaf->cell + row * t->leaf->cols + col;
    return i < t->page->cell_count ? &t->page->cells[i] : &none;
}

/* Widest line and widest word of a cell. */
static void
measure(const char *p, size_t n, int *line_cols, int *word_cols)
{
    int line = 0, word = 0;
    for (size_t i = 0; i < n;) {
        int w;
        bool space = p[i] == ' ' || p[i] == '\n';
        if (p[i] == '\n')
            line = 0;
        i += utf8_cluster(p + i, n - i, &w);
        word = space ? 0 : word + w;
        line += w;
        if (word > *word_cols)
            *word_cols = word;
        if (line > *line_cols)
            *line_cols = line;
    }
}

/* The sum of the columns when none is wider than cap unless its words need it. */
static int64_t
total(uint32_t n, const int *natural, const int *least, int cap, int *cols)
{
    int64_t sum = 0;
    for (uint32_t c = 0; c < n; c++) {
        cols[c] = natural[c] < cap ? natural[c] : cap;
        if (cols[c] < least[c])
            cols[c] = least[c];
        sum += cols[c];
    }
    return sum;
}

/* Fills t->cols; false when no columns fit. */
static bool
find_columns(struct table *t)
{
    uint32_t n = t->leaf->cols;
    int natural[COLS_MAX] = {0}, least[COLS_MAX] = {0};
    for (uint32_t r = 0; r < t->leaf->rows; r++) {
        for (uint32_t c = 0; c < n; c++) {
            const struct cell *cell = cell_at(t, r, c);
            if (cell->end > cell->start)
                measure(t->page->flat.text + cell->start, cell->end - cell->start, &natural[c],
                        &least[c]);
        }
    }
    for (uint32_t c = 0; c < n; c++) {
        if (natural[c] < 1)
            natural[c] = 1;
        if (least[c] > WORD_COLS)
            least[c] = WORD_COLS;
        if (least[c] < 2)
            least[c] = natural[c] < 2 ? natural[c] : 2;
    }
    int64_t width = t->width - (int64_t)BAR_COLS * (n - 1);
    if (total(n, natural, least, 0, t->cols) > width)
        return false;
    int cap = t->width;
    int64_t left;
    while ((left = width - total(n, natural, least, cap, t->cols)) < 0)
        cap--;
    for (uint32_t c = 0; c < n && left > 0; c++) {
        if (t->cols[c] < natural[c]) {
            t->cols[c]++;
            left--;
        }
    }
    return true;
}

static void
begin_line(struct table *t, size_t source)
{
    begin_row(t->page, t->sheet, t->prefix, t->room, source);
    t->prefix = t->leaf->rest;
}

/* One piece of a cell in its column; pad: the column is filled up for the next one. */
static void
put_cell(struct table *t, const struct cell *cell, size_t *at, int cols, bool pad)
{
    const struct flat *f = &t->page->flat;
    struct wrap_row row = {.end = *at, .next = *at};
    if (*at < cell->end)
        wrap_next(f->text, cell->end, *at, cols, WRAP_WORDS, &row);
    int space = cols - row.cols, before = 0;
    if (row.cols > 0 && cell->align == ALIGN_RIGHT)
        before = space;
    else if (row.cols > 0 && cell->align == ALIGN_CENTER)
        before = space / 2;
    sheet_put_spaces(t->sheet, before);
    sheet_put_flat(t->sheet, f, *at, row.end, row.cols);
    if (pad)
        sheet_put_spaces(t->sheet, space - before);
    *at = row.next;
}

static void
put_row(struct table *t, uint32_t r)
{
    uint32_t n = t->leaf->cols;
    size_t at[COLS_MAX];
    for (uint32_t c = 0; c < n; c++)
        at[c] = cell_at(t, r, c)->start;
    size_t source = flat_source(&t->page->flat, at[0]);
    bool more;
    do {
        more = false;
        begin_line(t, source);
        for (uint32_t c = 0; c < n; c++) {
            const struct cell *cell = cell_at(t, r, c);
            if (c > 0)
                sheet_put(t->sheet, BAR, sizeof BAR - 1, BAR_COLS, FLOW_MARKER);
            put_cell(t, cell, &at[c], t->cols[c], c + 1 < n);
            more = more || at[c] < cell->end;
        }
    } while (more);
}

static void
put_rule(struct table *t, size_t source)
{
    begin_line(t, source);
    for (uint32_t c = 0; c < t->leaf->cols; c++) {
        if (c > 0)
            sheet_put(t->sheet, CROSS, sizeof CROSS - 1, BAR_COLS, FLOW_MARKER);
        for (int k = 0; k < t->cols[c]; k++)
            sheet_put(t->sheet, DASH, sizeof DASH - 1, 1, FLOW_MARKER);
    }
}

/* Copies a slice with its styles. */
static void
copy(struct flat *to, const struct flat *from, size_t start, size_t end, enum flow_style plain)
{
    uint32_t i = 0;
    while (i < from->span_count && from->spans[i].end <= start)
        i++;
    while (start < end) {
        size_t stop = end;
        enum flow_style style = plain;
        uint32_t link = 0, begin = to->len;
        if (i < from->span_count && from->spans[i].start <= start) {
            style = from->spans[i].style;
            link = from->spans[i].link;
            stop = from->spans[i].end < end ? from->spans[i].end : end;
            i++;
        } else if (i < from->span_count && from->spans[i].start < end) {
            stop = from->spans[i].start;
        }
        flat_add(to, from->text + start, stop - start, style, flat_source(from, start));
        flat_link(to, begin, link);
        start = stop;
    }
}

static void
put_wrapped(struct table *t, const struct flat *f)
{
    int indent = t->width >= 8 ? 2 : 0;
    for (size_t at = 0; at < f->len;) {
        int hang = at > 0 ? indent : 0;
        struct wrap_row row;
        wrap_next(f->text, f->len, at, t->width - hang, WRAP_WORDS, &row);
        begin_line(t, flat_source(f, at));
        sheet_put_spaces(t->sheet, hang);
        sheet_put_flat(t->sheet, f, at, row.end, row.cols);
        at = row.next;
    }
}

static void
put_records(struct table *t)
{
    const struct flat *from = &t->page->flat;
    struct flat f;
    flat_init(&f);
    for (uint32_t r = t->leaf->rows > 1 ? 1 : 0; r < t->leaf->rows; r++) {
        if (r > 1)
            begin_line(t, flat_source(from, cell_at(t, r, 0)->start));
        for (uint32_t c = 0; c < t->leaf->cols; c++) {
            const struct cell *head = cell_at(t, 0, c), *cell = cell_at(t, r, c);
            flat_clear(&f);
            if (r > 0 && head->end > head->start) {
                copy(&f, from, head->start, head->end, FLOW_STRONG);
                flat_add(&f, ": ", 2, FLOW_MARKER, flat_source(from, cell->start));
            }
            copy(&f, from, cell->start, cell->end, FLOW_PLAIN);
            put_wrapped(t, &f);
        }
    }
    flat_finish(&f);
}

void
table_lay(const struct page *p, const struct leaf *leaf, struct sheet *s, int width, int room)
{
    if (leaf->cols == 0 || leaf->cols > COLS_MAX)
        return;
    struct table t = {
        .page = p, .leaf = leaf, .sheet = s, .room = room, .width = width, .prefix = leaf->first};
    if (!find_columns(&t)) {
        put_records(&t);
        return;
    }
    for (uint32_t r = 0; r < leaf->rows; r++) {
        put_row(&t, r);
        if (r == 0)
            put_rule(&t, leaf->source);
    }
}
