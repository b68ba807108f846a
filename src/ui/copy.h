/* What of the selected turn is copied: asked with the menu, or named. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_COPY_H
#define BERDUA_UI_COPY_H

struct ui;

/* what NULL: it is asked for. */
void ui_copy(struct ui *ui, const char *what);
/* Fills the menu with what there is: first the answer that is looked at. */
void ui_copy_gather(struct ui *ui);

#endif
