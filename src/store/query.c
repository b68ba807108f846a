#include "berdua/store/query.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "store/sqlite/db.h"
#include "store/sqlite/file.h"
#include "store/sqlite/open.h"
#include "session_rows.h"
#include "verdict_rows.h"

struct query {
    struct db *db; /* NULL: there is nothing yet */
};

struct query *
query_open(const char *url, struct err *err)
{
    struct query *q = NULL;
    struct db *db;
    char *path = file_from_url(url, err);
    if (path && open_if_there(path, &db, err)) {
        q = xcalloc(1, sizeof *q);
        q->db = db;
    }
    free(path);
    return q;
}

void
query_close(struct query **q)
{
    if (!*q)
        return;
    db_close(&(*q)->db);
    free(*q);
    *q = NULL;
}

bool
query_sessions(struct query *q, bool (*each)(void *arg, const struct session_row *row), void *arg,
               struct err *err)
{
    if (!q->db)
        return true;
    struct stmt *s =
        db_stmt(q->db,
                "SELECT id, user, title, started_us, last_us,"
                " (SELECT count(*) FROM turn t WHERE t.session = s.id),"
                " (SELECT count(*) FROM verdict v WHERE v.session = s.id AND " VERDICT_IN_FORCE "),"
                " (SELECT message FROM turn t WHERE t.session = s.id ORDER BY seq LIMIT 1),"
                " simulated FROM session s ORDER BY last_us DESC, id DESC",
                err);
    if (!s)
        return false;
    enum step step;
    while ((step = stmt_step(s, err)) == STEP_ROW) {
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
        };
        if (!each(arg, &row))
            break;
    }
    stmt_end(s);
    return step != STEP_FAILED;
}

struct conversation *
query_session(struct query *q, const char *id, int64_t before_seq, size_t limit, struct err *err)
{
    char whole[27];
    if (!q->db) {
        err_set(err, "no session %s; nothing has been saved yet", id);
        return NULL;
    }
    if (!read_find_session(q->db, id, NULL, whole, err))
        return NULL;
    struct read_owner owner = {.others_run = limit == 0};
    return read_session(q->db, whole, before_seq, limit, &owner, err);
}

struct conversation *
query_latest(struct query *q, const char *user, size_t limit, struct err *err)
{
    char id[27];
    if (err)
        err->text[0] = 0;
    if (!q->db || !read_find_session(q->db, NULL, user, id, err))
        return NULL;
    struct read_owner owner = {.others_run = false};
    return read_session(q->db, id, 0, limit, &owner, err);
}

bool
query_tallies(struct query *q, const char *session, int64_t out[VERDICT_KIND_COUNT],
              struct err *err)
{
    memset(out, 0, VERDICT_KIND_COUNT * sizeof *out);
    if (!q->db)
        return true;
    struct stmt *s = session
                         ? db_stmt(q->db,
                                   "SELECT kind, count(*) FROM verdict v WHERE v.session = ?1"
                                   " AND " VERDICT_IN_FORCE " GROUP BY kind",
                                   err)
                         : db_stmt(q->db,
                                   "SELECT kind, count(*) FROM verdict v WHERE " VERDICT_IN_FORCE
                                   " GROUP BY kind",
                                   err);
    if (!s)
        return false;
    if (session)
        stmt_bind_str(s, 1, session);
    enum step step;
    while ((step = stmt_step(s, err)) == STEP_ROW) {
        int kind = verdict_kind_parse(stmt_str(s, 0));
        if (kind >= 0)
            out[kind] = stmt_int(s, 1);
    }
    stmt_end(s);
    return step == STEP_END;
}
