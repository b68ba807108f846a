/* Reading sessions. Thread: the store's. */
#ifndef BERDUA_STORE_QUERY_H
#define BERDUA_STORE_QUERY_H

#include "berdua/chat/conversation.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct session_row {
    const char *id, *user, *title;
    int64_t started_wall_us, last_wall_us;
    int64_t turns, verdicts;
    const char *first_message; /* NULL: none yet */
    bool simulated, pinned;
};

/* Pinned ones first, then the newest. each returns false to stop. */
bool query_sessions(struct store *q, bool (*each)(void *arg, const struct session_row *row),
                    void *arg, struct err *err);
/* All of them, in order. each returns false to stop. */
bool query_session_ids(struct store *q, bool (*each)(void *arg, const char *id), void *arg,
                       struct err *err);
/* id may be a unique prefix of at least four characters. NULL and a reason when there is none, or more
 * than one. before_seq 0: the newest. limit 0: all, to look at: what another living instance is still
 * writing is running. With a limit it is to be gone on with, and that counts as interrupted, since nobody
 * here will ever end it. */
struct conversation *query_session(struct store *q, const char *id, int64_t before_seq,
                                   size_t limit, struct err *err);
/* Newest session of the user, or NULL with err empty when there is none. */
struct conversation *query_latest(struct store *q, const char *user, size_t limit, struct err *err);
/* Verdicts in force per kind (VERDICT_CLAUDE … VERDICT_BOTH_BAD) of a session, or of all for NULL. */
bool query_tallies(struct store *q, const char *session, int64_t out[VERDICT_KIND_COUNT],
                   struct err *err);

#endif
