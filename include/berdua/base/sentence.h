/* Where a sentence of a text ends. Pure. Thread: any. */
#ifndef BERDUA_BASE_SENTENCE_H
#define BERDUA_BASE_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the sentence at p, more than 0 where n is: with its end mark, the quotes, brackets and stars that close behind
 * the mark, and the blanks that follow. A line ends a sentence, too; the number of a list's item does not. *whole: it has
 * an end. */
size_t sentence_bytes(const char *p, size_t n, bool *whole);

#endif
