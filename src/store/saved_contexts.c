#include "berdua/store/saved_contexts.h"

#include "berdua/base/err.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "store/write/write_request.h"
#include "store_db.h"

/* NULL and "": nobody is. */
static bool
is_out(struct db *db, const char *user, bool *out, struct err *err)
{
    int64_t found = 0;
    bool ok = db_find_int(db, "SELECT 1 FROM memory_out WHERE user = ?1 AND user <> ''",
                          SQL_ARGS(SQL_TEXT(user)), &found, err);
    *out = found != 0;
    return ok;
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
    if (!db_run(env->db, "DELETE FROM context WHERE expires_us <= ?1",
                SQL_ARGS(SQL_INT(row->at_wall_us)), err) ||
        !is_out(env->db, row->user, &out, err))
        return false;
    if (out)
        return true;
    return row_run(&saved_context_type, row, env->db,
                   "INSERT INTO context (user, topic, language, text, model, at_us, expires_us)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                   " ON CONFLICT (coalesce(user, ''), topic, language) DO UPDATE SET"
                   " text = excluded.text, model = excluded.model, at_us = excluded.at_us,"
                   " expires_us = excluded.expires_us WHERE excluded.at_us >= context.at_us",
                   err);
}

const struct write_kind write_context_kind = {"context", &saved_context_type, write_context};

uint64_t
writer_put_context(struct writer *w, const struct saved_context *c)
{
    struct saved_context row = *c;
    if (row.user && !*row.user)
        row.user = NULL;
    return writer_queue_row(w, &write_context_kind, &row, 0);
}

bool
context_store_out(struct store *s, const char *user, struct err *err)
{
    bool out = false;
    struct db *db;
    if (store_look_again(s, &db, err) && db)
        is_out(db, user, &out, err);
    return out;
}

char *
context_store_find(struct store *s, const char *user, const char *topic, const char *language,
                   int64_t now_wall_us, struct err *err)
{
    char *text = NULL;
    struct db *db;
    if (!store_look_again(s, &db, err) || !db)
        return NULL;
    struct stmt *q = db_query(db,
                              "SELECT text FROM context WHERE coalesce(user, '') IN (?1, '')"
                              " AND topic = ?2 AND language = ?3 AND expires_us > ?4"
                              " AND (user IS NULL OR user NOT IN (SELECT user FROM memory_out))"
                              " ORDER BY user IS NULL LIMIT 1",
                              SQL_ARGS(SQL_TEXT(user ? user : ""), SQL_TEXT(topic),
                                       SQL_TEXT(language), SQL_INT(now_wall_us)),
                              err);
    if (stmt_next(q, err))
        text = stmt_dup(q, 0);
    stmt_finish(q);
    return text;
}
