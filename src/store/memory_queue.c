/* Conversations that are to be analysed. A row outlives a crash and a peer that does not answer; whoever works at
 * it writes its own instance_lock beside it, so that a dead one's work is taken up by the next. */
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "berdua/store/memory_store.h"
#include "store_db.h"
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
    return db_run(db,
                  "INSERT INTO memory_pending (session, user, queued_us, next_us, attempts)"
                  " SELECT s.id, s.user, ?2, ?2, 0" NEW_SESSION
                  " ON CONFLICT (session) DO UPDATE SET queued_us = excluded.queued_us,"
                  " next_us = excluded.next_us, owner = NULL"
                  " WHERE owner LIKE '" RESERVED "%'",
                  SQL_ARGS(SQL_TEXT(session), SQL_INT(wall_us)), err);
}

static bool
reserve_session(struct db *db, const char *session, int64_t due_us, const char *owner,
                struct err *err)
{
    return db_run(db,
                  "INSERT INTO memory_pending (session, user, queued_us, next_us, attempts, owner)"
                  " SELECT s.id, s.user, ?2, ?2, 0, '" RESERVED "' || ?3" NEW_SESSION
                  " ON CONFLICT (session) DO NOTHING",
                  SQL_ARGS(SQL_TEXT(session), SQL_INT(due_us), SQL_TEXT(owner)), err);
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
    return row->reserved && env->owner
               ? reserve_session(env->db, row->session, row->at_us, env->owner, err)
               : memory_write_queue(env->db, row->session, row->at_us, err);
}

const struct write_kind write_queue_kind = {"queue", &queue_write_type, write_queue};

static uint64_t
put_queue(struct writer *w, const char *session, int64_t at_us, bool reserved)
{
    struct queue_write row = {.at_us = at_us, .reserved = reserved};
    memcpy(row.session, session, strnlen(session, ID_LEN));
    return writer_queue_row(w, &write_queue_kind, &row, 0);
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
memory_store_queue(struct store *s, const char *session, int64_t wall_us, struct err *err)
{
    return memory_write_queue(store_db(s), session, wall_us, err);
}

bool
memory_store_progress(struct store *s, const char *session, int64_t *through_seq, struct err *err)
{
    *through_seq = 0;
    return !store_db(s) ||
           db_find_int(store_db(s), "SELECT through_seq FROM memory_progress WHERE session = ?1",
                       SQL_ARGS(SQL_TEXT(session)), through_seq, err);
}

/* Row: session, attempts, next_us, owner. */
enum hands { HANDS_FREE, HANDS_RESERVED, HANDS_BUSY };

/* Whose it is: nobody's, a living instance's that will queue it itself, or a living one's that works at it. */
static enum hands
take_pending(const struct store *s, struct stmt *q, struct memory_pending *out)
{
    const char *session = stmt_str(q, 0), *owner = stmt_str(q, 3);
    const char *self = store_instance(s);
    bool reserved = owner && strncmp(owner, RESERVED, strlen(RESERVED)) == 0;
    if (!session || strlen(session) >= sizeof out->session)
        return HANDS_BUSY;
    memcpy(out->session, session, strlen(session) + 1);
    out->attempts = stmt_count(q, 1);
    out->next_us = stmt_int(q, 2);
    if (!owner || (self && strcmp(owner, self) == 0))
        return HANDS_FREE;
    if (!store_alive(s, reserved ? owner + strlen(RESERVED) : owner))
        return HANDS_FREE;
    return reserved ? HANDS_RESERVED : HANDS_BUSY;
}

bool
memory_store_find(struct store *s, const char *session, struct memory_pending *out, bool *busy,
                  struct err *err)
{
    *out = (struct memory_pending){.next_us = INT64_MAX};
    *busy = false;
    if (!store_db(s))
        return true;
    struct stmt *q =
        db_query(store_db(s),
                 "SELECT session, attempts, next_us, owner FROM memory_pending WHERE session = ?1",
                 SQL_ARGS(SQL_TEXT(session)), err);
    if (stmt_next(q, err))
        *busy = take_pending(s, q, out) == HANDS_BUSY;
    return stmt_finish(q);
}

bool
memory_store_next(struct store *s, int64_t now_us, struct memory_pending *out, struct err *err)
{
    *out = (struct memory_pending){.next_us = INT64_MAX};
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s),
                              "SELECT session, attempts, next_us, owner FROM memory_pending p"
                              " WHERE NOT EXISTS (SELECT 1 FROM memory_out o WHERE o.user = p.user)"
                              " ORDER BY queued_us, session",
                              NULL, err);
    while (stmt_next(q, err)) {
        struct memory_pending p;
        if (take_pending(s, q, &p) != HANDS_FREE)
            continue;
        /* What lies further ahead than anything is ever put off was written under a wrong clock. */
        if (p.next_us <= now_us || p.next_us - now_us > MOST_WAIT_US) {
            *out = p;
            break;
        }
        if (p.next_us < out->next_us)
            out->next_us = p.next_us;
    }
    return stmt_finish(q);
}

bool
memory_store_pending(struct store *s, const char *user,
                     bool (*each)(void *arg, const char *session, int64_t next_us, int attempts,
                                  const char *error),
                     void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s),
                              "SELECT session, next_us, attempts, error FROM memory_pending"
                              " WHERE user = ?1 ORDER BY queued_us, session",
                              SQL_ARGS(SQL_TEXT(user)), err);
    while (stmt_next(q, err))
        if (!each(arg, stmt_str(q, 0), stmt_int(q, 1), stmt_count(q, 2), stmt_str(q, 3)))
            break;
    return stmt_finish(q);
}

bool
memory_store_claim(struct store *s, const char *session, struct err *err)
{
    return db_run(
        store_db(s),
        "UPDATE memory_pending SET owner = ?2, attempts = attempts + 1 WHERE session = ?1",
        SQL_ARGS(SQL_TEXT(session), SQL_TEXT(store_instance(s))), err);
}

bool
memory_store_postpone(struct store *s, const char *session, int64_t next_us, const char *error,
                      struct err *err)
{
    return db_run(store_db(s),
                  "UPDATE memory_pending SET owner = NULL, next_us = ?2,"
                  " attempts = attempts - (?3 IS NULL), error = coalesce(?3, error)"
                  " WHERE session = ?1",
                  SQL_ARGS(SQL_TEXT(session), SQL_INT(next_us), SQL_TEXT(error)), err);
}

bool
memory_store_analysed(struct store *s, const char *session, int64_t through_seq, int64_t wall_us,
                      struct err *err)
{
    struct db *db = store_db(s);
    return db_run(db,
                  "INSERT INTO memory_progress (session, through_seq) VALUES (?1, ?2)"
                  " ON CONFLICT (session) DO UPDATE SET"
                  " through_seq = max(through_seq, excluded.through_seq)",
                  SQL_ARGS(SQL_TEXT(session), SQL_INT(through_seq)), err) &&
           db_run(db, "DELETE FROM memory_pending WHERE session = ?1", SQL_ARGS(SQL_TEXT(session)),
                  err) &&
           memory_write_queue(db, session, wall_us, err);
}
