/* A synchronous handle of its own to the store, for what need not go through the lane: it begins with reading and
 * writes nothing until it must. Thread: its owner's, never one that may not wait for the disk. */
#ifndef BERDUA_STORE_CONNECTION_H
#define BERDUA_STORE_CONNECTION_H

#include <stdbool.h>

struct db;
struct err;
struct connection;

/* A missing file reads as empty. */
struct connection *connection_open(const char *url, struct err *err);
void connection_close(struct connection **h);
/* NULL: there is nothing yet. Changes at the first connection_begin. */
struct db *connection_db(const struct connection *h);
/* Everything until commit happens as one, and no other instance comes between. Makes the file where it is
 * missing. */
bool connection_begin(struct connection *h, struct err *err);
bool connection_commit(struct connection *h, struct err *err);
void connection_rollback(struct connection *h);
/* By which others can tell whether the process that left something behind still lives; NULL before the first
 * begin. */
const char *connection_presence(const struct connection *h);
/* Does whoever left this id live? */
bool connection_alive(const struct connection *h, const char *id);

#endif
