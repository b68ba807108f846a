/* Commands that stand in the place of readline's own: moves by lines and words, and nothing where its own would print past
 * the screen. Thread: main. */
#ifndef BERDUA_UI_READLINE_COMMANDS_H
#define BERDUA_UI_READLINE_COMMANDS_H

/* Before readline's own are named, so that its look-up finds these first; once. */
void commands_add(void);

#endif
