/* Searches for a character, in the place of readline's own. Its own looks at the whole rest of the text for each
 * character it passes; so the cursor is first put beside the place that readline will find, and readline makes the last
 * step, with all that a search means for it: a motion of vi, the line that is edited. Thread: main. */
#ifndef BERDUA_UI_READLINE_FIND_H
#define BERDUA_UI_READLINE_FIND_H

#include <stdbool.h>
#include <stddef.h>

int find_forward(int count, int key);
int find_backward(int count, int key);
int find_vi(int count, int key); /* f F t T ; , */
/* While a command is repeated, its search takes the character of the last one. */
void find_repeat(bool repeating);

/* rl_callback_read_char; bytes: what readline will read. */
void find_read_char(const char *bytes, size_t n);
/* The search that waits for its character was given up. */
void find_give_up(void);

#endif
