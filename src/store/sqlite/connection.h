/* A synchronous connection to the store. It begins with reading and writes nothing until it must.
 *
 * Who writes: while a chat or `ask` runs, its writer thread alone (berdua/store/writer.h); workers that must read and
 * decide inside a transaction give it the body of one (writer_work). A command has no writer and writes on one
 * connection, between connection_begin and connection_commit. Two programs that write at the same time are kept apart
 * by BEGIN IMMEDIATE, which takes the database's write lock before anything is read: what is decided inside holds until
 * the commit. Thread: its owner's, never one that may not wait for the disk. */
#ifndef BERDUA_STORE_CONNECTION_H
#define BERDUA_STORE_CONNECTION_H

#include <stdbool.h>

struct db;
struct err;
struct connection;
struct instance_lock;

/* A missing file reads as empty. */
struct connection *connection_open(const char *url, struct err *err);
void connection_close(struct connection **h);
/* The writer's, for the body of a transaction that is open on it; connection_close leaves db and lock alone. */
struct connection *connection_borrow(struct db *db, struct instance_lock *instance_lock);
/* Begins, runs body, and commits when it returns true. */
bool connection_work(struct connection *h,
                     bool (*body)(struct connection *inside, void *arg, struct err *err), void *arg,
                     struct err *err);
/* NULL: there is nothing yet. Changes at the first connection_begin. */
struct db *connection_db(const struct connection *h);
/* Looks again for a file that was missing, and was perhaps made meanwhile. */
struct db *connection_look_again(struct connection *h, struct err *err);
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
