/* Markdown of one block of text -> leaves: paragraphs, headings, code, rules, tables, each with the
 * prefixes its rows bear (quote bars, bullets, indents). The only door to md4c. Knows no width.
 * Raw HTML stays text (a <br> breaks the line), a soft break is a line break, a link is "text (url)",
 * link reference definitions are shown as written. Private to flow. Owner: a flow. Thread: main. */
#ifndef BERDUA_UI_MARKDOWN_H
#define BERDUA_UI_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "markup.h"
#include "wrap.h"

enum leaf_kind { LEAF_TEXT, LEAF_HEADING, LEAF_CODE, LEAF_RULE, LEAF_TABLE };

/* A slice of page.prefix. */
struct prefix {
    uint32_t at, len;
};

struct leaf {
    enum leaf_kind kind;
    bool gap;                  /* an empty row stands before it */
    struct prefix gap_prefix;  /* what that row bears */
    struct prefix first, rest; /* before its first row, before the others */
    struct prefix language;    /* of code, in a row over it; empty: none is named */
    uint32_t start, end;       /* slice of page.flat; a table: nothing */
    uint32_t cell, cols, rows; /* table: its first cell; row 0 is the head */
    uint32_t source;
};

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct cell {
    uint32_t start, end; /* slice of page.flat */
    enum align align;
};

struct page {
    struct flat flat;
    struct leaf *leaves;
    uint32_t leaf_count, leaf_cap;
    struct cell *cells;
    uint32_t cell_count, cell_cap;
    char *prefix;
    uint32_t prefix_len, prefix_cap;
    struct markup copy; /* of the text, for the parser */
};

void page_init(struct page *p);
void page_finish(struct page *p);
/* Replaces the page by that of the n bytes at text, which stand at `source` in the whole. false: the
 * text is not for a parser (too large, a table of absurd size); show it as it is. */
bool page_read(struct page *p, const char *text, size_t n, size_t source);

/* Parsing is not attempted on more. */
enum { PAGE_MAX_BYTES = 64 * 1024 };

#endif
