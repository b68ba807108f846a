/* Commands for words, in the place of readline's own, which look at the whole text for each character they pass: a long
 * word would take minutes. Thread: main. */
#ifndef BERDUA_UI_READLINE_WORDS_H
#define BERDUA_UI_READLINE_WORDS_H

int words_forward(int count, int key);
int words_backward(int count, int key);
int words_kill(int count, int key);
int words_backward_kill(int count, int key);
int words_rubout(int count, int key); /* of what stands between blanks */
int words_copy(int count, int key);
int words_backward_copy(int count, int key);
int words_upcase(int count, int key);
int words_downcase(int count, int key);
int words_capitalize(int count, int key);
int words_transpose(int count, int key);
int words_swap_case(int count, int key); /* of so many characters */

#endif
