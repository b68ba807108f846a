/* Conversations that are to be analysed. A row outlives a crash and a peer that does not answer; whoever works at
 * it writes its own instance_lock beside it, so that a dead one's work is taken up by the next. */
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "store/sqlite/connection.h"
#include "memory_rows.h"
#include "store/write/write_request.h"

#define NEW_SESSION                                                                                \
    " FROM session s WHERE s.id = ?1"                                                              \
    " AND NOT EXISTS (SELECT 1 FROM memory_out o WHERE o.user = s.user)"                           \
    " AND EXISTS (SELECT 1 FROM turn t WHERE t.session = s.id AND t.seq >"                         \
    "  coalesce((SELECT p.through_seq FROM memory_progress p WHERE p.session = s.id), 0))"

/* A month, for a budget; a day, for a brain that is down. */
#define MOST_WAIT_US (32 * 86400 * (int64_t)1000000)

/* Before the instance_lock of the instance in whose hands the conversation still is. */
#define RESERVED "open:"

static bool
memory_write_queue(struct db *db, const char *session, int64_t wall_us, struct err *err)
{
    struct stmt *q =
        db_stmt(db,
                "INSERT INTO memory_pending (session, user, queued_us, next_us, attempts)"
                " SELECT s.id, s.user, ?2, ?2, 0" NEW_SESSION
                " ON CONFLICT (session) DO UPDATE SET queued_us = excluded.queued_us,"
                " next_us = excluded.next_us, owner = NULL"
                " WHERE owner LIKE '" RESERVED "%'",
                err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, session);
    stmt_bind_int(q, 2, wall_us);
    return stmt_run(q, err);
}

static bool
reserve(struct db *db, const char *session, int64_t due_us, const char *owner, struct err *err)
{
    struct stmt *q =
        db_stmt(db,
                "INSERT INTO memory_pending (session, user, queued_us, next_us, attempts, owner)"
                " SELECT s.id, s.user, ?2, ?2, 0, '" RESERVED "' || ?3" NEW_SESSION
                " ON CONFLICT (session) DO NOTHING",
                err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, session);
    stmt_bind_int(q, 2, due_us);
    stmt_bind_str(q, 3, owner);
    return stmt_run(q, err);
}

struct queue_write {
    char session[27];
    int64_t at_us;
    bool reserved; /* only for when this instance dies */
};

#define QUEUE_FIELDS(X, T)                                                                         \
    X(T, ID, session, session, NULL)                                                               \
    X(T, INT, at_us, at_us, NULL)                                                                  \
    X(T, BOOL, reserved, reserved, NULL)
ROW_TYPE(queue_write, QUEUE_FIELDS);

/* What a dead instance reserved is due. */
static bool
write_queue(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct queue_write *row = req->row;
    return row->reserved && env->owner ? reserve(env->db, row->session, row->at_us, env->owner, err)
                                       : memory_write_queue(env->db, row->session, row->at_us, err);
}

const struct write_kind write_queue_kind = {"queue", &queue_write_type, write_queue};

static uint64_t
put_queue(struct writer *w, const char *session, int64_t at_us, bool reserved)
{
    struct queue_write *row = xcalloc(1, sizeof *row);
    memcpy(row->session, session, strnlen(session, ID_LEN));
    row->at_us = at_us;
    row->reserved = reserved;
    return writer_queue(w, write_request_create(&write_queue_kind, row), 0);
}

uint64_t
writer_queue_analysis(struct writer *w, const char *session, int64_t wall_us)
{
    return put_queue(w, session, wall_us, false);
}

uint64_t
writer_reserve_analysis(struct writer *w, const char *session, int64_t due_us)
{
    return put_queue(w, session, due_us, true);
}

bool
memory_store_queue(struct memory_store *s, const char *session, int64_t wall_us, struct err *err)
{
    return memory_write_queue(connection_db(s->handle), session, wall_us, err);
}

bool
memory_store_progress(struct memory_store *s, const char *session, int64_t *through_seq,
                      struct err *err)
{
    *through_seq = 0;
    if (!connection_db(s->handle))
        return true;
    struct stmt *q = db_stmt(connection_db(s->handle),
                             "SELECT through_seq FROM memory_progress WHERE session = ?1", err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, session);
    enum step step = stmt_step(q, err);
    if (step == STEP_ROW)
        *through_seq = stmt_int(q, 0);
    stmt_end(q);
    return step != STEP_FAILED;
}

/* Row: session, attempts, next_us, owner. */
enum hands { HANDS_FREE, HANDS_RESERVED, HANDS_BUSY };

/* Whose it is: nobody's, a living instance's that will queue it itself, or a living one's that works at it. */
static enum hands
take_row(const struct memory_store *s, struct stmt *q, struct memory_pending *out)
{
    const char *session = stmt_str(q, 0), *owner = stmt_str(q, 3);
    const char *self = connection_presence(s->handle);
    bool reserved = owner && strncmp(owner, RESERVED, strlen(RESERVED)) == 0;
    if (!session || strlen(session) >= sizeof out->session)
        return HANDS_BUSY;
    memcpy(out->session, session, strlen(session) + 1);
    out->attempts = (int)stmt_int(q, 1);
    out->next_us = stmt_int(q, 2);
    if (!owner || (self && strcmp(owner, self) == 0))
        return HANDS_FREE;
    if (!connection_alive(s->handle, reserved ? owner + strlen(RESERVED) : owner))
        return HANDS_FREE;
    return reserved ? HANDS_RESERVED : HANDS_BUSY;
}

bool
memory_store_find(struct memory_store *s, const char *session, struct memory_pending *out,
                  bool *busy, struct err *err)
{
    *out = (struct memory_pending){.next_us = INT64_MAX};
    *busy = false;
    if (!connection_db(s->handle))
        return true;
    struct stmt *q = db_stmt(
        connection_db(s->handle),
        "SELECT session, attempts, next_us, owner FROM memory_pending WHERE session = ?1", err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, session);
    enum step step = stmt_step(q, err);
    if (step == STEP_ROW)
        *busy = take_row(s, q, out) == HANDS_BUSY;
    stmt_end(q);
    return step != STEP_FAILED;
}

bool
memory_store_next(struct memory_store *s, int64_t now_us, struct memory_pending *out,
                  struct err *err)
{
    *out = (struct memory_pending){.next_us = INT64_MAX};
    if (!connection_db(s->handle))
        return true;
    struct stmt *q = db_stmt(connection_db(s->handle),
                             "SELECT session, attempts, next_us, owner FROM memory_pending p"
                             " WHERE NOT EXISTS (SELECT 1 FROM memory_out o WHERE o.user = p.user)"
                             " ORDER BY queued_us, session",
                             err);
    if (!q)
        return false;
    enum step step;
    while ((step = stmt_step(q, err)) == STEP_ROW) {
        struct memory_pending p;
        if (take_row(s, q, &p) != HANDS_FREE)
            continue;
        /* What lies further ahead than anything is ever put off was written under a wrong clock. */
        if (p.next_us <= now_us || p.next_us - now_us > MOST_WAIT_US) {
            *out = p;
            break;
        }
        if (p.next_us < out->next_us)
            out->next_us = p.next_us;
    }
    stmt_end(q);
    return step != STEP_FAILED;
}

bool
memory_store_pending(struct memory_store *s, const char *user,
                     bool (*each)(void *arg, const char *session, int64_t next_us, int attempts,
                                  const char *error),
                     void *arg, struct err *err)
{
    if (!connection_db(s->handle))
        return true;
    struct stmt *q = db_stmt(connection_db(s->handle),
                             "SELECT session, next_us, attempts, error FROM memory_pending"
                             " WHERE user = ?1 ORDER BY queued_us, session",
                             err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, user);
    enum step step;
    while ((step = stmt_step(q, err)) == STEP_ROW)
        if (!each(arg, stmt_str(q, 0), stmt_int(q, 1), (int)stmt_int(q, 2), stmt_str(q, 3)))
            break;
    stmt_end(q);
    return step != STEP_FAILED;
}

bool
memory_store_claim(struct memory_store *s, const char *session, struct err *err)
{
    struct stmt *q = db_stmt(
        connection_db(s->handle),
        "UPDATE memory_pending SET owner = ?2, attempts = attempts + 1 WHERE session = ?1", err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, session);
    stmt_bind_str(q, 2, connection_presence(s->handle));
    return stmt_run(q, err);
}

bool
memory_store_postpone(struct memory_store *s, const char *session, int64_t next_us,
                      const char *error, struct err *err)
{
    struct stmt *q = db_stmt(connection_db(s->handle),
                             "UPDATE memory_pending SET owner = NULL, next_us = ?2,"
                             " attempts = attempts - (?3 IS NULL), error = coalesce(?3, error)"
                             " WHERE session = ?1",
                             err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, session);
    stmt_bind_int(q, 2, next_us);
    stmt_bind_str(q, 3, error);
    return stmt_run(q, err);
}

static bool
set_progress(struct db *db, const char *session, int64_t through_seq, struct err *err)
{
    struct stmt *q = db_stmt(db,
                             "INSERT INTO memory_progress (session, through_seq) VALUES (?1, ?2)"
                             " ON CONFLICT (session) DO UPDATE SET"
                             " through_seq = max(through_seq, excluded.through_seq)",
                             err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, session);
    stmt_bind_int(q, 2, through_seq);
    return stmt_run(q, err);
}

bool
memory_store_analysed(struct memory_store *s, const char *session, int64_t through_seq,
                      int64_t wall_us, struct err *err)
{
    struct db *db = connection_db(s->handle);
    if (!set_progress(db, session, through_seq, err))
        return false;
    struct stmt *q = db_stmt(db, "DELETE FROM memory_pending WHERE session = ?1", err);
    if (!q)
        return false;
    stmt_bind_str(q, 1, session);
    return stmt_run(q, err) && memory_write_queue(db, session, wall_us, err);
}
