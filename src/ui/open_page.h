/* The page that lies over the conversation: opened, filled, scrolled, closed. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_OPEN_PAGE_H
#define BERDUA_UI_OPEN_PAGE_H

#include "berdua/ui/action.h"

#include <stdbool.h>

struct ui;

bool ui_is_page(enum action a);
void ui_open_page(struct ui *ui, enum action page, const char *argument);
void ui_close_page(struct ui *ui);
void ui_page_key(struct ui *ui, const char *key);
int ui_page_rows(const struct ui *ui);
void ui_fill_page(struct ui *ui);
void ui_refresh_page(struct ui *ui); /* the model has changed */

#endif
