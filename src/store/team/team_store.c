#include "berdua/store/team_store.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "store/sqlite/db.h"
#include "store/sqlite/outbox.h"
#include "store/store_db.h"

enum {
    FILL_ROWS = 200
}; /* in a transaction: a verdict that is given meanwhile waits for no more */

/* ---- what there is ---- */

static const char state_sql[] =
    "SELECT origin, coalesce((SELECT seq FROM team_origin o WHERE o.origin = team.origin), 0),"
    " sent, heard_us, fill_kind FROM team";

bool
team_store_state(struct store *s, struct team_state *out, struct err *err)
{
    struct db *db;
    *out = (struct team_state){.seq = 0};
    if (!store_look_again(s, &db, err))
        return false;
    if (!db)
        return true;
    struct stmt *q = db_query(db, state_sql, NULL, err);
    if (stmt_next(q, err)) {
        snprintf(out->origin, sizeof out->origin, "%s", stmt_str(q, 0));
        out->seq = stmt_int(q, 1);
        out->sent = stmt_int(q, 2);
        out->heard_us = stmt_int(q, 3);
        out->filled = stmt_int(q, 4) >= OUTBOX_KINDS;
    }
    return stmt_finish(q);
}

bool
team_store_count(struct store *s, struct team_counts *out, struct err *err)
{
    *out = (struct team_counts){.taken = 0};
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s),
                              "SELECT count(*) FILTER (WHERE state = 'taken'),"
                              " count(*) FILTER (WHERE state = 'waiting'),"
                              " count(*) FILTER (WHERE state = 'refused'),"
                              " count(DISTINCT origin) FROM team_event WHERE state <> 'own'",
                              NULL, err);
    if (stmt_next(q, err))
        *out = (struct team_counts){stmt_int(q, 0), stmt_int(q, 1), stmt_int(q, 2), stmt_int(q, 3)};
    return stmt_finish(q);
}

bool
team_store_read(struct store *s, const char *origin, int64_t after, int64_t most,
                bool (*each)(void *arg, const struct team_event *e), void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s),
                              "SELECT seq, kind, version, payload, sha256 FROM team_event"
                              " WHERE origin = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
                              SQL_ARGS(SQL_TEXT(origin), SQL_INT(after), SQL_INT(most)), err);
    while (stmt_next(q, err)) {
        struct team_event e = {origin,         stmt_int(q, 0), stmt_str(q, 1),
                               stmt_int(q, 2), stmt_str(q, 3), stmt_str(q, 4)};
        if (!each(arg, &e))
            break;
    }
    return stmt_finish(q);
}

bool
team_store_digest(struct store *s, const char *origin, int64_t seq, char out[TEAM_SHA256_LEN + 1],
                  struct err *err)
{
    out[0] = 0;
    if (!store_db(s))
        return true;
    struct stmt *q =
        db_query(store_db(s), "SELECT sha256 FROM team_event WHERE origin = ?1 AND seq = ?2",
                 SQL_ARGS(SQL_TEXT(origin), SQL_INT(seq)), err);
    if (stmt_next(q, err))
        snprintf(out, TEAM_SHA256_LEN + 1, "%s", stmt_str(q, 0));
    return stmt_finish(q);
}

bool
team_store_origins(struct store *s, void (*each)(void *arg, const char *origin, int64_t seq),
                   void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q =
        db_query(store_db(s), "SELECT origin, seq FROM team_origin ORDER BY origin", NULL, err);
    while (stmt_next(q, err))
        each(arg, stmt_str(q, 0), stmt_int(q, 1));
    return stmt_finish(q);
}

/* ---- what is made here ---- */

static void
make_origin(char out[ORIGIN_LEN + 1])
{
    unsigned char b[16];
    random_fill(b, sizeof b);
    b[6] = (unsigned char)((b[6] & 15) | 64);
    b[8] = (unsigned char)((b[8] & 63) | 128);
    size_t n = 0;
    for (size_t i = 0; i < sizeof b; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[n++] = '-';
        snprintf(out + n, 3, "%02x", b[i]);
        n += 2;
    }
}

static bool
join(struct store *inside, void *arg, struct err *err)
{
    char origin[ORIGIN_LEN + 1];
    (void)arg;
    make_origin(origin);
    return db_run(store_db(inside),
                  "INSERT INTO team (one, origin) VALUES (1, ?1)"
                  " ON CONFLICT (one) DO NOTHING",
                  SQL_ARGS(SQL_TEXT(origin)), err);
}

bool
team_store_join(struct store *s, struct err *err)
{
    struct team_state state;
    return team_store_state(s, &state, err) && (state.origin[0] || store_write(s, join, NULL, err));
}

static bool
fill(struct store *inside, void *done, struct err *err)
{
    return outbox_fill(store_db(inside), FILL_ROWS, done, err);
}

bool
team_store_fill(struct store *s, bool (*go_on)(void *arg), void *arg, struct err *err)
{
    struct team_state state;
    if (!team_store_state(s, &state, err))
        return false;
    bool done = state.filled;
    while (!done && (!go_on || go_on(arg)))
        if (!store_write(s, fill, &done, err))
            return false;
    return true;
}

struct heard {
    int64_t sent, wall_us;
};

static bool
note_heard(struct store *inside, void *arg, struct err *err)
{
    const struct heard *h = arg;
    return db_run(store_db(inside), "UPDATE team SET sent = ?1, heard_us = ?2",
                  SQL_ARGS(SQL_INT(h->sent), SQL_INT(h->wall_us)), err);
}

bool
team_store_heard(struct store *s, int64_t sent, int64_t wall_us, struct err *err)
{
    return store_write(s, note_heard, &(struct heard){sent, wall_us}, err);
}

/* ---- a copied file ---- */

struct copy {
    const char *origin;
    int64_t from;
};

static bool
renew(struct store *inside, void *arg, struct err *err)
{
    const struct copy *c = arg;
    struct db *db = store_db(inside);
    char origin[ORIGIN_LEN + 1];
    int64_t ours = 0;
    make_origin(origin);
    const struct sql_arg *args = SQL_ARGS(SQL_TEXT(c->origin), SQL_TEXT(origin), SQL_INT(c->from));
    if (!db_find_int(db, "SELECT 1 FROM team WHERE origin = ?1", args, &ours, err))
        return false;
    if (!ours)
        return true;
    return db_run(db,
                  "UPDATE team_event SET origin = ?2, seq = seq - ?3 + 1"
                  " WHERE origin = ?1 AND seq >= ?3",
                  args, err) &&
           db_run(db, "UPDATE team_event SET state = 'taken' WHERE origin = ?1", args, err) &&
           db_run(db,
                  "INSERT INTO team_origin (origin, seq) SELECT ?2, seq - ?3 + 1 FROM team_origin"
                  " WHERE origin = ?1 AND seq >= ?3",
                  args, err) &&
           db_run(db, "UPDATE team_origin SET seq = min(seq, ?3 - 1) WHERE origin = ?1", args,
                  err) &&
           db_run(db, "UPDATE team SET origin = ?2, sent = 0", args, err);
}

bool
team_store_renew(struct store *s, const char *origin, int64_t from, struct err *err)
{
    return store_write(s, renew, &(struct copy){origin, from}, err);
}
