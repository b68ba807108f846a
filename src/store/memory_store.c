/* People and records. */
#include "berdua/store/memory_store.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "store/sqlite/erase.h"
#include "spend_rows.h"
#include "store_db.h"
#include "store/write/write_request.h"

/* ---- people ---- */

bool
memory_store_look(struct store *s, const char *user, int64_t since_us, struct memory_look *out,
                  struct err *err)
{
    struct db *db = store_db(s);
    *out = (struct memory_look){0};
    if (!db)
        return true;
    struct stmt *q =
        db_query(db,
                 "SELECT EXISTS (SELECT 1 FROM memory_out WHERE user = ?1),"
                 " (SELECT profile FROM memory_profile WHERE user = ?1 AND at_us >= ?2),"
                 " (SELECT at_us FROM memory_profile WHERE user = ?1)",
                 SQL_ARGS(SQL_TEXT(user), SQL_INT(since_us)), err);
    if (stmt_next(q, err)) {
        out->out = stmt_int(q, 0) != 0;
        out->profile = stmt_dup(q, 1);
        out->at_us = stmt_int(q, 2);
    }
    return stmt_finish(q);
}

static bool
run_for(struct db *db, const char *sql, const char *user, struct err *err)
{
    return db_run(db, sql, SQL_ARGS(SQL_TEXT(user)), err);
}

bool
memory_store_put_profile(struct store *s, const char *user, const char *profile, int64_t at_us,
                         struct err *err)
{
    struct db *db = store_db(s);
    if (!erase_begin(db, err))
        return false;
    if (!profile)
        return run_for(db, "DELETE FROM memory_profile WHERE user = ?1", user, err);
    return db_run(db,
                  "INSERT INTO memory_profile (user, at_us, profile) VALUES (?1, ?2, ?3)"
                  " ON CONFLICT (user) DO UPDATE SET at_us = excluded.at_us,"
                  " profile = excluded.profile",
                  SQL_ARGS(SQL_TEXT(user), SQL_INT(at_us), SQL_TEXT(profile)), err);
}

/* What has been said so far counts as analysed. */
static bool
close_the_past(struct db *db, const char *user, struct err *err)
{
    return run_for(db,
                   "INSERT INTO memory_progress (session, through_seq)"
                   " SELECT t.session, max(t.seq) FROM turn t JOIN session s ON s.id = t.session"
                   " WHERE s.user = ?1 GROUP BY t.session"
                   " ON CONFLICT (session) DO UPDATE SET through_seq = excluded.through_seq",
                   user, err);
}

/* What was said while a person was out, or waited when they were taken out, is not analysed once they are in again. */
static bool
let_in(struct db *db, const char *user, struct err *err)
{
    int64_t is_out = 0;
    if (!db_find_int(db, "SELECT 1 FROM memory_out WHERE user = ?1", SQL_ARGS(SQL_TEXT(user)),
                     &is_out, err))
        return false;
    if (!is_out)
        return true;
    return close_the_past(db, user, err) &&
           run_for(db, "DELETE FROM memory_out WHERE user = ?1", user, err);
}

static bool
memory_write_out(struct db *db, const char *user, bool is_out, int64_t wall_us, struct err *err)
{
    if (!is_out)
        return let_in(db, user, err);
    return db_run(db,
                  "INSERT INTO memory_out (user, at_us) VALUES (?1, ?2)"
                  " ON CONFLICT (user) DO NOTHING",
                  SQL_ARGS(SQL_TEXT(user), SQL_INT(wall_us)), err) &&
           run_for(db, "DELETE FROM memory_pending WHERE user = ?1", user, err) &&
           run_for(db, "DELETE FROM context WHERE user = ?1", user, err);
}

struct memory_out_write {
    char *user;
    bool out;
    int64_t at_us;
};

#define MEMORY_OUT_FIELDS(X, T)                                                                    \
    X(T, STR, user, user, NULL)                                                                    \
    X(T, BOOL, out, out, NULL)                                                                     \
    X(T, INT, at_us, at_us, NULL)
ROW_TYPE(memory_out_write, MEMORY_OUT_FIELDS);

static bool
write_memory_out(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct memory_out_write *row = req->row;
    return memory_write_out(env->db, row->user, row->out, row->at_us, err);
}

const struct write_kind write_memory_out_kind = {"memory_out", &memory_out_write_type,
                                                 write_memory_out};

uint64_t
writer_set_memory_out(struct writer *w, const char *user, bool is_out, int64_t wall_us)
{
    struct memory_out_write row = {(char *)(uintptr_t)user, is_out, wall_us};
    return writer_queue_row(w, &write_memory_out_kind, &row, 0);
}

/* ---- forgetting ---- */

/* What has been said so far counts as analysed, so that none of it comes back when the person is let in again. */
static bool
remove_rows(struct db *db, const char *user, struct err *err)
{
    return erase_begin(db, err) &&
           run_for(db, "DELETE FROM memory_record WHERE user = ?1", user, err) &&
           run_for(db, "DELETE FROM memory_profile WHERE user = ?1", user, err) &&
           run_for(db, "DELETE FROM memory_pending WHERE user = ?1", user, err) &&
           run_for(db, "DELETE FROM context WHERE user = ?1", user, err) &&
           close_the_past(db, user, err) &&
           run_for(db,
                   "UPDATE turn SET context = NULL WHERE context IS NOT NULL"
                   " AND session IN (SELECT id FROM session WHERE user = ?1)",
                   user, err);
}

bool
memory_store_forget(struct store *s, const char *user, int64_t wall_us, struct err *err)
{
    if (!store_begin(s, err))
        return false;
    struct db *db = store_db(s);
    if (!remove_rows(db, user, err) || !memory_write_out(db, user, true, wall_us, err)) {
        store_rollback(s);
        return false;
    }
    return store_commit(s, err) && erase_finish(db, "forgotten", "then run this again", err);
}

/* ---- records ---- */

bool
memory_store_records(struct store *s, const char *user, int64_t since_us,
                     bool (*each)(void *arg, const struct memory_record *r), void *arg,
                     struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q =
        db_query(store_db(s),
                 "SELECT session, user, model, through_seq, at_us, dropped, record"
                 " FROM memory_record WHERE user = ?1 AND at_us >= ?2 ORDER BY at_us, id",
                 SQL_ARGS(SQL_TEXT(user), SQL_INT(since_us)), err);
    while (stmt_next(q, err)) {
        struct memory_record r = {.session = stmt_str(q, 0),
                                  .user = stmt_str(q, 1),
                                  .model = stmt_str(q, 2),
                                  .through_seq = stmt_int(q, 3),
                                  .at_us = stmt_int(q, 4),
                                  .dropped = stmt_int(q, 5),
                                  .record = stmt_str(q, 6)};
        if (!each(arg, &r))
            break;
    }
    return stmt_finish(q);
}

bool
memory_store_add_record(struct store *s, const struct memory_record *r, struct err *err)
{
    char id[ID_LEN + 1];
    id_make(id);
    return db_run(store_db(s),
                  "INSERT INTO memory_record (id, session, user, model, through_seq,"
                  " at_us, dropped, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                  SQL_ARGS(SQL_TEXT(id), SQL_TEXT(r->session), SQL_TEXT(r->user),
                           SQL_TEXT(r->model), SQL_INT(r->through_seq), SQL_INT(r->at_us),
                           SQL_INT(r->dropped), SQL_TEXT(r->record)),
                  err);
}

bool
memory_store_add_call(struct store *s, const char *session, const struct answer *a, int64_t wall_us,
                      struct err *err)
{
    return spend_insert_call(store_db(s), "analysis", session, a, wall_us, err);
}

bool
memory_store_has_expired(struct store *s, int64_t before_us, bool *any, struct err *err)
{
    int64_t found = 0;
    bool ok =
        !store_db(s) || db_find_int(store_db(s),
                                    "SELECT EXISTS (SELECT 1 FROM memory_record WHERE at_us < ?1)"
                                    " OR EXISTS (SELECT 1 FROM memory_profile WHERE at_us < ?1)",
                                    SQL_ARGS(SQL_INT(before_us)), &found, err);
    *any = found != 0;
    return ok;
}

bool
memory_store_sweep(struct store *s, int64_t before_us, struct err *err)
{
    const struct sql_arg *before = SQL_ARGS(SQL_INT(before_us));
    struct db *db = store_db(s);
    return erase_begin(db, err) &&
           db_run(db, "DELETE FROM memory_record WHERE at_us < ?1", before, err) &&
           db_run(db, "DELETE FROM memory_profile WHERE at_us < ?1", before, err);
}
