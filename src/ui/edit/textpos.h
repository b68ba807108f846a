/* Places in a text of several lines: pure. Thread: any. */
#ifndef BERDUA_UI_TEXTPOS_H
#define BERDUA_UI_TEXTPOS_H

#include <stdbool.h>
#include <stddef.h>

/* The place above or below `at`, as many characters from its line's beginning, or at that line's end when
 * it is shorter. false when there is no such line. */
bool textpos_above(const char *p, size_t at, size_t *to);
bool textpos_below(const char *p, size_t n, size_t at, size_t *to);

#endif
