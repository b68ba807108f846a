#include "berdua/store/saved_contexts.h"

#include <stdlib.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "store/sqlite/file.h"
#include "store/write/write_request.h"
#include "store/sqlite/open.h"

struct context_store {
    char *path;
    struct db *db; /* NULL: there is nothing yet */
};

static bool
remove_expired(struct db *db, int64_t now_us, struct err *err)
{
    struct stmt *s = db_stmt(db, "DELETE FROM context WHERE expires_us <= ?", err);
    if (!s)
        return false;
    stmt_bind_int(s, 1, now_us);
    return stmt_run(s, err);
}

static bool
is_out(struct db *db, const char *user, bool *out, struct err *err)
{
    *out = false;
    if (!user || !*user)
        return true;
    struct stmt *s = db_stmt(db, "SELECT 1 FROM memory_out WHERE user = ?1", err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, user);
    enum step step = stmt_step(s, err);
    *out = step == STEP_ROW;
    stmt_end(s);
    return step != STEP_FAILED;
}

#define CONTEXT_FIELDS(X, T)                                                                       \
    X(T, STR, user, user, NULL)                                                                    \
    X(T, STR, topic, topic, NULL)                                                                  \
    X(T, STR, language, language, NULL)                                                            \
    X(T, STR, text, text, NULL)                                                                    \
    X(T, STR, model, model, NULL)                                                                  \
    X(T, INT, at_us, at_wall_us, NULL)                                                             \
    X(T, INT, expires_us, expires_wall_us, NULL)
ROW_TYPE(saved_context, CONTEXT_FIELDS);

/* Removes what has expired, too. A user who was taken out since the request was made keeps nothing. */
static bool
write_context(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct saved_context *row = req->row;
    bool out;
    if (!remove_expired(env->db, row->at_wall_us, err) || !is_out(env->db, row->user, &out, err))
        return false;
    if (out)
        return true;
    struct stmt *s =
        db_stmt(env->db,
                "INSERT INTO context (user, topic, language, text, model, at_us, expires_us)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                " ON CONFLICT (coalesce(user, ''), topic, language) DO UPDATE SET"
                " text = excluded.text, model = excluded.model, at_us = excluded.at_us,"
                " expires_us = excluded.expires_us WHERE excluded.at_us >= context.at_us",
                err);
    if (!s)
        return false;
    row_bind(&saved_context_type, row, s, 1);
    return stmt_run(s, err);
}

const struct write_kind write_context_kind = {"context", &saved_context_type, write_context};

uint64_t
writer_put_context(struct writer *w, const struct saved_context *c)
{
    struct saved_context row = *c;
    if (row.user && !*row.user)
        row.user = NULL;
    return writer_queue(
        w, write_request_create(&write_context_kind, row_dup(&saved_context_type, &row)), 0);
}

struct context_store *
context_store_open(const char *url, struct err *err)
{
    char *path = file_from_url(url, err);
    if (!path)
        return NULL;
    struct context_store *s = xcalloc(1, sizeof *s);
    s->path = path;
    if (!open_if_there(path, &s->db, err))
        context_store_close(&s);
    return s;
}

void
context_store_close(struct context_store **sp)
{
    struct context_store *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    db_close(&s->db);
    free(s->path);
    free(s);
}

bool
context_store_out(struct context_store *s, const char *user, struct err *err)
{
    bool out = false;
    if ((s->db || open_if_there(s->path, &s->db, err)) && s->db)
        is_out(s->db, user, &out, err);
    return out;
}

char *
context_store_find(struct context_store *s, const char *user, const char *topic,
                   const char *language, int64_t now_wall_us, struct err *err)
{
    char *text = NULL;
    if ((!s->db && !open_if_there(s->path, &s->db, err)) || !s->db)
        return NULL;
    struct stmt *q = db_stmt(s->db,
                             "SELECT text FROM context WHERE coalesce(user, '') IN (?1, '')"
                             " AND topic = ?2 AND language = ?3 AND expires_us > ?4"
                             " AND (user IS NULL OR user NOT IN (SELECT user FROM memory_out))"
                             " ORDER BY user IS NULL LIMIT 1",
                             err);
    if (!q)
        return NULL;
    stmt_bind_str(q, 1, user ? user : "");
    stmt_bind_str(q, 2, topic);
    stmt_bind_str(q, 3, language);
    stmt_bind_int(q, 4, now_wall_us);
    if (stmt_step(q, err) == STEP_ROW)
        text = stmt_dup(q, 0);
    stmt_end(q);
    return text;
}
