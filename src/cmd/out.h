/* What commands print, in one style. Thread: main. */
#ifndef BERDUA_CMD_OUT_H
#define BERDUA_CMD_OUT_H

#include <stddef.h>
#include <stdio.h>

struct json;

/* The document on a line of its own, at once. */
void out_json(FILE *to, const struct json *v);
/* The exact bytes where they go to a file or pipe, harmless ones where they go to a terminal. */
void out_text(FILE *to, const char *p, size_t n);

#endif
