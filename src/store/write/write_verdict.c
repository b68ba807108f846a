/* Verdicts: one append-only row for each event. */
#include <math.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "write_request.h"

ROW_WORDS(verdict_kind, VERDICT_NONE, VERDICT_NONE);

static const char *
draw_word(int value)
{
    return verdict_draw_name((enum verdict_draw)value);
}
static const char *
guess_word(int value)
{
    return guess_name((enum guess)value);
}
static const char *
strength_word(int value)
{
    return verdict_strength_name((enum verdict_strength)value);
}
static const struct words draw_words = {draw_word, verdict_draw_parse, DRAW_CHAT, DRAW_NONE, true};
static const struct words guess_words = {guess_word, guess_parse, GUESS_NONE, GUESS_NONE, true};

static const struct words strength_words = {strength_word, verdict_strength_parse, STRENGTH_UNKNOWN,
                                            STRENGTH_UNKNOWN, true};

struct verdict_write {
    char id[27], session[27], turn[27];
    int64_t at_us;
    enum verdict_kind kind;
    char *note, *rater;
    enum verdict_draw drawn_by;
    double propensity, asked;        /* NAN: none */
    int64_t acceptable[BRAIN_COUNT]; /* 0, 1, UNKNOWN */
    int64_t decision_ms;             /* UNKNOWN */
    enum guess guess;
    enum verdict_strength strength;
    char *reasons, *flags;
};

#define VERDICT_FIELDS(X, T)                                                                       \
    X(T, ID, id, id, NULL)                                                                         \
    X(T, ID, session, session, NULL)                                                               \
    X(T, ID, turn, turn, NULL)                                                                     \
    X(T, INT, at_us, at_us, NULL)                                                                  \
    X(T, WORD, kind, kind, &verdict_kind_words)                                                    \
    X(T, STR, note, note, NULL)                                                                    \
    X(T, STR, rater, rater, NULL)                                                                  \
    X(T, WORD, drawn_by, drawn_by, &draw_words)                                                    \
    X(T, REAL, propensity, propensity, NULL)                                                       \
    X(T, REAL, asked, asked, NULL)                                                                 \
    X(T, KNOWN, claude_acceptable, acceptable[BRAIN_CLAUDE], NULL)                                 \
    X(T, KNOWN, llama_acceptable, acceptable[BRAIN_LLAMA], NULL)                                   \
    X(T, KNOWN, decision_ms, decision_ms, NULL)                                                    \
    X(T, WORD, guess, guess, &guess_words)                                                         \
    X(T, WORD, strength, strength, &strength_words)                                                \
    X(T, STR, reasons, reasons, NULL)                                                              \
    X(T, STR, flags, flags, NULL)
ROW_TYPE(verdict_write, VERDICT_FIELDS);

/* The newest try of each brain is what the rater saw. */
#define NEWEST(what, brain)                                                                        \
    "(SELECT " what " FROM answer WHERE turn = ?3 AND brain = '" brain "'"                         \
    " ORDER BY attempt DESC LIMIT 1)"
#define NEWEST_TRY                                                                                 \
    "coalesce(" NEWEST("attempt", "claude") " + " NEWEST("attempt", "llama") " - 1, 1)"
/* The category's percent now. */
#define STAGE                                                                                      \
    " coalesce((SELECT r.to_percent FROM rollout_step r JOIN turn t ON t.category = r.category"    \
    " WHERE t.id = ?3 ORDER BY r.at_us DESC, r.by DESC, r.to_percent DESC, r.n DESC LIMIT 1), 0)"

static bool
write_verdict(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct verdict_write *row = req->row;
    if (!write_needs_session(env, req, row->session, err) ||
        !write_needs_turn(env, req, row->turn, err))
        return false;
    static const char sql[] =
        "INSERT INTO verdict (" VERDICT_FIELDS(ROW_COLUMN, verdict_write) /* */
        "app_version, left_brain, blind, claude_answer, llama_answer, try, stage)"
        " VALUES (" VERDICT_FIELDS(ROW_MARK, verdict_write) /* */
        "'" BERDUA_VERSION "', (SELECT left_brain FROM turn WHERE id = ?3),"
        " (SELECT blind FROM turn WHERE id = ?3)," NEWEST("id", "claude") "," /* */
        NEWEST("id", "llama") "," NEWEST_TRY "," STAGE ") ON CONFLICT (id) DO NOTHING";
    return row_run(&verdict_write_type, row, env->db, sql, err) &&
           write_touches_session(env, row->session, row->at_us, false, err);
}

const struct write_kind write_verdict_kind = {"verdict", &verdict_write_type, write_verdict};

/* ---- in a review ---- */

ROW_WORDS(brain_id, BRAIN_NONE, BRAIN_NONE);
ROW_WORDS(category, CATEGORY_GENERAL, CATEGORY_GENERAL);

/* Which answers stood where is said by the review: others may have been asked since. */
struct review_write {
    struct verdict_write row;
    enum brain_id left;
    char answers[BRAIN_COUNT][27];
    int attempt;
};

#define REVIEW_FIELDS(X, T)                                                                        \
    X(T, WORD, left_brain, left, &brain_id_words)                                                  \
    X(T, ID, claude_answer, answers[BRAIN_CLAUDE], NULL)                                           \
    X(T, ID, llama_answer, answers[BRAIN_LLAMA], NULL)                                             \
    X(T, SMALL, try, attempt, NULL)
static const struct field review_write_fields[] = {VERDICT_FIELDS(ROW_INNER, review)
                                                       REVIEW_FIELDS(ROW_FIELD, review_write)};
static const struct row_type review_write_type = {sizeof(struct review_write), review_write_fields,
                                                  ARRAY_LEN(review_write_fields)};

static bool
write_review(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct review_write *row = req->row;
    if (!write_needs_session(env, req, row->row.session, err) ||
        !write_needs_turn(env, req, row->row.turn, err))
        return false;
    return row_run(&review_write_type, row, env->db,
                   "INSERT INTO verdict (" VERDICT_FIELDS(ROW_COLUMN, verdict_write) /* */
                   REVIEW_FIELDS(ROW_COLUMN, review_write) "app_version, origin, blind, stage)"
                                                           " VALUES (" VERDICT_FIELDS(
                                                               ROW_MARK, verdict_write) /* */
                   REVIEW_FIELDS(ROW_MARK, review_write)                                /* */
                   "'" BERDUA_VERSION "', 'review', 1," STAGE ") ON CONFLICT (id) DO NOTHING",
                   err);
}

const struct write_kind write_review_kind = {"review", &review_write_type, write_review};

/* So many sides of this seed are used up. */
struct sides_write {
    char *rater;
    enum category category;
    int64_t seed, drawn;
};

#define SIDES_FIELDS(X, T)                                                                         \
    X(T, STR, rater, rater, NULL)                                                                  \
    X(T, WORD, category, category, &category_words)                                                \
    X(T, INT, seed, seed, NULL)                                                                    \
    X(T, INT, drawn, drawn, NULL)
ROW_TYPE(sides_write, SIDES_FIELDS);

static bool
write_sides(const struct write_env *env, struct write_request *req, struct err *err)
{
    return row_run(&sides_write_type, req->row, env->db,
                   "INSERT INTO blind_sides (rater, category, seed, drawn) VALUES (?1, ?2, ?3, ?4)"
                   " ON CONFLICT (rater, category)"
                   " DO UPDATE SET drawn = max(drawn, excluded.drawn)",
                   err);
}

const struct write_kind write_sides_kind = {"sides", &sides_write_type, write_sides};

/* ---- asked for ---- */

/* It borrows. */
static struct verdict_write
verdict_row(const char *session, const char *turn_id, const struct verdict *v, const char *rater)
{
    struct verdict_write row = {.at_us = v->at_wall_us,
                                .kind = v->kind,
                                .note = v->note,
                                .rater = (char *)(uintptr_t)(rater ? rater : "anonymous"),
                                .drawn_by = v->drawn_by,
                                .propensity = v->propensity > 0 ? v->propensity : NAN,
                                .asked = v->asked > 0 ? v->asked : NAN,
                                .decision_ms = v->decision_ms > 0 ? v->decision_ms : UNKNOWN,
                                .guess = v->guess,
                                .strength = v->strength,
                                .reasons = v->reasons,
                                .flags = v->flags};
    for (int b = 0; b < BRAIN_COUNT; b++) {
        bool said = v->acceptable[b] != OPINION_NONE;
        row.acceptable[b] = said ? v->acceptable[b] == OPINION_YES : UNKNOWN;
        /* Both bad answers the question, where it was to be asked. */
        if (!said && v->kind == VERDICT_BOTH_BAD && v->asked > 0)
            row.acceptable[b] = 0;
    }
    id_make(row.id);
    memcpy(row.session, session, strnlen(session, ID_LEN));
    memcpy(row.turn, turn_id, strnlen(turn_id, ID_LEN));
    return row;
}

uint64_t
writer_put_verdict(struct writer *w, const char *session, const char *turn_id,
                   const struct verdict *v, const char *rater, uint64_t request)
{
    struct verdict_write row = verdict_row(session, turn_id, v, rater);
    return writer_queue_row(w, &write_verdict_kind, &row, request);
}

uint64_t
writer_put_review(struct writer *w, const struct reviewed_pair *pair, const struct verdict *v,
                  const char *rater, uint64_t request)
{
    const struct turn *t = pair->turn;
    struct review_write row = {.row = verdict_row(pair->session, t->id, v, rater),
                               .left = t->left,
                               .attempt = pair->attempt};
    for (int b = 0; b < BRAIN_COUNT; b++)
        memcpy(row.answers[b], t->answers[b].id, sizeof row.answers[b]);
    struct write_request *first =
        write_request_create(&write_review_kind, row_dup(&review_write_type, &row));
    if (pair->side >= 0) {
        struct sides_write sides = {.rater = row.row.rater,
                                    .category = turn_category(t),
                                    .seed = pair->seed,
                                    .drawn = pair->side + 1};
        first->next = write_request_create(&write_sides_kind, row_dup(&sides_write_type, &sides));
    }
    return writer_queue(w, first, request);
}
