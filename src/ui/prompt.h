/* The input line laid out: wrapped by clusters, controls harmless, the cursor found. Pure.
 * Thread: main. */
#ifndef BERDUA_UI_PROMPT_H
#define BERDUA_UI_PROMPT_H

#include "ui/line.h"

#include <stddef.h>

enum { PROMPT_MAX_ROWS = 8 };

struct prompt_view {
    const char *sign;   /* "> ", or what is asked for: "/ " */
    const char *prefix; /* readline's own, e.g. of a search; raw */
    const char *text;   /* raw */
    size_t cursor;      /* byte offset in text */
    const char *ghost;  /* shown while text is empty; may be NULL */
};

struct prompt {
    struct line lines[PROMPT_MAX_ROWS];
    int count;
    int cursor_row, cursor_col;
};

void prompt_init(struct prompt *p);
void prompt_finish(struct prompt *p);
/* Rows the text needs, at most PROMPT_MAX_ROWS. */
int prompt_rows(const struct prompt_view *v, int cols);
/* The part of the text around the cursor that fits into rows. */
void prompt_make(struct prompt *p, const struct prompt_view *v, int rows, int cols);

#endif
