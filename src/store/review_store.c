#include "berdua/store/review_store.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/store/evidence_store.h"
#include "store/sqlite/db.h"
#include "session_rows.h"
#include "store_db.h"
#include "verdict_rows.h"

struct reading {
    const struct review_reader *reader;
    bool go_on;
};

static bool
give_pair(void *arg, const struct evidence_turn *t, const struct evidence_pair *p)
{
    const struct review_reader *r = ((struct reading *)arg)->reader;
    struct review_pair pair = {t->n, observation_pair(t->id, p->attempt), p->attempt,
                               (enum category)t->category};
    return r->pair(r->arg, &pair);
}

static bool
give_turn(void *arg, const struct evidence_turn *t)
{
    struct reading *g = arg;
    const struct review_reader *r = g->reader;
    bool wanted = t->simulated == r->simulated && t->at_us >= r->since_us &&
                  (r->category < 0 || t->category == r->category);
    g->go_on = !wanted || evidence_turn_pairs(t, give_pair, g);
    for (size_t i = 0; g->go_on && r->verdict && i < t->verdict_count; i++)
        g->go_on = r->verdict(r->arg, &t->verdicts[i].row);
    return g->go_on;
}

bool
review_store_pairs(struct store *s, const struct review_reader *reader, struct err *err)
{
    struct reading g = {.reader = reader};
    return evidence_store_turns(s, INT64_MIN, give_turn, &g, err);
}

enum { QUICK_FROM_TURNS = 20000, QUICK_TRIES = 2000 };

bool
review_store_any(struct store *s, bool simulated, int64_t since_us, int category,
                 uint32_t (*draw)(void *arg, uint32_t n), void *arg, struct review_pair *out,
                 struct err *err)
{
    int64_t last = 0;
    bool ok = !store_db(s) || db_int(store_db(s), "SELECT max(rowid) FROM turn", &last, err);
    if (last > UINT32_MAX)
        last = UINT32_MAX;
    for (int i = 0; ok && last >= QUICK_FROM_TURNS && i < QUICK_TRIES; i++) {
        struct stmt *q = db_query(store_db(s),
                                  "SELECT t.id, " PAIR_TRY ", t.category, t.n" WHOLE_PAIRS
                                  " AND t.rowid = ?4 AND t.at_us >= ?2"
                                  " AND (?3 IS NULL OR t.category = ?3)"
                                  " AND NOT EXISTS (SELECT 1 FROM verdict x WHERE x.turn = t.id)",
                                  SQL_ARGS(SQL_INT(simulated), SQL_INT(since_us),
                                           SQL_TEXT(category < 0 ? NULL : category_name(category)),
                                           SQL_INT(1 + draw(arg, (uint32_t)last))),
                                  err);
        bool found = stmt_next(q, err);
        if (found) {
            int of = category_parse(stmt_str(q, 2)), attempt = stmt_count(q, 1);
            uint64_t pair = observation_pair(observation_turn(stmt_str(q, 0)), attempt);
            *out = (struct review_pair){stmt_exact(q, 3), pair, attempt, (enum category)of};
            found = of >= 0;
        }
        ok = stmt_finish(q);
        if (found && ok)
            return true;
    }
    return false;
}

/* A judgement of a review that was undone at once shows no names; one of a chat does, whatever followed. */
#define SEEN_BY_RATER                                                                              \
    "EXISTS (SELECT 1 FROM verdict v WHERE v.turn = t.id AND v.try = ?2 AND v.rater = ?3"          \
    " AND (v.kind = 'reveal' OR (v.kind IN " JUDGEMENTS " AND (v.origin <> 'review'"               \
    "  OR coalesce((SELECT w.kind <> 'undo' FROM verdict w WHERE " SAME_RATER                      \
    "   AND w.n > v.n AND (w.kind = 'undo' OR w.kind IN " JUDGEMENTS ") ORDER BY w.n LIMIT 1),"    \
    "   1)))))"

struct turn *
review_store_turn(struct store *s, int64_t turn, int attempt, const char *rater, bool again,
                  char session[27], struct err *err)
{
    char ids[BRAIN_COUNT][27], id[27];
    if (!store_db(s))
        return NULL;
    struct stmt *q = db_query(
        store_db(s),
        "SELECT t.session, c.id, l.id, t.id FROM turn t"
        " JOIN answer c ON c.turn = t.id AND c.brain = 'claude'"
        " JOIN answer l ON l.turn = t.id AND l.brain = 'llama'"
        " WHERE t.n = ?1 AND " PAIR_TRY " = ?2 AND (?4 OR NOT " SEEN_BY_RATER ")"
        " ORDER BY EXISTS (SELECT 1 FROM verdict v WHERE v.turn = t.id"
        "  AND v.claude_answer = c.id AND v.llama_answer = l.id) DESC, c.attempt DESC LIMIT 1",
        SQL_ARGS(SQL_INT(turn), SQL_INT(attempt), SQL_TEXT(rater), SQL_INT(again)), err);
    bool found = stmt_next(q, err);
    if (found) {
        snprintf(session, 27, "%s", stmt_str(q, 0) ? stmt_str(q, 0) : "");
        snprintf(id, sizeof id, "%s", stmt_str(q, 3) ? stmt_str(q, 3) : "");
        for (int b = 0; b < BRAIN_COUNT; b++)
            snprintf(ids[b], sizeof ids[b], "%s", stmt_str(q, 1 + b) ? stmt_str(q, 1 + b) : "");
    }
    if (!stmt_finish(q) || !found)
        return NULL;
    return read_turn(store_db(s), id, (const char *const[]){ids[0], ids[1]}, err);
}

int
review_store_newest(struct store *s, const char *rater, struct review_earlier *out, int most,
                    struct err *err)
{
    int count = 0;
    if (!store_db(s))
        return 0;
    struct stmt *q =
        db_query(store_db(s),
                 "SELECT t.n, v.at_us, v.try, v.drawn_by, coalesce(v.left_brain, t.left_brain)"
                 " FROM verdict v CROSS JOIN turn t ON t.id = v.turn" OTHER_BY_LOOK
                 " WHERE v.origin = 'review' AND v.rater = ?1 AND v.kind IN " JUDGEMENTS
                 " AND NOT " UNDONE " ORDER BY v.n DESC LIMIT ?2",
                 SQL_ARGS(SQL_TEXT(rater), SQL_INT(most)), err);
    while (stmt_next(q, err)) {
        int drawn_by = verdict_draw_parse(stmt_str(q, 3));
        out[count++] = (struct review_earlier){
            .turn = stmt_exact(q, 0),
            .at_us = stmt_int(q, 1),
            .attempt = stmt_count(q, 2),
            .drawn_by = drawn_by < 0 ? DRAW_RANDOM : (enum verdict_draw)drawn_by,
            .left = brain_id_parse(stmt_str(q, 4)) == BRAIN_LLAMA ? BRAIN_LLAMA : BRAIN_CLAUDE};
    }
    stmt_finish(q);
    return count;
}

bool
review_store_sides(struct store *s, const char *rater, struct review_sides out[CATEGORY_COUNT],
                   struct err *err)
{
    memset(out, 0, CATEGORY_COUNT * sizeof *out);
    if (!store_db(s))
        return true;
    struct stmt *q =
        db_query(store_db(s), "SELECT category, seed, drawn FROM blind_sides WHERE rater = ?1",
                 SQL_ARGS(SQL_TEXT(rater)), err);
    while (stmt_next(q, err)) {
        int category = category_parse(stmt_str(q, 0));
        if (category >= 0)
            out[category] = (struct review_sides){stmt_int(q, 1), stmt_int(q, 2)};
    }
    return stmt_finish(q);
}
