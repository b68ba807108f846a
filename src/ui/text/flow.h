/* Text -> styled rows of a width: hostile bytes made visible (ui/safe.h), Markdown (md4c, only here)
 * understood also while it streams, clusters never split, words kept whole where they fit.
 * Rows are made lazily; while text is appended only what follows the last settled block is made again,
 * and for a plain paragraph only its last row. Properties that tests hold:
 *   any chunking of appends gives the same rows as one update with the whole text;
 *   no row is wider than the width (a lone cluster wider than the width excepted);
 *   width a -> b -> a restores the rows.
 * Owner: a view. Thread: main. */
#ifndef BERDUA_UI_FLOW_H
#define BERDUA_UI_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum flow_style {
    FLOW_PLAIN,
    FLOW_EMPHASIS,
    FLOW_STRONG,
    FLOW_CODE, /* inline and block */
    FLOW_HEADING,
    FLOW_QUOTE,
    FLOW_LINK,
    FLOW_MARKER, /* bullets, numbers, quote bars, table rules */
    FLOW_STRIKE,
    FLOW_CONTROL, /* a visible stand-in for a control or invisible character */
    FLOW_STYLE_COUNT
};

struct flow_span {
    uint32_t start, len; /* bytes within the row's text */
    enum flow_style style;
    uint32_t link; /* where it leads: in the row's links; 0: nowhere */
};

struct flow_row {
    const char *text; /* valid UTF-8 without control characters; len bytes, not terminated */
    size_t len;
    int cols;                      /* width of text */
    const struct flow_span *spans; /* in order, not overlapping; what is not covered is plain */
    size_t span_count;
    const struct addresses *links; /* ui/text/hyperlink.h */
    size_t source; /* offset in the source text where the row begins (block exact is enough) */
    bool settled;  /* appends will not change this row */
};

enum flow_kind { FLOW_TEXT, FLOW_MARKDOWN };

struct flow;
struct flow *flow_create(enum flow_kind kind);
void flow_destroy(struct flow **f);
/* Widths below 1 count as 1. */
void flow_set_width(struct flow *f, int cols);
/* The whole text as it is now. When it begins with the bytes of the last update it counts as an append
 * (only lengths and a sample are compared; pass replaced = true when it is another text). */
void flow_update(struct flow *f, const char *text, size_t len, bool replaced);
size_t flow_row_count(struct flow *f);
/* Pointers stay valid until the next update or set_width. */
void flow_get(struct flow *f, size_t row, struct flow_row *out);
/* Rises when settled rows are made anew: the text is another one, or its width is. */
uint32_t flow_edition(const struct flow *f);
/* The last row that begins at or before the offset. */
size_t flow_row_of(struct flow *f, size_t source_offset);

#endif
