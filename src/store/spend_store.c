#include "spend_rows.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/store/spend_store.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "store/write/chat_rows.h"
#include "store/write/write_request.h"
#include "store_db.h"

/* No call runs for so long: what was asked before that does not change any more, and is read once. */
#define FINAL_AFTER_US (3 * 3600 * (int64_t)US_PER_S)

struct spend_store {
    struct store *store;
    /* what was asked in [from_us, to_us) */
    struct spend so_far;
    int64_t from_us, to_us;
    double cap;
};

ROW_WORDS(brain_id, BRAIN_NONE, BRAIN_NONE);
ROW_WORDS(answer_status, STATUS_FAILED, STATUS_FAILED);

struct side_call_write {
    int64_t at_us;
    char *purpose, *session;
    struct answer a;
};

#define SIDE_CALL_FIELDS(X, T)                                                                     \
    X(T, INT, at_us, at_us, NULL)                                                                  \
    X(T, WORD, brain, a.brain, &brain_id_words)                                                    \
    X(T, STR, purpose, purpose, NULL)                                                              \
    X(T, STR, session, session, NULL)                                                              \
    X(T, STR, provider, a.provider, NULL)                                                          \
    X(T, STR, model, a.model, NULL)                                                                \
    X(T, WORD, status, a.status, &answer_status_words)                                             \
    X(T, WORD, error_kind, a.error.kind, &answer_error_words)                                      \
    X(T, STR, error_message, a.error.message, NULL)                                                \
    X(T, KNOWN, total_us, a.times.total_us, NULL)                                                  \
    X(T, KNOWN, tokens_in, a.usage.input, NULL)                                                    \
    X(T, KNOWN, tokens_out, a.usage.output, NULL)                                                  \
    X(T, BOOL, tokens_estimated, a.usage.estimated, NULL)                                          \
    X(T, REAL, cost_usd, a.cost_usd, NULL)                                                         \
    X(T, BOOL, simulated, a.simulated, NULL)                                                       \
    X(T, REAL, saved_usd, a.saved_usd, NULL)                                                       \
    X(T, BOOL, cold, a.cold, NULL)
ROW_TYPE(side_call_write, SIDE_CALL_FIELDS);

/* No two calls of a brain for one purpose begin in the same microsecond: such a row is this one, written before. */
static bool
insert_side_call(struct db *db, const struct side_call_write *row, struct err *err)
{
    return row_run(
        &side_call_write_type, row, db,
        "INSERT INTO side_call (at_us, brain, purpose, session, provider, model, status,"
        " error_kind, error_message, total_us, tokens_in, tokens_out, tokens_estimated,"
        " cost_usd, simulated, saved_usd, cold)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17"
        " WHERE NOT EXISTS (SELECT 1 FROM side_call WHERE at_us = ?1 AND brain = ?2 AND "
        "purpose = ?3)",
        err);
}

static struct side_call_write
side_call_row(const char *purpose, const char *session, const struct answer *a, int64_t at_us)
{
    /* Borrowed: a copy or a statement is made of it at once. */
    return (struct side_call_write){at_us, (char *)(uintptr_t)purpose, (char *)(uintptr_t)session,
                                    *a};
}

bool
spend_insert_call(struct db *db, const char *purpose, const char *session, const struct answer *a,
                  int64_t at_us, struct err *err)
{
    struct side_call_write row = side_call_row(purpose, session, a, at_us);
    return insert_side_call(db, &row, err);
}

static bool
write_side_call(const struct write_env *env, struct write_request *req, struct err *err)
{
    return insert_side_call(env->db, req->row, err);
}

const struct write_kind write_side_call_kind = {"side_call", &side_call_write_type,
                                                write_side_call};

struct write_request *
spend_call_request(const char *purpose, const char *session, const struct answer *a, int64_t at_us)
{
    struct side_call_write row = side_call_row(purpose, session, a, at_us);
    return write_request_create(&write_side_call_kind, row_dup(&side_call_write_type, &row));
}

uint64_t
writer_put_side_call(struct writer *w, const char *purpose, const char *session,
                     const struct answer *a, int64_t wall_us)
{
    struct side_call_write row = side_call_row(purpose, session, a, wall_us);
    return writer_queue_row(w, &write_side_call_kind, &row, 0);
}

struct spend_store *
spend_store_open(const char *url, struct err *err)
{
    struct store *store = store_open(url, err);
    if (!store)
        return NULL;
    struct spend_store *s = xcalloc(1, sizeof *s);
    s->store = store;
    s->from_us = -1;
    return s;
}

void
spend_store_close(struct spend_store **sp)
{
    struct spend_store *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    store_close(&s->store);
    free(s);
}

/* A call that failed, or runs yet, has cost nothing that is known; that is no gap in the sum. */
#define COUNTED                                                                                    \
    " WHERE at_us >= ?1 AND at_us < ?2 AND simulated = 0"                                          \
    " AND (cost_usd IS NOT NULL OR status NOT IN ('running', 'failed'))"

static const char sums_sql[] =
    "SELECT brain, sum(max(cost_usd, 0)), count(*) - count(cost_usd),"
    " coalesce(sum(max(cost_usd, 0)) FILTER (WHERE purpose = 'warm_up'), 0) FROM"
    " (SELECT brain, cost_usd, NULL AS purpose FROM answer" COUNTED
    " UNION ALL SELECT brain, cost_usd, purpose FROM side_call" COUNTED ") GROUP BY brain";

/* In the order in which they were asked: who had spent more when the cap was reached. */
static const char calls_sql[] =
    "SELECT brain, cost_usd, warm_up FROM"
    " (SELECT at_us, brain, cost_usd, 0 AS warm_up FROM answer" COUNTED
    " UNION ALL SELECT at_us, brain, cost_usd, purpose = 'warm_up' FROM side_call" COUNTED
    ") ORDER BY at_us";

static bool
sum_up(struct db *db, int64_t from_us, int64_t to_us, struct spend *out, struct err *err)
{
    struct stmt *q = db_query(db, sums_sql, SQL_ARGS(SQL_INT(from_us), SQL_INT(to_us)), err);
    while (stmt_next(q, err)) {
        int b = brain_id_parse(stmt_str(q, 0));
        if (b < 0)
            continue;
        double usd = stmt_real(q, 1);
        out->usd[b] += isnan(usd) ? 0 : usd;
        out->unknown += stmt_int(q, 2);
        out->warm_up_usd += stmt_real(q, 3);
    }
    return stmt_finish(q);
}

static bool
one_by_one(struct db *db, int64_t from_us, int64_t to_us, double cap, struct spend *out,
           struct err *err)
{
    struct stmt *q = db_query(db, calls_sql, SQL_ARGS(SQL_INT(from_us), SQL_INT(to_us)), err);
    while (stmt_next(q, err)) {
        int b = brain_id_parse(stmt_str(q, 0));
        double usd = stmt_real(q, 1) < 0 ? 0 : stmt_real(q, 1);
        if (b >= 0)
            spend_add(out, (enum brain_id)b, usd, cap);
        if (b >= 0 && stmt_int(q, 2) && usd > 0)
            out->warm_up_usd += usd;
    }
    return stmt_finish(q);
}

/* Adds what was asked in [from_us, to_us), which comes after what is in *out. */
static bool
add_span(struct db *db, int64_t from_us, int64_t to_us, double cap, struct spend *out,
         struct err *err)
{
    struct spend sum = *out;
    if (!sum_up(db, from_us, to_us, &sum, err))
        return false;
    /* Most of the time the sums say enough, and reading every call is for the other times. */
    if (isnan(cap) || out->capped || spend_total(&sum) < cap * .999) {
        *out = sum;
        return true;
    }
    return one_by_one(db, from_us, to_us, cap, out, err);
}

static bool
same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

bool
spend_since(struct spend_store *s, int64_t from_wall_us, double cap, struct spend *out,
            struct err *err)
{
    *out = (struct spend){.unknown = 0};
    struct db *db;
    bool readable = store_look_again(s->store, &db, err);
    if (!db)
        return readable;
    int64_t final_us = clock_wall_us() - FINAL_AFTER_US;
    if (s->from_us != from_wall_us || !same(s->cap, cap) || s->to_us > final_us) {
        s->from_us = s->to_us = from_wall_us;
        s->cap = cap;
        s->so_far = (struct spend){.unknown = 0};
    }
    if (s->to_us < final_us) {
        if (!add_span(db, s->to_us, final_us, cap, &s->so_far, err)) {
            s->from_us = -1; /* to be read anew */
            return false;
        }
        s->to_us = final_us;
    }
    *out = s->so_far;
    return add_span(db, s->to_us, INT64_MAX, cap, out, err);
}
