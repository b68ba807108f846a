#include "berdua/store/native_store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "store/sqlite/db.h"
#include "session_rows.h"
#include "store_db.h"
#include "verdict_rows.h"

/* The conversation before turn t, as both brains are told it: a turn without an answer that continued it leaves no hole. */
#define HISTORY                                                                                    \
    "(SELECT json_group_array(json_object('role', role, 'content', content)) FROM ("               \
    " SELECT p.seq * 2 + side AS place, CASE side WHEN 0 THEN 'user' ELSE 'assistant' END AS "     \
    "role,"                                                                                        \
    "  CASE side WHEN 0 THEN p.message ELSE a.text END AS content"                                 \
    " FROM turn p JOIN answer a ON a.id = (SELECT id FROM answer b WHERE b.turn = p.id"            \
    "  AND b.brain = p.canonical ORDER BY attempt DESC LIMIT 1)"                                   \
    " CROSS JOIN (SELECT 0 AS side UNION ALL SELECT 1)"                                            \
    " WHERE p.session = t.session AND p.seq < t.seq ORDER BY place))"

static const char facts_sql[] =
    "SELECT coalesce(s.origin_id, s.id), s.user, v.rater,"
    " coalesce(v.pair, coalesce(s.origin_id, s.id) || ':' || t.seq || ':' || v.try),"
    " coalesce(v.note, (SELECT w.note FROM verdict w WHERE " SAME_RATER
    "  AND w.kind = 'note' ORDER BY w.n DESC LIMIT 1)),"
    " " SAID("strength") ", " SAID(
        "reasons") ", v.judge, t.config_hash, v.app_version,"
                   " coalesce(t.before, " HISTORY
                   "), c.system, l.system, coalesce(v.left_brain, t.left_brain),"
                   " v.propensity, v.asked, v.stage, v.decision_ms, " SAID(
                       "guess") ", c.id, l.id, t.seq"
                                " FROM verdict v JOIN turn t ON t.id = v.turn JOIN session s ON "
                                "s.id = t.session"
                                " LEFT JOIN answer c ON c.id = " SEEN(
                                    "claude") " LEFT JOIN answer l ON l.id = " SEEN("llama") " WHER"
                                                                                             "E "
                                                                                             "v.n "
                                                                                             "= ?1";

static bool
read_facts(struct stmt *q, struct native_facts *f, char *answers[BRAIN_COUNT])
{
    char **texts[] = {&f->session,
                      &f->user,
                      &f->rater,
                      &f->pair,
                      &f->note,
                      &f->strength,
                      &f->reasons,
                      &f->judge,
                      &f->config_hash,
                      &f->app_version,
                      &f->history,
                      &f->system[BRAIN_CLAUDE],
                      &f->system[BRAIN_LLAMA]};
    int n = (int)ARRAY_LEN(texts);
    for (int i = 0; i < n; i++)
        *texts[i] = stmt_dup(q, i);
    int left = brain_id_parse(stmt_str(q, n)), guess = guess_parse(stmt_str(q, n + 5));
    f->left = left < 0 ? BRAIN_CLAUDE : (enum brain_id)left;
    f->propensity = stmt_real(q, n + 1);
    f->asked = stmt_real(q, n + 2);
    f->stage = stmt_real(q, n + 3);
    f->decision_ms = stmt_is_null(q, n + 4) ? UNKNOWN : stmt_int(q, n + 4);
    f->guess = guess < 0 ? GUESS_NONE : (enum guess)guess;
    answers[BRAIN_CLAUDE] = stmt_dup(q, n + 6);
    answers[BRAIN_LLAMA] = stmt_dup(q, n + 7);
    return true;
}

bool
native_store_read(struct store *s, const struct verdict_row *row, struct native_facts *out,
                  struct err *err)
{
    char *answers[BRAIN_COUNT] = {NULL, NULL};
    *out = (struct native_facts){.propensity = NAN, .asked = NAN, .stage = NAN};
    struct stmt *q = db_query(store_db(s), facts_sql, SQL_ARGS(SQL_INT(row->n)), err);
    bool found = stmt_next(q, err) && read_facts(q, out, answers);
    bool ok = stmt_finish(q) && (found || err_set(err, "verdict %s has gone", row->id));
    if (ok)
        out->turn = read_turn(store_db(s), row->turn, (const char *const *)answers, err);
    for (int b = 0; b < BRAIN_COUNT; b++)
        free(answers[b]);
    if (!out->turn)
        native_facts_finish(out);
    return out->turn != NULL;
}

void
native_facts_finish(struct native_facts *f)
{
    char *texts[] = {f->session,  f->pair,        f->user,        f->rater,   f->note,
                     f->strength, f->config_hash, f->app_version, f->history, f->reasons,
                     f->judge,    f->system[0],   f->system[1]};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        free(texts[i]);
    turn_destroy(&f->turn);
    *f = (struct native_facts){0};
}
