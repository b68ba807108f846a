/* The content of a page over the conversation: headings, text, figures with their names. Put together by
 * whoever knows it, in any thread, and given to the screen, which lays it out for its width. Every text may
 * hold anything: it is made harmless when it is shown. Owner: whoever holds it. */
#ifndef BERDUA_UI_DOC_H
#define BERDUA_UI_DOC_H

#include "berdua/conf/theme.h"

#include <stddef.h>

struct doc;

struct doc *doc_create(const char *title);
void doc_destroy(struct doc **d);
void doc_heading(struct doc *d, const char *text);
/* A paragraph. */
void doc_text(struct doc *d, const char *text, size_t n);
/* The same, of less weight: a remark. */
void doc_remark(struct doc *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "label   value"; a long value goes on beneath itself. */
void doc_row(struct doc *d, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Something that went wrong or is no good news, beneath a label, which may be "". */
void doc_warning(struct doc *d, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void doc_blank(struct doc *d);
/* A table: the widths of its columns but the last one, 0 ends; then its rows. NULL cells are blank. */
enum { DOC_COLUMNS = 4 };
void doc_columns(struct doc *d, const int *widths);
void doc_cells(struct doc *d, const enum ink *inks, const char *const *cells, int count);
/* A paragraph word by word, each with its ink; anything else ends it. */
void doc_word(struct doc *d, enum ink ink, const char *word, size_t n);

#endif
