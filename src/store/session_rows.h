/* A stored session as a conversation. Thread: the connection's. */
#ifndef BERDUA_STORE_SESSION_ROWS_H
#define BERDUA_STORE_SESSION_ROWS_H

#include "berdua/chat/conversation.h"

struct db;
struct err;

/* Answers in state running: others_run, those of a living instance run; otherwise, and those of a dead one, they were
 * interrupted (a conversation that is to be continued must not wait for them). */
struct read_owner {
    bool others_run;
};

/* id: whole, or a unique prefix of four characters or more; NULL: the newest session of the user that
 * has turns. Finds its id; false with an empty reason when the user has none. */
bool read_find_session(struct db *db, const char *id, const char *user, char out[27],
                       struct err *err);
/* Up to `limit` turns (0: all) before before_seq (0: the newest). */
struct conversation *read_session(struct db *db, const char *id, int64_t before_seq, size_t limit,
                                  const struct read_owner *owner, struct err *err);
/* One turn, with these answers (of a brain NULL: none) and without its verdict; NULL and a reason when it is not there. */
struct turn *read_turn(struct db *db, const char *id, const char *const answers[BRAIN_COUNT],
                       struct err *err);

#endif
