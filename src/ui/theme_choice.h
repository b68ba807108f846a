/* Which theme the screen has: the configured one or its counterpart for the other background, until the operator chooses
 * one. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_THEME_CHOICE_H
#define BERDUA_UI_THEME_CHOICE_H

#include <stdbool.h>

struct err;
struct ui;

bool ui_theme_start(struct ui *ui, struct err *err);
/* The terminal is there, or has said what its background is. */
void ui_theme_fit(struct ui *ui);
/* Shows one as long as it is looked at; NULL: the one before comes back. */
void ui_theme_preview(struct ui *ui, const char *name);
/* The operator's choice. */
void ui_theme_choose(struct ui *ui, const char *name);

#endif
