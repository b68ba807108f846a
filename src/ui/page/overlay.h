/* A page laid over the conversation: lines, scrolled. All zero: empty. Pure. Thread: main. */
#ifndef BERDUA_UI_OVERLAY_H
#define BERDUA_UI_OVERLAY_H

#include "berdua/ui/doc.h"
#include "ui/text/line.h"

#include <stdbool.h>

enum { OVERLAY_MARGIN_COLS = 2 };

enum { OVERLAY_PARTS = 9 };

struct overlay {
    char *title;
    bool numbered; /* headings have numbers, which are the keys that lead to them */
    int parts[OVERLAY_PARTS], part_count; /* their lines */
    struct line *lines;
    int count;
    int first; /* on the screen */
    /* Entries that can be chosen. */
    struct overlay_item {
        int line;
        char *key;
    } * items;
    int item_count, marked;
    const char *sign; /* before the marked one */
    bool printed;     /* as text, not on the screen */
};

/* Empties it. */
void overlay_begin(struct overlay *o, const char *title, bool numbered);
void overlay_finish(struct overlay *o);
/* A blank line, to be filled before the next one is added. */
struct line *overlay_add(struct overlay *o, int cols);
/* The same, as an entry that can be chosen. */
struct line *overlay_item(struct overlay *o, int cols, const char *key);
/* Marks the entry of that key, else the first, and scrolls it into sight. sign lives on. */
void overlay_mark(struct overlay *o, const char *key, int rows, const char *sign);
/* The key of the marked entry, or of the one so many further, at most the last. NULL: there are no entries. */
const char *overlay_marked(const struct overlay *o);
const char *overlay_move(const struct overlay *o, int by);
/* Keeps the rows that hold the text, whatever its case, and the headings over them; "": all. */
void overlay_keep(struct overlay *o, const char *text, int cols);
/* The next line is a heading. Its number from 1; 0: it has none. */
int overlay_part(struct overlay *o);
/* Scrolls to the heading of that number; false: there is none. */
bool overlay_go(struct overlay *o, int part, int rows);
void overlay_scroll(struct overlay *o, int by, int rows);
int overlay_body_rows(int rows); /* without its title */
/* Row i of the page that has `rows` rows on the screen. */
void overlay_line(const struct overlay *o, int i, int rows, int cols, struct line *out);
/* Adds what the doc holds beneath what is there, for a screen of so many columns. */
struct glyphs;
void doc_lay(const struct doc *d, struct overlay *o, int cols, const struct glyphs *g);
/* Does it hold the preview of that entry? And that, laid out. */
bool doc_previews(const struct doc *d, const char *key);
void doc_lay_preview(const struct doc *d, struct overlay *o, int cols, const struct glyphs *g);

#endif
