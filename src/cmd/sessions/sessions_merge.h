#ifndef BERDUA_CMD_SESSIONS_MERGE_H
#define BERDUA_CMD_SESSIONS_MERGE_H

#include "cmd/cmd.h"

bool sessions_merge(const struct cmd_args *a, struct err *err);

#endif
