/* Lines -> curses. Keeps what it has painted as a hash per row and part, so that painting what is there
 * already costs nothing; curses then sends only the cells that differ. Thread: main. */
#ifndef BERDUA_UI_PAINT_H
#define BERDUA_UI_PAINT_H

#include "berdua/conf/theme.h"
#include "ui/text/line.h"

#include <stdbool.h>

struct buf;
struct links;
struct paint;

/* The terminal has been started. color false: no colours, whatever the theme says. links: where lines say that they
 * lead somewhere; not owned; NULL: nowhere. */
struct paint *paint_create(bool color, struct links *links);
void paint_destroy(struct paint **p);
void paint_theme(struct paint *p, const struct theme *theme);
/* All blank, nothing known: after a resize or a change of the layout. */
void paint_clear(struct paint *p, int rows, int cols);
/* The line at a place; it is filled with blanks up to its width. A place (row, col) always holds lines
 * of one width between two paint_clear. */
void paint_line(struct paint *p, int row, int col, const struct line *l);
/* Does this locale show more than ASCII? */
bool paint_unicode(void);
/* What the terminal shows, as it was last handed over: a line for each row, without trailing blanks. */
void paint_dump(struct buf *out);

#endif
