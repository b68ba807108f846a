#include "berdua/store/query.h"

#include <string.h>

#include "berdua/base/err.h"
#include "store/sqlite/db.h"
#include "session_rows.h"
#include "store_db.h"
#include "verdict_rows.h"

bool
query_sessions(struct store *q, bool (*each)(void *arg, const struct session_row *row), void *arg,
               struct err *err)
{
    if (!store_db(q))
        return true;
    struct stmt *s = db_query(
        store_db(q),
        "SELECT id, user, title, started_us, last_us,"
        " (SELECT count(*) FROM turn t WHERE t.session = s.id),"
        " (SELECT count(*) FROM verdict v WHERE v.session = s.id AND " VERDICT_IN_FORCE "),"
        " (SELECT message FROM turn t WHERE t.session = s.id ORDER BY seq LIMIT 1),"
        " simulated, pinned FROM session s ORDER BY pinned DESC, last_us DESC, id DESC",
        NULL, err);
    while (stmt_next(s, err)) {
        struct session_row row = {
            .id = stmt_str(s, 0),
            .user = stmt_str(s, 1),
            .title = stmt_str(s, 2),
            .started_wall_us = stmt_int(s, 3),
            .last_wall_us = stmt_int(s, 4),
            .turns = stmt_int(s, 5),
            .verdicts = stmt_int(s, 6),
            .first_message = stmt_str(s, 7),
            .simulated = stmt_int(s, 8) != 0,
            .pinned = stmt_int(s, 9) != 0,
        };
        if (!each(arg, &row))
            break;
    }
    return stmt_finish(s);
}

bool
query_session_ids(struct store *q, bool (*each)(void *arg, const char *id), void *arg,
                  struct err *err)
{
    if (!store_db(q))
        return true;
    struct stmt *s = db_query(store_db(q), "SELECT id FROM session ORDER BY id", NULL, err);
    while (stmt_next(s, err) && each(arg, stmt_str(s, 0)))
        ;
    return stmt_finish(s);
}

struct conversation *
query_session(struct store *q, const char *id, int64_t before_seq, size_t limit, struct err *err)
{
    char whole[27];
    if (!store_db(q)) {
        err_set(err, "no session %s; nothing has been saved yet", id);
        return NULL;
    }
    if (!read_find_session(store_db(q), id, NULL, whole, err))
        return NULL;
    struct read_owner owner = {.others_run = limit == 0};
    return read_session(store_db(q), whole, before_seq, limit, &owner, err);
}

struct conversation *
query_latest(struct store *q, const char *user, size_t limit, struct err *err)
{
    char id[27];
    if (err)
        err->text[0] = 0;
    if (!store_db(q) || !read_find_session(store_db(q), NULL, user, id, err))
        return NULL;
    struct read_owner owner = {.others_run = false};
    return read_session(store_db(q), id, 0, limit, &owner, err);
}

bool
query_tallies(struct store *q, const char *session, int64_t out[VERDICT_KIND_COUNT],
              struct err *err)
{
    memset(out, 0, VERDICT_KIND_COUNT * sizeof *out);
    if (!store_db(q))
        return true;
    struct stmt *s = db_query(
        store_db(q),
        session ? "SELECT kind, count(*) FROM verdict v WHERE v.session = ?1"
                  " AND " VERDICT_IN_FORCE " GROUP BY kind"
                : "SELECT kind, count(*) FROM verdict v WHERE " VERDICT_IN_FORCE " GROUP BY kind",
        session ? SQL_ARGS(SQL_TEXT(session)) : NULL, err);
    while (stmt_next(s, err)) {
        int kind = verdict_kind_parse(stmt_str(s, 0));
        if (kind >= 0)
            out[kind] = stmt_int(s, 1);
    }
    return stmt_finish(s);
}
