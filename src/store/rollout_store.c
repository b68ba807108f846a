#include "berdua/store/rollout_store.h"

#include <string.h>

#include "berdua/base/err.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "store/write/write_request.h"
#include "store_db.h"
#include "verdict_rows.h"

/* ---- stages ---- */

bool
rollout_store_steps(struct store *s, bool (*each)(void *arg, const struct rollout_step *step),
                    void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s),
                              "SELECT at_us, category, from_percent, to_percent, by, reason,"
                              " seen_verdict FROM rollout_step ORDER BY n",
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
        if (category >= 0 && !each(arg, &row))
            break;
    }
    return stmt_finish(q);
}

bool
rollout_store_add_step(struct store *s, const struct rollout_step *step, struct err *err)
{
    return db_run(store_db(s),
                  "INSERT INTO rollout_step (at_us, category, from_percent, to_percent, by, reason,"
                  " seen_verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
                  " (SELECT coalesce(max(n), 0) FROM verdict))",
                  SQL_ARGS(SQL_INT(step->at_us), SQL_TEXT(category_name(step->category)),
                           SQL_REAL(step->from), SQL_REAL(step->to), SQL_TEXT(step->by),
                           SQL_TEXT(step->reason)),
                  err);
}

/* ---- evidence ---- */

/* Stored as a JSON list of words; no flag's name is part of another's. */
static unsigned
stored_flags(const char *text)
{
    unsigned flags = 0;
    for (int f = 0; f < FLAG_COUNT; f++)
        if (strstr(text, verdict_flag_name((enum verdict_flag)f)))
            flags |= 1u << f;
    return flags;
}

/* What an answer's status says about a comparison with it. A refusal is an answer. */
static unsigned
status_flags(const char *status)
{
    if (!status)
        return 1u << FLAG_ERRORED;
    if (strcmp(status, "complete") == 0 || strcmp(status, "refused") == 0)
        return 0;
    if (strcmp(status, "cut") == 0)
        return 1u << FLAG_TRUNCATED;
    bool failed = strcmp(status, "failed") == 0 || strcmp(status, "timeout") == 0;
    return 1u << (failed ? FLAG_ERRORED : FLAG_INTERRUPTED);
}

/* The answer that the rater saw (older rows name none: then the newest). */
#define SEEN(brain)                                                                                \
    "coalesce(v." brain "_answer, (SELECT id FROM answer b WHERE b.turn = v.turn"                  \
    " AND b.brain = '" brain "' ORDER BY attempt DESC LIMIT 1))"

/* A verdict of a chat is replaced by the next about its turn; a review or an import is withdrawn only by an undo
 * that follows it at once. */
static const char verdicts_sql[] =
    "SELECT v.n, v.at_us, v.kind, v.origin, t.category, t.mode,"
    " coalesce(v.acceptable, (SELECT w.acceptable FROM verdict w WHERE w.turn = v.turn"
    "  AND w.rater = v.rater AND w.origin = v.origin AND w.n > v.n AND w.acceptable IS NOT NULL"
    "  AND w.kind NOT IN " JUDGEMENTS " ORDER BY w.n DESC LIMIT 1)),"
    " v.flags, l.model, c.status, l.status, l.cold, t.simulated,"
    " CASE v.origin WHEN 'chat' THEN " CHAT_VERDICT_REPLACED
    " ELSE coalesce((SELECT w.kind = 'undo' FROM verdict w WHERE w.turn = v.turn"
    "  AND w.origin = v.origin AND w.rater = v.rater AND w.n > v.n"
    "  AND (w.kind = 'undo' OR w.kind IN " JUDGEMENTS ") ORDER BY w.n LIMIT 1), 0) END"
    " FROM verdict v JOIN turn t ON t.id = v.turn"
    " LEFT JOIN answer c ON c.id = " SEEN("claude") " LEFT JOIN answer l ON l.id = " SEEN(
        "llama") " WHERE v.kind IN " JUDGEMENTS " ORDER BY v.n";

static void
verdict_from_row(struct stmt *q, struct verdict_row *row)
{
    const char *category = stmt_str(q, 4), *flags = stmt_str(q, 7);
    *row = (struct verdict_row){
        .n = stmt_int(q, 0),
        .at_us = stmt_int(q, 1),
        .kind = (enum verdict_kind)verdict_kind_parse(stmt_str(q, 2)),
        .origin = stmt_str(q, 3),
        .category = category ? category_parse(category) : -1,
        .mode = chat_mode_parse(stmt_str(q, 5)),
        .acceptable = stmt_is_null(q, 6) ? -1 : stmt_int(q, 6) != 0,
        .llama_model = stmt_str(q, 8),
    };
    if (flags)
        row->flags = stored_flags(flags);
    else
        row->flags = status_flags(stmt_str(q, 9)) | status_flags(stmt_str(q, 10)) |
                     (stmt_int(q, 11) ? 1u << FLAG_COLD : 0);
    if (stmt_int(q, 12))
        row->flags |= 1u << FLAG_SIMULATED;
    if (stmt_int(q, 13))
        row->flags |= 1u << FLAG_UNDONE;
}

bool
rollout_store_verdicts(struct store *s, bool (*each)(void *arg, const struct verdict_row *row),
                       void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s), verdicts_sql, NULL, err);
    while (stmt_next(q, err)) {
        struct verdict_row row;
        verdict_from_row(q, &row);
        if (!each(arg, &row))
            break;
    }
    return stmt_finish(q);
}

/* ---- breakers, and what is in force ---- */

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
            out[brain] = (struct breaker){.failures = (int)stmt_int(q, 1),
                                          .opened_at_us = stmt_int(q, 2),
                                          .probing_at_us = stmt_int(q, 3),
                                          .target = stmt_int(q, 4)};
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
