/* `berdua sessions search`. Thread: main. */
#ifndef BERDUA_CMD_SESSIONS_SEARCH_H
#define BERDUA_CMD_SESSIONS_SEARCH_H

#include <stdbool.h>

struct cmd_args;
struct err;

bool sessions_search(const struct cmd_args *a, struct err *err);

#endif
