/* The signs of the screen, by `ui.borders`. ASCII also serves where the locale is not UTF-8. */
#ifndef BERDUA_UI_GLYPHS_H
#define BERDUA_UI_GLYPHS_H

struct glyphs {
    const char *vertical, *horizontal; /* lines; a blank with borders: none */
    const char *corner[4];             /* of a box: above left and right, below left and right */
    const char *tee_up;                /* where a vertical line meets the rule below */
    const char *mark;                  /* before a message */
    const char *selected;              /* before the mark of the selected turn */
    const char *dot, *ring;            /* state of a brain: something is or was there, not yet */
    const char *star;                  /* the better answer */
    const char *cross;                 /* failed */
    const char *down;
    const char *middle;                     /* between parts of a line: " · " */
    const char *bar[9];                     /* one cell of a bar, from empty to full in eighths */
    const char *track;                      /* a cell of a bar that is to be filled */
    const char *low, *reach, *value, *high; /* an interval, from its end to its end */
    /* On the scale of intervals: one half, the same within one, what is to be reached. */
    const char *half, *over_half, *gate;
    const char *spark[9];                      /* one column, from nothing to full in eighths */
    const char *left_half, *right_half, *axis; /* of bars that grow from a middle to both sides */
    const char *becomes;                       /* from one stage to the next */
    const char *one_half;
};

extern const struct glyphs glyphs_unicode, glyphs_ascii, glyphs_none;

#endif
