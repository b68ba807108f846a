/* The links of the screen (OSC 8), which curses does not know. A cell that leads somewhere has a mark of no width that
 * stands for its address; curses keeps the mark with the cell, wherever it writes, moves or repeats it. On the way to the
 * terminal, marks become links. Private to the terminal. Thread: main. */
#ifndef BERDUA_UI_LINKS_H
#define BERDUA_UI_LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

struct buf;
struct links;

/* NULL: the locale has no such marks. */
struct links *links_create(void);
void links_destroy(struct links **l);
bool links_is_mark(wchar_t c);
/* The mark for cells that lead to this address, which is harmless for a terminal. 0: cells that lead somewhere have all
 * the marks. */
wchar_t links_mark(struct links *l, const char *address);
/* Appends what curses sent, its marks made links; they end with it. */
void links_pass(struct links *l, const char *p, size_t n, struct buf *out);

#endif
