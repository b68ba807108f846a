/* A theme brought down to what the terminal can show. Pure. Thread: main. */
#ifndef BERDUA_UI_PALETTE_H
#define BERDUA_UI_PALETTE_H

#include "berdua/conf/theme.h"

struct shade {
    int fg, bg;          /* colour number as curses takes it, -1: the terminal's own */
    unsigned attributes; /* enum ink_attribute */
};

/* colours: 0 or 1 (none), 8, 16, 88, 256, or more than 65536 (the number itself is the colour). */
void theme_shade(const struct theme *t, enum ink ink, int colours, struct shade *out);
/* 0xRRGGBB of a number below 256, by xterm's palette. */
int palette_rgb(int index);
/* Between two of these, 1 to 21, as WCAG 2 defines it. */
double palette_contrast(int a, int b);

#endif
