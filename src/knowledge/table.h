/* The insights in the store's file. Thread: the handle's. */
#ifndef BERDUA_KNOWLEDGE_TABLE_H
#define BERDUA_KNOWLEDGE_TABLE_H

#include "berdua/knowledge/knowledge.h"

struct db;

/* Puts in what came with the program unless this version is there; the user's own stay. */
bool table_load_shipped(struct db *db, struct err *err);
/* false also when it cannot be said. */
bool table_is_loaded(struct db *db);
/* The same names in memory, in front of the file's, for a file that cannot be written. */
bool table_make_temporary(struct db *db, struct err *err);
bool table_count(struct db *db, int64_t *out, struct err *err);

/* Both inside the caller's transaction. put replaces an entry of the same id. */
bool table_put(struct db *db, const struct insight *i, const char *origin, struct err *err);
bool table_each(struct db *db, bool (*each)(void *arg, const struct insight *i), void *arg,
                struct err *err);
/* Adds to out, best first; a deadline that passes leaves it empty. */
bool table_search(struct db *db, const struct knowledge_query *q, struct insights *out,
                  struct err *err);

#endif
