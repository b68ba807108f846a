/* Names and texts from outside inside a message: a message stays readable, and its remedy, which stands last, is kept.
 * Thread: any. */
#ifndef BERDUA_BASE_SHORTEN_H
#define BERDUA_BASE_SHORTEN_H

#include <stddef.h>

struct buf;

/* A word of no more bytes is left alone; of a longer one beginning and end are kept. */
enum { SHORTEN_WORD_BYTES = 400 };

/* Appends the message; of words and texts that are too long both ends, with "…" between. No more than max bytes. */
void shorten(struct buf *out, const char *p, size_t n, size_t max);

#endif
