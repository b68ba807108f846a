#include "write.h"

#include <math.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/chat/turn_json.h"
#include "context_rows.h"
#include "db.h"
#include "memory_rows.h"
#include "write_request.h"
#include "rollout_rows.h"
#include "spend_rows.h"

static bool
write_session(struct db *db, const struct write_request *req, struct err *err)
{
    struct stmt *s = db_stmt(db,
                             "INSERT INTO session (id, user, title, started_us, last_us)"
                             " VALUES (?1, ?2, ?3, ?4, ?4)"
                             " ON CONFLICT (id) DO UPDATE SET user = excluded.user,"
                             " title = excluded.title",
                             err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, req->session);
    stmt_bind_str(s, 2, req->user);
    stmt_bind_str(s, 3, req->title);
    stmt_bind_int(s, 4, req->at_us);
    return stmt_run(s, err);
}

static bool
row_exists(struct db *db, const char *sql, const char *id, bool *exists, struct err *err)
{
    struct stmt *s = db_stmt(db, sql, err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, id);
    enum step step = stmt_step(s, err);
    stmt_end(s);
    *exists = step == STEP_ROW;
    return step != STEP_FAILED;
}

static bool
need_session(struct db *db, const char *id, struct err *err)
{
    bool exists;
    if (!row_exists(db, "SELECT 1 FROM session WHERE id = ?", id, &exists, err))
        return false;
    return exists || err_set(err, "session %s was never saved", id);
}

static bool
need_turn(struct db *db, const char *id, struct err *err)
{
    bool exists;
    if (!row_exists(db, "SELECT 1 FROM turn WHERE id = ?", id, &exists, err))
        return false;
    return exists || err_set(err, "turn %s was never saved", id);
}

static void
bind_unless(struct stmt *s, int i, int64_t v, int64_t unknown)
{
    if (v == unknown)
        stmt_bind_null(s, i);
    else
        stmt_bind_int(s, i, v);
}

static void
bind_answer(struct stmt *s, const char *turn_id, const struct answer *a, const char *owner)
{
    stmt_bind_str(s, 1, a->id);
    stmt_bind_str(s, 2, turn_id);
    stmt_bind_str(s, 3, brain_id_name(a->brain));
    stmt_bind_str(s, 4, a->status == STATUS_RUNNING ? owner : NULL);
    stmt_bind_str(s, 5, a->provider);
    stmt_bind_str(s, 6, a->model);
    stmt_bind_str(s, 7, a->tier);
    stmt_bind_str(s, 8, answer_role_name(a->role));
    stmt_bind_str(s, 9, answer_status_name(a->status));
    stmt_bind_bytes(s, 10, a->text.p, a->text.len);
    stmt_bind_str(s, 11, a->stop_reason);
    stmt_bind_str(s, 12, a->error.kind == ERR_NONE ? NULL : error_kind_name(a->error.kind));
    stmt_bind_str(s, 13, a->error.message);
    bind_unless(s, 14, a->error.http_status, 0);
    stmt_bind_str(s, 15, a->error.request_id);
    bind_unless(s, 16, a->times.connect_us, UNKNOWN);
    bind_unless(s, 17, a->times.first_byte_us, UNKNOWN);
    bind_unless(s, 18, a->times.ttft_us, UNKNOWN);
    bind_unless(s, 19, a->times.total_us, UNKNOWN);
    stmt_bind_int(s, 20, a->times.stall_us);
    bind_unless(s, 21, a->times.queue_us, UNKNOWN);
    bind_unless(s, 22, a->times.execution_us, UNKNOWN);
    bind_unless(s, 23, a->usage.input, UNKNOWN);
    bind_unless(s, 24, a->usage.output, UNKNOWN);
    bind_unless(s, 25, a->usage.cache_read, UNKNOWN);
    bind_unless(s, 26, a->usage.cache_write, UNKNOWN);
    bind_unless(s, 27, a->usage.thinking, UNKNOWN);
    stmt_bind_int(s, 28, a->usage.estimated);
    stmt_bind_int(s, 29, a->delta_count);
    stmt_bind_real(s, 30, a->cost_usd);
    stmt_bind_real(s, 31, a->warmth);
    stmt_bind_real(s, 32, a->cultural);
    stmt_bind_int(s, 33, a->retries);
    stmt_bind_str(s, 34, a->retry_why);
    stmt_bind_int(s, 35, a->truncated);
    stmt_bind_int(s, 36, a->cold);
    stmt_bind_int(s, 37, a->simulated);
    stmt_bind_str(s, 38, a->score_rules);
    stmt_bind_int(s, 39, clock_wall_us()); /* a later try, asked just now */
}

static bool
write_answer(struct db *db, const char *turn_id, const struct answer *a, const char *owner,
             struct err *err)
{
    if (!a->id[0])
        return err_set(err, "an answer without an id cannot be saved");
    struct stmt *s = db_stmt(
        db,
        "INSERT INTO answer (id, turn, brain, owner, provider, model, tier, role, status, text,"
        " stop_reason, error_kind, error_message, http_status, request_id,"
        " connect_us, first_byte_us, ttft_us, total_us, stall_us, queue_us, execution_us,"
        " tokens_in, tokens_out, tokens_cache_read, tokens_cache_write, tokens_thinking,"
        " tokens_estimated, deltas, cost_usd, warmth, cultural, retries, retry_why, truncated, "
        "cold,"
        " simulated, score_rules, at_us, attempt)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
        "?18,"
        " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36,"
        " ?37, ?38, CASE WHEN EXISTS (SELECT 1 FROM answer WHERE turn = ?2 AND brain = ?3) THEN ?39"
        " ELSE (SELECT at_us FROM turn WHERE id = ?2) END, (SELECT coalesce(max(attempt), 0) + 1 "
        "FROM answer WHERE turn = ?2 AND brain = "
        "?3))"
        " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, provider = excluded.provider,"
        " model = excluded.model, tier = excluded.tier, role = excluded.role,"
        " status = excluded.status, text = excluded.text, stop_reason = excluded.stop_reason,"
        " error_kind = excluded.error_kind, error_message = excluded.error_message,"
        " http_status = excluded.http_status, request_id = excluded.request_id,"
        " connect_us = excluded.connect_us, first_byte_us = excluded.first_byte_us,"
        " ttft_us = excluded.ttft_us, total_us = excluded.total_us, stall_us = excluded.stall_us,"
        " queue_us = excluded.queue_us, execution_us = excluded.execution_us,"
        " tokens_in = excluded.tokens_in, tokens_out = excluded.tokens_out,"
        " tokens_cache_read = excluded.tokens_cache_read,"
        " tokens_cache_write = excluded.tokens_cache_write,"
        " tokens_thinking = excluded.tokens_thinking,"
        " tokens_estimated = excluded.tokens_estimated, deltas = excluded.deltas,"
        " cost_usd = excluded.cost_usd, warmth = excluded.warmth, cultural = excluded.cultural,"
        " retries = excluded.retries, retry_why = excluded.retry_why,"
        " truncated = excluded.truncated, cold = excluded.cold, simulated = excluded.simulated,"
        " score_rules = excluded.score_rules",
        err);
    if (!s)
        return false;
    bind_answer(s, turn_id, a, owner);
    return stmt_run(s, err);
}

/* text must outlive the statement. */
static void
bind_route(struct stmt *s, int i, const struct turn *t, struct buf *text)
{
    struct json *r = route_to_json(t);
    if (r)
        json_print(r, text);
    stmt_bind_str(s, i, r ? text->p : NULL);
    json_free(r);
}

/* weights: {"greeting":0.8,…}, only what has a weight; it must outlive the statement. */
static void
bind_kind(struct stmt *s, int i, const struct turn *t, struct buf *weights)
{
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (t->kind.weights[c] > 0)
            buf_printf(weights, "%s\"%s\":%.17g", weights->len ? "," : "{",
                       category_name((enum category)c), t->kind.weights[c]);
    buf_append_str(weights, weights->len ? "}" : "{}");
    bool known = t->kind.category >= 0;
    stmt_bind_str(s, i, known ? category_name((enum category)t->kind.category) : NULL);
    stmt_bind_str(s, i + 1, known ? weights->p : NULL);
    stmt_bind_str(s, i + 2,
                  t->kind.language < 0 ? NULL : language_name((enum language)t->kind.language));
    stmt_bind_real(s, i + 3, t->kind.language < 0 ? NAN : t->kind.language_confidence);
    stmt_bind_str(s, i + 4, t->kind.rules);
}

static bool
insert_turn(struct db *db, struct write_request *req, struct err *err)
{
    const struct turn *t = req->turn;
    struct stmt *s = db_stmt(
        db,
        "INSERT INTO turn (id, session, at_us, message, mode, history, served, canonical,"
        " left_brain, simulated, app_version, category, categories, language,"
        " language_confidence, classify_rules, route, context, seq)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
        " (SELECT coalesce(max(seq), 0) + 1 FROM turn WHERE session = ?2))"
        " ON CONFLICT (id) DO UPDATE SET served = excluded.served,"
        " canonical = excluded.canonical, left_brain = excluded.left_brain,"
        " route = excluded.route, context = excluded.context"
        " RETURNING seq",
        err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, t->id);
    stmt_bind_str(s, 2, req->session);
    stmt_bind_int(s, 3, t->at_wall_us);
    stmt_bind_str(s, 4, t->message);
    stmt_bind_str(s, 5, chat_mode_name(t->mode));
    stmt_bind_str(s, 6, history_policy_name(t->history));
    stmt_bind_str(s, 7, brain_id_name(t->served));
    stmt_bind_str(s, 8, brain_id_name(t->canonical));
    stmt_bind_str(s, 9, brain_id_name(t->left));
    stmt_bind_int(s, 10, t->simulated);
    stmt_bind_str(s, 11, BERDUA_VERSION);
    struct buf weights;
    buf_init(&weights, 512);
    bind_kind(s, 12, t, &weights);
    struct buf route;
    buf_init(&route, 1 << 16);
    bind_route(s, 17, t, &route);
    stmt_bind_str(s, 18, req->context);
    bool ok = stmt_step(s, err) == STEP_ROW;
    if (ok) {
        req->seq = stmt_int(s, 0);
        ok = stmt_run(s, err);
    } else {
        stmt_end(s);
    }
    buf_finish(&weights);
    buf_finish(&route);
    return ok;
}

static bool
touch_session(struct db *db, const char *id, int64_t at_us, bool simulated, struct err *err)
{
    struct stmt *s = db_stmt(db,
                             "UPDATE session SET last_us = max(last_us, ?2),"
                             " simulated = max(simulated, ?3) WHERE id = ?1",
                             err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, id);
    stmt_bind_int(s, 2, at_us);
    stmt_bind_int(s, 3, simulated);
    return stmt_run(s, err);
}

static bool
write_turn(struct db *db, struct write_request *req, const char *owner, struct err *err)
{
    const struct turn *t = req->turn;
    if (!need_session(db, req->session, err) || !insert_turn(db, req, err) ||
        !touch_session(db, req->session, t->at_wall_us, t->simulated, err))
        return false;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b] && !write_answer(db, t->id, &t->answers[b], owner, err))
            return false;
    return true;
}

static bool
write_checkpoint(struct db *db, struct write_request *req, struct err *err)
{
    struct buf text;
    struct stmt *s = db_stmt(db, "SELECT text, status FROM answer WHERE id = ?", err);
    if (!s)
        return false;
    buf_init(&text, ANSWER_MAX_BYTES);
    stmt_bind_str(s, 1, req->answer_id);
    enum step step = stmt_step(s, err);
    size_t have = 0;
    bool running = false, ok = step != STEP_FAILED;
    if (step == STEP_ROW) {
        const char *p = stmt_bytes(s, 0, &have);
        buf_append(&text, p, have);
        running = strcmp(stmt_str(s, 1), answer_status_name(STATUS_RUNNING)) == 0;
    } else if (step == STEP_END) {
        ok = err_set(err, "answer %s was never saved", req->answer_id);
    }
    stmt_end(s);
    if (ok && running && req->offset > have)
        ok = err_set(err, "answer %s: bytes %zu to %zu are missing", req->answer_id, have,
                     req->offset);
    if (!ok || !running || req->offset + req->bytes.len <= have)
        goto out; /* a repeat, or the answer has ended meanwhile: nothing to add */
    size_t known = have - req->offset;
    ok = buf_append(&text, req->bytes.p + known, req->bytes.len - known) ||
         err_set(err, "answer %s is too long", req->answer_id);
    s = ok ? db_stmt(db, "UPDATE answer SET text = ?2 WHERE id = ?1", err) : NULL;
    ok = s != NULL;
    if (ok) {
        stmt_bind_str(s, 1, req->answer_id);
        stmt_bind_bytes(s, 2, text.p, text.len);
        ok = stmt_run(s, err);
    }
out:
    buf_finish(&text);
    return ok;
}

static bool
write_outcome(struct db *db, const struct write_request *req, struct err *err)
{
    struct stmt *s =
        db_stmt(db,
                "UPDATE turn SET served = ?2, canonical = ?3, route = coalesce(?4, route),"
                " context = coalesce(?5, context)"
                " WHERE id = ?1",
                err);
    if (!need_turn(db, req->turn_id, err) || !s)
        return false;
    stmt_bind_str(s, 1, req->turn_id);
    stmt_bind_str(s, 2, brain_id_name(req->served));
    stmt_bind_str(s, 3, brain_id_name(req->canonical));
    stmt_bind_str(s, 4, req->bytes.len ? req->bytes.p : NULL);
    stmt_bind_str(s, 5, req->context);
    return stmt_run(s, err);
}

/* The newest try of each brain is what the rater saw. */
#define SHOWN(brain)                                                                               \
    "(SELECT id FROM answer WHERE turn = ?3 AND brain = '" brain "'"                               \
    " ORDER BY attempt DESC LIMIT 1)"

static bool
write_verdict(struct db *db, const struct write_request *req, struct err *err)
{
    char id[ID_LEN + 1];
    if (!need_session(db, req->session, err) || !need_turn(db, req->turn_id, err))
        return false;
    struct stmt *s =
        db_stmt(db,
                "INSERT INTO verdict (id, session, turn, at_us, kind, note, rater, app_version,"
                " left_brain, blind, claude_answer, llama_answer)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
                " (SELECT left_brain FROM turn WHERE id = ?3),"
                " (SELECT blind FROM turn WHERE id = ?3)," SHOWN("claude") "," SHOWN("llama") ")",
                err);
    if (!s)
        return false;
    id_make(id);
    stmt_bind_str(s, 1, id);
    stmt_bind_str(s, 2, req->session);
    stmt_bind_str(s, 3, req->turn_id);
    stmt_bind_int(s, 4, req->verdict.at_wall_us);
    stmt_bind_str(s, 5, verdict_kind_name(req->verdict.kind));
    stmt_bind_str(s, 6, req->verdict.note);
    stmt_bind_str(s, 7, req->rater);
    stmt_bind_str(s, 8, BERDUA_VERSION);
    return stmt_run(s, err) && touch_session(db, req->session, req->verdict.at_wall_us, false, err);
}

bool
write_op(struct db *db, struct write_request *req, const char *owner, struct err *err)
{
    switch (req->kind) {
    case WRITE_SESSION:
        return write_session(db, req, err);
    case WRITE_TURN:
        return write_turn(db, req, owner, err);
    case WRITE_ANSWER:
        return need_turn(db, req->turn_id, err) &&
               write_answer(db, req->turn_id, &req->answer, owner, err);
    case WRITE_CHECKPOINT:
        return write_checkpoint(db, req, err);
    case WRITE_OUTCOME:
        return write_outcome(db, req, err);
    case WRITE_VERDICT:
        return write_verdict(db, req, err);
    case WRITE_BREAKER:
        return rollout_write_breaker(db, req->brain, &req->breaker, req->at_us, err);
    case WRITE_CONTEXT:
        return context_write(db, req, err);
    case WRITE_SIDE_CALL:
        return spend_write_call(db, req, err);
    case WRITE_QUEUE:
        return req->flag ? memory_write_reservation(db, req->session, req->at_us, owner, err)
                         : memory_write_queue(db, req->session, req->at_us, err);
    case WRITE_MEMORY_OUT:
        return memory_write_out(db, req->user, req->flag, req->at_us, err);
    case WRITE_LOAD:
    case WRITE_OLDER:
    case WRITE_ROLLOUT:
        break;
    }
    return err_set(err, "not a write");
}
