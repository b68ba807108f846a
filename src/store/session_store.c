#include "berdua/store/session_store.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "session_rows.h"
#include "store/sqlite/db.h"
#include "store/sqlite/erase.h"
#include "store/sqlite/said.h"
#include "store_db.h"

enum { QUERY_MAX_BYTES = 64 << 10 };

/* ---- changing ---- */

/* A store without a file has no session, and none is made for the question. */
static bool
begin_at(struct store *s, const char *id, char out[SESSION_ID_BYTES], struct err *err)
{
    if (!store_is_there(s))
        return err_set(err, "no session %s; nothing has been saved yet", id);
    if (!store_begin(s, err))
        return false;
    if (read_find_session(store_db(s), id, NULL, out, err))
        return true;
    store_rollback(s);
    return false;
}

static bool
end(struct store *s, bool ok, struct err *err)
{
    if (!ok)
        store_rollback(s);
    return ok && store_commit(s, err);
}

bool
session_store_rename(struct store *s, const char *id, const char *title, char out[SESSION_ID_BYTES],
                     struct err *err)
{
    return begin_at(s, id, out, err) &&
           end(s,
               db_run(store_db(s), "UPDATE session SET title = nullif(?2, '') WHERE id = ?1",
                      SQL_ARGS(SQL_TEXT(out), SQL_TEXT(title)), err),
               err);
}

bool
session_store_pin(struct store *s, const char *id, bool pinned, char out[SESSION_ID_BYTES],
                  struct err *err)
{
    return begin_at(s, id, out, err) &&
           end(s,
               db_run(store_db(s), "UPDATE session SET pinned = ?2 WHERE id = ?1",
                      SQL_ARGS(SQL_TEXT(out), SQL_INT(pinned)), err),
               err);
}

static bool
runs_elsewhere(struct store *s, const char *id, struct err *err)
{
    struct stmt *q = db_query(store_db(s),
                              "SELECT DISTINCT owner FROM answer WHERE status = 'running'"
                              " AND turn IN (SELECT id FROM turn WHERE session = ?1)",
                              SQL_ARGS(SQL_TEXT(id)), err);
    bool runs = false;
    while (stmt_next(q, err))
        runs = runs || store_alive(s, stmt_str(q, 0));
    return !stmt_finish(q) || (runs && !err_set(err,
                                                "session %s: another berdua waits for an answer in "
                                                "it; end that first, then try again",
                                                id));
}

static bool
remove_session(struct store *s, struct session_removed *out, struct err *err)
{
    struct db *db = store_db(s);
    const struct sql_arg *id = SQL_ARGS(SQL_TEXT(out->id));
    return !runs_elsewhere(s, out->id, err) && erase_begin(db, err) &&
           db_find_int(db, "SELECT count(*) FROM turn WHERE session = ?1", id, &out->turns, err) &&
           db_find_int(db, "SELECT count(*) FROM verdict WHERE session = ?1", id, &out->verdicts,
                       err) &&
           db_run(db, "DELETE FROM session WHERE id = ?1", id, err) && said_erase(db, err);
}

bool
session_store_remove(struct store *s, const char *id, struct session_removed *out, struct err *err)
{
    *out = (struct session_removed){.turns = 0};
    return begin_at(s, id, out->id, err) && end(s, remove_session(s, out, err), err) &&
           erase_finish(store_db(s), "removed",
                        "the next berdua that saves something takes them away", err);
}

/* ---- searching ---- */

/* Each word as a string of FTS5, so that nothing in it is an operator; the last is a beginning. */
static bool
quote_words(struct buf *out, const char *words)
{
    static const char blank[] = " \t\r\n";
    bool ok = true;
    for (const char *w = words + strspn(words, blank); *w && ok; w += strspn(w, blank)) {
        ok = buf_append_str(out, out->len ? " \"" : "\"");
        for (size_t n = strcspn(w, blank); n > 0 && ok; n--, w++)
            ok = buf_append(out, "\"\"", *w == '"' ? 2 : 0) && (*w == '"' || buf_append(out, w, 1));
        ok = ok && buf_append_str(out, "\"");
    }
    return ok && (!out->len || buf_append_str(out, "*"));
}

static void
fill_row(struct said_row *row, struct stmt *q)
{
    int brain = brain_id_parse(stmt_str(q, 5));
    *row = (struct said_row){
        .session = stmt_str(q, 0),
        .title = stmt_str(q, 1),
        .user = stmt_str(q, 2),
        .seq = stmt_int(q, 3),
        .at_wall_us = stmt_int(q, 4),
        .brain = brain < 0 ? BRAIN_NONE : (enum brain_id)brain,
        .veiled = stmt_int(q, 6) != 0,
        .simulated = stmt_int(q, 7) != 0,
        .part = stmt_str(q, 8),
    };
}

static const char search_sql[] =
    "SELECT t.session, s.title, s.user, t.seq, t.at_us, a.brain,"
    " t.blind AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.turn = t.id"
    "  AND v.origin = 'chat' AND v.kind = 'reveal'), t.simulated,"
    " snippet(said_words, 0, '', '', '…', 24)"
    " FROM said_words w JOIN said ON said.n = w.rowid JOIN turn t ON t.id = said.turn"
    " JOIN session s ON s.id = t.session LEFT JOIN answer a ON a.id = said.answer"
    " WHERE said_words MATCH ?1 ORDER BY w.rowid DESC LIMIT ?2";

bool
session_store_search(struct store *s, const char *words, int64_t limit,
                     bool (*each)(void *arg, const struct said_row *row), void *arg, bool *more,
                     struct err *err)
{
    struct buf match;
    struct said_row row;
    *more = false;
    if (!store_db(s))
        return true;
    buf_init(&match, QUERY_MAX_BYTES);
    bool ok = quote_words(&match, words) ||
              err_set(err, "longer than %d KiB; search for a few words", QUERY_MAX_BYTES >> 10);
    if (ok && match.len) {
        struct stmt *q =
            db_query(store_db(s), search_sql, SQL_ARGS(SQL_TEXT(match.p), SQL_INT(limit + 1)), err);
        for (int64_t n = 0; !*more && stmt_next(q, err); n++) {
            *more = n == limit;
            fill_row(&row, q);
            if (!*more && !each(arg, &row))
                break;
        }
        ok = stmt_finish(q);
    }
    buf_finish(&match);
    return ok;
}
