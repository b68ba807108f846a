#include "berdua/store/rollout_store.h"

#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/log.h"
#include "berdua/chat/answer.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "store/write/write_request.h"
#include "store_db.h"

/* ---- stages ---- */

bool
rollout_store_steps(struct store *s, bool (*each)(void *arg, const struct rollout_step *step),
                    void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s),
                              "SELECT at_us, category, from_percent, to_percent, by, reason,"
                              " seen_verdict FROM rollout_step ORDER BY at_us, by, to_percent, n",
                              NULL, err);
    while (stmt_next(q, err)) {
        int category = category_parse(stmt_str(q, 1));
        struct rollout_step row = {
            .at_us = stmt_int(q, 0),
            .category = (enum category)category,
            .from = stmt_real(q, 2),
            .to = stmt_real(q, 3),
            .by = stmt_str(q, 4),
            .reason = stmt_str(q, 5),
            .seen_verdict_n = stmt_int(q, 6),
        };
        bool sound = category >= 0 && row.to >= 0 && row.to <= 100 && row.by;
        if (!sound)
            log_msg(LOG_WARN, "a step of the rollout is no step of a category and is passed over");
        else if (!each(arg, &row))
            break;
    }
    return stmt_finish(q);
}

/* Steps come from others too: the newest is the one of the latest time, the same one for everybody. So a step that is taken in
 * the knowledge of another stands behind it, whatever the clocks say. */
bool
rollout_store_add_step(struct store *s, const struct rollout_step *step, struct err *err)
{
    return db_run(store_db(s),
                  "INSERT INTO rollout_step (at_us, category, from_percent, to_percent, by, reason,"
                  " seen_verdict) VALUES (max(?1, coalesce((SELECT max(at_us) + 1 FROM"
                  " rollout_step WHERE category = ?2), ?1)), ?2, ?3, ?4, ?5, ?6,"
                  " (SELECT coalesce(max(n), 0) FROM verdict))",
                  SQL_ARGS(SQL_INT(step->at_us), SQL_TEXT(category_name(step->category)),
                           SQL_REAL(step->from), SQL_REAL(step->to), SQL_TEXT(step->by),
                           SQL_TEXT(step->reason)),
                  err);
}

/* ---- routed turns ---- */

/* t is the turn, s its session; the answers are those of the brain that served, first the first. */
static const char turns_sql[] =
    "SELECT t.at_us, t.category, s.user, t.served, t.route,"
    " (SELECT n.route FROM turn n WHERE n.session = t.session AND n.seq > t.seq"
    "  ORDER BY n.seq LIMIT 1),"
    " (SELECT max(attempt) FROM answer a WHERE a.turn = t.id),"
    " (SELECT CASE WHEN a.cold THEN NULL ELSE a.ttft_us END FROM answer a WHERE a.turn = t.id"
    "  AND a.brain = t.served ORDER BY attempt LIMIT 1),"
    " (SELECT sum(cost_usd) FROM answer a WHERE a.turn = t.id),"
    " EXISTS (SELECT 1 FROM answer a WHERE a.turn = t.id AND a.status IN ('failed', 'timeout'))"
    " FROM turn t JOIN session s ON s.id = t.session"
    " WHERE t.mode IN ('route', 'full') AND t.at_us >= ?1 AND t.simulated = 0"
    " AND t.category IS NOT NULL AND t.route IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.turn = t.id AND a.status = 'running')"
    " ORDER BY t.at_us, t.id";

/* false: it was not routed, or is not known to have been. */
static bool
read_routed(struct stmt *q, struct routed_turn *t)
{
    const char *route = stmt_str(q, 4), *after = stmt_str(q, 5);
    struct json *r = json_parse(route, strlen(route), NULL),
                *next = after ? json_parse(after, strlen(after), NULL) : NULL;
    const char *rule = json_get_str(r, "rule"), *next_rule = json_get_str(next, "rule"),
               *served = stmt_str(q, 3), *answered = served ? served : json_get_str(r, "brain"),
               *named = json_get_str(next, "brain");
    int category = category_parse(stmt_str(q, 1));
    bool routed = category >= 0 && rule && strcmp(rule, "named") != 0;
    *t = (struct routed_turn){
        .at_us = stmt_int(q, 0),
        .category = (enum category)category,
        .user = stmt_str(q, 2),
        /* A turn that the operator stopped is no failure. */
        .failed = json_get_str(r, "fallback") || (!served && stmt_int(q, 9)),
        .overridden = stmt_int(q, 6) > 1 || (next_rule && strcmp(next_rule, "named") == 0 &&
                                             named && answered && strcmp(named, answered) != 0),
        .ttft_us = stmt_known(q, 7),
        .cost_usd = stmt_amount(q, 8),
    };
    json_free(r);
    json_free(next);
    return routed;
}

bool
rollout_store_turns(struct store *s, int64_t since_us,
                    bool (*each)(void *arg, const struct routed_turn *turn), void *arg,
                    struct err *err)
{
    if (!store_db(s) || since_us == INT64_MAX)
        return true;
    struct stmt *q = db_query(store_db(s), turns_sql, SQL_ARGS(SQL_INT(since_us)), err);
    while (stmt_next(q, err)) {
        struct routed_turn turn;
        if (read_routed(q, &turn) && !each(arg, &turn))
            break;
    }
    return stmt_finish(q);
}

/* ---- breakers ---- */

ROW_WORDS(brain_id, BRAIN_NONE, BRAIN_NONE);

struct breaker_write {
    enum brain_id brain;
    struct breaker breaker;
    int64_t changed_us;
};

#define BREAKER_FIELDS(X, T)                                                                       \
    X(T, WORD, brain, brain, &brain_id_words)                                                      \
    X(T, SMALL, failures, breaker.failures, NULL)                                                  \
    X(T, INT, opened_us, breaker.opened_at_us, NULL)                                               \
    X(T, INT, probing_us, breaker.probing_at_us, NULL)                                             \
    X(T, INT, changed_us, changed_us, NULL)                                                        \
    X(T, INT, target, breaker.target, NULL)
ROW_TYPE(breaker_write, BREAKER_FIELDS);

/* What another instance has seen later stays. */
static bool
insert_breaker(struct db *db, const struct breaker_write *row, struct err *err)
{
    return row_run(&breaker_write_type, row, db,
                   "INSERT INTO breaker (brain, failures, opened_us, probing_us,"
                   " changed_us, target) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                   " ON CONFLICT (brain) DO UPDATE SET failures = excluded.failures,"
                   " opened_us = excluded.opened_us, probing_us = excluded.probing_us,"
                   " changed_us = excluded.changed_us, target = excluded.target"
                   " WHERE excluded.changed_us >= breaker.changed_us",
                   err);
}

static bool
write_breaker(const struct write_env *env, struct write_request *req, struct err *err)
{
    return insert_breaker(env->db, req->row, err);
}

const struct write_kind write_breaker_kind = {"breaker", &breaker_write_type, write_breaker};

uint64_t
writer_put_breaker(struct writer *w, enum brain_id brain, const struct breaker *b, int64_t wall_us)
{
    struct breaker_write row = {brain, *b, wall_us};
    return writer_queue_row(w, &write_breaker_kind, &row, 0);
}

bool
rollout_store_breakers(struct store *s, struct breaker out[BRAIN_COUNT], struct err *err)
{
    memset(out, 0, BRAIN_COUNT * sizeof *out);
    if (!store_db(s))
        return true;
    struct stmt *q =
        db_query(store_db(s), "SELECT brain, failures, opened_us, probing_us, target FROM breaker",
                 NULL, err);
    while (stmt_next(q, err)) {
        int brain = brain_id_parse(stmt_str(q, 0));
        if (brain >= 0)
            out[brain] = (struct breaker){.failures = stmt_count(q, 1),
                                          .opened_at_us = stmt_int(q, 2),
                                          .probing_at_us = stmt_int(q, 3),
                                          .target = stmt_exact(q, 4)};
    }
    return stmt_finish(q);
}

bool
rollout_store_put_breaker(struct store *s, enum brain_id brain, const struct breaker *b,
                          int64_t wall_us, struct err *err)
{
    struct breaker_write row = {brain, *b, wall_us};
    return insert_breaker(store_db(s), &row, err);
}
