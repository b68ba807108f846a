/* Commands in the place of readline's own where those would look at the whole of a long text for each character they
 * pass. They do what readline's do; a test holds the two against each other. Thread: main. */
#ifndef BERDUA_UI_READLINE_LONG_H
#define BERDUA_UI_READLINE_LONG_H

#include <stdbool.h>

/* Behind the cursor or before it stand so many marks without a letter that readline would look at the rest of the text for each. */
bool long_marks_near(void);

/* The place so many characters behind another, or before it; a character is a letter and the marks behind it. */
int long_moved(int place, int count);
int long_forward_char(int count, int key);
int long_backward_char(int count, int key);
int long_delete(int count, int key);
int long_rubout(int count, int key);

/* Words of vi, and words between blanks; the first three mean the latter where their key is a capital. */
int long_next_word(int count, int key);
int long_prev_word(int count, int key);
int long_end_word(int count, int key);
int long_forward_word(int count, int key);
int long_backward_word(int count, int key);
int long_word_end(int count, int key);
int long_forward_blank(int count, int key);
int long_backward_blank(int count, int key);
int long_blank_end(int count, int key);

void long_to_blank(void); /* to the next blank, or the end */
int long_match(int count,
               int key); /* to the bracket that belongs to the one at or behind the cursor */
int long_rubout_name(int count, int key); /* of a file: back to a slash or a blank */
int long_rubout_word(int count, int key); /* of vi's insert mode */

#endif
