/* A synchronous connection to the database, for reading and for deciding what to write. It begins with reading and writes
 * nothing until it must; a missing file reads as empty.
 *
 * Who writes: while a chat or `ask` runs, its writer thread alone (berdua/store/writer.h), which also runs the bodies of
 * store_write. A command has no writer and writes itself, between store_begin and store_commit. Two programs that write
 * at the same time are kept apart by BEGIN IMMEDIATE, which takes the database's write lock before anything is read: what
 * is decided inside holds until the commit. Thread: its owner's, never one that may not wait for the disk. */
#ifndef BERDUA_STORE_STORE_H
#define BERDUA_STORE_STORE_H

#include <stdbool.h>

struct err;
struct store;
struct writer;

struct store *store_open(const char *url, struct err *err);
void store_close(struct store **s);
/* false: there was no file when it was looked for last, and until store_begin it reads as empty. */
bool store_is_there(const struct store *s);
/* In the demo: what is simulated counts as evidence. */
void store_count_simulated(struct store *s);
/* In a chat: from now on store_write runs in its writer. */
void store_through(struct store *s, struct writer *w);
/* A transaction that reads and decides, and waits until it is committed; a lock or a full disk is waited for a bounded
 * time, and not at all once the program ends. body may run more than once (a commit may fail for a passing reason); it
 * returns false to take everything back. Makes the file where it is missing. */
bool store_write(struct store *s, bool (*body)(struct store *inside, void *arg, struct err *err),
                 void *arg, struct err *err);
/* Everything until commit happens as one, and no other instance comes between. Makes the file where it is missing. */
bool store_begin(struct store *s, struct err *err);
bool store_commit(struct store *s, struct err *err);
void store_rollback(struct store *s);
/* more: transactions follow at once. What is added up over all verdicts then waits for the first commit after `false`. */
void store_expect_more(struct store *s, bool more);

#endif
