/* A text as the words it can be found by: folded, without stop words of three languages, without endings.
 * What is indexed and what is looked for pass through here alike, so an ending cut too short costs
 * precision, never a match. Thread: any; nothing here keeps state. */
#ifndef BERDUA_STORE_STEM_H
#define BERDUA_STORE_STEM_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum { STEM_BYTES = 64 }; /* a longer word is none that one would look for */

/* Any bytes. each gets n bytes of letters, digits and marks (never a quote), terminated, until it returns
 * false. */
void stem_words(const char *p, size_t n, bool (*each)(void *arg, const char *word, size_t len),
                void *arg);
/* Appends them with blanks between. */
bool stem_append(struct buf *out, const char *p, size_t n);

#endif
