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
/* On the page of keys every key only tells what it is. */
struct input_event;
void ui_dump_key(struct ui *ui, const struct input_event *ev);
int ui_page_rows(const struct ui *ui);
void ui_fill_page(struct ui *ui);
void ui_refresh_page(struct ui *ui); /* the model has changed */
const struct page_ops *ui_page_ops(const struct ui *ui);
/* A key into the text that is looked for; true: it was one. */
bool ui_find_typed(struct ui *ui, const char *key);

/* pick.c. Where the page lies on the screen, and the preview beside it (rows 0: none). */
struct rect;
void ui_pick_areas(const struct ui *ui, struct rect *list, struct rect *preview);
/* Marks an entry of what was laid out, and lays its preview out. */
void ui_pick_lay(struct ui *ui);
bool ui_pick_key(struct ui *ui, const char *key);

#endif
