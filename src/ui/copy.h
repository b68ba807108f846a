/* Copies a part of the selected turn, which the command names or the menu asks for. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_COPY_H
#define BERDUA_UI_COPY_H

struct ui;

/* what: the name of a part; NULL: it is asked for. */
void ui_copy(struct ui *ui, const char *what);
/* Fills the menu with the parts, beginning with the answer that is looked at. */
void ui_copy_gather(struct ui *ui);

#endif
