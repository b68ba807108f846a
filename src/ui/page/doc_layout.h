/* A doc (berdua/ui/doc.h) laid into the overlay. Thread: main. */
#ifndef BERDUA_UI_DOC_LAYOUT_H
#define BERDUA_UI_DOC_LAYOUT_H

#include "berdua/ui/doc.h"
#include "overlay.h"

/* Begins the overlay with the doc's title and columns. */
void doc_begin(const struct doc *d, struct overlay *o);
/* Adds what the doc holds beneath what is there, for a screen of so many columns. */
void doc_lay(const struct doc *d, struct overlay *o, int cols);

#endif
