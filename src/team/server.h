/* What is asked of the team's server: everybody's events in one table (server.sql). Thread: the link's. */
#ifndef BERDUA_TEAM_SERVER_H
#define BERDUA_TEAM_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/store/team_store.h"

struct err;
struct link;

/* Makes the tables and views. */
bool server_init(struct link *l, struct err *err);
/* Ready for what follows; false also where the tables are missing, with the remedy. */
bool server_begin(struct link *l, const char *origin, struct err *err);

/* The newest event of an origin; seq 0: none. */
struct server_head {
    int64_t seq;
    char sha256[TEAM_SHA256_LEN + 1];
};
bool server_head(struct link *l, const char *origin, struct server_head *out, struct err *err);
/* Numbers and digests of an origin after a number, in order, some at a time. */
bool server_digests(struct link *l, const char *origin, int64_t after,
                    bool (*each)(void *arg, int64_t seq, const char *sha256), void *arg,
                    struct err *err);
/* Those that are there already stay as they are. */
bool server_push(struct link *l, const struct team_event *events, size_t count, struct err *err);

/* Origins and the newest numbers that are known here. */
struct known_origin {
    char origin[ORIGIN_LEN + 1];
    int64_t seq;
};
/* The next events that are not known, of all origins but one's own; pointers live until each returns. */
bool server_pull(struct link *l, const char *own, const struct known_origin *known, size_t count,
                 bool (*each)(void *arg, const struct team_event *e), void *arg, struct err *err);

#endif
