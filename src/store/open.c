#include "open.h"

#include <string.h>
#include <time.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "db.h"
#include "file.h"
#include "recover.h"
#include "schema.h"

/* Two instances that make the same file at the same time get in each other's way only here, where
 * SQLite does not wait by itself. */
enum { WAL_WAIT_US = 10 * US_PER_S };

static bool
switch_to_wal(struct db *db, struct err *err)
{
    struct buf mode;
    int64_t deadline_us = clock_us() + WAL_WAIT_US;
    bool ok;
    buf_init(&mode, 64);
    for (;;) {
        buf_clear(&mode);
        ok = db_text(db, "PRAGMA journal_mode = WAL", &mode, err);
        if (ok || clock_us() > deadline_us)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    if (ok && strcmp(mode.p, "wal") != 0)
        ok = err_set(err,
                     "%s: this file system cannot hold the database (no WAL); name another file "
                     "with --db",
                     db_path(db));
    buf_finish(&mode);
    return ok;
}

static bool
upgrade(struct db *db, struct err *err)
{
    return schema_check_pages(db, err) && switch_to_wal(db, err) && schema_migrate(db, err);
}

struct db *
open_for_reading(const char *path, struct err *err)
{
    if (file_look(path, err) == FILE_REFUSED || !file_prepare(path, err))
        return NULL;
    struct db *db = db_open(path, DB_WRITE, err);
    if (!db)
        return NULL;
    enum schema_state state = schema_look(db, err);
    if (state == SCHEMA_REFUSED || (state == SCHEMA_OLD && !upgrade(db, err)) ||
        !db_exec(db,
                 "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;"
                 "PRAGMA checkpoint_fullfsync = ON; PRAGMA cell_size_check = ON;"
                 "PRAGMA temp_store = MEMORY",
                 err))
        db_close(&db);
    return db;
}

bool
open_if_there(const char *path, struct db **db, struct err *err)
{
    enum file_state there = file_look(path, err);
    *db = NULL;
    if (there != FILE_PRESENT)
        return there == FILE_MISSING;
    *db = db_open(path, DB_READ, err);
    enum schema_state state = *db ? schema_look(*db, err) : SCHEMA_REFUSED;
    if (state == SCHEMA_CURRENT)
        return true;
    db_close(db);
    if (state == SCHEMA_OLD)
        *db = open_for_reading(path, err);
    return *db != NULL;
}

enum open_result
open_for_writing(struct db *db, struct instance_lock **instance_lock, struct err *err)
{
    if (db_is_readonly(db)) {
        err_set(
            err,
            "%s: the file is read-only, so nothing can be saved; change its permissions or name "
            "another file with --db",
            db_path(db));
        return OPEN_LATER;
    }
    if (!schema_check_pages(db, err))
        return OPEN_DAMAGED;
    if (!switch_to_wal(db, err))
        return OPEN_LATER;
    if (!*instance_lock && !(*instance_lock = instance_lock_create(db_path(db), err)))
        return OPEN_LATER;
    instance_lock_sweep(db_path(db));
    if (!recover_dead(db, instance_lock_id(*instance_lock), err))
        return OPEN_LATER;
    db_allow_checkpoint(db);
    return OPEN_READY;
}
