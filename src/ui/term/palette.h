/* A theme brought down to what the terminal can show. Pure. Thread: main. */
#ifndef BERDUA_UI_PALETTE_H
#define BERDUA_UI_PALETTE_H

#include "berdua/conf/theme.h"

struct shade {
    int fg, bg;          /* colour number as curses takes it, -1: the terminal's own */
    unsigned attributes; /* enum ink_attribute */
};

/* colours: 0 or 1 (none), 8, 16, 88, 256, or more than 65536 (the number itself is the colour). */
void theme_shade(const struct ink_style *style, int colours, struct shade *out);

#endif
