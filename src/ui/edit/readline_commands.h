/* Commands that stand in the place of readline's own wherever it or an inputrc binds those: moves by lines and words,
 * nothing where its own would print past the screen, and a refusal where its own would take minutes on a long text.
 * Thread: main. */
#ifndef BERDUA_UI_READLINE_COMMANDS_H
#define BERDUA_UI_READLINE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "readline.h"

struct feed;

/* Once, after rl_initialize and before an inputrc is read. */
void commands_stand_in(void);
/* readline's own command that f stands for, or f. */
rl_command_func_t *commands_theirs(rl_command_func_t *f);
/* Is a command bound to this key, behind those that readline keeps because they begin a sequence? */
bool commands_bound(const char *bytes, size_t n);
/* After each key: whether the text was too long for a command. */
bool commands_refused(void);
/* After what was sent is in the history: the entry that operate-and-get-next is to fetch. */
void commands_fetch_wanted(void);
/* Behind a numeric argument readline sees that the line has ended only at the next key, which may have begun a search. */
void commands_end_line(struct feed *f);

#endif
