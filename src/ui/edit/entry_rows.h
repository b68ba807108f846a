/* Where the rows of the entry begin. They are kept from frame to frame: after a change only those behind it are found
 * again, and only as far as somebody asks, so that a key costs the same in a line of 1 MB as in a short one. Pure.
 * Thread: main. */
#ifndef BERDUA_UI_ENTRY_ROWS_H
#define BERDUA_UI_ENTRY_ROWS_H

#include "berdua/base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct entry_rows {
    struct buf text; /* the head, then the text; LF ends a row, else anything */
    size_t head;     /* bytes in front that are not of the text */
    int first, indent,
        cols; /* where the first row begins, where the others begin, where they end */
    /* private: */
    uint32_t *starts; /* of the rows behind the first that are known */
    uint32_t known, cap;
    bool ended; /* there are no others */
    struct buf stand_in;
};

void entry_rows_init(struct entry_rows *r);
void entry_rows_finish(struct entry_rows *r);
void entry_rows_set(struct entry_rows *r, const char *head, const char *text, int first, int cols);
/* How many rows there are, at most `most`. */
size_t entry_rows_count(struct entry_rows *r, size_t most);
/* The row in which the byte at this offset stands, or would stand. */
size_t entry_rows_find(struct entry_rows *r, size_t at);
/* Where a row begins that was counted or found; for one behind those, the text's end. */
size_t entry_rows_start(const struct entry_rows *r, size_t row);

/* One cluster, or one byte that is not text, and what is drawn for it: harmless, valid until the next is read. */
struct entry_piece {
    size_t len;
    const char *p;
    size_t n;
    int cols;
    bool stand_in;
};
void entry_rows_piece(struct entry_rows *r, size_t at, struct entry_piece *piece);

#endif
