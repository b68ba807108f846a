/* The verbs of `berdua sessions` that change one, and the search. Thread: main. */
#ifndef BERDUA_CMD_SESSIONS_CHANGE_H
#define BERDUA_CMD_SESSIONS_CHANGE_H

#include <stdbool.h>

struct cmd_args;
struct err;

bool sessions_rename(const struct cmd_args *a, struct err *err);
bool sessions_pin(const struct cmd_args *a, struct err *err);
bool sessions_remove(const struct cmd_args *a, struct err *err);

#endif
