/* A thin door to SQLite: db.c is the only file that includes it. A connection and its statements belong to
 * one thread. Every failure says the file and what to do.
 * Owner: the writer, a query or a command. Thread: its owner's. */
#ifndef BERDUA_STORE_DB_H
#define BERDUA_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct db;
struct err;
struct stmt;

enum db_access {
    DB_READ,
    DB_READ_ALONE, /* without locks and files beside it, where these cannot be made: a query fails once anybody writes */
    DB_MEMORY,     /* an empty one that stands in for the file */
    DB_WRITE
};

/* What kind of failure the last one was. */
enum db_trouble {
    DB_FINE,
    /* these may pass: the same again may succeed later */
    DB_BUSY,
    DB_FULL,
    DB_READONLY,
    DB_UNREACHABLE,
    DB_IO,
    /* these do not */
    DB_DAMAGED,
    DB_MOVED,  /* deleted or replaced while it was open */
    DB_REFUSED /* a newer format, another program's file, a row that breaks a rule of the tables */
};
bool db_trouble_passes(enum db_trouble t);

/* The file must exist, but for DB_MEMORY. Nothing is written to it before the first statement that writes; until
 * db_allow_checkpoint a close leaves it as it is. */
struct db *db_open(const char *path, enum db_access access, enum db_trouble *trouble,
                   struct err *err);
void db_close(struct db **db);
const char *db_path(const struct db *db);
/* Of the last statement that failed. */
enum db_trouble db_trouble(const struct db *db);
void db_set_trouble(struct db *db, enum db_trouble t);
/* How long a statement waits for another program's lock. */
void db_set_busy_ms(struct db *db, int ms);
int db_busy_ms(const struct db *db);
/* While it returns true, statements end at once with a failure; NULL ends that. */
void db_set_interrupt(struct db *db, bool (*wanted)(void *arg), void *arg);
void db_allow_checkpoint(struct db *db);
/* The file's first bytes, read without locks and without making files beside it; how many there were. */
size_t db_head(struct db *db, unsigned char *out, size_t n);
/* It was opened for writing, but the file may only be read. */
bool db_is_readonly(const struct db *db);
/* Says so, and which file it is; returns false. */
bool db_readonly(struct db *db, struct err *err);

/* One or more statements without results. */
bool db_exec(struct db *db, const char *sql, struct err *err);
/* First column of the first row; false when there is none. */
bool db_int(struct db *db, const char *sql, int64_t *out, struct err *err);
/* The same as text, appended. */
bool db_text(struct db *db, const char *sql, struct buf *out, struct err *err);

/* Takes the write lock at once, so that nothing later in the transaction meets another writer. */
bool db_begin(struct db *db, struct err *err);
bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);
/* false: none is open, or an error (a full disk) has rolled it back. */
bool db_in_transaction(const struct db *db);
/* From this monotonic time on every statement fails within a moment, one that runs too; NEVER_US lifts it. */
void db_set_deadline(struct db *db, int64_t deadline_us);

/* Values for ?1, ?2, …: SQL_ARGS(SQL_TEXT(user), SQL_INT(at_us)). */
enum sql_kind {
    SQL_ARGS_END,
    SQL_ARG_TEXT,
    SQL_ARG_BYTES, /* exact bytes: stored as text when that keeps every byte, else as a blob */
    SQL_ARG_INT,
    SQL_ARG_REAL
};
struct sql_arg {
    enum sql_kind kind;
    const char *text; /* NULL binds NULL; borrowed until stmt_finish */
    size_t len;       /* of bytes */
    int64_t n;
    double d; /* NAN binds NULL */
};
#define SQL_TEXT(v)                                                                                \
    {                                                                                              \
        .kind = SQL_ARG_TEXT, .text = (v)                                                          \
    }
#define SQL_INT(v)                                                                                 \
    {                                                                                              \
        .kind = SQL_ARG_INT, .n = (v)                                                              \
    }
#define SQL_REAL(v)                                                                                \
    {                                                                                              \
        .kind = SQL_ARG_REAL, .d = (v)                                                             \
    }
#define SQL_BYTES(buf)                                                                             \
    {                                                                                              \
        .kind = SQL_ARG_BYTES, .text = (buf)->p, .len = (buf)->len                                 \
    }
#define SQL_ARGS(...)                                                                              \
    (const struct sql_arg[])                                                                       \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            .kind = SQL_ARGS_END                                                                   \
        }                                                                                          \
    }
/* Prepared once for each connection and kept, so sql must be a literal; args NULL: none. NULL and a reason when it cannot
 * be prepared. For: s = db_query(…); while (stmt_next(s, err)) …; return stmt_finish(s); */
struct stmt *db_query(struct db *db, const char *sql, const struct sql_arg *args, struct err *err);
/* true: there is a row. false: no more, or s is NULL, or it failed. */
bool stmt_next(struct stmt *s, struct err *err);
/* Ends it, at any row. false: s is NULL, or a step failed. */
bool stmt_finish(struct stmt *s);
/* To the end, ignoring rows; ends it. false as stmt_finish. */
bool stmt_run(struct stmt *s, struct err *err);
bool db_run(struct db *db, const char *sql, const struct sql_arg *args, struct err *err);
/* The first column of the first row; *out stays as it is when there is none. */
bool db_find_int(struct db *db, const char *sql, const struct sql_arg *args, int64_t *out,
                 struct err *err);

/* Columns count from 0; pointers live until stmt_next or stmt_finish. */
bool stmt_is_null(struct stmt *s, int col);
/* Anybody may have written anything there. Figures are cut to this size, so that a thousand of them can be added, or one
 * turned into other units, without leaving their type. */
#define STMT_MOST ((int64_t)1 << 53)
int64_t stmt_int(struct stmt *s, int col);
int stmt_count(struct stmt *s, int col);     /* 0 … INT_MAX / 2: one can be added */
int64_t stmt_known(struct stmt *s, int col); /* -1: NULL, or negative */
double stmt_amount(struct stmt *s, int col); /* NAN: NULL, or negative */
int64_t stmt_exact(struct stmt *s, int col); /* for what is no figure */
double stmt_real(struct stmt *s, int col);   /* NULL gives NAN */
const char *stmt_bytes(struct stmt *s, int col, size_t *len); /* never NULL; a NUL follows */
/* NULL gives NULL; a NUL byte ends the string. */
const char *stmt_str(struct stmt *s, int col);
char *stmt_dup(struct stmt *s, int col);

#endif
