/* What others made becomes rows here. A row of ours stays as it is; one of theirs is brought up to date. Everything may be
 * read twice and in any order of origins. */
#include "berdua/store/team_store.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/base/sha256.h"
#include "store/sqlite/db.h"
#include "store/sqlite/erase.h"
#include "store/sqlite/said.h"
#include "store/store_db.h"

#define V(name)     "j ->> '" #name "'"
#define AND_V(name) ", " V(name)
/* The turn of that id, or what stands for it here: of a session that was merged, the turn of that number. */
#define THE_TURN(id)                                                                               \
    "coalesce((SELECT id FROM turn WHERE id = " id "),"                                            \
    " (SELECT id FROM turn WHERE session = j ->> 'session' AND seq = j ->> 'seq'))"
#define OURS(kind, id)                                                                             \
    "EXISTS (SELECT 1 FROM team_event WHERE about = " id " AND kind = '" kind "' AND state = "     \
    "'own')"
#define FROM_PAYLOAD " FROM (SELECT ?1 AS j) WHERE true"

/* ?1 is the payload. is_there: may it become a row now? */
struct taken_kind {
    const char *name, *is_there, *sql, *then;
};

/* at_us of an answer stays empty: its cost is none of this store's. Another answer may have its number already. */
/* clang-format off */
static const struct taken_kind kinds[] = {
    {"session", "SELECT 1 WHERE ?1 IS NOT NULL",
     "INSERT INTO session (id, user, title, started_us, last_us, simulated, origin_id)"
     " SELECT " V(id) ", coalesce(" V(user) ", 'anonymous')" AND_V(title) AND_V(started_us)
     AND_V(last_us) ", coalesce(" V(simulated) ", 0)" AND_V(origin_id) FROM_PAYLOAD
     " ON CONFLICT (id) DO UPDATE SET title = coalesce(excluded.title, title)"
     " WHERE NOT " OURS("session", "session.id"),
     NULL},
    {"turn", "SELECT 1 FROM session WHERE id = ?1 ->> 'session'",
     "INSERT INTO turn (id, session, seq, at_us, message, mode, history, served, canonical,"
     " left_brain, blind, simulated, category, categories, language, language_confidence,"
     " classify_rules, route, context, config_hash, app_version, before, rater)"
     " SELECT " V(id) AND_V(session) AND_V(seq) AND_V(at_us) AND_V(message) AND_V(mode)
     AND_V(history) AND_V(served) AND_V(canonical) AND_V(left_brain) ", coalesce(" V(blind)
     ", 0), coalesce(" V(simulated) ", 0)" AND_V(category) AND_V(categories) AND_V(language)
     AND_V(language_confidence) AND_V(classify_rules) AND_V(route) AND_V(context)
     AND_V(config_hash) AND_V(app_version) AND_V(before) AND_V(rater) FROM_PAYLOAD
     " ON CONFLICT (id) DO UPDATE SET served = excluded.served, canonical = excluded.canonical,"
     " route = excluded.route, context = excluded.context, category = excluded.category,"
     " categories = excluded.categories, language = excluded.language"
     " WHERE NOT " OURS("turn", "turn.id") " ON CONFLICT DO NOTHING",
     "UPDATE session SET last_us = max(last_us, ?1 ->> 'at_us') WHERE id = ?1 ->> 'session'"},
    {"answer", "SELECT 1 FROM (SELECT ?1 AS j) WHERE " THE_TURN(V(turn)) " IS NOT NULL",
     "INSERT INTO answer (id, turn, brain, attempt, provider, model, tier, role, status, text,"
     " stop_reason, error_kind, error_message, http_status, request_id, connect_us,"
     " first_byte_us, ttft_us, total_us, stall_us, queue_us, execution_us, tokens_in,"
     " tokens_out, tokens_cache_read, tokens_cache_write, tokens_thinking, tokens_estimated,"
     " deltas, cost_usd, saved_usd, warmth, cultural, scores, score_rules, retries, retry_why,"
     " truncated, cold, simulated, system, timing)"
     " SELECT " V(id) ", u" AND_V(brain) ", CASE WHEN EXISTS (SELECT 1 FROM answer a"
     " WHERE a.turn = u AND a.brain = " V(brain) " AND a.attempt = " V(attempt) " AND a.id <> "
     V(id) ") THEN (SELECT max(attempt) + 1 FROM answer a WHERE a.turn = u AND a.brain = "
     V(brain) ") ELSE " V(attempt) " END" AND_V(provider) AND_V(model) AND_V(tier) AND_V(role)
     ", CASE " V(status) " WHEN 'running' THEN 'interrupted' ELSE " V(status) " END, coalesce("
     V(text) ", '')" AND_V(stop_reason) AND_V(error_kind) AND_V(error_message)
     AND_V(http_status) AND_V(request_id) AND_V(connect_us) AND_V(first_byte_us) AND_V(ttft_us)
     AND_V(total_us) AND_V(stall_us) AND_V(queue_us) AND_V(execution_us) AND_V(tokens_in)
     AND_V(tokens_out) AND_V(tokens_cache_read) AND_V(tokens_cache_write)
     AND_V(tokens_thinking) ", coalesce(" V(tokens_estimated) ", 0), coalesce(" V(deltas)
     ", 0)" AND_V(cost_usd) AND_V(saved_usd) AND_V(warmth) AND_V(cultural) AND_V(scores)
     AND_V(score_rules) ", coalesce(" V(retries) ", 0)" AND_V(retry_why) ", coalesce("
     V(truncated) ", 0), coalesce(" V(cold) ", 0), coalesce(" V(simulated) ", 0)"
     AND_V(system) AND_V(timing)
     " FROM (SELECT j, " THE_TURN(V(turn)) " AS u FROM (SELECT ?1 AS j)) WHERE true"
     " ON CONFLICT (id) DO UPDATE SET status = excluded.status, text = excluded.text,"
     " role = excluded.role, cost_usd = excluded.cost_usd, warmth = excluded.warmth,"
     " cultural = excluded.cultural, scores = excluded.scores,"
     " score_rules = excluded.score_rules WHERE NOT " OURS("answer", "answer.id"),
     NULL},
    {"verdict", "SELECT 1 FROM (SELECT ?1 AS j) WHERE " THE_TURN(V(turn)) " IS NOT NULL",
     "INSERT INTO verdict (id, session, turn, at_us, kind, note, rater, origin, left_brain,"
     " blind, strength, reasons, flags, claude_acceptable, llama_acceptable, claude_answer,"
     " llama_answer, app_version, try, drawn_by, propensity, asked, decision_ms, stage, guess,"
     " pair, mode, judge)"
     " SELECT " V(id) ", (SELECT session FROM turn WHERE id = u), u" AND_V(at_us) AND_V(kind)
     AND_V(note) ", coalesce(" V(rater) ", 'anonymous'), coalesce(" V(origin) ", 'import')"
     AND_V(left_brain) ", coalesce(" V(blind) ", 0)" AND_V(strength) AND_V(reasons)
     AND_V(flags) AND_V(claude_acceptable) AND_V(llama_acceptable) AND_V(claude_answer)
     AND_V(llama_answer) AND_V(app_version) ", coalesce(" V(try) ", 1)" AND_V(drawn_by)
     AND_V(propensity) AND_V(asked) AND_V(decision_ms) AND_V(stage) AND_V(guess) AND_V(pair)
     AND_V(mode) AND_V(judge)
     " FROM (SELECT j, " THE_TURN(V(turn)) " AS u FROM (SELECT ?1 AS j)) WHERE true"
     " ON CONFLICT (id) DO NOTHING",
     "INSERT INTO verdict_flag (verdict, flag) SELECT ?1 ->> 'id', value"
     " FROM json_each('[\"' || replace(?1 ->> 'raised', ',', '\",\"') || '\"]') WHERE true"
     " ON CONFLICT DO NOTHING"},
    {"rollout_step", "SELECT 1 WHERE ?1 IS NOT NULL",
     "INSERT INTO rollout_step (at_us, category, from_percent, to_percent, by, reason,"
     " seen_verdict) SELECT " V(at_us) AND_V(category) AND_V(from_percent) AND_V(to_percent)
     AND_V(by) AND_V(reason) ", (SELECT coalesce(max(n), 0) FROM verdict)" FROM_PAYLOAD
     " AND NOT EXISTS (SELECT 1 FROM rollout_step r WHERE r.at_us = " V(at_us)
     " AND r.category = " V(category) " AND r.from_percent = " V(from_percent)
     " AND r.to_percent = " V(to_percent) " AND r.by = " V(by) ")",
     NULL},
    {"context", "SELECT 1 WHERE ?1 IS NOT NULL",
     "INSERT INTO context (user, topic, language, text, model, at_us, expires_us)"
     " SELECT " V(user) AND_V(topic) AND_V(language) AND_V(text) AND_V(model) AND_V(at_us)
     AND_V(expires_us) FROM_PAYLOAD " AND " V(user) " IS NULL OR NOT EXISTS"
     " (SELECT 1 FROM memory_out o WHERE o.user = " V(user) ")"
     " ON CONFLICT (coalesce(user, ''), topic, language) DO UPDATE SET"
     " text = excluded.text, model = excluded.model, at_us = excluded.at_us,"
     " expires_us = excluded.expires_us WHERE excluded.at_us > context.at_us",
     NULL},
};
/* clang-format on */

/* ---- one event ---- */

static const struct taken_kind *
find_kind(const char *name)
{
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
        if (strcmp(kinds[k].name, name) == 0)
            return &kinds[k];
    return NULL;
}

static bool
find_int(struct db *db, const char *sql, const char *payload, int64_t *out, struct err *err)
{
    *out = 0;
    return db_find_int(db, sql, SQL_ARGS(SQL_TEXT(payload)), out, err);
}

/* What its origin has removed: the rows that its sessions and contexts became go with the payloads. */
static bool
take_removal(struct db *db, int64_t n, const char *payload, struct err *err)
{
#define NAMED                                                                                      \
    "origin = (SELECT origin FROM team_event WHERE n = ?2) AND sha256 IN"                          \
    " (SELECT value FROM json_each(?1, '$.sha256'))"
    const struct sql_arg *args = SQL_ARGS(SQL_TEXT(payload), SQL_INT(n));
    return erase_begin(db, err) &&
           db_run(db,
                  "DELETE FROM session WHERE id IN (SELECT about FROM team_event WHERE " NAMED
                  " AND kind = 'session') AND NOT " OURS("session", "session.id"),
                  args, err) &&
           db_run(db,
                  "DELETE FROM context WHERE n IN (SELECT CAST(about AS INTEGER) FROM team_event"
                  " WHERE " NAMED " AND kind = 'context')",
                  args, err) &&
           db_run(db,
                  "UPDATE team_event SET payload = NULL, state = 'taken', about = CASE kind"
                  " WHEN 'context' THEN NULL ELSE about END WHERE " NAMED,
                  args, err) &&
           said_erase(db, err);
#undef NAMED
}

/* Whose row it has become; of a context the number that it has here. */
static bool
note_row(struct db *db, int64_t n, const char *payload, struct err *err)
{
    return db_run(db,
                  "UPDATE team_event SET state = 'taken', about = CASE kind WHEN 'context' THEN"
                  " (SELECT c.n FROM context c WHERE coalesce(c.user, '') = coalesce(?2 ->> 'user',"
                  " '') AND c.topic = ?2 ->> 'topic' AND c.language = ?2 ->> 'language')"
                  " ELSE ?2 ->> 'id' END, session = CASE kind WHEN 'session' THEN ?2 ->> 'id'"
                  " ELSE ?2 ->> 'session' END WHERE n = ?1",
                  SQL_ARGS(SQL_INT(n), SQL_TEXT(payload)), err);
}

static bool
make_row(struct db *db, int64_t n, const char *kind, const char *payload, struct err *err)
{
    const struct taken_kind *k = find_kind(kind);
    const struct sql_arg *args = SQL_ARGS(SQL_TEXT(payload));
    bool ok = k ? db_run(db, k->sql, args, err) && (!k->then || db_run(db, k->then, args, err))
                : take_removal(db, n, payload, err);
    return ok && note_row(db, n, payload, err);
}

/* What breaks a rule of the tables is kept, and no row. */
static bool
try_row(struct db *db, int64_t n, const char *kind, const char *payload, struct err *err)
{
    struct err why = {{0}};
    if (!db_exec(db, "SAVEPOINT team_row", err))
        return false;
    db_set_trouble(db, DB_FINE);
    if (make_row(db, n, kind, payload, &why))
        return db_exec(db, "RELEASE team_row", err);
    if (!db_in_transaction(db) || db_trouble(db) != DB_REFUSED) {
        *err = why;
        return false;
    }
    log_msg(LOG_WARN, "team: an event of kind %.20s is no row here: %s", kind, why.text);
    return db_exec(db, "ROLLBACK TO team_row; RELEASE team_row", err) &&
           db_run(db, "UPDATE team_event SET state = 'refused' WHERE n = ?1", SQL_ARGS(SQL_INT(n)),
                  err);
}

/* *made: it is a row now. What waits goes on waiting. */
static bool
consider(struct db *db, int64_t n, const char *kind, const char *payload, bool *made,
         struct err *err)
{
    const struct taken_kind *k = find_kind(kind);
    int64_t sound, there = 1;
    *made = false;
    if (!k && strcmp(kind, "removed") != 0)
        return true;
    if (!find_int(db, "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' ELSE 0 END",
                  payload, &sound, err))
        return false;
    if (!sound)
        return db_run(db, "UPDATE team_event SET state = 'refused' WHERE n = ?1",
                      SQL_ARGS(SQL_INT(n)), err);
    if (k && !find_int(db, k->is_there, payload, &there, err))
        return false;
    *made = there != 0;
    return !there || try_row(db, n, kind, payload, err);
}

/* ---- many ---- */

struct batch {
    const struct team_event *events;
    size_t count;
    int64_t taken;
};

/* *n: its number here; 0: it is here already, or has no payload to look at. */
static bool
keep_event(struct db *db, const struct team_event *e, int64_t *n, struct err *err)
{
    char sha256[SHA256_HEX + 1] = "";
    if (e->payload)
        sha256_hex(e->payload, strlen(e->payload), sha256);
    bool sound = e->payload && strcmp(sha256, e->sha256) == 0;
    *n = 0;
    struct stmt *s =
        db_query(db,
                 "INSERT INTO team_event (origin, seq, kind, version, payload, sha256, state)"
                 " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?1 <> (SELECT origin FROM team)"
                 " ON CONFLICT (origin, seq) DO NOTHING RETURNING n",
                 SQL_ARGS(SQL_TEXT(e->origin), SQL_INT(e->seq), SQL_TEXT(e->kind),
                          SQL_INT(e->version), SQL_TEXT(e->payload), SQL_TEXT(e->sha256),
                          SQL_TEXT(!e->payload ? "taken"
                                   : sound     ? "waiting"
                                               : "refused")),
                 err);
    if (stmt_next(s, err) && sound)
        *n = stmt_int(s, 0);
    return stmt_finish(s) &&
           db_run(db,
                  "INSERT INTO team_origin (origin, seq) SELECT ?1, ?2"
                  " WHERE ?1 <> (SELECT origin FROM team)"
                  " ON CONFLICT (origin) DO UPDATE SET seq = max(seq, excluded.seq)",
                  SQL_ARGS(SQL_TEXT(e->origin), SQL_INT(e->seq)), err);
}

/* Those that waited for a row that has come; true in *made: others may wait for what came now. */
static bool
consider_waiting(struct db *db, int64_t *taken, bool *made, struct err *err)
{
    struct waiting {
        int64_t n;
        char *kind, *payload;
    } *list = NULL;
    size_t count = 0;
    *made = false;
    struct stmt *s = db_query(db,
                              "SELECT n, kind, payload FROM team_event WHERE state = 'waiting'"
                              " AND kind IN ('turn', 'answer', 'verdict') ORDER BY n",
                              NULL, err);
    while (stmt_next(s, err)) {
        list = xgrow(list, count, sizeof *list);
        list[count++] = (struct waiting){stmt_int(s, 0), stmt_dup(s, 1), stmt_dup(s, 2)};
    }
    bool ok = stmt_finish(s);
    for (size_t i = 0; i < count; i++) {
        bool now = false;
        ok = ok && consider(db, list[i].n, list[i].kind, list[i].payload, &now, err);
        *made = *made || now;
        *taken += now;
        free(list[i].kind);
        free(list[i].payload);
    }
    free(list);
    return ok;
}

static bool
take_all(struct store *inside, void *arg, struct err *err)
{
    struct batch *b = arg;
    struct db *db = store_db(inside);
    bool ok = db_run(db, "UPDATE team SET taking = 1", NULL, err), again = false;
    b->taken = 0;
    for (size_t i = 0; ok && i < b->count; i++) {
        const struct team_event *e = &b->events[i];
        bool made = false;
        int64_t n;
        ok = keep_event(db, e, &n, err) && (!n || consider(db, n, e->kind, e->payload, &made, err));
        b->taken += made;
        again =
            again || (made && (strcmp(e->kind, "session") == 0 || strcmp(e->kind, "turn") == 0));
    }
    while (ok && again)
        ok = consider_waiting(db, &b->taken, &again, err);
    return ok && db_run(db, "UPDATE team SET taking = 0", NULL, err);
}

bool
team_store_take(struct store *s, const struct team_event *events, size_t count, int64_t *taken,
                struct err *err)
{
    struct batch b = {events, count, 0};
    bool ok = store_write(s, take_all, &b, err);
    *taken = ok ? b.taken : 0;
    return ok;
}
