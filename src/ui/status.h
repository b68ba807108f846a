/* The screen's parts of one row each. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_STATUS_H
#define BERDUA_UI_STATUS_H

struct line;
struct ui;

void status_title(struct line *l, const struct ui *ui);
void status_tabs(struct line *l, const struct ui *ui);
void status_rule(struct line *l, const struct ui *ui);
void status_line(struct line *l, const struct ui *ui);

#endif
