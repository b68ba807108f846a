/* A page laid over the conversation: lines, scrolled. All zero: empty. Pure. Thread: main. */
#ifndef BERDUA_UI_OVERLAY_H
#define BERDUA_UI_OVERLAY_H

#include <stdbool.h>

#include "berdua/ui/doc.h"
#include "ui/text/line.h"

enum { OVERLAY_MARGIN_COLS = 2 };

enum { OVERLAY_PARTS = 9 };

struct overlay {
    char *title;
    bool numbered; /* headings have numbers, which are the keys that lead to them */
    int parts[OVERLAY_PARTS], part_count; /* their lines */
    struct line *lines;
    int count;
    int first; /* on the screen */
};

/* Empties it. */
void overlay_begin(struct overlay *o, const char *title, bool numbered);
void overlay_finish(struct overlay *o);
/* A blank line, to be filled before the next one is added. */
struct line *overlay_add(struct overlay *o, int cols);
/* Keeps the rows that hold the text, whatever its case, and the headings over them; "": all. */
void overlay_keep(struct overlay *o, const char *text, int cols);
/* The next line is a heading. Its number from 1; 0: it has none. */
int overlay_part(struct overlay *o);
/* To the heading of that number; false: there is none. */
bool overlay_go(struct overlay *o, int part, int rows);
void overlay_scroll(struct overlay *o, int by, int rows);
/* Row i of the page that has `rows` rows on the screen. */
void overlay_line(const struct overlay *o, int i, int rows, int cols, struct line *out);
/* Adds what the doc holds beneath what is there, for a screen of so many columns. */
struct glyphs;
void doc_lay(const struct doc *d, struct overlay *o, int cols, const struct glyphs *g);

#endif
