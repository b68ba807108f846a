/* Opening in two steps: reading may begin at once; before the first write the file is examined, so that
 * a damaged one is left as it is. Thread: the connection's. */
#ifndef BERDUA_STORE_OPEN_H
#define BERDUA_STORE_OPEN_H

#include <stdbool.h>

#include "db.h"

struct instance_lock;

/* make: where the file is missing it is made; otherwise that is a failure. NULL: failed, *trouble (may be NULL) and err
 * say how. */
struct db *open_for_reading(const char *path, bool make, enum db_trouble *trouble, struct err *err);

/* Reads only, but brings a file of an older version up to date first. true with *db NULL: there is none yet. */
bool open_if_there(const char *path, struct db **db, struct err *err);

/* Up to this size every index is compared with its table before the first write; larger files are checked so when
 * nothing else is to be done, since that takes seconds. */
enum { OPEN_CHECKED_BYTES = 8 << 20 };
/* Checks every page, switches to WAL, announces this instance, ends the answers that dead instances left running.
 * false: db_trouble says whether the same may succeed later. */
bool open_for_writing(struct db *db, struct instance_lock **instance_lock, struct err *err);

#endif
