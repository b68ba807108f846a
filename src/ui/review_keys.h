/* What is different on the screen while stored pairs are judged again: no input line but for a note or a search, keys of
 * its own, only what belongs there. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_REVIEW_KEYS_H
#define BERDUA_UI_REVIEW_KEYS_H

#include <stdbool.h>

struct line;
struct ui;

bool ui_without_input(const struct ui *ui);
/* true: the key was for the review, or there is nothing in it for this key. */
bool ui_review_key(struct ui *ui, const char *key);
/* While no pair is in sight. */
void ui_draw_review(struct ui *ui);
/* The keys besides those that judge; add: to the line, false when there is no room. */
void ui_review_hints(const struct ui *ui,
                     bool (*add)(struct line *l, const char *key, const char *text, int room),
                     struct line *l, int room);

#endif
