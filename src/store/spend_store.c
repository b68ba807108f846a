#include "spend_rows.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/store/spend_store.h"
#include "db.h"
#include "file.h"
#include "write_request.h"
#include "open.h"

/* No call runs for so long: what was asked before that does not change any more, and is read once. */
#define FINAL_AFTER_US (3 * 3600 * (int64_t)US_PER_S)

struct spend_store {
    char *path;
    struct db *db; /* NULL: there is nothing yet */
    /* what was asked in [from_us, to_us) */
    struct spend so_far;
    int64_t from_us, to_us;
    double cap;
};

static void
bind_known(struct stmt *s, int i, int64_t v)
{
    if (v == UNKNOWN)
        stmt_bind_null(s, i);
    else
        stmt_bind_int(s, i, v);
}

bool
spend_insert_call(struct db *db, const char *purpose, const char *session, const struct answer *a,
                  int64_t at_us, struct err *err)
{
    struct stmt *s =
        db_stmt(db,
                "INSERT INTO side_call (at_us, brain, purpose, session, provider, model, status,"
                " error_kind, error_message, total_us, tokens_in, tokens_out, tokens_estimated,"
                " cost_usd, simulated)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                err);
    if (!s)
        return false;
    stmt_bind_int(s, 1, at_us);
    stmt_bind_str(s, 2, brain_id_name(a->brain));
    stmt_bind_str(s, 3, purpose);
    stmt_bind_str(s, 4, session);
    stmt_bind_str(s, 5, a->provider);
    stmt_bind_str(s, 6, a->model);
    stmt_bind_str(s, 7, answer_status_name(a->status));
    stmt_bind_str(s, 8, a->error.kind == ERR_NONE ? NULL : error_kind_name(a->error.kind));
    stmt_bind_str(s, 9, a->error.message);
    bind_known(s, 10, a->times.total_us);
    bind_known(s, 11, a->usage.input);
    bind_known(s, 12, a->usage.output);
    stmt_bind_int(s, 13, a->usage.estimated);
    stmt_bind_real(s, 14, a->cost_usd);
    stmt_bind_int(s, 15, a->simulated);
    return stmt_run(s, err);
}

bool
spend_write_call(struct db *db, const struct write_request *req, struct err *err)
{
    return spend_insert_call(db, req->purpose, req->session, &req->answer, req->at_us, err);
}

struct spend_store *
spend_store_open(const char *url, struct err *err)
{
    char *path = file_from_url(url, err);
    if (!path)
        return NULL;
    struct spend_store *s = xcalloc(1, sizeof *s);
    s->path = path;
    s->from_us = -1;
    if (!open_if_there(path, &s->db, err))
        spend_store_close(&s);
    return s;
}

void
spend_store_close(struct spend_store **sp)
{
    struct spend_store *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    db_close(&s->db);
    free(s->path);
    free(s);
}

/* A call that failed, or runs yet, has cost nothing that is known; that is no gap in the sum. */
#define COUNTED                                                                                    \
    " WHERE at_us >= ?1 AND at_us < ?2 AND simulated = 0"                                          \
    " AND (cost_usd IS NOT NULL OR status NOT IN ('running', 'failed'))"

static const char sums_sql[] =
    "SELECT brain, sum(cost_usd), count(*) - count(cost_usd) FROM"
    " (SELECT brain, cost_usd FROM answer" COUNTED
    " UNION ALL SELECT brain, cost_usd FROM side_call" COUNTED ") GROUP BY brain";

/* In the order in which they were asked: who had spent more when the cap was reached. */
static const char calls_sql[] =
    "SELECT brain, cost_usd FROM"
    " (SELECT at_us, brain, cost_usd FROM answer" COUNTED
    " UNION ALL SELECT at_us, brain, cost_usd FROM side_call" COUNTED ") ORDER BY at_us";

static bool
sum_up(struct db *db, int64_t from_us, int64_t to_us, struct spend *out, struct err *err)
{
    struct stmt *q = db_stmt(db, sums_sql, err);
    if (!q)
        return false;
    enum step step;
    stmt_bind_int(q, 1, from_us);
    stmt_bind_int(q, 2, to_us);
    while ((step = stmt_step(q, err)) == STEP_ROW) {
        int b = brain_id_parse(stmt_str(q, 0));
        if (b < 0)
            continue;
        double usd = stmt_real(q, 1);
        out->usd[b] += isnan(usd) ? 0 : usd;
        out->unknown += stmt_int(q, 2);
    }
    stmt_end(q);
    return step == STEP_END;
}

static bool
one_by_one(struct db *db, int64_t from_us, int64_t to_us, double cap, struct spend *out,
           struct err *err)
{
    struct stmt *q = db_stmt(db, calls_sql, err);
    if (!q)
        return false;
    enum step step;
    stmt_bind_int(q, 1, from_us);
    stmt_bind_int(q, 2, to_us);
    while ((step = stmt_step(q, err)) == STEP_ROW) {
        int b = brain_id_parse(stmt_str(q, 0));
        if (b >= 0)
            spend_add(out, (enum brain_id)b, stmt_real(q, 1), cap);
    }
    stmt_end(q);
    return step == STEP_END;
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
    if (!s->db && !open_if_there(s->path, &s->db, err))
        return false;
    if (!s->db)
        return true;
    int64_t final_us = clock_wall_us() - FINAL_AFTER_US;
    if (s->from_us != from_wall_us || !same(s->cap, cap) || s->to_us > final_us) {
        s->from_us = s->to_us = from_wall_us;
        s->cap = cap;
        s->so_far = (struct spend){.unknown = 0};
    }
    if (s->to_us < final_us) {
        if (!add_span(s->db, s->to_us, final_us, cap, &s->so_far, err)) {
            s->from_us = -1; /* to be read anew */
            return false;
        }
        s->to_us = final_us;
    }
    *out = s->so_far;
    return add_span(s->db, s->to_us, INT64_MAX, cap, out, err);
}
