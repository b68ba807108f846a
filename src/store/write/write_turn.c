/* Sessions, turns, and how a turn came out. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/chat/blind.h"
#include "berdua/chat/turn_json.h"
#include "berdua/store/writer.h"
#include "chat_rows.h"
#include "store/sqlite/db.h"
#include "write_request.h"

/* NULL: v is NULL. Takes v. */
static char *
json_text(struct json *v)
{
    if (!v)
        return NULL;
    struct buf text;
    buf_init(&text, 2 * ANSWER_MAX_BYTES);
    json_print(v, &text);
    json_free(v);
    return buf_take(&text);
}

/* ---- session ---- */

struct session_write {
    char id[27];
    char *user, *title;
    int64_t started_us;
};

#define SESSION_FIELDS(X, T)                                                                       \
    X(T, ID, id, id, NULL)                                                                         \
    X(T, STR, user, user, NULL)                                                                    \
    X(T, STR, title, title, NULL)                                                                  \
    X(T, INT, started_us, started_us, NULL)
ROW_TYPE(session_write, SESSION_FIELDS);

/* A title that is there stays: somebody may have given it while the chat ran. */
static bool
write_session(const struct write_env *env, struct write_request *req, struct err *err)
{
    return row_run(&session_write_type, req->row, env->db,
                   "INSERT INTO session (id, user, title, started_us, last_us)"
                   " VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (id) DO UPDATE SET"
                   " user = excluded.user",
                   err);
}

const struct write_kind write_session_kind = {"session", &session_write_type, write_session};

uint64_t
writer_put_session(struct writer *w, const struct conversation *c, uint64_t request)
{
    struct session_write row = {
        .user = c->user, .title = c->title, .started_us = c->started_wall_us};
    memcpy(row.id, c->id, sizeof row.id);
    return writer_queue_row(w, &write_session_kind, &row, request);
}

bool
write_touches_session(const struct write_env *env, const char *id, int64_t at_us, bool simulated,
                      struct err *err)
{
    return db_run(env->db,
                  "UPDATE session SET last_us = max(last_us, ?2),"
                  " simulated = max(simulated, ?3) WHERE id = ?1",
                  SQL_ARGS(SQL_TEXT(id), SQL_INT(at_us), SQL_INT(simulated)), err);
}

/* ---- turn ---- */

ROW_WORDS(chat_mode, MODE_PARALLEL, MODE_PARALLEL);
ROW_WORDS(history_policy, HISTORY_CANONICAL, HISTORY_CANONICAL);
ROW_WORDS(brain_id, BRAIN_NONE, BRAIN_NONE);
ROW_WORDS(category, -1, -1);
ROW_WORDS(language, -1, -1);

static const struct words left_brain_words = {brain_id_word, brain_id_parse, BRAIN_CLAUDE,
                                              BRAIN_CLAUDE};

static const struct field turn_fields[] = {TURN_FIELDS(ROW_FIELD, turn)};
static_assert(ARRAY_LEN(turn_fields) == TURN_COLUMNS, "readers count on it");
const struct row_type turn_row_type = {sizeof(struct turn), turn_fields, TURN_COLUMNS};

struct turn_write {
    struct turn row;
    char session[27];
    char *weights; /* {"greeting":0.8,…}, only what has a weight; NULL: not classified */
    char *route, *context;
};

#define TURN_WRITE_FIELDS(X, T)                                                                    \
    X(T, ID, session, session, NULL)                                                               \
    X(T, STR, categories, weights, NULL)                                                           \
    X(T, STR, route, route, NULL)                                                                  \
    X(T, STR, context, context, NULL)
static const struct field turn_write_fields[] = {TURN_FIELDS(ROW_INNER, turn)
                                                     TURN_WRITE_FIELDS(ROW_FIELD, turn_write)};
static const struct row_type turn_write_type = {sizeof(struct turn_write), turn_write_fields,
                                                ARRAY_LEN(turn_write_fields)};

/* The next side of this rater in this category; counted here, inside the transaction, so that instances that run at the
 * same time share their blocks. */
static bool
draw_side(const struct write_env *env, struct turn_write *row, struct err *err)
{
    const char *category = category_name(turn_category(&row->row));
    struct stmt *s =
        db_query(env->db,
                 "INSERT INTO blind_sides (rater, category, seed, drawn)"
                 " VALUES (?1, ?2, random() & 4294967295, 1) ON CONFLICT (rater, category)"
                 " DO UPDATE SET drawn = drawn + 1 RETURNING seed, drawn",
                 SQL_ARGS(SQL_TEXT(row->row.blind.rater), SQL_TEXT(category)), err);
    if (stmt_next(s, err))
        row->row.left = blind_left((uint64_t)stmt_int(s, 0), stmt_int(s, 1) - 1);
    return stmt_run(s, err);
}

/* A turn that is there keeps its sides. */
static bool
prepare_side(const struct write_env *env, struct turn_write *row, struct err *err)
{
    int64_t there = 0;
    if (!row->row.blind.on)
        return true;
    if (!db_find_int(env->db, "SELECT 1 FROM turn WHERE id = ?1", SQL_ARGS(SQL_TEXT(row->row.id)),
                     &there, err))
        return false;
    return there || draw_side(env, row, err);
}

static bool
write_turn(const struct write_env *env, struct write_request *req, struct err *err)
{
    struct turn_write *row = req->row;
    if (!write_needs_session(env, req, row->session, err) || !prepare_side(env, row, err))
        return false;
    static const char sql[] = "INSERT INTO turn (" TURN_FIELDS(ROW_COLUMN, turn) /* */
        "session, categories, route, context, app_version, seq)"
        " VALUES (" TURN_FIELDS(ROW_MARK, turn) /* */
        "?17, ?, ?, ?, '" BERDUA_VERSION "',"
        " (SELECT coalesce(max(seq), 0) + 1 FROM turn WHERE session = ?17))"
        " ON CONFLICT (id) DO UPDATE SET served = excluded.served, canonical = excluded.canonical,"
        " left_brain = iif(blind, left_brain, excluded.left_brain),"
        " route = excluded.route, context = excluded.context"
        " RETURNING seq, left_brain";
    static_assert(TURN_COLUMNS + 1 == 17, "the session follows the columns");
    struct stmt *s = row_query(&turn_write_type, row, env->db, sql, NULL, err);
    if (stmt_next(s, err)) {
        req->seq = stmt_int(s, 0);
        req->left = row->row.blind.on ? (enum brain_id)brain_id_parse(stmt_str(s, 1)) : BRAIN_NONE;
    }
    return stmt_run(s, err) &&
           write_touches_session(env, row->session, row->row.at_wall_us, row->row.simulated, err);
}

const struct write_kind write_turn_kind = {"turn", &turn_write_type, write_turn};

static char *
weights_text(const struct turn *t)
{
    struct json *weights = json_object();
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (t->kind.weights[c] > 0)
            json_add_num(weights, category_name((enum category)c), t->kind.weights[c]);
    return json_text(weights);
}

uint64_t
writer_put_turn(struct writer *w, const char *session, const struct turn *t, uint64_t request)
{
    struct turn_write row = {.row = *t};
    if (t->kind.language < 0)
        row.row.kind.language_confidence = NAN;
    memcpy(row.session, session, strnlen(session, ID_LEN));
    struct turn_write *own = row_dup(&turn_write_type, &row);
    own->weights = t->kind.category >= 0 ? weights_text(t) : NULL;
    own->route = json_text(route_to_json(t));
    own->context = json_text(context_to_json(&t->context));
    struct write_request *first = write_request_create(&write_turn_kind, own), *last = first;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b])
            last = last->next = write_answer_request(t->id, &t->answers[b]);
    return writer_queue(w, first, request);
}

/* ---- how it came out ---- */

struct outcome_write {
    char turn[27];
    enum brain_id served, canonical;
    char *route, *context;
};

#define OUTCOME_FIELDS(X, T)                                                                       \
    X(T, ID, turn, turn, NULL)                                                                     \
    X(T, WORD, served, served, &brain_id_words)                                                    \
    X(T, WORD, canonical, canonical, &brain_id_words)                                              \
    X(T, STR, route, route, NULL)                                                                  \
    X(T, STR, context, context, NULL)
ROW_TYPE(outcome_write, OUTCOME_FIELDS);

static bool
write_outcome(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct outcome_write *row = req->row;
    if (!write_needs_turn(env, req, row->turn, err))
        return false;
    return row_run(&outcome_write_type, row, env->db,
                   "UPDATE turn SET served = ?2, canonical = ?3,"
                   " route = coalesce(?4, route), context = coalesce(?5, context)"
                   " WHERE id = ?1",
                   err);
}

const struct write_kind write_outcome_kind = {"outcome", &outcome_write_type, write_outcome};

uint64_t
writer_put_turn_outcome(struct writer *w, const struct turn *t, uint64_t request)
{
    struct outcome_write row = {.served = t->served, .canonical = t->canonical};
    memcpy(row.turn, t->id, sizeof row.turn);
    struct outcome_write *own = row_dup(&outcome_write_type, &row);
    own->route = json_text(route_to_json(t)); /* who took over is known by now */
    own->context = json_text(context_to_json(&t->context));
    return writer_queue(w, write_request_create(&write_outcome_kind, own), request);
}
