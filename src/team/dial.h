/* The begin of a connection to the team's server. libpq looks the server's name up while its caller waits, for as long as the
 * system likes: here a thread waits for that, which is left behind when the program ends. Thread: the link's. */
#ifndef BERDUA_TEAM_DIAL_H
#define BERDUA_TEAM_DIAL_H

#include <stddef.h>

#include "libpq.h"

struct err;

struct dial_option {
    const char *key, *value; /* of libpq's connection parameters; the key is a literal */
};
/* To be finished by PQconnectPoll. NULL: stop_fd (-1: none) can be read, or there is no thread. */
PGconn *dial(const struct dial_option *options, size_t count, int stop_fd, struct err *err);

#endif
