/* The two ends of ui/flow: `flat` is harmless text with styles and hard line breaks, `sheet` the rows
 * made of it, both private to flow, markdown and flow_page; wrap_next finds where a row ends.
 * Owner: a flow. Thread: main. */
#ifndef BERDUA_UI_WRAP_H
#define BERDUA_UI_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow.h"
#include "hyperlink.h"
#include "berdua/base/safe.h"

enum { TAB_COLS = 4 };

struct flat_span {
    uint32_t start, end;
    enum flow_style style;
    uint32_t link; /* where its address stands in links */
};

/* From this byte of the text on, text and source run in step. */
struct flat_mark {
    uint32_t at, source;
};

struct flat {
    char *text; /* valid UTF-8; the only control character is LF */
    uint32_t len, cap;
    struct flat_span *spans; /* in order, not overlapping; what is not covered is plain */
    uint32_t span_count, span_cap;
    struct flat_mark *marks;
    uint32_t mark_count, mark_cap;
    uint32_t tab_base; /* a tab stop in the current line, or its beginning */
    struct addresses links;
    struct safe safe;
};

/* How many of n items, in whose order the uint32_t at `key` in each rises, have one of at most `most`. */
uint32_t flat_count_upto(const void *items, uint32_t n, size_t item_bytes, size_t key, size_t most);
/* p with room for `need` items of so many bytes, as xreallocarray gives it; growth is geometric. */
void *flat_grow(void *p, uint32_t *cap, size_t need, size_t item_bytes);
void flat_init(struct flat *f);
void flat_finish(struct flat *f);
void flat_clear(struct flat *f);
/* What follows does not join what is there: a combining mark has no base, columns count from 0. */
void flat_begin(struct flat *f);
/* Appends p, made harmless, tabs expanded. source: the offset of p[0] in the source. */
void flat_add(struct flat *f, const char *p, size_t n, enum flow_style style, size_t source);
/* What was appended from the place `from` on leads to the address at `link`, unless it leads somewhere already. */
void flat_link(struct flat *f, size_t from, uint32_t link);
/* Source offset of a place in the text. */
size_t flat_source(const struct flat *f, size_t at);

struct sheet_row {
    uint32_t text, len;
    uint32_t span, span_count;
    uint32_t links; /* bytes of the addresses before it */
    uint32_t source;
    int cols;
};

struct sheet {
    char *text;
    uint32_t len, cap;
    struct sheet_row *rows;
    uint32_t count, row_cap;
    struct flow_span *spans;
    uint32_t span_count, span_cap;
    struct addresses links;
    uint32_t link_base; /* the addresses of the flat that is laid out stand from here on */
    bool borrowing;     /* see sheet_begin_links */
};

void sheet_finish(struct sheet *s);
/* Keeps the first `rows` rows. */
void sheet_truncate(struct sheet *s, uint32_t rows);
/* A row is begun, then filled from left to right; it is whole when the next is begun. */
void sheet_begin(struct sheet *s, size_t source);
/* p is harmless text of that many columns. */
void sheet_put(struct sheet *s, const char *p, size_t n, int cols, enum flow_style style);
void sheet_put_spaces(struct sheet *s, int cols);
/* Between the two, rows are made of text whose addresses these are; the addresses stay as long as the first such row. */
void sheet_begin_links(struct sheet *s, const struct addresses *links);
void sheet_end_links(struct sheet *s);
/* A slice of f with its styles. */
void sheet_put_flat(struct sheet *s, const struct flat *f, size_t start, size_t end, int cols);

enum wrap_mode {
    WRAP_WORDS, /* break at spaces, after hyphens, around wide characters; else anywhere */
    WRAP_CHARS, /* fill each row; spaces are kept (code) */
};

struct wrap_row {
    size_t end;  /* spaces at a break are in no row */
    size_t next; /* where the next row begins */
    int cols;
    bool open; /* reached n: more text would go on in this row */
};

/* The row that begins at p + at (at < n), at most width columns wide (width >= 1) unless its single
 * cluster is wider. Depends on nothing before at: wrapping may be resumed at any row's beginning.
 * Looks at no more than some width's worth of bytes. */
void wrap_next(const char *p, size_t n, size_t at, int width, enum wrap_mode mode,
               struct wrap_row *row);

#endif
