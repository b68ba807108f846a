/* A synchronous handle of its own to the store, for what need not go through the lane: it begins with reading and
 * writes nothing until it must. Thread: its owner's, never one that may not wait for the disk. */
#ifndef BERDUA_STORE_CONNECTION_H
#define BERDUA_STORE_CONNECTION_H

#include <stdbool.h>

struct db;
struct err;
struct handle;

/* A missing file reads as empty. */
struct handle *handle_open(const char *url, struct err *err);
void handle_close(struct handle **h);
/* NULL: there is nothing yet. Changes at the first handle_begin. */
struct db *handle_db(const struct handle *h);
/* Everything until commit happens as one, and no other instance comes between. Makes the file where it is
 * missing. */
bool handle_begin(struct handle *h, struct err *err);
bool handle_commit(struct handle *h, struct err *err);
void handle_rollback(struct handle *h);
/* By which others can tell whether the process that left something behind still lives; NULL before the first
 * begin. */
const char *handle_presence(const struct handle *h);
/* Does whoever left this id live? */
bool handle_alive(const struct handle *h, const char *id);

#endif
