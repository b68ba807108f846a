/* The input line laid out: wrapped by clusters, controls harmless, the cursor found. Pure.
 * Thread: main. */
#ifndef BERDUA_UI_ENTRY_H
#define BERDUA_UI_ENTRY_H

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
};

void entry_finish(struct entry *p);
/* Rows the text needs, at most ENTRY_MAX_ROWS. */
int entry_rows(const struct entry_view *v, int cols);
/* The part of the text around the cursor that fits into rows. */
void entry_make(struct entry *p, const struct entry_view *v, int rows, int cols);

#endif
