/* What an ending program could not save, in a file beside the database (DATABASE-recovery-ID), or, where that folder
 * cannot be written, in $XDG_STATE_HOME/berdua: lines of JSON, a head with the database's name, a request each in the
 * order in which they are to be written, and an end with a check sum. Thread: the writer's. */
#ifndef BERDUA_STORE_RECOVERY_FILE_H
#define BERDUA_STORE_RECOVERY_FILE_H

#include <stdbool.h>

struct db;
struct err;
struct write_request;

/* Synced to disk, and only the owner may read it. The file's name, a new string; NULL: neither place took it. */
char *recovery_write(const char *database, const struct write_request *list, struct err *err);
/* Writes what the recovery files of this database hold, each in one transaction, and removes them. A file that another
 * instance is taking is passed over. One that is damaged, or not ours alone, or whose rows the database refuses, stays
 * as it is; say tells of it, and of what was taken. false: the database failed (db_trouble).
 * self: this instance's id. */
bool recovery_take_all(struct db *db, const char *self, void (*say)(void *arg, const char *line),
                       void *arg, struct err *err);

#endif
