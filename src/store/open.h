/* Opening in two steps: reading may begin at once; before the first write the file is examined, so that
 * a damaged one is left as it is. Thread: lane. */
#ifndef BERDUA_STORE_OPEN_H
#define BERDUA_STORE_OPEN_H

#include <stdbool.h>

struct db;
struct err;
struct instance_lock;

/* Makes the file where it is missing. NULL: refused. */
struct db *open_for_reading(const char *path, struct err *err);

/* Reads only, but brings a file of an older version up to date first. true with *db NULL: there is none yet. */
bool open_if_there(const char *path, struct db **db, struct err *err);

enum open_result {
    OPEN_READY,
    OPEN_LATER, /* not now (read-only, full, locked): may be tried again */
    OPEN_DAMAGED
};
/* Checks every page, switches to WAL, announces this instance, recovers what dead ones left. */
enum open_result open_for_writing(struct db *db, struct instance_lock **instance_lock,
                                  struct err *err);

#endif
