#include "berdua/store/judge_store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/random.h"
#include "berdua/judge/judge_question.h"
#include "berdua/judge/judge_reply.h"
#include "spend_rows.h"
#include "store/sqlite/db.h"
#include "store/write/write_request.h"
#include "store_db.h"
#include "verdict_rows.h"

enum { JUDGE_JSON_BYTES = 64 << 10 };

static const char *const states[JUDGE_STATE_COUNT] = {[JUDGE_VOTED] = "voted",
                                                      [JUDGE_UNUSABLE] = "unusable",
                                                      [JUDGE_REFUSED] = "refused",
                                                      [JUDGE_TOO_LONG] = "too_long"};
NAMES_DEFINE_NAME(judge_state, states)

static int
judge_state_parse(const char *name)
{
    return names_find(states, JUDGE_STATE_COUNT, name);
}

/* ---- pairs ---- */

#define LAST_TRY(a)                                                                                \
    "NOT EXISTS (SELECT 1 FROM answer n WHERE n.turn = " a ".turn AND n.brain = " a ".brain"       \
    " AND n.attempt > " a ".attempt)"
#define SAME_PAIR "v.turn = t.id AND v.claude_answer = c.id AND v.llama_answer = l.id"
/* A judge's vote of ?1 by prompt ?2. */
#define SAME_JUDGE                                                                                 \
    "v.origin = 'judge' AND CASE WHEN json_valid(v.judge) THEN v.judge ->> 'model' = ?1"           \
    " AND v.judge ->> 'prompt' = ?2 ELSE 0 END"
#define SAME_CALL                                                                                  \
    "j.claude_answer = c.id AND j.llama_answer = l.id AND j.model = ?1 AND j.prompt = ?2"
#define WINNER(first_brain)                                                                        \
    "(SELECT j.winner FROM judge_call j WHERE " SAME_CALL " AND j.first = '" first_brain           \
    "' AND j.state = 'voted')"

/* The newest try of a turn, and those that somebody judged, under the number that they have there. */
static const char pairs_sql[] =
    "SELECT t.id, c.id, l.id, coalesce((SELECT v.try FROM verdict v WHERE " SAME_PAIR
    "  ORDER BY v.n LIMIT 1), c.attempt + l.attempt - 1), length(CAST(t.message AS BLOB))"
    " + length(CAST(c.text AS BLOB)) + length(CAST(l.text AS BLOB)),"
    " EXISTS (SELECT 1 FROM verdict v WHERE " SAME_PAIR " AND " SAME_JUDGE "),"
    " EXISTS (SELECT 1 FROM judge_call j WHERE " SAME_CALL
    " AND j.state <> 'voted')," WINNER("claude") "," WINNER("llama") /* */
    " FROM turn t JOIN answer c ON c.turn = t.id AND c.brain = 'claude'"
    " JOIN answer l ON l.turn = t.id AND l.brain = 'llama'"
    " WHERE t.at_us >= ?3 AND t.simulated = ?4 AND t.mode NOT IN ('route', 'full')"
    " AND c.status = 'complete' AND l.status = 'complete'"
    " AND length(c.text) > 0 AND length(l.text) > 0"
    " AND ((" LAST_TRY("c") " AND " LAST_TRY(
        "l") ") OR EXISTS (SELECT 1 FROM verdict v WHERE " SAME_PAIR "))";

static void
copy_id(char out[27], const char *id)
{
    snprintf(out, ID_LEN + 1, "%s", id ? id : "");
}

static enum verdict_kind
judgement_of(const char *word)
{
    int kind = verdict_kind_parse(word);
    return kind >= VERDICT_CLAUDE && kind <= VERDICT_BOTH_BAD ? (enum verdict_kind)kind
                                                              : VERDICT_NONE;
}

static void
pair_from_row(struct stmt *q, struct judge_pair *p)
{
    *p = (struct judge_pair){.attempt = stmt_count(q, 3),
                             .bytes = stmt_int(q, 4),
                             .judged = stmt_int(q, 5) != 0,
                             .no_vote = stmt_int(q, 6) != 0};
    copy_id(p->turn, stmt_str(q, 0));
    copy_id(p->answers[BRAIN_CLAUDE], stmt_str(q, 1));
    copy_id(p->answers[BRAIN_LLAMA], stmt_str(q, 2));
    for (int b = 0; b < BRAIN_COUNT; b++)
        p->said[b] = judgement_of(stmt_str(q, 7 + b));
}

bool
judge_store_pairs(struct store *s, const struct judge_search *search,
                  bool (*each)(void *arg, const struct judge_pair *pair), void *arg,
                  struct err *err)
{
    struct db *db;
    bool readable = store_look_again(s, &db, err);
    if (!db)
        return readable;
    struct stmt *q = db_query(db, pairs_sql,
                              SQL_ARGS(SQL_TEXT(search->model), SQL_TEXT(search->prompt),
                                       SQL_INT(search->since_us), SQL_INT(search->simulated)),
                              err);
    while (stmt_next(q, err)) {
        struct judge_pair pair;
        pair_from_row(q, &pair);
        if (!each(arg, &pair))
            break;
    }
    return stmt_finish(q);
}

/* What both brains were told before, the newest of it: a turn without an answer that continued it leaves no hole. */
#define BEFORE                                                                                     \
    "coalesce(t.before, (SELECT json_group_array(json_object('role', role,"                        \
    "  'content', CAST(content AS TEXT))) FROM (SELECT * FROM ("                                   \
    "  SELECT p.seq * 2 + side AS place, CASE side WHEN 0 THEN 'user' ELSE 'assistant' END AS "    \
    "role, CASE side WHEN 0 THEN p.message ELSE a.text END AS content"                             \
    "  FROM turn p JOIN answer a ON a.id = (SELECT id FROM answer b WHERE b.turn = p.id"           \
    "   AND b.brain = p.canonical ORDER BY attempt DESC LIMIT 1)"                                  \
    "  CROSS JOIN (SELECT 0 AS side UNION ALL SELECT 1)"                                           \
    "  WHERE p.session = t.session AND p.seq < t.seq"                                              \
    "  ORDER BY p.seq DESC, side DESC LIMIT ?4) ORDER BY place)))"

bool
judge_store_texts(struct store *s, const struct judge_pair *pair, struct judge_texts *out,
                  struct err *err)
{
    struct db *db;
    *out = (struct judge_texts){.history = NULL};
    if (!store_look_again(s, &db, err) || !db)
        return false;
    struct stmt *q =
        db_query(db,
                 "SELECT " BEFORE ", t.message, c.text, l.text, c.model, l.model FROM turn t"
                 " JOIN answer c ON c.id = ?2 JOIN answer l ON l.id = ?3 WHERE t.id = ?1",
                 SQL_ARGS(SQL_TEXT(pair->turn), SQL_TEXT(pair->answers[BRAIN_CLAUDE]),
                          SQL_TEXT(pair->answers[BRAIN_LLAMA]), SQL_INT(JUDGE_HISTORY_MESSAGES)),
                 err);
    if (stmt_next(q, err)) {
        out->history = stmt_dup(q, 0);
        out->message = stmt_dup(q, 1);
        for (int b = 0; b < BRAIN_COUNT; b++) {
            out->answers[b] = stmt_dup(q, 2 + b);
            out->models[b] = stmt_dup(q, 4 + b);
        }
    }
    bool there = stmt_finish(q) && out->message && out->answers[0] && out->answers[1];
    if (!there)
        judge_texts_finish(out);
    return there;
}

void
judge_texts_finish(struct judge_texts *t)
{
    free(t->history);
    free(t->message);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        free(t->answers[b]);
        free(t->models[b]);
    }
    *t = (struct judge_texts){.history = NULL};
}

/* ---- what it took ---- */

bool
judge_store_usage(struct store *s, const char *model, const char *prompt, struct judge_usage *out,
                  struct err *err)
{
    *out = (struct judge_usage){.usd = 0};
    if (!store_db(s))
        return true;
    struct stmt *q =
        db_query(store_db(s),
                 "SELECT count(*), sum(min(bytes, 1000000000)), sum(min(tokens_in, 1000000000)),"
                 " sum(min(tokens_out, 1000000000)), avg(cost_usd) * count(*)"
                 " FROM judge_call WHERE model = ?1 AND prompt = ?2 AND bytes > 0 AND tokens_in > 0"
                 " AND tokens_out > 0 AND simulated = 0",
                 SQL_ARGS(SQL_TEXT(model), SQL_TEXT(prompt)), err);
    if (stmt_next(q, err))
        *out = (struct judge_usage){.calls = stmt_int(q, 0),
                                    .bytes = stmt_int(q, 1),
                                    .tokens_in = stmt_int(q, 2),
                                    .tokens_out = stmt_int(q, 3),
                                    .usd = stmt_real(q, 4)};
    return stmt_finish(q);
}

bool
judge_store_token_rate(struct store *s, enum brain_id brain, double *out, struct err *err)
{
    *out = NAN;
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(
        store_db(s),
        "SELECT 1.0 * sum(tokens) / sum(bytes) FROM"
        " (SELECT min(tokens_out, 1000000) - coalesce(tokens_thinking, 0) AS tokens,"
        "   length(CAST(text AS BLOB)) AS bytes FROM answer WHERE brain = ?1 AND simulated = 0"
        "   AND status = 'complete' AND tokens_estimated = 0 AND tokens_out > 0"
        "   ORDER BY id DESC LIMIT 200) WHERE tokens > 0 AND bytes > 0",
        SQL_ARGS(SQL_TEXT(brain_id_name(brain))), err);
    if (stmt_next(q, err))
        *out = stmt_amount(q, 0);
    return stmt_finish(q);
}

/* ---- answers ---- */

struct judge_call_write {
    char verdict[27]; /* the id of the vote, should this be the second */
    char turn[27], claude_answer[27], llama_answer[27];
    int64_t try;
    enum brain_id judge, first;
    char *model, *prompt;
    enum judge_state state;
    enum verdict_kind winner;
    char *reply;
    int64_t at_us;
    int64_t bytes, tokens_in, tokens_out; /* UNKNOWN */
    double cost_usd;
    bool simulated;
};

ROW_WORDS(brain_id, BRAIN_NONE, BRAIN_NONE);
ROW_WORDS(verdict_kind, VERDICT_NONE, VERDICT_NONE);
ROW_WORDS(judge_state, JUDGE_UNUSABLE, JUDGE_UNUSABLE);

#define JUDGE_CALL_FIELDS(X, T)                                                                    \
    X(T, ID, verdict, verdict, NULL)                                                               \
    X(T, ID, turn, turn, NULL)                                                                     \
    X(T, ID, claude_answer, claude_answer, NULL)                                                   \
    X(T, ID, llama_answer, llama_answer, NULL)                                                     \
    X(T, INT, try, try, NULL)                                                                      \
    X(T, WORD, judge, judge, &brain_id_words)                                                      \
    X(T, WORD, first, first, &brain_id_words)                                                      \
    X(T, STR, model, model, NULL)                                                                  \
    X(T, STR, prompt, prompt, NULL)                                                                \
    X(T, WORD, state, state, &judge_state_words)                                                   \
    X(T, WORD, winner, winner, &verdict_kind_words)                                                \
    X(T, STR, reply, reply, NULL)                                                                  \
    X(T, INT, at_us, at_us, NULL)                                                                  \
    X(T, KNOWN, bytes, bytes, NULL)                                                                \
    X(T, KNOWN, tokens_in, tokens_in, NULL)                                                        \
    X(T, KNOWN, tokens_out, tokens_out, NULL)                                                      \
    X(T, REAL, cost_usd, cost_usd, NULL)                                                           \
    X(T, BOOL, simulated, simulated, NULL)
ROW_TYPE(judge_call_write, JUDGE_CALL_FIELDS);

/* The two orders of a pair, as far as they are votes. */
struct orders {
    int count;
    enum verdict_kind winners[BRAIN_COUNT];
    struct json *said; /* a list */
    bool simulated;
};

static bool
read_orders(struct db *db, const struct judge_call_write *row, struct orders *o, struct err *err)
{
    *o = (struct orders){.said = json_array()};
    struct stmt *q =
        db_query(db,
                 "SELECT first, winner, reply, simulated FROM judge_call WHERE claude_answer = ?1"
                 " AND llama_answer = ?2 AND model = ?3 AND prompt = ?4 AND state = 'voted'"
                 " AND winner IN " JUDGEMENTS " ORDER BY first LIMIT 2",
                 SQL_ARGS(SQL_TEXT(row->claude_answer), SQL_TEXT(row->llama_answer),
                          SQL_TEXT(row->model), SQL_TEXT(row->prompt)),
                 err);
    while (stmt_next(q, err)) {
        const char *reply = stmt_str(q, 2);
        struct json *said = reply ? json_parse(reply, strlen(reply), NULL) : NULL;
        said = json_is_object(said) ? said : json_object();
        json_add_str(said, "first", stmt_str(q, 0));
        json_push(o->said, said);
        o->winners[o->count++] = judgement_of(stmt_str(q, 1));
        o->simulated = o->simulated || stmt_int(q, 3);
    }
    return stmt_finish(q);
}

/* As it stands in native records. Takes said. */
static void
print_judge(struct buf *out, const struct judge_call_write *row, bool consistent,
            struct json *take_said)
{
    struct json *o = json_object();
    json_add_str(o, "model", row->model);
    json_add_str(o, "prompt", row->prompt);
    json_add_bool(o, "consistent", consistent);
    json_add_str(o, "brain", brain_id_name(row->judge));
    json_add(o, "orders", take_said);
    buf_init(out, JUDGE_JSON_BYTES);
    json_print(o, out);
    json_free(o);
}

/* A pair has one vote of a judge and prompt, whoever wrote it. A merged pair keeps its name. */
static const char vote_sql[] =
    "INSERT INTO verdict (id, session, turn, at_us, kind, rater, origin, blind, flags,"
    " claude_answer, llama_answer, app_version, try, drawn_by, pair, judge)"
    " SELECT ?3, t.session, t.id, ?4, ?5, 'judge:' || ?1, 'judge', 1, ?6, c.id, l.id,"
    " '" BERDUA_VERSION "', ?7, NULL, (SELECT v.pair FROM verdict v WHERE " SAME_PAIR
    "  AND v.pair IS NOT NULL LIMIT 1), ?8"
    " FROM turn t JOIN answer c ON c.id = ?9 JOIN answer l ON l.id = ?10 WHERE t.id = ?11"
    " AND NOT EXISTS (SELECT 1 FROM verdict v WHERE " SAME_PAIR " AND " SAME_JUDGE ")"
    " ON CONFLICT (id) DO NOTHING";

static bool
write_vote(struct db *db, const struct judge_call_write *row, struct err *err)
{
    struct orders o;
    bool ok = read_orders(db, row, &o, err), consistent;
    if (!ok || o.count < BRAIN_COUNT) {
        json_free(o.said);
        return ok;
    }
    enum verdict_kind winner = judge_combine(o.winners[0], o.winners[1], &consistent);
    struct buf judge;
    print_judge(&judge, row, consistent, o.said);
    ok = db_run(db, vote_sql,
                SQL_ARGS(SQL_TEXT(row->model), SQL_TEXT(row->prompt), SQL_TEXT(row->verdict),
                         SQL_INT(row->at_us), SQL_TEXT(verdict_kind_name(winner)),
                         SQL_TEXT(o.simulated ? "[\"simulated\"]" : "[]"), SQL_INT(row->try),
                         SQL_TEXT(judge.p), SQL_TEXT(row->claude_answer),
                         SQL_TEXT(row->llama_answer), SQL_TEXT(row->turn)),
                err);
    buf_finish(&judge);
    return ok;
}

static bool
write_judge_call(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct judge_call_write *row = req->row;
    if (!write_needs_turn(env, req, row->turn, err))
        return false;
    static const char sql[] =
        "INSERT INTO judge_call (turn, claude_answer, llama_answer, try, judge, first, model,"
        " prompt, state, winner, reply, at_us, bytes, tokens_in, tokens_out, cost_usd, simulated)"
        " SELECT ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18"
        " WHERE ?1 <> '' ON CONFLICT DO NOTHING";
    return row_run(&judge_call_write_type, row, env->db, sql, err) &&
           (row->state != JUDGE_VOTED || write_vote(env->db, row, err));
}

const struct write_kind write_judge_call_kind = {"judge_call", &judge_call_write_type,
                                                 write_judge_call};

uint64_t
writer_put_judge_call(struct writer *w, const struct judge_call *c, const struct answer *a,
                      int64_t at_us)
{
    struct judge_call_write row = {.try = c->pair->attempt,
                                   .judge = c->judge,
                                   .first = c->first,
                                   .model = (char *)(uintptr_t)c->model,
                                   .prompt = (char *)(uintptr_t)c->prompt,
                                   .state = c->state,
                                   .winner = c->winner,
                                   .reply = (char *)(uintptr_t)c->reply,
                                   .at_us = at_us,
                                   .bytes = c->bytes,
                                   .tokens_in = UNKNOWN,
                                   .tokens_out = UNKNOWN,
                                   .cost_usd = NAN};
    if (a) {
        row.cost_usd = a->cost_usd;
        row.simulated = a->simulated;
    }
    if (a && !a->usage.estimated) {
        row.tokens_in = a->usage.input;
        row.tokens_out = a->usage.output;
    }
    id_make(row.verdict);
    copy_id(row.turn, c->pair->turn);
    copy_id(row.claude_answer, c->pair->answers[BRAIN_CLAUDE]);
    copy_id(row.llama_answer, c->pair->answers[BRAIN_LLAMA]);
    struct write_request *req =
        write_request_create(&write_judge_call_kind, row_dup(&judge_call_write_type, &row));
    if (a)
        req->next = spend_call_request("judge", NULL, a, at_us);
    return writer_queue(w, req, 0);
}
