/* Rows that an earlier run has asked, found in the store by the ids of their sessions: the end of such an id follows from
 * the row and from who is asked in which mode, its beginning is the time. So a row and its turn are found together at any
 * moment, whatever was killed. Thread: one that may wait for the disk. */
#ifndef BERDUA_EVAL_STORED_ROWS_H
#define BERDUA_EVAL_STORED_ROWS_H

#include <stdbool.h>
#include <stddef.h>

struct config;
struct conversation;
struct err;
struct eval_row;
struct store;

/* A new session for the row. */
struct conversation *eval_session(const struct eval_row *row, const struct config *config,
                                  const char *user);

struct stored_rows {
    struct store *store;
    char (*ids)[27]; /* by their end, then by time */
    size_t count;
};
bool stored_rows_open(struct stored_rows *s, struct store *take_store, struct err *err);
void stored_rows_close(struct stored_rows *s);
/* The session of the row with the most whole answers, the newest of these; *missing: a bit per brain whose answer is not
 * whole. NULL: there is none that can be gone on with. */
struct conversation *stored_rows_find(const struct stored_rows *s, const struct eval_row *row,
                                      const struct config *config, const char *user,
                                      unsigned *missing);

#endif
