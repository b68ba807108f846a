/* What Markdown needs besides its parser: entities, and a look at the text before it is parsed.
 * Private to markdown. Thread: any. */
#ifndef BERDUA_UI_MARKUP_H
#define BERDUA_UI_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

/* The character that the entity p ("&amp;", "&#233;") stands for, not yet made harmless. Returns its
 * length; 0 when it is not known. */
size_t markup_entity(const char *p, size_t n, char out[4]);
/* A table with more columns is a trick against the parser, which fills every row. */
enum { MARKUP_COLS_MAX = 128 };
/* Copies text into *copy (of *cap bytes, grown as needed; the caller frees it) as the parser wants it:
 * ending in a line feed and, not counted in *copy_n, in zeros, since it looks some bytes too far; the
 * brackets of link reference definitions escaped, since it would swallow them without showing them.
 * false: not for the parser. */
bool markup_prepare(const char *text, size_t n, char **copy, size_t *cap, size_t *copy_n);

#endif
