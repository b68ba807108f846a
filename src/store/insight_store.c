#include "berdua/store/insight_store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "sqlite/db.h"
#include "stem.h"
#include "store_db.h"
#include "write/row.h"

#define INSIGHT_FIELDS(X, T)                                                                       \
    X(T, STR, id, id, NULL)                                                                        \
    X(T, STR, topic, topic, NULL)                                                                  \
    X(T, STR, text, text, NULL)                                                                    \
    X(T, STR, tags, tags, NULL)                                                                    \
    X(T, STR, tone, tone, NULL)                                                                    \
    X(T, STR, languages, languages, NULL)                                                          \
    X(T, BOOL, shipped, shipped, NULL)
ROW_TYPE(insight, INSIGHT_FIELDS);
#define COLUMNS "i.id, i.topic, i.text, i.tags, i.tone, i.languages, i.origin = 'shipped'"

enum { MAX_TEXT_BYTES = 1 << 16 };

void
insight_finish(struct insight *i)
{
    row_finish(&insight_type, i);
}

/* NULL with a reason: there is no file yet. */
static struct db *
db_of(struct store *s, struct err *err)
{
    struct err why = {{0}};
    struct db *db;
    store_look_again(s, &db, &why);
    if (!db)
        err_set(err, "%s", why.text[0] ? why.text : "the database is not there yet");
    return db;
}

bool
insight_store_count(struct store *s, int64_t *out, struct err *err)
{
    struct db *db = db_of(s, err);
    return db && db_int(db, "SELECT count(*) FROM insight", out, err);
}

bool
insight_store_each(struct store *store, bool (*each)(void *arg, struct insight *i), void *arg,
                   struct err *err)
{
    struct db *db = db_of(store, err);
    if (!db)
        return false;
    struct stmt *s = db_query(
        db, "SELECT " COLUMNS " FROM insight i ORDER BY i.topic COLLATE NOCASE, i.id", NULL, err);
    bool go_on = true;
    while (go_on && stmt_next(s, err)) {
        struct insight i = {0};
        row_read(&insight_type, &i, s, 0);
        go_on = each(arg, &i);
        insight_finish(&i);
    }
    return stmt_finish(s);
}

/* ---- writing ---- */

/* The stems of a text with a blank behind each; new. */
static char *
stems_of(const char *text)
{
    struct buf stems;
    buf_init(&stems, MAX_TEXT_BYTES);
    if (text)
        stem_append(&stems, text, strlen(text));
    return buf_take(&stems);
}

static bool
index_one(struct db *db, int64_t n, const struct insight *i, struct err *err)
{
    char *tags = stems_of(i->tags), *topic = stems_of(i->topic), *text = stems_of(i->text);
    bool ok =
        db_run(db, "INSERT INTO insight_index (rowid, tags, topic, text) VALUES (?1, ?2, ?3, ?4)",
               SQL_ARGS(SQL_INT(n), SQL_TEXT(tags), SQL_TEXT(topic), SQL_TEXT(text)), err);
    free(tags);
    free(topic);
    free(text);
    return ok;
}

/* Each word of an entry once, as the index has them: with a blank behind each, and no quote inside. */
static bool
count_entry_words(struct db *db, int64_t n, int by, struct err *err)
{
    return db_run(db,
                  "INSERT INTO insight_word (word, entries) SELECT DISTINCT w.value, ?2"
                  " FROM insight_index i, json_each('[\"' ||"
                  " replace(i.tags || i.topic || i.text, ' ', '\",\"') || '\"]') w"
                  " WHERE i.rowid = ?1 AND w.value <> ''"
                  " ON CONFLICT (word) DO UPDATE SET entries = entries + ?2",
                  SQL_ARGS(SQL_INT(n), SQL_INT(by)), err);
}

static bool
unindex(struct db *db, int64_t n, struct err *err)
{
    return count_entry_words(db, n, -1, err) &&
           db_run(db, "DELETE FROM insight_index WHERE rowid = ?1", SQL_ARGS(SQL_INT(n)), err);
}

static bool
put_insight(struct db *db, const struct insight *i, const char *origin, struct err *err)
{
    int64_t n = 0;
    const struct sql_arg *id = SQL_ARGS(SQL_TEXT(i->id));
    return db_find_int(db, "SELECT n FROM insight WHERE id = ?1", id, &n, err) &&
           unindex(db, n, err) &&
           db_run(db,
                  "INSERT INTO insight (id, topic, text, tags, tone, languages, origin, at_us)"
                  " VALUES (?1, ?2, ?3, coalesce(?4, ''), ?5, ?6, ?7, ?8)"
                  " ON CONFLICT (id) DO UPDATE SET topic = excluded.topic, text = excluded.text,"
                  " tags = excluded.tags, tone = excluded.tone, languages = excluded.languages,"
                  " origin = excluded.origin, at_us = excluded.at_us",
                  SQL_ARGS(SQL_TEXT(i->id), SQL_TEXT(i->topic), SQL_TEXT(i->text),
                           SQL_TEXT(i->tags), SQL_TEXT(i->tone), SQL_TEXT(i->languages),
                           SQL_TEXT(origin), SQL_INT(clock_wall_us())),
                  err) &&
           db_find_int(db, "SELECT n FROM insight WHERE id = ?1", id, &n, err) &&
           index_one(db, n, i, err) && count_entry_words(db, n, 1, err);
}

/* ---- what came with the program ---- */

struct loading {
    struct db *db;
    struct err *err;
    bool ok;
};

/* An entry that the user has replaced stays his. */
static bool
load_one(void *arg, const struct insight *i)
{
    struct loading *l = arg;
    int64_t his = 0;
    l->ok = db_find_int(l->db, "SELECT 1 FROM insight WHERE id = ?1 AND origin <> 'shipped'",
                        SQL_ARGS(SQL_TEXT(i->id)), &his, l->err) &&
            (his || put_insight(l->db, i, "shipped", l->err));
    return l->ok;
}

static bool
drop_shipped(struct db *db, struct err *err)
{
    for (;;) {
        int64_t n = 0;
        if (!db_find_int(db, "SELECT n FROM insight WHERE origin = 'shipped' LIMIT 1", NULL, &n,
                         err))
            return false;
        if (!n)
            return true;
        if (!unindex(db, n, err) ||
            !db_run(db, "DELETE FROM insight WHERE n = ?1", SQL_ARGS(SQL_INT(n)), err))
            return false;
    }
}

static bool
is_loaded(struct db *db, const char *version, bool *loaded, struct err *err)
{
    int64_t found = 0;
    bool ok = db_find_int(db, "SELECT 1 FROM insight_set WHERE name = 'shipped' AND version = ?1",
                          SQL_ARGS(SQL_TEXT(version)), &found, err);
    *loaded = found != 0;
    return ok;
}

struct shipment {
    const char *version;
    insight_source *shipped;
};

/* Another instance may have done it while this one waited for the lock. */
static bool
load_shipped_set(struct db *db, const struct shipment *what, struct err *err)
{
    struct loading l = {db, err, true};
    bool loaded = false;
    if (!is_loaded(db, what->version, &loaded, err) || loaded)
        return loaded;
    return drop_shipped(db, err) && what->shipped(load_one, &l, err) && l.ok &&
           db_run(db, "INSERT OR REPLACE INTO insight_set (name, version) VALUES ('shipped', ?1)",
                  SQL_ARGS(SQL_TEXT(what->version)), err);
}

static bool
load_inside(struct store *inside, void *arg, struct err *err)
{
    return load_shipped_set(store_db(inside), arg, err);
}

bool
insight_store_load(struct store *s, const char *version, insight_source *shipped, struct err *err)
{
    struct shipment what = {version, shipped};
    return store_write(s, load_inside, &what, err);
}

bool
insight_store_is_loaded(struct store *s, const char *version)
{
    struct db *db = store_db(s);
    bool loaded = false;
    return db && is_loaded(db, version, &loaded, NULL) && loaded;
}

bool
insight_store_load_temporary(struct store *s, const char *version, insight_source *shipped,
                             struct err *err)
{
    struct shipment what = {version, shipped};
    struct db *db;
    return store_look_again(s, &db, err) && (db || (db = store_stand_in(s, err))) &&
           db_exec(db,
                   "PRAGMA query_only = OFF; PRAGMA temp_store = MEMORY;"
                   "CREATE TEMP TABLE insight (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                   " topic TEXT, text TEXT, tags TEXT, tone TEXT, languages TEXT, origin TEXT,"
                   " at_us INTEGER);"
                   "CREATE VIRTUAL TABLE temp.insight_index USING fts5 (tags, topic, text,"
                   " tokenize = 'unicode61 remove_diacritics 2');"
                   "CREATE TEMP TABLE insight_word (word TEXT PRIMARY KEY, entries INTEGER)"
                   " WITHOUT ROWID;"
                   "CREATE TEMP TABLE insight_set (name TEXT PRIMARY KEY, version TEXT)",
                   err) &&
           load_shipped_set(db, &what, err);
}

bool
insight_store_put(struct store *inside, const struct insight *i, struct err *err)
{
    return put_insight(store_db(inside), i, "user", err);
}

/* ---- searching ---- */

enum {
    MAX_WORDS = 64,     /* of a message are looked at */
    MAX_TERMS = 16,     /* the rarest of them are asked for */
    MAX_MATCHES = 1500, /* rows that may have to be ranked, beyond those of the first */
    MAX_ROWS = 3000     /* a word that more entries hold tells none from the others */
};
/* Half of a score: what one rare word among the tags gives. */
static const double half_score = 8;

struct term {
    char word[STEM_BYTES];
    int64_t rows;
};

struct terms {
    struct term v[MAX_WORDS];
    size_t count;
};

static bool
collect_term(void *arg, const char *word, size_t len)
{
    struct terms *t = arg;
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->v[i].word, word) == 0)
            return true;
    memcpy(t->v[t->count].word, word, len + 1);
    t->v[t->count++].rows = 0;
    return t->count < MAX_WORDS;
}

static int
by_rows(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    return (x->rows > y->rows) - (x->rows < y->rows);
}

/* How many entries hold each word; those that none or too many hold go. */
static bool
weigh_terms(struct db *db, struct terms *t, struct err *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->count; i++) {
        int64_t rows = 0;
        if (!db_find_int(db, "SELECT entries FROM insight_word WHERE word = ?1",
                         SQL_ARGS(SQL_TEXT(t->v[i].word)), &rows, err))
            return false;
        if (rows <= 0 || rows > MAX_ROWS)
            continue;
        t->v[kept] = t->v[i];
        t->v[kept++].rows = rows;
    }
    t->count = kept;
    qsort(t->v, t->count, sizeof *t->v, by_rows);
    return true;
}

/* Quoted words joined by OR; words hold no quote, so a message cannot say anything to the index. */
static void
write_match(const struct terms *t, struct buf *out)
{
    int64_t rows = 0;
    for (size_t i = 0; i < t->count && i < MAX_TERMS; i++) {
        rows += t->v[i].rows;
        if (i > 0 && rows > MAX_MATCHES)
            break;
        buf_printf(out, "%s\"%s\"", i ? " OR " : "", t->v[i].word);
    }
}

static bool
run_match(struct db *db, const char *match, size_t limit,
          void (*found)(void *arg, struct insight *take), void *arg, struct err *err)
{
    struct stmt *s = db_query(db,
                              "SELECT " COLUMNS ", f.score FROM (SELECT rowid AS n, rank AS score"
                              " FROM insight_index WHERE insight_index MATCH ?1"
                              " AND rank MATCH 'bm25(4.0, 3.0, 1.0)' ORDER BY rank LIMIT ?2) f"
                              " JOIN insight i ON i.n = f.n",
                              SQL_ARGS(SQL_TEXT(match), SQL_INT((int64_t)limit * 3)), err);
    while (stmt_next(s, err)) {
        struct insight i = {0};
        row_read(&insight_type, &i, s, 0);
        double raw = fmax(-stmt_real(s, 7), 0);
        i.score = raw / (raw + half_score);
        found(arg, &i);
    }
    return stmt_finish(s);
}

bool
insight_store_search(struct store *store, const char *text, size_t len, size_t limit,
                     int64_t deadline_us, void (*found)(void *arg, struct insight *take), void *arg,
                     struct err *err)
{
    enum { MOST_BYTES = 8192 };
    struct db *db = db_of(store, err);
    if (!db)
        return false;
    struct terms *t = xcalloc(1, sizeof *t);
    struct buf match;
    buf_init(&match, MAX_TERMS * (STEM_BYTES + 8));
    stem_words(text, len < MOST_BYTES ? len : MOST_BYTES, collect_term, t);
    db_set_deadline(db, deadline_us);
    bool ok = weigh_terms(db, t, err);
    write_match(t, &match);
    if (ok && match.len)
        ok = run_match(db, match.p, limit, found, arg, err);
    db_set_deadline(db, NEVER_US);
    buf_finish(&match);
    free(t);
    return ok || clock_us() >= deadline_us;
}
