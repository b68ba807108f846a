/* The index of what was said (schema.c). Thread: the connection's. */
#ifndef BERDUA_STORE_SAID_H
#define BERDUA_STORE_SAID_H

#include <stdbool.h>

struct db;
struct err;

/* Brings the index up to date inside a transaction, and leaves no word of what was deleted in its parts. */
bool said_erase(struct db *db, struct err *err);
/* Commits a transaction; the index then holds the words of what it left. */
bool said_commit(struct db *db, struct err *err);

#endif
