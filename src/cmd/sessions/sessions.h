/* What the verbs of `berdua sessions` share. Thread: main. */
#ifndef BERDUA_CMD_SESSIONS_H
#define BERDUA_CMD_SESSIONS_H

/* Its options, in the order of its table. */
enum { SESSIONS_JSON, SESSIONS_LIMIT, SESSIONS_OFF };

/* EXIT_USAGE after it was reported, else 0. value NULL: it was not given. */
int sessions_check_limit(const char *value);

#endif
