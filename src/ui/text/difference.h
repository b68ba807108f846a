/* Where two texts differ, sentence by sentence: those that both hold in the same order, those that changed, those of one
 * alone. The same for (b, a) with left and right swapped. Pure. Thread: any. */
#ifndef BERDUA_UI_DIFFERENCE_H
#define BERDUA_UI_DIFFERENCE_H

#include "sentences.h"

#include <stddef.h>

enum difference_kind { DIFFERENCE_COMMON, DIFFERENCE_CHANGED, DIFFERENCE_LEFT, DIFFERENCE_RIGHT };

struct difference_row {
    enum difference_kind kind;
    struct sentence left, right;
};

struct difference {
    struct difference_row *rows; /* in the order of reading */
    size_t count;
};

void difference_make(struct difference *d, const char *left, size_t left_n, const char *right,
                     size_t right_n);
void difference_finish(struct difference *d);

#endif
