/* The input line laid out: wrapped by clusters, controls harmless, the cursor found. Pure.
 * Thread: main. */
#ifndef BERDUA_UI_ENTRY_H
#define BERDUA_UI_ENTRY_H

#include "ui/edit/entry_rows.h"
#include "ui/text/line.h"

#include <stddef.h>

enum { ENTRY_MAX_ROWS = 8 };

struct entry_view {
    const char *sign;   /* "> ", or what is asked for: "/ " */
    const char *prefix; /* readline's own, e.g. of a search; raw */
    const char *text;   /* raw */
    size_t cursor;      /* byte offset in text */
};

struct entry {
    struct line lines[ENTRY_MAX_ROWS];
    int count;
    int cursor_row, cursor_col;
    /* private: */
    struct entry_rows rows;
    const char *sign;
    size_t row; /* where the cursor is among all rows */
    int col;
};

void entry_init(struct entry *e);
void entry_finish(struct entry *e);
/* Takes over what is to be drawn, the sign excepted, and returns how many rows it needs, at most ENTRY_MAX_ROWS. */
int entry_set(struct entry *e, const struct entry_view *v, int cols);
/* Draws the part around the cursor that fits into so many rows. */
void entry_make(struct entry *e, int rows);

#endif
