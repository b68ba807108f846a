/* Changing sessions, and looking for what was said in them. Thread: the store's. */
#ifndef BERDUA_STORE_SESSION_STORE_H
#define BERDUA_STORE_SESSION_STORE_H

#include "berdua/chat/terms.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All take an id as query_session does, and write the whole of it to out; false and a reason when there is none. */
enum { SESSION_ID_BYTES = 27 };

/* title NULL or "": it has none any more. */
bool session_store_rename(struct store *s, const char *id, const char *title,
                          char out[SESSION_ID_BYTES], struct err *err);
/* A pinned session is listed before the others. */
bool session_store_pin(struct store *s, const char *id, bool pinned, char out[SESSION_ID_BYTES],
                       struct err *err);

struct session_removed {
    char id[SESSION_ID_BYTES];
    int64_t turns, verdicts; /* events of them */
};
/* With its turns, answers, verdicts and what was analysed of it, without traces in the file; what it cost stays in the sum of
 * its month. Refused while another berdua waits for an answer in it. */
bool session_store_remove(struct store *s, const char *id, struct session_removed *out,
                          struct err *err);

struct said_row {
    const char *session, *title, *user;
    int64_t seq, at_wall_us;
    enum brain_id brain; /* BRAIN_NONE: the message */
    bool veiled; /* of a turn that waits for a blind verdict: whose answer it is must not be told */
    bool simulated;
    const char *part; /* of the text, around what was found */
};

enum { SAID_ROWS_MOST = 1000 };
/* Messages and ended answers that hold every word (the last may be a beginning; case and accents are the same), the one
 * stored last first, `limit` at most. *more: there are others. each returns false to stop. */
bool session_store_search(struct store *s, const char *words, int64_t limit,
                          bool (*each)(void *arg, const struct said_row *row), void *arg,
                          bool *more, struct err *err);

#endif
