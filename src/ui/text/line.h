/* One row of one part of the screen while it is put together: text with inks, never wider than its
 * width, clusters whole. Pure; painting it is ui/paint.h. Owner: whoever composes. Thread: main. */
#ifndef BERDUA_UI_LINE_H
#define BERDUA_UI_LINE_H

#include "berdua/base/buf.h"
#include "berdua/conf/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hyperlink.h"

struct line_run {
    uint32_t len; /* bytes */
    enum ink ink;
    uint32_t link; /* where it leads: in the line's links; 0: nowhere */
};

struct line {
    struct buf text; /* valid UTF-8 without control characters */
    struct line_run *runs;
    size_t run_count;
    int cols, width; /* used, available */
    struct addresses links;
    uint32_t link; /* of what is added; private */
};

/* Begins an empty row; first of all on a line that is all zero. */
void line_reset(struct line *l, int width);
void line_finish(struct line *l);
/* Harmless valid UTF-8 only (what flow gives, literals). What does not fit is cut. */
void line_add_str(struct line *l, enum ink ink, const char *s);
/* The same when the columns are known. */
void line_add_cols(struct line *l, enum ink ink, const char *p, size_t n, int cols);
/* Anything: made harmless, in one line, cut to max_cols with "…". */
void line_add_raw(struct line *l, enum ink ink, const char *p, size_t n, int max_cols);
void line_addf(struct line *l, enum ink ink, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Blanks up to the column. */
void line_pad(struct line *l, enum ink ink, int col);
void line_repeat(struct line *l, enum ink ink, const char *glyph, int times);
/* Places s so that it ends at the right edge; where less than `gap` blanks are left nothing is added
 * and false returned. */
bool line_right(struct line *l, enum ink ink, const char *s, int gap);
/* A row of a flow in its inks, where it is plain in `base`, with what matches needle ("": nothing) highlighted. */
struct flow_row;
void line_add_row(struct line *l, enum ink base, const struct flow_row *row, const char *needle);
/* Appends all of other, moved to column col. */
void line_join(struct line *l, const struct line *other, int col);
uint64_t line_hash(const struct line *l);

#endif
