/* People and records. */
#include "memory_rows.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "store/sqlite/connection.h"
#include "spend_rows.h"
#include "store/write/work.h"
#include "store/write/write_request.h"

struct memory_store *
memory_store_open(const char *url, struct err *err)
{
    struct connection *h = connection_open(url, err);
    if (!h)
        return NULL;
    struct memory_store *s = xcalloc(1, sizeof *s);
    s->handle = h;
    return s;
}

void
memory_store_close(struct memory_store **sp)
{
    struct memory_store *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    connection_close(&s->handle);
    free(s);
}

void
memory_store_through(struct memory_store *s, struct writer *w)
{
    s->writer = w;
}

struct memory_body {
    bool (*run)(struct memory_store *inside, void *arg, struct err *err);
    void *arg;
};

static bool
run_memory_body(struct connection *inside, void *arg, struct err *err)
{
    const struct memory_body *body = arg;
    struct memory_store store = {.handle = inside};
    if (!db_exec(connection_db(inside), "PRAGMA secure_delete = ON", err))
        return false;
    return body->run(&store, body->arg, err);
}

bool
memory_store_write(struct memory_store *s,
                   bool (*body)(struct memory_store *inside, void *arg, struct err *err), void *arg,
                   struct err *err)
{
    struct memory_body b = {body, arg};
    return work_run(s->writer, s->handle, run_memory_body, &b, err);
}

bool
memory_store_begin(struct memory_store *s, struct err *err)
{
    if (!connection_begin(s->handle, err))
        return false;
    if (db_exec(connection_db(s->handle), "PRAGMA secure_delete = ON", err))
        return true;
    connection_rollback(s->handle);
    return false;
}

bool
memory_store_commit(struct memory_store *s, struct err *err)
{
    return connection_commit(s->handle, err);
}

void
memory_store_rollback(struct memory_store *s)
{
    connection_rollback(s->handle);
}

/* ---- people ---- */

bool
memory_store_look(struct memory_store *s, const char *user, int64_t since_us,
                  struct memory_look *out, struct err *err)
{
    struct db *db = connection_db(s->handle);
    *out = (struct memory_look){0};
    if (!db)
        return true;
    struct stmt *q =
        db_stmt(db,
                "SELECT EXISTS (SELECT 1 FROM memory_out WHERE user = ?1),"
                " (SELECT profile FROM memory_profile WHERE user = ?1 AND at_us >= ?2),"
                " (SELECT at_us FROM memory_profile WHERE user = ?1)",
                err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, user);
    stmt_bind_int(q, 2, since_us);
    enum step step = stmt_step(q, err);
    if (step == STEP_ROW) {
        out->out = stmt_int(q, 0) != 0;
        out->profile = stmt_dup(q, 1);
        out->at_us = stmt_int(q, 2);
    }
    stmt_end(q);
    return step == STEP_ROW;
}

bool
memory_store_put_profile(struct memory_store *s, const char *user, const char *profile,
                         int64_t at_us, struct err *err)
{
    struct stmt *q =
        profile
            ? db_stmt(connection_db(s->handle),
                      "INSERT INTO memory_profile (user, at_us, profile) VALUES (?1, ?2, ?3)"
                      " ON CONFLICT (user) DO UPDATE SET at_us = excluded.at_us,"
                      " profile = excluded.profile",
                      err)
            : db_stmt(connection_db(s->handle), "DELETE FROM memory_profile WHERE user = ?1", err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, user);
    if (profile) {
        stmt_bind_int(q, 2, at_us);
        stmt_bind_str(q, 3, profile);
    }
    return stmt_run(q, err);
}

static bool
run_for(struct db *db, const char *sql, const char *user, struct err *err)
{
    struct stmt *q = db_stmt(db, sql, err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, user);
    return stmt_run(q, err);
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
    struct stmt *q = db_stmt(db, "SELECT 1 FROM memory_out WHERE user = ?1", err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, user);
    enum step step = stmt_step(q, err);
    stmt_end(q);
    if (step != STEP_ROW)
        return step != STEP_FAILED;
    return close_the_past(db, user, err) &&
           run_for(db, "DELETE FROM memory_out WHERE user = ?1", user, err);
}

static bool
memory_write_out(struct db *db, const char *user, bool is_out, int64_t wall_us, struct err *err)
{
    if (!is_out)
        return let_in(db, user, err);
    struct stmt *q = db_stmt(db,
                             "INSERT INTO memory_out (user, at_us) VALUES (?1, ?2)"
                             " ON CONFLICT (user) DO NOTHING",
                             err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, user);
    stmt_bind_int(q, 2, wall_us);
    return stmt_run(q, err) &&
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
    struct memory_out_write *row = xcalloc(1, sizeof *row);
    *row = (struct memory_out_write){xstrdup(user), is_out, wall_us};
    return writer_queue(w, write_request_create(&write_memory_out_kind, row), 0);
}

/* ---- forgetting ---- */

/* What has been said so far counts as analysed, so that none of it comes back when the person is let in again. */
static bool
remove_rows(struct db *db, const char *user, struct err *err)
{
    return run_for(db, "DELETE FROM memory_record WHERE user = ?1", user, err) &&
           run_for(db, "DELETE FROM memory_profile WHERE user = ?1", user, err) &&
           run_for(db, "DELETE FROM memory_pending WHERE user = ?1", user, err) &&
           run_for(db, "DELETE FROM context WHERE user = ?1", user, err) &&
           close_the_past(db, user, err) &&
           run_for(db,
                   "UPDATE turn SET context = NULL WHERE context IS NOT NULL"
                   " AND session IN (SELECT id FROM session WHERE user = ?1)",
                   user, err);
}

/* The log beside the file holds older pages until everybody has let go of it, which SQLite waits for a while. */
static bool
empty_log(struct db *db, struct err *err)
{
    int64_t busy = 1;
    if (!db_int(db, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err))
        return false;
    if (!busy)
        return true;
    return err_set(err,
                   "%s: it is forgotten, but another berdua is reading the database, so traces may "
                   "stay in %s-wal until that ends; then run this again",
                   db_path(db), db_path(db));
}

bool
memory_store_forget(struct memory_store *s, const char *user, int64_t wall_us, struct err *err)
{
    if (!memory_store_begin(s, err))
        return false;
    struct db *db = connection_db(s->handle);
    if (!remove_rows(db, user, err) || !memory_write_out(db, user, true, wall_us, err)) {
        connection_rollback(s->handle);
        return false;
    }
    if (!connection_commit(s->handle, err))
        return false;
    bool rewritten = db_exec(db, "VACUUM", err);
    bool emptied = empty_log(db, rewritten ? err : NULL);
    return rewritten ? emptied
                     : err_prefix(err, "it is forgotten, but traces may stay in the file");
}

/* ---- records ---- */

bool
memory_store_records(struct memory_store *s, const char *user, int64_t since_us,
                     bool (*each)(void *arg, const struct memory_record *r), void *arg,
                     struct err *err)
{
    if (!connection_db(s->handle))
        return true;
    struct stmt *q =
        db_stmt(connection_db(s->handle),
                "SELECT session, user, model, through_seq, at_us, dropped, record"
                " FROM memory_record WHERE user = ?1 AND at_us >= ?2 ORDER BY at_us, id",
                err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, user);
    stmt_bind_int(q, 2, since_us);
    enum step step;
    while ((step = stmt_step(q, err)) == STEP_ROW) {
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
    stmt_end(q);
    return step != STEP_FAILED;
}

bool
memory_store_add_record(struct memory_store *s, const struct memory_record *r, struct err *err)
{
    char id[ID_LEN + 1];
    struct stmt *q = db_stmt(connection_db(s->handle),
                             "INSERT INTO memory_record (id, session, user, model, through_seq,"
                             " at_us, dropped, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                             err);
    if (!q)
        return false;
    id_make(id);
    stmt_bind_str(q, 1, id);
    stmt_bind_str(q, 2, r->session);
    stmt_bind_str(q, 3, r->user);
    stmt_bind_str(q, 4, r->model);
    stmt_bind_int(q, 5, r->through_seq);
    stmt_bind_int(q, 6, r->at_us);
    stmt_bind_int(q, 7, r->dropped);
    stmt_bind_str(q, 8, r->record);
    return stmt_run(q, err);
}

bool
memory_store_add_call(struct memory_store *s, const char *session, const struct answer *a,
                      int64_t wall_us, struct err *err)
{
    return spend_insert_call(connection_db(s->handle), "analysis", session, a, wall_us, err);
}

bool
memory_store_has_expired(struct memory_store *s, int64_t before_us, bool *any, struct err *err)
{
    *any = false;
    if (!connection_db(s->handle))
        return true;
    struct stmt *q = db_stmt(connection_db(s->handle),
                             "SELECT EXISTS (SELECT 1 FROM memory_record WHERE at_us < ?1)"
                             " OR EXISTS (SELECT 1 FROM memory_profile WHERE at_us < ?1)",
                             err);
    if (!q)
        return false;
    stmt_bind_int(q, 1, before_us);
    enum step step = stmt_step(q, err);
    *any = step == STEP_ROW && stmt_int(q, 0) != 0;
    stmt_end(q);
    return step == STEP_ROW;
}

bool
memory_store_sweep(struct memory_store *s, int64_t before_us, struct err *err)
{
    static const char *const sql[] = {"DELETE FROM memory_record WHERE at_us < ?1",
                                      "DELETE FROM memory_profile WHERE at_us < ?1"};
    for (size_t i = 0; i < ARRAY_LEN(sql); i++) {
        struct stmt *q = db_stmt(connection_db(s->handle), sql[i], err);
        if (!q)
            return false;
        stmt_bind_int(q, 1, before_us);
        if (!stmt_run(q, err))
            return false;
    }
    return true;
}
