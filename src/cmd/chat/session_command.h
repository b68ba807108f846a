/* What keys and slash commands do to a session, the same with a screen and without. Thread: main. */
#ifndef BERDUA_CMD_SESSION_COMMAND_H
#define BERDUA_CMD_SESSION_COMMAND_H

#include <stdbool.h>

#include "berdua/session/runner.h"
#include "berdua/ui/action.h"

struct err;

/* Is it one of those that session_perform carries out? Leaving and what only moves the view are not. */
bool session_action(enum action action);
/* false and the reason when it could not be done. said: what to tell the operator of it, may stay empty. */
bool session_perform(struct runner *r, enum action action, const char *argument, struct err *said,
                     struct err *err);

#endif
