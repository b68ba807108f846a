#include "layout.h"

#include <string.h>

enum {
    STRIP_WHOLE_FROM_ROWS = 20,
    STRIP_TABLE_FROM_ROWS = 15,
    RULE_FROM_ROWS = 8,
    AIRY_FROM_ROWS = 9,
    MENU_LEAVES_ROWS = 2
};

static int
at_most(int a, int b)
{
    return a < b ? a : b;
}

static int
at_least(int a, int b)
{
    return a > b ? a : b;
}

/* Rows are assigned from the bottom up; the conversation gets what remains. */
static void
give_rows(const struct layout_ask *ask, struct layout *l)
{
    int rows = at_least(ask->rows, 1), cols = at_least(ask->cols, 1);
    int bottom = rows; /* first row that is taken */
    int top = 0;
    if (rows >= 3)
        l->status = (struct rect){--bottom, 0, 1, cols};
    int most = at_least(at_most(LAYOUT_PROMPT_MAX_ROWS, rows / 3), 1);
    int prompt = at_most(at_least(ask->prompt_rows, 0), most);
    bottom -= prompt;
    l->prompt = (struct rect){bottom, 0, prompt, cols};
    if (rows >= 4)
        l->title = (struct rect){top++, 0, 1, cols};
    if (l->tabbed && rows >= 5)
        l->tabs = (struct rect){top++, 0, 1, cols};
    if (rows >= RULE_FROM_ROWS)
        l->rule = (struct rect){--bottom, 0, 1, cols};
    if (ask->figures && !l->tabbed && cols < LAYOUT_PANEL_FROM_COLS) {
        int strip = rows >= STRIP_WHOLE_FROM_ROWS   ? LAYOUT_STRIP_ROWS
                    : rows >= STRIP_TABLE_FROM_ROWS ? LAYOUT_STRIP_TABLE_ROWS
                                                    : 1;
        bottom -= strip;
        l->strip = (struct rect){bottom, 0, strip, cols};
    }
    l->conversation = (struct rect){top, 0, at_least(bottom - top, 0), cols};
}

/* The menu takes the last rows of the conversation, and the only one; the panel keeps its own. */
static void
give_menu(const struct layout_ask *ask, struct layout *l)
{
    struct rect *c = &l->conversation, *up = l->tabbed && l->panel.rows > 0 ? &l->panel : c;
    int rows = at_most(ask->menu_rows, at_least(up->rows - MENU_LEAVES_ROWS, at_most(up->rows, 1)));
    if (rows <= 0)
        return;
    up->rows -= rows;
    l->menu = (struct rect){up->row + up->rows, 0, rows, c->cols};
    if (l->strip.rows > 0) { /* next to the input line */
        l->menu.row += l->strip.rows;
        l->strip.row -= rows;
    }
}

static void
give_cols(const struct layout_ask *ask, struct layout *l)
{
    struct rect *c = &l->conversation;
    if (ask->figures && !l->tabbed && c->cols >= LAYOUT_PANEL_FROM_COLS) {
        /* one column for the line, and a blank one on each side of the figures */
        bool wide = c->cols >= LAYOUT_WIDE_PANEL_FROM_COLS;
        int cols = wide ? LAYOUT_WIDE_PANEL_COLS : LAYOUT_PANEL_COLS, panel = cols + 2;
        l->panel = (struct rect){c->row, c->cols - panel + 1, c->rows, cols};
        l->panel_rule_col = c->cols - panel - 1;
        c->cols = l->panel_rule_col;
    }
    if (l->tabbed && ask->figures_tab) {
        l->panel =
            (struct rect){c->row, at_most(1, c->cols - 1), c->rows, at_least(c->cols - 2, 1)};
        c->rows = 0;
    }
    int pad = c->cols >= 20 ? 1 : 0;
    l->text_col = pad;
    l->text_cols = at_least(c->cols - 2 * pad, 1);
    int column = (c->cols - 2 * pad - 3) / 2;
    if (l->tabbed || ask->zoom) {
        l->arrangement = ARRANGE_ONE;
        l->column_cols = l->text_cols;
    } else if (column >= LAYOUT_COLUMN_MIN_COLS && !ask->stack) {
        l->arrangement = ARRANGE_SIDE;
        l->column_cols = column;
        l->left_col = pad;
        l->separator_col = pad + column + 1;
        l->right_col = l->separator_col + 2;
    } else {
        l->arrangement = ARRANGE_STACK;
        l->column_cols = l->text_cols;
    }
    l->alone_cols = at_most(l->text_cols, at_least(l->column_cols, LAYOUT_ALONE_MAX_COLS));
}

void
layout_make(const struct layout_ask *ask, struct layout *out)
{
    memset(out, 0, sizeof *out);
    out->panel_rule_col = -1;
    out->separator_col = -1;
    out->tabbed = ask->cols < LAYOUT_TABS_BELOW_COLS || ask->rows < LAYOUT_TABS_BELOW_ROWS;
    give_rows(ask, out);
    give_cols(ask, out);
    out->airy = out->conversation.rows >= AIRY_FROM_ROWS;
    give_menu(ask, out);
}
