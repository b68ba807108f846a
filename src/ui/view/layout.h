/* Where everything goes for a size of the terminal. Pure. Thread: any.
 * Priority when it gets small: input, conversation, status, title. */
#ifndef BERDUA_UI_LAYOUT_H
#define BERDUA_UI_LAYOUT_H

#include "berdua/chat/terms.h"

#include <stdbool.h>

struct rect {
    int row, col, rows, cols; /* rows or cols 0: not on the screen */
};

enum arrangement {
    ARRANGE_SIDE,  /* two columns */
    ARRANGE_STACK, /* one answer under the other */
    ARRANGE_ONE    /* one answer: zoomed, or a tab */
};

enum {
    LAYOUT_ALONE_MAX_COLS = 100, /* longer lines are hard to read */
    LAYOUT_PANEL_FROM_COLS = 110,
    LAYOUT_PANEL_COLS = 36,
    LAYOUT_WIDE_PANEL_FROM_COLS = 150,
    LAYOUT_WIDE_PANEL_COLS = 42,
    LAYOUT_STRIP_ROWS = 4,
    LAYOUT_STRIP_TABLE_ROWS = 3, /* without the line about the message */
    LAYOUT_COLUMN_MIN_COLS = 28,
    LAYOUT_TABS_BELOW_COLS = 60,
    LAYOUT_TABS_BELOW_ROWS = 12,
    LAYOUT_PROMPT_MAX_ROWS = 8
};

struct layout_ask {
    int rows, cols;
    int prompt_rows;  /* wanted; 0: there is no input line */
    int menu_rows;    /* over the input line, wanted */
    bool figures;     /* panel, or the strip where there is no room for it */
    bool zoom;        /* one brain over the full width */
    bool stack;       /* one answer under the other, although there is room for columns */
    bool figures_tab; /* where there are tabs: figures rather than an answer */
};

struct layout {
    enum arrangement arrangement;
    bool tabbed;
    struct rect title, tabs, conversation, panel, strip, menu, rule, prompt, status;
    int panel_rule_col; /* column of the line between conversation and panel, -1: none */
    /* Within the conversation: */
    int text_col, text_cols; /* a message, a stacked or single answer */
    int left_col, right_col; /* ARRANGE_SIDE */
    int column_cols;         /* width of an answer */
    int alone_cols;          /* the same where only one brain was asked */
    int separator_col;       /* ARRANGE_SIDE, -1 otherwise */
    bool airy;               /* room for blank rows */
};

void layout_make(const struct layout_ask *ask, struct layout *out);

#endif
