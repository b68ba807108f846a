#include "berdua/store/evidence_store.h"

#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/id_set.h"
#include "berdua/base/log.h"
#include "berdua/chat/answer.h"
#include "berdua/stats/evidence_sums.h"
#include "evidence_build.h"
#include "store/sqlite/db.h"
#include "store_db.h"

/* One statement, so that what is built for a stale block belongs to the same state of the file. */
static const char blocks_sql[] = "SELECT block, data FROM evidence WHERE newest_us >= ?1"
                                 " AND block NOT IN (SELECT block FROM evidence_stale)"
                                 " UNION ALL SELECT block, NULL FROM evidence_stale";

/* What is kept says of simulated turns that they are no evidence: where they are, every block is built. */
enum { TURNS = 1 << EVIDENCE_BLOCK_BITS };

static const char all_sql[] = "SELECT DISTINCT n >> 7, NULL, NULL FROM turn WHERE ?1 NOT NULL";

typedef bool (*each_turn)(void *arg, const struct evidence_turn *t);

static bool
read_anew(struct store *s, int64_t number, each_turn each, void *arg, bool *stopped,
          struct err *err)
{
    struct db *db = store_db(s);
    struct evidence_block b;
    struct buf bytes;
    enum evidence_use use = store_counts_simulated(s) ? EVIDENCE_AS_REAL : EVIDENCE_READ;
    if (!evidence_block_possible(number))
        return true;
    if (!evidence_build(db, number, use, &b, err))
        return false;
    buf_init(&bytes, SIZE_MAX / 2);
    evidence_block_pack(&b, &bytes);
    bool ok = evidence_block_read(number, bytes.p, bytes.len, each, arg, stopped) ||
              err_set(err, "%s: the evidence of turns %lld to %lld cannot be read", db_path(db),
                      (long long)(number * TURNS), (long long)(number * TURNS + TURNS - 1));
    buf_finish(&bytes);
    evidence_block_finish(&b);
    return ok;
}

bool
evidence_store_turns(struct store *s, int64_t since_us, each_turn each, void *arg, struct err *err)
{
    struct db *db = store_db(s);
    bool stopped = false, ok = true;
    if (!db)
        return true;
    struct stmt *q = db_query(db, store_counts_simulated(s) ? all_sql : blocks_sql,
                              SQL_ARGS(SQL_INT(since_us)), err);
    while (ok && !stopped && stmt_next(q, err)) {
        size_t n = 0;
        const char *p = stmt_is_null(q, 1) ? NULL : stmt_bytes(q, 1, &n);
        int64_t number = stmt_exact(q, 0);
        if (!p || !evidence_block_read(number, p, n, each, arg, &stopped))
            ok = read_anew(s, number, each, arg, &stopped, err);
    }
    return stmt_finish(q) && ok;
}

/* ---- sums ---- */

/* Of a block that is wholly new enough the sums are kept; they lie before the block, which then is not read. */
static const char sums_sql[] =
    "SELECT block, CASE WHEN oldest_us >= ?1 THEN sums END,"
    " CASE WHEN oldest_us < ?1 THEN data END FROM evidence WHERE newest_us >= ?1"
    " AND block NOT IN (SELECT block FROM evidence_stale)"
    " UNION ALL SELECT block, NULL, NULL FROM evidence_stale";

struct summing {
    struct evidence_sums sums; /* of one block: in few turns what comes again is found quickly */
    int64_t since_us;
};

static bool
sum_turn(void *arg, const struct evidence_turn *t)
{
    struct summing *s = arg;
    evidence_sums_turn(&s->sums, s->since_us, t);
    return true;
}

static bool
sum_block(struct store *store, struct stmt *q, int64_t since_us, struct evidence_sums *out,
          struct err *err)
{
    struct summing s = {.since_us = since_us};
    struct buf bytes;
    int64_t number = stmt_exact(q, 0);
    bool stopped;
    size_t n = 0;
    const char *p = stmt_is_null(q, 1) ? NULL : stmt_bytes(q, 1, &n);
    if (p && evidence_sums_add(out, p, n))
        return true;
    p = stmt_is_null(q, 2) ? NULL : stmt_bytes(q, 2, &n);
    bool ok = (p && evidence_block_read(number, p, n, sum_turn, &s, &stopped)) ||
              read_anew(store, number, sum_turn, &s, &stopped, err);
    buf_init(&bytes, SIZE_MAX / 2);
    evidence_sums_pack(&s.sums, &bytes);
    ok = ok && (evidence_sums_add(out, bytes.p, bytes.len) ||
                err_set(err, "%s: block %lld of the evidence cannot be added up",
                        db_path(store_db(store)), (long long)number));
    buf_finish(&bytes);
    evidence_sums_finish(&s.sums);
    return ok;
}

bool
evidence_store_sums(struct store *s, int64_t since_us, struct evidence_sums *out, struct err *err)
{
    struct db *db = store_db(s);
    bool ok = true;
    if (!db)
        return true;
    struct stmt *q = db_query(db, store_counts_simulated(s) ? all_sql : sums_sql,
                              SQL_ARGS(SQL_INT(since_us)), err);
    while (ok && stmt_next(q, err))
        ok = sum_block(s, q, since_us, out, err);
    return stmt_finish(q) && ok;
}

struct each_verdict {
    bool (*each)(void *arg, const struct verdict_row *row);
    void *arg;
};

static bool
give_verdicts(void *arg, const struct evidence_turn *t)
{
    const struct each_verdict *e = arg;
    bool more = true;
    for (size_t i = 0; more && i < t->verdict_count; i++)
        more = e->each(e->arg, &t->verdicts[i].row);
    return more;
}

bool
evidence_store_verdicts(struct store *s, bool (*each)(void *arg, const struct verdict_row *row),
                        void *arg, struct err *err)
{
    struct each_verdict e = {each, arg};
    return evidence_store_turns(s, INT64_MIN, give_verdicts, &e, err);
}

/* ---- pairs ---- */

struct each_pair {
    const struct evidence_turn *turn;
    bool (*each)(void *arg, const struct evidence_turn *t, const struct evidence_pair *p);
    void *arg;
    bool any;
    uint64_t first;      /* that was given; most turns have one alone */
    struct id_set given; /* the others */
};

static bool
is_whole(const struct evidence_answer *a)
{
    return a && a->status == STATUS_COMPLETE && a->code_points > 0;
}

/* Once, when both are whole. */
static bool
give_pair(struct each_pair *e, int attempt, const struct evidence_answer *c,
          const struct evidence_answer *l)
{
    if (!is_whole(c) || !is_whole(l))
        return true;
    uint64_t tries = (uint64_t)c->attempt << 32 | (uint32_t)l->attempt;
    if (e->any && (tries == e->first || !id_set_add(&e->given, tries)))
        return true;
    e->first = e->any ? e->first : tries;
    e->any = true;
    struct evidence_pair pair = {.attempt = c->attempt + l->attempt - 1,
                                 .pair = observation_pair(e->turn->id, attempt),
                                 .answers = {[BRAIN_CLAUDE] = c, [BRAIN_LLAMA] = l}};
    return e->each(e->arg, e->turn, &pair);
}

/* Those that somebody judged, and the newest try of the turn. */
bool
evidence_turn_pairs(const struct evidence_turn *t,
                    bool (*each)(void *arg, const struct evidence_turn *t,
                                 const struct evidence_pair *p),
                    void *arg)
{
    struct each_pair e = {.turn = t, .each = each, .arg = arg};
    const struct evidence_answer *newest[BRAIN_COUNT] = {NULL}, *c, *l;
    bool more = true;
    if (t->mode == MODE_ROUTE || t->mode == MODE_FULL || t->category < 0)
        return true;
    for (size_t i = 0; i < t->answer_count; i++)
        newest[t->answers[i].brain] = &t->answers[i];
    for (size_t i = 0; more && i < t->verdict_count; i++) {
        const struct evidence_verdict *v = &t->verdicts[i];
        more = give_pair(&e, v->row.attempt, v->seen[BRAIN_CLAUDE], v->seen[BRAIN_LLAMA]);
    }
    c = newest[BRAIN_CLAUDE];
    l = newest[BRAIN_LLAMA];
    if (more && c && l)
        more = give_pair(&e, c->attempt + l->attempt - 1, c, l);
    id_set_finish(&e.given);
    return more;
}

struct each_whole {
    bool (*each)(void *arg, const struct whole_pair *pair);
    void *arg;
};

static bool
give_whole(void *arg, const struct evidence_turn *t, const struct evidence_pair *p)
{
    const struct each_whole *e = arg;
    const struct evidence_answer *c = p->answers[BRAIN_CLAUDE], *l = p->answers[BRAIN_LLAMA];
    struct whole_pair pair = {.at_us = t->at_us,
                              .pair = p->pair,
                              .category = (enum category)t->category,
                              .llama_model = l->model,
                              .ttft_us = {c->ttft_us, l->ttft_us},
                              .cost_usd = {c->cost_usd, l->cost_usd}};
    return e->each(e->arg, &pair);
}

static bool
give_turn(void *arg, const struct evidence_turn *t)
{
    return t->simulated || evidence_turn_pairs(t, give_whole, arg);
}

bool
evidence_store_pairs(struct store *s, bool (*each)(void *arg, const struct whole_pair *pair),
                     void *arg, struct err *err)
{
    struct each_whole e = {each, arg};
    return evidence_store_turns(s, INT64_MIN, give_turn, &e, err);
}
