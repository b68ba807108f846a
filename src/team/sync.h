/* One exchange between the store and the server. Thread: the link's. */
#ifndef BERDUA_TEAM_SYNC_H
#define BERDUA_TEAM_SYNC_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct link;
struct store;

struct sync {
    struct store *store;
    struct link *link;
    int64_t seq, sent; /* of our origin: the newest here, and on the server */
    int64_t pushed, taken;
    bool begun;   /* the server knows the origin */
    bool renewed; /* this file was a copy; it has a new origin now */
};
/* Sends what the server has not. */
bool sync_push(struct sync *s, struct err *err);
/* Takes in what others made. */
bool sync_pull(struct sync *s, struct err *err);

#endif
