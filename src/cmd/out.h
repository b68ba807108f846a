/* What commands print and what they read from standard input, in one style. Thread: main. */
#ifndef BERDUA_CMD_OUT_H
#define BERDUA_CMD_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct buf;
struct err;
struct json;

/* Prints the document on one line and flushes. */
void out_json(FILE *to, const struct json *v);
/* Prints the exact bytes to a file or pipe; for a terminal, control characters are made harmless. */
void out_text(FILE *to, const char *p, size_t n);
/* Appends all of standard input; false when that is more than out may hold, or cannot be read. */
bool stdin_read(struct buf *out, struct err *err);

#endif
