#include "open.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "store/evidence_build.h"
#include "file.h"
#include "recover.h"
#include "schema.h"

/* Two instances that make the same file at the same time get in each other's way only here, where SQLite does not
 * wait by itself. */
static bool
switch_to_wal(struct db *db, struct err *err)
{
    struct buf mode;
    int64_t deadline_us = clock_us() + db_busy_ms(db) * (int64_t)US_PER_MS;
    bool ok;
    buf_init(&mode, 64);
    for (;;) {
        buf_clear(&mode);
        ok = db_text(db, "PRAGMA journal_mode = WAL", &mode, err);
        if (ok || db_trouble(db) != DB_BUSY || clock_us() > deadline_us)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    if (ok && strcmp(mode.p, "wal") != 0) {
        db_set_trouble(db, DB_REFUSED);
        ok = err_set(err,
                     "%s: this file system cannot hold the database (no WAL); name another file "
                     "with --db",
                     db_path(db));
    }
    buf_finish(&mode);
    return ok;
}

static bool
upgrade(struct db *db, struct err *err)
{
    return schema_check(db, SCHEMA_QUICK, err) && switch_to_wal(db, err) && schema_migrate(db, err);
}

static void
say_trouble(enum db_trouble *to, enum db_trouble t)
{
    if (to)
        *to = t;
}

/* What an older version did not keep. Where it cannot be kept now, a later commit does. */
static void
fill(struct db *db)
{
    struct err why = {{0}};
    if (db_begin(db, &why) && evidence_refresh(db, EVIDENCE_ALL, &why) && db_commit(db, &why))
        return;
    log_msg(LOG_INFO, "%s", why.text);
    db_rollback(db);
}

struct db *
open_for_reading(const char *path, bool make, enum db_trouble *trouble, struct err *err)
{
    say_trouble(trouble, DB_REFUSED);
    if (file_look(path, trouble, err) == FILE_REFUSED)
        return NULL;
    if (make && !file_prepare(path, trouble, err))
        return NULL;
    file_mend_companions(path);
    struct db *db = db_open(path, DB_WRITE, trouble, err);
    if (!db)
        return NULL;
    enum schema_state state = schema_look(db, err);
    if (state == SCHEMA_REFUSED || (state == SCHEMA_OLD && !upgrade(db, err)) ||
        !db_exec(db,
                 "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;"
                 "PRAGMA checkpoint_fullfsync = ON; PRAGMA cell_size_check = ON;"
                 "PRAGMA temp_store = MEMORY",
                 err)) {
        say_trouble(trouble, db_trouble(db));
        db_close(&db);
    }
    if (db && state == SCHEMA_OLD)
        fill(db);
    return db;
}

static enum schema_state
open_and_look(const char *path, enum db_access access, struct db **db, struct err *err)
{
    *db = db_open(path, access, NULL, err);
    return *db ? schema_look(*db, err) : SCHEMA_REFUSED;
}

/* The files that SQLite shares with other programs cannot be made: a folder that may only be read, a full disk. */
static bool
cannot_share(enum db_trouble t)
{
    return t == DB_READONLY || t == DB_UNREACHABLE || t == DB_FULL || t == DB_IO;
}

bool
open_if_there(const char *path, struct db **db, struct err *err)
{
    enum file_state there = file_look(path, NULL, err);
    *db = NULL;
    if (there != FILE_PRESENT)
        return there == FILE_MISSING;
    enum schema_state state = open_and_look(path, DB_READ, db, err);
    if (state == SCHEMA_REFUSED && *db && cannot_share(db_trouble(*db))) {
        db_close(db);
        state = open_and_look(path, DB_READ_ALONE, db, err);
    }
    if (state == SCHEMA_CURRENT)
        return true;
    db_close(db);
    if (state != SCHEMA_OLD)
        return false;
    enum db_trouble trouble;
    struct err why = {{0}};
    *db = open_for_reading(path, false, &trouble, &why);
    if (!*db)
        err_set(err, "%s%s", why.text,
                cannot_share(trouble)
                    ? " (an older berdua wrote it: it must be brought up to date to be read)"
                    : "");
    return *db != NULL;
}

bool
open_for_writing(struct db *db, struct instance_lock **instance_lock, struct err *err)
{
    enum db_trouble trouble = DB_REFUSED;
    struct stat st;
    if (db_is_readonly(db))
        return db_readonly(db, err);
    bool small = stat(db_path(db), &st) == 0 && st.st_size <= OPEN_CHECKED_BYTES;
    if (!schema_check(db, small ? SCHEMA_DEEP : SCHEMA_QUICK, err) || !switch_to_wal(db, err))
        return false;
    if (!*instance_lock && !(*instance_lock = instance_lock_create(db_path(db), &trouble, err))) {
        db_set_trouble(db, trouble);
        return false;
    }
    instance_lock_sweep(db_path(db));
    if (!recover_dead(db, instance_lock_id(*instance_lock), err))
        return false;
    db_allow_checkpoint(db);
    return true;
}
