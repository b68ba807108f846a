/* A page of leaves (ui/markdown.h) -> rows of a width. Private to flow. Thread: main. */
#ifndef BERDUA_UI_FLOW_PAGE_H
#define BERDUA_UI_FLOW_PAGE_H

#include "markdown.h"

/* Columns of the left margin of a code block: 2, or 0 where that would be too much of the width. */
int code_margin(int width);
/* In a row that is begun: the language of a code block of that width, as far as it fits. */
void put_language(struct sheet *s, const char *word, size_t n, int width);
void page_lay(const struct page *p, struct sheet *s, int width);
/* The table leaf, in rows that bear its prefixes and have width columns for the table itself. */
void table_lay(const struct page *p, const struct leaf *leaf, struct sheet *s, int width, int room);
void begin_row(const struct page *p, struct sheet *s, struct prefix prefix, int room,
               size_t source);

#endif
