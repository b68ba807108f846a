/* Pictures of a page: intervals, amounts and lines over time, as rows that share their columns. Thread: main. */
#ifndef BERDUA_UI_PICTURE_H
#define BERDUA_UI_PICTURE_H

#include "overlay.h"

struct glyphs;

struct picture {
    struct doc_picture is; /* its texts and values are owned here */
    double *values;
    char *texts[DOC_NOTES + 1];
};
struct picture *picture_create(const struct doc_picture *p);
void picture_destroy(struct picture *p);

/* Lays pictures that follow one another: the same columns for all. cols: to the right edge of the text. */
void pictures_lay(const struct picture *const *pictures, size_t count, struct overlay *o, int cols,
                  const struct glyphs *g);

#endif
