/* Finding text in the conversation. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_FIND_H
#define BERDUA_UI_FIND_H

#include <stdbool.h>

struct ui;

/* needle NULL: it is asked for. */
void ui_search(struct ui *ui, const char *needle);
void ui_search_next(struct ui *ui, bool forward);

#endif
