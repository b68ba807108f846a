/* How readline is set up before its first key: lines of an inputrc, and the user's inputrc. What is bound stays bound as
 * long as the program runs. Thread: main. */
#ifndef BERDUA_UI_READLINE_SETUP_H
#define BERDUA_UI_READLINE_SETUP_H

#include "readline.h"

/* Says one line to the operator. */
typedef void setup_say(void *arg, const char *text);

/* Lines of an inputrc, obeyed; the last of the list is NULL. */
void setup_lines(const char *const *lines);
/* rl_initialize without the inputrc, which is read by setup_inputrc alone. run stands wherever that binds a macro. */
void setup_initialize(rl_command_func_t *run);
/* Reads the inputrc (again), with stderr to `nowhere`, and enforces what the screen needs; what is refused goes to say. */
void setup_inputrc(FILE *nowhere, setup_say *say, void *arg);
/* The keys that the macro gives which is bound to the key sequence just executed, and where it was bound: "FILE:LINE".
 * NULL: it is none. */
const char *setup_macro(const char **place);

#endif
