/* The one-row parts: title, tabs, the rule above the input, the status line. Pure: lines come out.
 * What is true for a while (not saved yet, a paste that is not finished) outranks a message, which passes, and
 * stays beside it; hints come last.
 * Thread: main. */
#ifndef BERDUA_UI_STATUS_H
#define BERDUA_UI_STATUS_H

#include "ui/text/line.h"

enum tab { TAB_LEFT, TAB_RIGHT, TAB_FIGURES, TAB_COUNT };

struct ui;
void status_title(struct line *l, const struct ui *ui, int cols);
void status_tabs(struct line *l, const struct ui *ui, int cols);
void status_rule(struct line *l, const struct ui *ui, int cols, int tee_col);
void status_line(struct line *l, const struct ui *ui, int cols);

#endif
