/* A message that quotes names and texts from outside, of any length, stays readable and keeps its end, which says what to
 * do. Thread: any. */
#ifndef BERDUA_BASE_SHORTEN_H
#define BERDUA_BASE_SHORTEN_H

#include <stddef.h>

struct buf;

/* Appends the message in at most max bytes. Of a word of more than 400 bytes, and of a whole that is still too long, both
 * ends are kept with "…" between them. */
void shorten(struct buf *out, const char *p, size_t n, size_t max);

#endif
