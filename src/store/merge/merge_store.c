#include "berdua/store/merge_store.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/chat/answer.h"
#include "merge_record.h"
#include "store/sqlite/db.h"
#include "store/store_db.h"

enum { JSON_MAX_BYTES = 64 << 20 };

/* What the record becomes here. */
struct placed {
    char session[ID_LEN + 1], turn[ID_LEN + 1], answer[BRAIN_COUNT][ID_LEN + 1];
    int64_t try;
};

/* An id of ours for a name of theirs: the same wherever and whenever it is merged, so stored ids hold this to what it is. What
 * belongs to a session begins alike, so that it lies together in the indexes; session NULL: the name is one itself. */
static void
id_of_name(char out[ID_LEN + 1], const char *session, const char *kind, const char *name)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint64_t seed = hash_bytes(kind, strlen(kind), 0), first = 0;
    uint64_t h[2] = {hash_bytes(name, strlen(name), seed), hash_bytes(name, strlen(name), ~seed)};
    int alike = session ? 7 : 0, each = (ID_LEN - alike + 1) / 2;
    if (session)
        first = hash_bytes(session, strlen(session), 0);
    for (int i = 0; i < ID_LEN; i++)
        out[i] =
            digits[(i < alike ? first >> i * 5 : h[(i - alike) / each] >> (i - alike) % each * 5) &
                   31];
    out[ID_LEN] = 0;
}

static bool
put_json(struct buf *out, const struct json *v, struct err *err)
{
    buf_init(out, JSON_MAX_BYTES);
    return !v || json_print(v, out) || err_set(err, "longer than %d MiB", JSON_MAX_BYTES >> 20);
}

static const char *
text_or_null(const struct buf *b)
{
    return b->len ? b->p : NULL;
}

static bool
find_id(struct db *db, const char *sql, const struct sql_arg *args, char out[ID_LEN + 1],
        struct err *err)
{
    struct stmt *s = db_query(db, sql, args, err);
    out[0] = 0;
    if (stmt_next(s, err))
        snprintf(out, ID_LEN + 1, "%s", stmt_str(s, 0) ? stmt_str(s, 0) : "");
    return stmt_finish(s);
}

static bool
place_session(struct db *db, const struct merge_record *r, struct placed *p, struct err *err)
{
    bool fits = strlen(r->session) <= ID_LEN;
    if (fits)
        snprintf(p->session, sizeof p->session, "%s", r->session);
    else
        id_of_name(p->session, NULL, "session", r->session);
    return db_run(db,
                  "INSERT INTO session (id, user, started_us, last_us, simulated, origin_id)"
                  " VALUES (?1, ?2, ?3, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET"
                  " started_us = min(started_us, excluded.started_us),"
                  " last_us = max(last_us, excluded.last_us)",
                  SQL_ARGS(SQL_TEXT(p->session), SQL_TEXT(r->user ? r->user : "anonymous"),
                           SQL_INT(r->at_us), SQL_INT(r->simulated),
                           SQL_TEXT(fits ? NULL : r->session)),
                  err);
}

/* The turn of that number in that session. One that was made here stays as it is; of a merged one the earliest verdict says
 * when it was, and a judge, who does not know the mode, leaves it to a person. Its verdicts say whether they were blind;
 * it waits for none here, so it shows its names. */
static bool
place_turn(struct db *db, const struct merge_record *r, struct placed *p, struct err *err)
{
    char name[2 * MERGE_ID_BYTES];
    snprintf(name, sizeof name, "%s:%lld", p->session, (long long)r->seq);
    if (!find_id(db, "SELECT id FROM turn WHERE session = ?1 AND seq = ?2",
                 SQL_ARGS(SQL_TEXT(p->session), SQL_INT(r->seq)), p->turn, err))
        return false;
    if (!p->turn[0])
        id_of_name(p->turn, p->session, "turn", name);
    struct buf history, categories;
    bool ok = put_json(&history, r->history, err);
    ok = put_json(&categories, r->categories, err) && ok;
    bool decided = r->kind == VERDICT_CLAUDE || r->kind == VERDICT_LLAMA;
    ok =
        ok &&
        db_run(db,
               "INSERT INTO turn (id, session, seq, at_us, message, mode, history, canonical,"
               " left_brain, blind, simulated, category, categories, language, config_hash,"
               " app_version, before) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'canonical', ?7, ?8, ?9, ?10,"
               " ?11, ?12, ?13, ?14, ?15, coalesce(?16, '[]'))"
               " ON CONFLICT (session, seq) DO UPDATE SET at_us = min(at_us, excluded.at_us),"
               " mode = CASE WHEN ?17 THEN mode ELSE excluded.mode END WHERE before IS NOT NULL",
               SQL_ARGS(
                   SQL_TEXT(p->turn), SQL_TEXT(p->session), SQL_INT(r->seq), SQL_INT(r->at_us),
                   SQL_TEXT(r->message),
                   SQL_TEXT(chat_mode_name(r->mode < 0 ? MODE_PARALLEL : (enum chat_mode)r->mode)),
                   SQL_TEXT(decided ? verdict_kind_name(r->kind) : NULL),
                   SQL_TEXT(brain_id_name(r->left)), SQL_INT(0), SQL_INT(r->simulated),
                   SQL_TEXT(r->category < 0 ? NULL : category_name((enum category)r->category)),
                   SQL_TEXT(text_or_null(&categories)),
                   SQL_TEXT(r->language < 0 ? NULL : language_name((enum language)r->language)),
                   SQL_TEXT(r->config_hash), SQL_TEXT(r->app_version),
                   SQL_TEXT(text_or_null(&history)), SQL_INT(r->judge)),
               err);
    buf_finish(&history);
    buf_finish(&categories);
    return ok;
}

/* Another verdict about the same pair has brought the answers, or they were given here. */
static bool
find_pair(struct db *db, const struct merge_record *r, struct placed *p, struct err *err)
{
    struct stmt *s = db_query(
        db,
        "SELECT try, claude_answer, llama_answer FROM verdict v WHERE turn = ?1"
        " AND coalesce(pair, ?2 || ':' || ?3 || ':' || try) = ?4"
        " AND claude_answer IS NOT NULL AND llama_answer IS NOT NULL LIMIT 1",
        SQL_ARGS(SQL_TEXT(p->turn), SQL_TEXT(r->session), SQL_INT(r->seq), SQL_TEXT(r->pair)), err);
    if (stmt_next(s, err)) {
        p->try = stmt_int(s, 0);
        snprintf(p->answer[BRAIN_CLAUDE], ID_LEN + 1, "%s", stmt_str(s, 1));
        snprintf(p->answer[BRAIN_LLAMA], ID_LEN + 1, "%s", stmt_str(s, 2));
    }
    return stmt_finish(s);
}

/* The try that a pair of our own naming says, else the turn's next. */
static bool
choose_try(struct db *db, const struct merge_record *r, struct placed *p, struct err *err)
{
    char own[MERGE_PAIR_BYTES];
    int n = snprintf(own, sizeof own, "%s:%lld:", r->session, (long long)r->seq);
    int read = 0;
    long long named = 0;
    if (strncmp(r->pair, own, (size_t)n) == 0 &&
        sscanf(r->pair + n, "%9lld%n", &named, &read) == 1 && named > 0 && !r->pair[n + read]) {
        p->try = named;
        return true;
    }
    p->try = 1;
    return db_find_int(db, "SELECT max(try) + 1 FROM verdict WHERE turn = ?1 HAVING max(try) > 0",
                       SQL_ARGS(SQL_TEXT(p->turn)), &p->try, err);
}

/* ?5 is the answer as JSON. at_us stays empty: its cost is none of this store's. */
static const char answer_sql[] =
    "INSERT INTO answer (id, turn, brain, attempt, provider, model, role, status, text,"
    " stop_reason, error_kind, error_message, http_status, request_id, connect_us, ttft_us,"
    " total_us, stall_us, queue_us, execution_us, tokens_in, tokens_cache_read, tokens_out,"
    " tokens_estimated, cost_usd, saved_usd, warmth, cultural, score_rules, retries, truncated,"
    " cold, simulated, system)"
    " SELECT ?1, ?2, ?3, (SELECT coalesce(max(attempt), 0) + 1 FROM answer"
    "  WHERE turn = ?2 AND brain = ?3),"
    " j ->> 'provider', j ->> 'model', coalesce(j ->> 'role', 'compared'),"
    " coalesce(j ->> 'status', 'complete'), coalesce(j ->> 'text', ''), j ->> 'stop_reason',"
    " j ->> '$.error.kind', j ->> '$.error.message', j ->> '$.error.http_status',"
    " j ->> '$.error.request_id', CAST(round((j ->> 'connect_ms') * 1000) AS INTEGER),"
    " CAST(round((j ->> 'ttft_ms') * 1000) AS INTEGER),"
    " CAST(round((j ->> 'total_ms') * 1000) AS INTEGER),"
    " coalesce(CAST(round((j ->> 'stall_ms') * 1000) AS INTEGER), 0),"
    " CAST(round((j ->> 'queue_ms') * 1000) AS INTEGER),"
    " CAST(round((j ->> 'execution_ms') * 1000) AS INTEGER),"
    " j ->> 'tokens_in', j ->> 'tokens_cached', j ->> 'tokens_out',"
    " coalesce(j ->> 'tokens_estimated', 0), j ->> 'cost_usd', j ->> 'saved_usd',"
    " j ->> 'warmth', j ->> 'cultural', coalesce(j ->> 'score_rules', ?6),"
    " coalesce(j ->> 'retries', 0), coalesce(j ->> 'truncated', 0), coalesce(j ->> 'cold', 0),"
    " coalesce(j ->> 'simulated', 0), ?4 FROM (SELECT ?5 AS j) WHERE true"
    " ON CONFLICT (id) DO NOTHING";

/* An answer keeps its id where that is free or the same answer's. */
static bool
place_answer(struct db *db, const struct merge_record *r, enum brain_id brain, struct placed *p,
             struct err *err)
{
    char name[2 * MERGE_PAIR_BYTES], owner[ID_LEN + 1] = "";
    const char *given = json_get_str(r->answers[brain], "id"), *word = brain_id_name(brain);
    bool usable = given && *given && strlen(given) <= ID_LEN;
    if (usable && !find_id(db, "SELECT turn FROM answer WHERE id = ?1", SQL_ARGS(SQL_TEXT(given)),
                           owner, err))
        return false;
    snprintf(name, sizeof name, "%s:%s:%s", p->turn, r->pair, word);
    if (usable && (!owner[0] || strcmp(owner, p->turn) == 0))
        snprintf(p->answer[brain], ID_LEN + 1, "%s", given);
    else
        id_of_name(p->answer[brain], p->session, "answer", name);
    struct buf text;
    if (!put_json(&text, r->answers[brain], err)) {
        buf_finish(&text);
        return false;
    }
    bool ok =
        db_run(db, answer_sql,
               SQL_ARGS(SQL_TEXT(p->answer[brain]), SQL_TEXT(p->turn), SQL_TEXT(word),
                        SQL_TEXT(r->system[brain]), SQL_TEXT(text.p), SQL_TEXT(r->score_rules)),
               err);
    buf_finish(&text);
    return ok;
}

static bool
put_flags(struct db *db, const struct merge_record *r, struct err *err)
{
    for (int f = 0; f < FLAG_COUNT; f++)
        if ((r->flags >> f & 1) &&
            !db_run(db, "INSERT OR IGNORE INTO verdict_flag (verdict, flag) VALUES (?1, ?2)",
                    SQL_ARGS(SQL_TEXT(r->id), SQL_TEXT(verdict_flag_name((enum verdict_flag)f))),
                    err))
            return false;
    return true;
}

static double
opinion_value(enum opinion o)
{
    return o == OPINION_NONE ? NAN : o == OPINION_YES;
}

static bool
put_verdict(struct db *db, const struct merge_record *r, const struct placed *p, struct err *err)
{
    struct buf reasons, judge;
    bool ok = put_json(&reasons, r->reasons, err);
    ok = put_json(&judge, r->judge_facts, err) && ok;
    ok = ok &&
         db_run(db,
                "INSERT INTO verdict (id, session, turn, at_us, kind, note, rater, origin,"
                " left_brain, blind, strength, reasons, flags, claude_acceptable, llama_acceptable,"
                " claude_answer, llama_answer, app_version, try, drawn_by, propensity, asked,"
                " decision_ms, stage, guess, pair, mode, judge)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, '[]', ?13, ?14, ?15,"
                " ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)",
                SQL_ARGS(SQL_TEXT(r->id), SQL_TEXT(p->session), SQL_TEXT(p->turn),
                         SQL_INT(r->at_us), SQL_TEXT(verdict_kind_name(r->kind)), SQL_TEXT(r->note),
                         SQL_TEXT(r->rater ? r->rater : "anonymous"), SQL_TEXT(r->origin),
                         SQL_TEXT(brain_id_name(r->left)), SQL_INT(r->blind), SQL_TEXT(r->strength),
                         SQL_TEXT(text_or_null(&reasons)),
                         SQL_REAL(opinion_value(r->acceptable[BRAIN_CLAUDE])),
                         SQL_REAL(opinion_value(r->acceptable[BRAIN_LLAMA])),
                         SQL_TEXT(p->answer[BRAIN_CLAUDE]), SQL_TEXT(p->answer[BRAIN_LLAMA]),
                         SQL_TEXT(r->app_version), SQL_INT(p->try),
                         SQL_TEXT(verdict_draw_name((enum verdict_draw)r->draw)),
                         SQL_REAL(r->propensity), SQL_REAL(r->asked),
                         SQL_REAL(r->decision_ms < 0 ? NAN : (double)r->decision_ms),
                         SQL_REAL(r->stage), SQL_TEXT(guess_name(r->guess)), SQL_TEXT(r->pair),
                         SQL_TEXT(r->mode < 0 ? NULL : chat_mode_name((enum chat_mode)r->mode)),
                         SQL_TEXT(text_or_null(&judge))),
                err);
    buf_finish(&reasons);
    buf_finish(&judge);
    return ok && put_flags(db, r, err);
}

static bool
place_record(struct db *db, const struct merge_record *r, struct err *err)
{
    struct placed p = {.try = 0};
    if (!place_session(db, r, &p, err) || !place_turn(db, r, &p, err) || !find_pair(db, r, &p, err))
        return false;
    if (!p.try && !(choose_try(db, r, &p, err) && place_answer(db, r, BRAIN_CLAUDE, &p, err) &&
                    place_answer(db, r, BRAIN_LLAMA, &p, err)))
        return false;
    return put_verdict(db, r, &p, err);
}

/* A flag that was raised elsewhere after the record came, such as `undone`, is raised here too; not on what was judged
 * here. */
static bool
merge_known(struct db *db, const struct merge_record *r, const char *origin, struct err *err)
{
    bool ours = strcmp(origin, "import") != 0 && strcmp(origin, "judge") != 0;
    return ours || put_flags(db, r, err);
}

static enum merge_result
merge_as(struct store *s, const char *origin_here, const struct json *record, struct err *err)
{
    struct db *db = store_db(s);
    struct merge_record r;
    char origin[ID_LEN + 1];
    enum merge_result result = MERGE_FAILED;
    bool ok = merge_record_read(&r, record, err);
    r.origin = r.judge ? "judge" : origin_here;
    if (ok && find_id(db, "SELECT origin FROM verdict WHERE id = ?1", SQL_ARGS(SQL_TEXT(r.id)),
                      origin, err)) {
        if (origin[0])
            result = merge_known(db, &r, origin, err) ? MERGE_KNOWN : MERGE_FAILED;
        else
            result = place_record(db, &r, err) ? MERGE_ADDED : MERGE_FAILED;
    }
    merge_record_finish(&r);
    return result;
}

enum merge_result
merge_store_record(struct store *s, const struct json *record, struct err *err)
{
    return merge_as(s, "import", record, err);
}

enum merge_result
merge_store_own_record(struct store *s, const struct json *record, struct err *err)
{
    return merge_as(s, "chat", record, err);
}
