/* The database as a file: where it is, what may be opened, who else has it open. */
#ifndef BERDUA_STORE_FILE_H
#define BERDUA_STORE_FILE_H

#include <stdbool.h>

#include "db.h"

struct err;

/* "sqlite:" → the default place, "sqlite:PATH" or a bare path → that path. A new string. */
char *file_from_url(const char *url, struct err *err);

enum file_state { FILE_MISSING /* or empty */, FILE_PRESENT, FILE_REFUSED /* with a reason */ };
/* Without opening it. *trouble (may be NULL) is set where a refusal may pass. */
enum file_state file_look(const char *path, enum db_trouble *trouble, struct err *err);
/* Makes folder (0700) and file (0600) where they are missing and takes group and others off the file. */
bool file_prepare(const char *path, enum db_trouble *trouble, struct err *err);
/* Which of the database, the two files that SQLite keeps beside it (-wal, -shm) and their folder we may not read or write;
 * a new string, and *why in words with the remedy; NULL: none, *why as it was. */
char *file_blocker(const char *path, const char **why);
/* SQLite makes -wal and -shm with the permissions that the database has at that moment. Those of a database that was
 * read-only then stay read-only: gives them the database's permissions, where they are ours. */
void file_mend_companions(const char *path);

/* flock; false: it is not free, or another file has this name by now (or none). */
bool file_lock(int fd, const char *name, int how);

/* ---- instance_lock: every writing instance holds a lock on a file of its own beside the database, so that
 * others can tell whether the answers it left in state running are still being written ---- */
struct instance_lock;
struct instance_lock *instance_lock_create(const char *path, enum db_trouble *trouble,
                                           struct err *err);
void instance_lock_destroy(struct instance_lock **p);
const char *instance_lock_id(const struct instance_lock *p);
/* NULL or "" is nobody, who is dead. When in doubt (the folder cannot be read) alive. */
bool instance_lock_alive(const char *path, const char *id);
/* Removes what dead instances left. */
void instance_lock_sweep(const char *path);

#endif
