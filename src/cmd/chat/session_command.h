/* What keys and slash commands do to a session, the same with a screen and without. Thread: main. */
#ifndef BERDUA_CMD_SESSION_COMMAND_H
#define BERDUA_CMD_SESSION_COMMAND_H

#include <stdbool.h>

#include "berdua/session/runner.h"
#include "berdua/ui/action.h"

struct err;
struct loop;

/* The runner of the configuration's user; opts names configuration, loop, callbacks and the folder to record in. */
struct runner *session_start(struct runner_opts opts, struct err *err);
/* Ends runner and loop, says what went wrong, and gives the exit code, for which a loss outranks EXIT_DONE. */
int session_over(struct runner **r, struct loop **loop, struct err *err, int code);

/* Is it one of those that session_perform carries out? Leaving and what only moves the view are not. */
bool session_action(enum action action);
/* turn_id: of the turn it is about, NULL: there is none yet. false and the reason when it could not be done. said: what to
 * tell the operator of it, may stay empty. */
bool session_perform(struct runner *r, enum action action, const char *turn_id,
                     const char *argument, struct err *said, struct err *err);
/* A verdict by sides, as the turn's mask says it (chat/sight.h). */
bool session_judge(struct runner *r, const char *turn_id, const struct verdict *by_sides,
                   struct err *err);

#endif
