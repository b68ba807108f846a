/* The menu and the caption of a guide (guide.c), for the files of the screen itself. */
#ifndef BERDUA_UI_GUIDE_PARTS_H
#define BERDUA_UI_GUIDE_PARTS_H

#include <stdbool.h>

struct ui;

bool ui_guide_key(struct ui *ui, const char *key);
bool ui_draw_guide(struct ui *ui); /* false: there is none */
bool ui_has_caption(const struct ui *ui);
int ui_caption_rows(const struct ui *ui);
void ui_draw_caption(struct ui *ui);

#endif
