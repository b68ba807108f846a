/* A row as a list of fields. One list says how the row is copied, freed, bound to a statement, read back from one,
 * and written to and read from a recovery file, so that none of these can forget a field.
 *
 * A list is a macro, #define THING_FIELDS(X, T) X(T, KIND, column, member, words) …, from which ROW_TYPE makes the
 * table, and ROW_COLUMNS and its like make pieces of SQL in the same order. Thread: any. */
#ifndef BERDUA_STORE_ROW_H
#define BERDUA_STORE_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "berdua/base/mem.h"

struct db;
struct err;
struct json;
struct sql_arg;
struct stmt;

enum field_kind {
    FIELD_STR,   /* char *, owned by the row; NULL: none */
    FIELD_BYTES, /* struct buf */
    FIELD_ID,    /* char[27]; "": none */
    FIELD_INT,   /* int64_t */
    FIELD_KNOWN, /* int64_t; UNKNOWN: none */
    FIELD_SMALL, /* int */
    FIELD_CODE,  /* int; 0: none */
    FIELD_BOOL,
    FIELD_REAL, /* double; NAN: none */
    FIELD_WORD  /* an enum, stored as its word; a value without a word: none */
};

/* An enum's words, and as what no word and an unknown one read. */
struct words {
    const char *(*name)(int value);
    int (*parse)(const char *word);
    int none, unknown;
    bool newer; /* the column is newer than some recovery files: what is not there reads as none */
};

struct field {
    const char *name;
    enum field_kind kind;
    size_t at;
    const struct words *words;
};

struct row_type {
    size_t size;
    const struct field *fields;
    size_t count;
};

#define ROW_FIELD(T, kind, column, member, words)                                                  \
    {#column, FIELD_##kind, offsetof(struct T, member), words},
#define ROW_TYPE(T, FIELDS)                                                                        \
    static const struct field T##_fields[] = {FIELDS(ROW_FIELD, T)};                               \
    static const struct row_type T##_type = {sizeof(struct T), T##_fields, ARRAY_LEN(T##_fields)}

/* The same of what lies as `row` within struct T_write. */
#define ROW_INNER(T, kind, column, member, words)                                                  \
    ROW_FIELD(T##_write, kind, column, row.member, words)

/* Defines `struct words NAME_words` from NAME_name and NAME_parse. */
#define ROW_WORDS(NAME, none, unknown)                                                             \
    static const char *NAME##_word(int value)                                                      \
    {                                                                                              \
        return NAME##_name((enum NAME)value);                                                      \
    }                                                                                              \
    static const struct words NAME##_words = {NAME##_word, NAME##_parse, none, unknown, false}

/* "a, b, " / "?, ?, " / "a = excluded.a, ", a piece for each field. */
#define ROW_COLUMN(T, kind, column, member, words)   #column ", "
#define ROW_MARK(T, kind, column, member, words)     "?, "
#define ROW_ONE_MORE(T, kind, column, member, words) +1
#define ROW_SET(T, kind, column, member, words)      #column " = excluded." #column ", "

/* A new one, zeroed but for its strings and buffers, which are copies. */
void *row_dup(const struct row_type *type, const void *row);
void row_finish(const struct row_type *type, void *row);
/* db_query whose values are the fields, then `more` (NULL: none); all are borrowed until the statement is finished. */
struct stmt *row_query(const struct row_type *type, const void *row, struct db *db, const char *sql,
                       const struct sql_arg *more, struct err *err);
/* The same, run to its end. */
bool row_run(const struct row_type *type, const void *row, struct db *db, const char *sql,
             struct err *err);
/* Into a row that is empty (zeroed, buffers initialised), from column `first` on. */
void row_read(const struct row_type *type, void *row, struct stmt *s, int first);
struct json *row_encode(const struct row_type *type, const void *row);
/* A new row; NULL and a reason when a field is missing or of the wrong type. */
void *row_decode(const struct row_type *type, const struct json *o, struct err *err);

#endif
