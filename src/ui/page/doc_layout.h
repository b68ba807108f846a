/* A doc (berdua/ui/doc.h) laid into the overlay. Thread: main. */
#ifndef BERDUA_UI_DOC_LAYOUT_H
#define BERDUA_UI_DOC_LAYOUT_H

#include "berdua/ui/doc.h"
#include "overlay.h"

/* Begins the overlay with the doc's title and fills it for a screen of so many columns. */
void doc_lay(const struct doc *d, struct overlay *o, int cols);
/* Adds its pieces beneath what is there. */
void doc_lay_more(const struct doc *d, struct overlay *o, int cols);

#endif
