#include "berdua/store/insight_store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "sqlite/connection.h"
#include "sqlite/db.h"
#include "stem.h"
#include "write/work.h"

#define COLUMNS "i.id, i.topic, i.text, i.tags, i.tone, i.languages, i.origin = 'shipped'"

enum { MAX_TEXT_BYTES = 1 << 16 };

struct insight_store {
    struct connection *handle;
    struct writer *writer; /* NULL: it writes itself */
};

static void
read_insight(struct stmt *s, struct insight *out)
{
    *out = (struct insight){.id = stmt_dup(s, 0),
                            .topic = stmt_dup(s, 1),
                            .text = stmt_dup(s, 2),
                            .tags = stmt_dup(s, 3),
                            .tone = stmt_dup(s, 4),
                            .languages = stmt_dup(s, 5),
                            .shipped = stmt_int(s, 6) != 0};
}

static void
finish_insight(struct insight *i)
{
    free(i->id);
    free(i->topic);
    free(i->text);
    free(i->tags);
    free(i->tone);
    free(i->languages);
    *i = (struct insight){0};
}

/* ---- opening ---- */

struct insight_store *
insight_store_open(const char *url, struct err *err)
{
    struct connection *h = connection_open(url, err);
    if (!h)
        return NULL;
    struct insight_store *s = xcalloc(1, sizeof *s);
    s->handle = h;
    return s;
}

void
insight_store_close(struct insight_store **sp)
{
    struct insight_store *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    connection_close(&s->handle);
    free(s);
}

void
insight_store_through(struct insight_store *s, struct writer *w)
{
    s->writer = w;
}

struct insight_body {
    bool (*run)(struct insight_store *inside, void *arg, struct err *err);
    void *arg;
};

static bool
run_insight_body(struct connection *inside, void *arg, struct err *err)
{
    const struct insight_body *body = arg;
    struct insight_store store = {.handle = inside};
    return body->run(&store, body->arg, err);
}

bool
insight_store_write(struct insight_store *s,
                    bool (*body)(struct insight_store *inside, void *arg, struct err *err),
                    void *arg, struct err *err)
{
    struct insight_body b = {body, arg};
    return work_run(s->writer, s->handle, run_insight_body, &b, err);
}

/* NULL with a reason: there is no file yet. */
static struct db *
db_of(struct insight_store *s, struct err *err)
{
    struct err why = {{0}};
    struct db *db = connection_look_again(s->handle, &why);
    if (!db)
        err_set(err, "%s", why.text[0] ? why.text : "the database is not there yet");
    return db;
}

bool
insight_store_count(struct insight_store *s, int64_t *out, struct err *err)
{
    struct db *db = db_of(s, err);
    return db && db_int(db, "SELECT count(*) FROM insight", out, err);
}

bool
insight_store_each(struct insight_store *store, bool (*each)(void *arg, const struct insight *i),
                   void *arg, struct err *err)
{
    struct db *db = db_of(store, err);
    if (!db)
        return false;
    struct stmt *s =
        db_stmt(db, "SELECT " COLUMNS " FROM insight i ORDER BY i.topic COLLATE NOCASE, i.id", err);
    if (!s)
        return false;
    enum step step;
    bool go_on = true;
    while ((step = stmt_step(s, err)) == STEP_ROW && go_on) {
        struct insight i;
        read_insight(s, &i);
        go_on = each(arg, &i);
        finish_insight(&i);
    }
    stmt_end(s);
    return step != STEP_FAILED;
}

/* ---- writing ---- */

static bool
index_one(struct db *db, int64_t n, const struct insight *i, struct err *err)
{
    struct buf tags, topic, text;
    struct stmt *s = db_stmt(
        db, "INSERT INTO insight_index (rowid, tags, topic, text) VALUES (?, ?, ?, ?)", err);
    if (!s)
        return false;
    buf_init(&tags, MAX_TEXT_BYTES);
    buf_init(&topic, MAX_TEXT_BYTES);
    buf_init(&text, MAX_TEXT_BYTES);
    if (i->tags)
        stem_append(&tags, i->tags, strlen(i->tags));
    stem_append(&topic, i->topic, strlen(i->topic));
    stem_append(&text, i->text, strlen(i->text));
    stmt_bind_int(s, 1, n);
    stmt_bind_bytes(s, 2, tags.p, tags.len);
    stmt_bind_bytes(s, 3, topic.p, topic.len);
    stmt_bind_bytes(s, 4, text.p, text.len);
    bool ok = stmt_run(s, err);
    buf_finish(&tags);
    buf_finish(&topic);
    buf_finish(&text);
    return ok;
}

/* Words of one entry, each once. */
struct words {
    char *all; /* stemmed, sorted pieces of it in v */
    char **v;
    size_t count;
};

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
split_words(struct words *w, const char *const *fields, size_t count)
{
    struct buf stems;
    *w = (struct words){0};
    buf_init(&stems, 4 * MAX_TEXT_BYTES);
    for (size_t i = 0; i < count; i++)
        if (fields[i])
            stem_append(&stems, fields[i], strlen(fields[i]));
    size_t most = 0;
    for (size_t i = 0; i < stems.len; i++)
        most += stems.p[i] == ' ';
    w->v = xcalloc(most + 1, sizeof *w->v);
    w->all = buf_take(&stems);
    for (char *p = w->all, *end; (end = strchr(p, ' ')); p = end + 1) {
        *end = 0;
        w->v[w->count++] = p;
    }
    if (w->count)
        qsort(w->v, w->count, sizeof *w->v, by_bytes);
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++)
        if (i == 0 || strcmp(w->v[i], w->v[kept - 1]) != 0)
            w->v[kept++] = w->v[i];
    w->count = kept;
}

static bool
count_words(struct db *db, const char *const fields[3], int by, struct err *err)
{
    struct words w;
    struct stmt *s = db_stmt(db,
                             "INSERT INTO insight_word (word, entries) VALUES (?1, ?2)"
                             " ON CONFLICT (word) DO UPDATE SET entries = entries + ?2",
                             err);
    if (!s)
        return false;
    split_words(&w, fields, 3);
    bool ok = true;
    for (size_t i = 0; ok && i < w.count; i++) {
        stmt_bind_str(s, 1, w.v[i]);
        stmt_bind_int(s, 2, by);
        ok = stmt_run(s, err);
    }
    free(w.v);
    free(w.all);
    return ok;
}

static bool
unindex(struct db *db, const char *id, struct err *err)
{
    struct stmt *s = db_stmt(db, "SELECT n, tags, topic, text FROM insight WHERE id = ?", err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, id);
    enum step step = stmt_step(s, err);
    bool ok = step != STEP_FAILED;
    if (step == STEP_ROW) {
        struct stmt *d = db_stmt(db, "DELETE FROM insight_index WHERE rowid = ?", err);
        if (d)
            stmt_bind_int(d, 1, stmt_int(s, 0));
        ok = d && stmt_run(d, err) &&
             count_words(db, (const char *[]){stmt_str(s, 1), stmt_str(s, 2), stmt_str(s, 3)}, -1,
                         err);
    }
    stmt_end(s);
    return ok;
}

static bool
put_insight(struct db *db, const struct insight *i, const char *origin, struct err *err)
{
    if (!unindex(db, i->id, err))
        return false;
    struct stmt *s =
        db_stmt(db,
                "INSERT INTO insight (id, topic, text, tags, tone, languages, origin, at_us)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                " ON CONFLICT (id) DO UPDATE SET topic = ?2, text = ?3, tags = ?4, tone = ?5,"
                " languages = ?6, origin = ?7, at_us = ?8 RETURNING n",
                err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, i->id);
    stmt_bind_str(s, 2, i->topic);
    stmt_bind_str(s, 3, i->text);
    stmt_bind_str(s, 4, i->tags ? i->tags : "");
    stmt_bind_str(s, 5, i->tone);
    stmt_bind_str(s, 6, i->languages);
    stmt_bind_str(s, 7, origin);
    stmt_bind_int(s, 8, clock_wall_us());
    int64_t n = 0;
    bool ok = stmt_step(s, err) == STEP_ROW;
    if (ok)
        n = stmt_int(s, 0);
    return stmt_run(s, ok ? err : NULL) && ok && index_one(db, n, i, err) &&
           count_words(db, (const char *[]){i->tags, i->topic, i->text}, 1, err);
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
    struct stmt *s =
        db_stmt(l->db, "SELECT count(*) FROM insight WHERE id = ? AND origin <> 'shipped'", l->err);
    if (!s)
        return l->ok = false;
    stmt_bind_str(s, 1, i->id);
    l->ok = stmt_step(s, l->err) == STEP_ROW;
    bool his = l->ok && stmt_int(s, 0) > 0;
    stmt_end(s);
    l->ok = l->ok && (his || put_insight(l->db, i, "shipped", l->err));
    return l->ok;
}

static bool
drop_shipped(struct db *db, struct err *err)
{
    struct buf id;
    int64_t left = 0;
    bool ok = true;
    buf_init(&id, 1 << 10);
    do {
        ok = db_int(db, "SELECT count(*) FROM insight WHERE origin = 'shipped'", &left, err);
        if (!ok || left == 0)
            break;
        buf_clear(&id);
        struct stmt *s = db_stmt(db, "DELETE FROM insight WHERE id = ?", err);
        ok = s &&
             db_text(db, "SELECT id FROM insight WHERE origin = 'shipped' LIMIT 1", &id, err) &&
             unindex(db, id.p, err);
        if (ok) {
            stmt_bind_str(s, 1, id.p);
            ok = stmt_run(s, err);
        }
    } while (ok);
    buf_finish(&id);
    return ok;
}

static bool
is_loaded(struct db *db, const char *version, bool *loaded, struct err *err)
{
    struct stmt *s =
        db_stmt(db, "SELECT count(*) FROM insight_set WHERE name = 'shipped' AND version = ?", err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, version);
    bool ok = stmt_step(s, err) == STEP_ROW;
    *loaded = ok && stmt_int(s, 0) > 0;
    stmt_end(s);
    return ok;
}

static bool
stamp(struct db *db, const char *version, struct err *err)
{
    struct stmt *s = db_stmt(
        db, "INSERT OR REPLACE INTO insight_set (name, version) VALUES ('shipped', ?)", err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, version);
    return stmt_run(s, err);
}

struct shipment {
    const char *version;
    insight_source *shipped;
};

/* Another instance may have done it while this one waited for the lock. */
static bool
load_shipped(struct db *db, const struct shipment *what, struct err *err)
{
    struct loading l = {db, err, true};
    bool loaded = false;
    if (!is_loaded(db, what->version, &loaded, err) || loaded)
        return loaded;
    return drop_shipped(db, err) && what->shipped(load_one, &l, err) && l.ok &&
           stamp(db, what->version, err);
}

static bool
load_inside(struct insight_store *inside, void *arg, struct err *err)
{
    return load_shipped(connection_db(inside->handle), arg, err);
}

bool
insight_store_load(struct insight_store *s, const char *version, insight_source *shipped,
                   struct err *err)
{
    struct shipment what = {version, shipped};
    return insight_store_write(s, load_inside, &what, err);
}

bool
insight_store_is_loaded(struct insight_store *s, const char *version)
{
    struct db *db = connection_db(s->handle);
    bool loaded = false;
    return db && is_loaded(db, version, &loaded, NULL) && loaded;
}

bool
insight_store_load_temporary(struct insight_store *s, const char *version, insight_source *shipped,
                             struct err *err)
{
    struct shipment what = {version, shipped};
    struct db *db = db_of(s, err);
    return db &&
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
           load_shipped(db, &what, err);
}

bool
insight_store_put(struct insight_store *inside, const struct insight *i, struct err *err)
{
    return put_insight(connection_db(inside->handle), i, "user", err);
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
collect(void *arg, const char *word, size_t len)
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
weigh(struct db *db, struct terms *t, struct err *err)
{
    struct stmt *s = db_stmt(db, "SELECT entries FROM insight_word WHERE word = ?", err);
    if (!s)
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < t->count; i++) {
        stmt_bind_str(s, 1, t->v[i].word);
        enum step step = stmt_step(s, err);
        int64_t rows = step == STEP_ROW ? stmt_int(s, 0) : 0;
        stmt_end(s);
        if (step == STEP_FAILED)
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
    struct stmt *s = db_stmt(db,
                             "SELECT " COLUMNS ", f.score FROM (SELECT rowid AS n, rank AS score"
                             " FROM insight_index WHERE insight_index MATCH ?1"
                             " AND rank MATCH 'bm25(4.0, 3.0, 1.0)' ORDER BY rank LIMIT ?2) f"
                             " JOIN insight i ON i.n = f.n",
                             err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, match);
    stmt_bind_int(s, 2, (int64_t)limit * 3);
    enum step step;
    while ((step = stmt_step(s, err)) == STEP_ROW) {
        struct insight i;
        read_insight(s, &i);
        double raw = fmax(-stmt_real(s, 7), 0);
        i.score = raw / (raw + half_score);
        found(arg, &i);
    }
    stmt_end(s);
    return step == STEP_END;
}

bool
insight_store_search(struct insight_store *store, const char *text, size_t len, size_t limit,
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
    stem_words(text, len < MOST_BYTES ? len : MOST_BYTES, collect, t);
    db_set_deadline(db, deadline_us);
    bool ok = weigh(db, t, err);
    write_match(t, &match);
    if (ok && match.len)
        ok = run_match(db, match.p, limit, found, arg, err);
    db_set_deadline(db, NEVER_US);
    buf_finish(&match);
    free(t);
    return ok || clock_us() >= deadline_us;
}
