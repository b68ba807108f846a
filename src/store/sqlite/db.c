#include "db.h"

#include <errno.h>
#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>
#include <sys/stat.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/utf8.h"
#include "berdua/core/thread.h"
#include "file.h"

enum {
    BUSY_MS = 5000,
    DEADLINE_STEPS = 500 /* of SQLite's machine between two looks at the clock */
};

struct stmt {
    struct stmt *next;
    struct db *db;
    const char *sql;
    sqlite3_stmt *handle;
    bool failed; /* since its last end */
};

/* What changes when anybody writes to the database: the file, and how much waits beside it. */
struct file_stamp {
    off_t size, wal_size;
    struct timespec written;
};

struct db {
    sqlite3 *handle;
    char *path;
    bool alone;              /* DB_READ_ALONE */
    struct file_stamp stamp; /* of that: as it was opened */
    struct stmt *statements;
    int64_t deadline_us;
    bool (*interrupt)(void *arg);
    void *interrupt_arg;
    enum db_trouble trouble;
    int busy_ms;
};

bool
db_trouble_passes(enum db_trouble t)
{
    return t >= DB_BUSY && t <= DB_IO;
}

static enum db_trouble
trouble_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DB_BUSY;
    case SQLITE_FULL:
        return DB_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return code == SQLITE_READONLY_DBMOVED ? DB_MOVED : DB_READONLY;
    case SQLITE_CANTOPEN:
        return DB_UNREACHABLE;
    case SQLITE_IOERR:
        return code == SQLITE_IOERR_CORRUPTFS ? DB_DAMAGED
               : code == SQLITE_IOERR_SHMSIZE ? DB_FULL
                                              : DB_IO;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return DB_DAMAGED;
    default:
        return DB_REFUSED;
    }
}

static bool
moved(struct db *db, struct err *err)
{
    db->trouble = DB_MOVED;
    return err_set(err, "%s: was deleted or replaced while in use; start berdua again", db->path);
}

/* What a person can do about each kind of failure. */
static bool
fail(struct db *db, int code, struct err *err)
{
    const char *path = db->path;
    db->trouble = trouble_of(code);
    switch (db->trouble) {
    case DB_FULL:
        return err_set(err, "%s: %s", path, path_unwritable(ENOSPC));
    case DB_READONLY:
    case DB_UNREACHABLE: {
        const char *why = db->trouble == DB_READONLY ? "is read-only; change that"
                                                     : "cannot be opened; repair it";
        char *blocker = file_blocker(path, &why);
        err_set(err, "%s: %s, or name another file with --db", blocker ? blocker : path, why);
        free(blocker);
        return false;
    }
    case DB_DAMAGED:
        return err_set(err,
                       "%s: the database is damaged (%s); move it away or restore a copy, or name "
                       "another file with --db",
                       path, sqlite3_errmsg(db->handle));
    case DB_MOVED:
        return moved(db, err);
    case DB_BUSY:
        return err_set(err, "%s: another program holds the database's lock", path);
    case DB_IO:
        return err_set(err, "%s: reading or writing failed (%s); is the disk full or unplugged?",
                       path, sqlite3_errmsg(db->handle));
    default:
        return err_set(err, "%s: %s", path, sqlite3_errmsg(db->handle));
    }
}

static struct file_stamp
stamp_of(const struct db *db)
{
    struct file_stamp stamp = {0};
    struct stat st;
    char *wal = xasprintf("%s-wal", db->path);
    if (stat(db->path, &st) == 0) {
        stamp.size = st.st_size;
        stamp.written = st.st_mtim;
    }
    if (stat(wal, &st) == 0)
        stamp.wal_size = st.st_size;
    free(wal);
    return stamp;
}

/* The path as a URI, in which three characters have a meaning. */
static char *
immutable_uri(const char *path)
{
    struct buf uri;
    buf_init(&uri, SIZE_MAX);
    buf_append_str(&uri, "file:");
    for (const char *p = path; *p; p++)
        buf_printf(&uri, strchr("?#%", *p) ? "%%%02X" : "%c", (unsigned char)*p);
    buf_append_str(&uri, "?immutable=1");
    return buf_take(&uri);
}

/* SQLite reads a database in WAL mode only with a -shm beside it, or when told that nobody changes the file. The latter
 * passes over what waits in a -wal; that is read with an index in memory, which takes an exclusive lock, so there are none. */
static int
open_alone(struct db *db)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY;
    db->alone = true;
    db->stamp = stamp_of(db);
    if (db->stamp.wal_size > 0) {
        int code = sqlite3_open_v2(db->path, &db->handle, flags, "unix-none");
        return code != SQLITE_OK
                   ? code
                   : sqlite3_exec(db->handle, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
    }
    char *uri = immutable_uri(db->path);
    int code = sqlite3_open_v2(uri, &db->handle, flags | SQLITE_OPEN_URI, NULL);
    free(uri);
    return code;
}

struct db *
db_open(const char *path, enum db_access access, enum db_trouble *trouble, struct err *err)
{
    assert(thread_may_wait());
    struct db *db = xcalloc(1, sizeof *db);
    db->deadline_us = NEVER_US;
    /* The real name, since other instances look for files beside it, whatever name they were given. It
     * is absolute, so SQLite reads no meaning into a name such as ":memory:". */
    char *real = realpath(path, NULL);
    db->path = real ? real : xasprintf("./%s", path);
    /* A reader too opens for writing where it may: otherwise it could not tidy up after itself. */
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
    int code = access == DB_READ_ALONE ? open_alone(db)
               : access == DB_MEMORY
                   ? sqlite3_open_v2(":memory:", &db->handle, flags | SQLITE_OPEN_CREATE, NULL)
                   : sqlite3_open_v2(db->path, &db->handle, flags, NULL);
    if (code != SQLITE_OK) {
        fail(db, code, err);
        if (trouble)
            *trouble = db->trouble;
        db_close(&db);
        return NULL;
    }
    sqlite3_extended_result_codes(db->handle, 1);
    db_set_busy_ms(db, BUSY_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (access != DB_WRITE)
        sqlite3_exec(db->handle, "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY", NULL, NULL,
                     NULL);
    return db;
}

/* Nothing waits beside the file, so SQLite may tidy up without changing it. */
static bool
wal_empty(const struct db *db)
{
    struct stat st;
    char *name = xasprintf("%s-wal", db->path);
    bool empty = stat(name, &st) == 0 && st.st_size == 0;
    free(name);
    return empty;
}

void
db_close(struct db **db)
{
    if (!*db)
        return;
    for (struct stmt *s = (*db)->statements, *next; s; s = next) {
        next = s->next;
        sqlite3_finalize(s->handle);
        free(s);
    }
    if ((*db)->handle && wal_empty(*db))
        db_allow_checkpoint(*db);
    sqlite3_close((*db)->handle);
    free((*db)->path);
    free(*db);
    *db = NULL;
}

const char *
db_path(const struct db *db)
{
    return db->path;
}

enum db_trouble
db_trouble(const struct db *db)
{
    return db->trouble;
}

void
db_set_trouble(struct db *db, enum db_trouble t)
{
    db->trouble = t;
}

void
db_set_busy_ms(struct db *db, int ms)
{
    db->busy_ms = ms;
    sqlite3_busy_timeout(db->handle, ms);
}

int
db_busy_ms(const struct db *db)
{
    return db->busy_ms;
}

void
db_allow_checkpoint(struct db *db)
{
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
}

size_t
db_head(struct db *db, unsigned char *out, size_t n)
{
    /* Through SQLite's own descriptor: closing another one would drop its locks. */
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    int code = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code != SQLITE_OK || !file || !file->pMethods ||
        file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return 0;
    if (size < (sqlite3_int64)n)
        n = (size_t)size;
    return file->pMethods->xRead(file, out, (int)n, 0) == SQLITE_OK ? n : 0;
}

/* The file was deleted or replaced while it was open: what is written would be lost, what is read is old. Every
 * db_begin and db_query looks, and fails then. */
static bool
db_has_moved(const struct db *db)
{
    int has_moved = 0;
    int code = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
    return code == SQLITE_OK && has_moved;
}

/* What is read without locks holds only for as long as nobody writes. */
static bool
was_written(const struct db *db)
{
    struct file_stamp now = stamp_of(db), then = db->stamp;
    return now.size != then.size || now.wal_size != then.wal_size ||
           now.written.tv_sec != then.written.tv_sec || now.written.tv_nsec != then.written.tv_nsec;
}

bool
db_is_readonly(const struct db *db)
{
    return sqlite3_db_readonly(db->handle, "main") == 1;
}

bool
db_readonly(struct db *db, struct err *err)
{
    return fail(db, SQLITE_READONLY, err);
}

bool
db_exec(struct db *db, const char *sql, struct err *err)
{
    assert(thread_may_wait());
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || fail(db, code, err);
}

static bool
no_row(const struct db *db, const char *sql, struct err *err)
{
    return err_set(err, "%s: no result of %s", db->path, sql);
}

bool
db_int(struct db *db, const char *sql, int64_t *out, struct err *err)
{
    struct stmt *s = db_query(db, sql, NULL, err);
    bool there = stmt_next(s, err);
    if (there)
        *out = stmt_exact(s, 0);
    return stmt_finish(s) && (there || no_row(db, sql, err));
}

bool
db_text(struct db *db, const char *sql, struct buf *out, struct err *err)
{
    struct stmt *s = db_query(db, sql, NULL, err);
    bool there = stmt_next(s, err), fits = true;
    if (there && !stmt_is_null(s, 0))
        fits = buf_append_str(out, stmt_str(s, 0));
    if (!stmt_finish(s))
        return false;
    if (!there)
        return no_row(db, sql, err);
    return fits || err_set(err, "%s: the result of %s is too long", db->path, sql);
}

bool
db_begin(struct db *db, struct err *err)
{
    if (db_has_moved(db))
        return moved(db, err);
    return db_exec(db, "BEGIN IMMEDIATE", err);
}

bool
db_commit(struct db *db, struct err *err)
{
    if (db_exec(db, "COMMIT", err))
        return true;
    db_rollback(db);
    return false;
}

void
db_rollback(struct db *db)
{
    if (db_in_transaction(db))
        db_exec(db, "ROLLBACK", NULL);
}

bool
db_in_transaction(const struct db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

static int
must_stop(void *arg)
{
    const struct db *db = arg;
    return clock_us() >= db->deadline_us || (db->interrupt && db->interrupt(db->interrupt_arg));
}

static void
watch_progress(struct db *db)
{
    bool watched = db->deadline_us != NEVER_US || db->interrupt;
    sqlite3_progress_handler(db->handle, watched ? DEADLINE_STEPS : 0, must_stop, db);
}

void
db_set_deadline(struct db *db, int64_t deadline_us)
{
    db->deadline_us = deadline_us;
    watch_progress(db);
}

void
db_set_interrupt(struct db *db, bool (*wanted)(void *arg), void *arg)
{
    db->interrupt = wanted;
    db->interrupt_arg = arg;
    watch_progress(db);
}

static void
stmt_reset(struct stmt *s)
{
    sqlite3_reset(s->handle);
    sqlite3_clear_bindings(s->handle);
    s->failed = false;
}

/* Prepared once for each connection and kept. */
static struct stmt *
find_statement(struct db *db, const char *sql, struct err *err)
{
    if (db_has_moved(db)) {
        moved(db, err);
        return NULL;
    }
    if (db->alone && was_written(db)) {
        db->trouble = DB_BUSY;
        err_set(err, "%s: another program is writing to it; try again", db->path);
        return NULL;
    }
    for (struct stmt *s = db->statements; s; s = s->next) {
        if (s->sql == sql) {
            stmt_reset(s);
            return s;
        }
    }
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
    if (code != SQLITE_OK) {
        fail(db, code, err);
        return NULL;
    }
    struct stmt *s = xcalloc(1, sizeof *s);
    *s = (struct stmt){.next = db->statements, .db = db, .sql = sql, .handle = handle};
    db->statements = s;
    return s;
}

/* Binding fails only for a wrong index or without memory: the first is a bug that the step then shows
 * as a constraint, the second ends the program elsewhere. */
static void
bind_value(sqlite3_stmt *s, int i, const struct sql_arg *v)
{
    const char *p = v->text;
    size_t n = p && v->kind == SQL_ARG_TEXT ? strlen(p) : v->len;
    if (v->kind == SQL_ARG_INT)
        sqlite3_bind_int64(s, i, v->n);
    else if (v->kind == SQL_ARG_REAL ? isnan(v->d) : !p)
        sqlite3_bind_null(s, i);
    else if (v->kind == SQL_ARG_REAL)
        sqlite3_bind_double(s, i, v->d);
    /* SQL functions stop at a NUL and other programs choke on invalid UTF-8, so such bytes go in as a
     * blob; everything else stays searchable text. */
    else if (!memchr(p, 0, n) && utf8_valid(p, n))
        sqlite3_bind_text64(s, i, p, n, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_blob64(s, i, p, n, SQLITE_STATIC);
}

struct stmt *
db_query(struct db *db, const char *sql, const struct sql_arg *args, struct err *err)
{
    struct stmt *s = find_statement(db, sql, err);
    for (int i = 0; s && args && args[i].kind != SQL_ARGS_END; i++)
        bind_value(s->handle, i + 1, &args[i]);
    return s;
}

bool
stmt_next(struct stmt *s, struct err *err)
{
    assert(thread_may_wait());
    int code = s ? sqlite3_step(s->handle) : SQLITE_DONE;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return code == SQLITE_ROW;
    s->failed = true;
    return fail(s->db, code, err);
}

bool
stmt_finish(struct stmt *s)
{
    bool ok = s && !s->failed;
    if (s)
        stmt_reset(s);
    return ok;
}

bool
stmt_run(struct stmt *s, struct err *err)
{
    while (stmt_next(s, err))
        continue;
    return stmt_finish(s);
}

bool
db_run(struct db *db, const char *sql, const struct sql_arg *args, struct err *err)
{
    return stmt_run(db_query(db, sql, args, err), err);
}

bool
db_find_int(struct db *db, const char *sql, const struct sql_arg *args, int64_t *out,
            struct err *err)
{
    struct stmt *s = db_query(db, sql, args, err);
    if (stmt_next(s, err))
        *out = stmt_exact(s, 0);
    return stmt_finish(s);
}

bool
stmt_is_null(struct stmt *s, int col)
{
    return sqlite3_column_type(s->handle, col) == SQLITE_NULL;
}

int64_t
stmt_exact(struct stmt *s, int col)
{
    return sqlite3_column_int64(s->handle, col);
}

int64_t
stmt_int(struct stmt *s, int col)
{
    int64_t n = stmt_exact(s, col);
    return n < -STMT_MOST ? -STMT_MOST : n > STMT_MOST ? STMT_MOST : n;
}

int64_t
stmt_known(struct stmt *s, int col)
{
    int64_t n = stmt_int(s, col);
    return stmt_is_null(s, col) || n < 0 ? -1 : n;
}

double
stmt_amount(struct stmt *s, int col)
{
    double d = stmt_real(s, col);
    return d >= 0 ? d : NAN;
}

int
stmt_count(struct stmt *s, int col)
{
    int64_t n = stmt_exact(s, col);
    return n < 0 ? 0 : n > INT_MAX / 2 ? INT_MAX / 2 : (int)n;
}

double
stmt_real(struct stmt *s, int col)
{
    double d = sqlite3_column_double(s->handle, col);
    if (stmt_is_null(s, col) || isnan(d))
        return NAN;
    return fmin(fmax(d, (double)-STMT_MOST), (double)STMT_MOST);
}

const char *
stmt_bytes(struct stmt *s, int col, size_t *len)
{
    const char *p = stmt_str(s, col);
    *len = p ? (size_t)sqlite3_column_bytes(s->handle, col) : 0;
    return p ? p : "";
}

const char *
stmt_str(struct stmt *s, int col)
{
    return (const char *)sqlite3_column_text(s->handle, col);
}

char *
stmt_dup(struct stmt *s, int col)
{
    return xstrdup(stmt_str(s, col));
}
