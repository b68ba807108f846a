/* A page laid over the conversation: rows of cells in columns, scrolled. Pure. Thread: main. */
#ifndef BERDUA_UI_OVERLAY_H
#define BERDUA_UI_OVERLAY_H

#include "ui/text/line.h"

#include <stdbool.h>

enum { OVERLAY_COLUMNS = 4 };

struct overlay;

struct overlay *overlay_create(void);
void overlay_destroy(struct overlay **o);
/* Empties it. widths: of the columns but the last; 0 ends. */
void overlay_begin(struct overlay *o, const char *title, const int *widths);
void overlay_heading(struct overlay *o, const char *text);
/* Cells are copied and made harmless; NULL cells are blank. */
void overlay_row(struct overlay *o, const enum ink *inks, const char *const *cells, int count);
/* A row with inks of its own, to be filled by the caller before the next one is added; empty at first. */
struct line *overlay_line_row(struct overlay *o, int cols);
/* Text broken into rows of `cols` columns, each beginning `indent` columns in, with a label before the first. */
void overlay_labelled(struct overlay *o, enum ink label_ink, const char *label, int indent,
                      enum ink ink, const char *text, size_t n, int cols);
/* What a later overlay_begin may give back, so that a page that is filled anew stays where it was. */
int overlay_place(const struct overlay *o);
void overlay_scroll(struct overlay *o, int by, int rows);
int overlay_count(const struct overlay *o);
/* Row i of the page that has `rows` rows on the screen. */
void overlay_line(const struct overlay *o, int i, int rows, int cols, struct line *out);

#endif
