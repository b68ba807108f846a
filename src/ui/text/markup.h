/* What Markdown needs besides its parser: entities, and a look at the text before it is parsed.
 * Private to markdown. Thread: any. */
#ifndef BERDUA_UI_MARKUP_H
#define BERDUA_UI_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character that the entity p ("&amp;", "&#233;") stands for, not yet made harmless. Returns its
 * length; 0 when it is not known. */
size_t markup_entity(const char *p, size_t n, char out[4]);
/* A table with more columns is a trick against the parser, which fills every row. */
enum { MARKUP_COLS_MAX = 128 };
/* A text as the parser wants it: ending in a line feed and, not counted in n, in zeros, since it looks some bytes too
 * far. Signs that would begin a construct nobody meant (5~7, a*b*c, /x/_y_/z, C:\temp, f[0](x), "> 5", a link reference
 * definition) have a backslash before them; `escapes` says where in p these stand. */
struct markup {
    char *p;
    size_t n, cap;
    uint32_t *escapes;
    size_t escape_count;
};
void markup_finish(struct markup *m);
/* Replaces what m holds. false: not for the parser. */
bool markup_prepare(struct markup *m, const char *text, size_t n);
/* Escapes before this byte of p: it stands so many bytes earlier in the text. */
size_t markup_escapes_before(const struct markup *m, size_t at);

#endif
