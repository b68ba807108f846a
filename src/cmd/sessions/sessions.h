/* What the verbs of `berdua sessions` share. Thread: main. */
#ifndef BERDUA_CMD_SESSIONS_H
#define BERDUA_CMD_SESSIONS_H

#include <stdint.h>

/* Its options, in the order of its table. */
enum { SESSIONS_JSON, SESSIONS_LIMIT, SESSIONS_OFF };

struct cmd_args;

/* 0, or EXIT_USAGE after it was reported; *out stays as it is where --limit was not given. */
int sessions_check_limit(const struct cmd_args *a, int64_t *out);

#endif
