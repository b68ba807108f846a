/* The outbox of a team (team_tables.h): with a commit, what the triggers noted becomes events, in the same transaction. An
 * event tells a row as it now stands, as JSON; one that would say what the newest about the row says is not made.
 * Thread: the connection's. */
#ifndef BERDUA_STORE_OUTBOX_H
#define BERDUA_STORE_OUTBOX_H

#include <stdbool.h>

struct db;
struct err;

enum { OUTBOX_KINDS = 6 }; /* a team's fill_kind once all that was there before has become events */

/* Makes the events, brings the words up to date (said.h), commits. */
bool outbox_commit(struct db *db, struct err *err);
/* Makes events of the next `most` rows that were there before the team; *done: there are no more. Inside a transaction. */
bool outbox_fill(struct db *db, int most, bool *done, struct err *err);

#endif
