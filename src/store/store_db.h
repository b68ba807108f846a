/* A store's database, for the files that know its tables. Thread: the store's. */
#ifndef BERDUA_STORE_STORE_DB_H
#define BERDUA_STORE_STORE_DB_H

#include "berdua/store/store.h"

struct db;

/* NULL: there is nothing yet. Changes at the first store_begin. */
struct db *store_db(const struct store *s);
bool store_counts_simulated(const struct store *s);
/* Looks again for a file that was missing, and was perhaps made meanwhile. false: it cannot be read. *db NULL: there is
 * still none. */
bool store_look_again(struct store *s, struct db **db, struct err *err);
/* Where there is no file, and none can be made, an empty database in memory in its place, until store_begin. */
struct db *store_stand_in(struct store *s, struct err *err);
/* By which others can tell whether the process that left something behind still lives; NULL before the first begin. */
const char *store_instance(const struct store *s);
/* Does whoever left this id live? */
bool store_alive(const struct store *s, const char *id);

#endif
