#include "session_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/turn_json.h"
#include "store/write/chat_rows.h"
#include "store/sqlite/db.h"
#include "store/sqlite/file.h"

enum { MIN_PREFIX = 4 };

static void
copy_id(char out[27], const char *id)
{
    snprintf(out, 27, "%s", id ? id : "");
}

static bool
find_latest(struct db *db, const char *user, char out[27], struct err *err)
{
    struct stmt *s = db_query(db,
                              "SELECT id FROM session WHERE user = ?1"
                              " AND EXISTS (SELECT 1 FROM turn WHERE turn.session = session.id)"
                              " ORDER BY last_us DESC, id DESC LIMIT 1",
                              SQL_ARGS(SQL_TEXT(user)), err);
    bool found = stmt_next(s, err);
    if (found)
        copy_id(out, stmt_str(s, 0));
    stmt_finish(s);
    return found;
}

/* How many sessions begin with `prefix` (2: two or more); *whole: the first is exactly it. */
static int
count_prefix(struct db *db, const char *prefix, char out[27], bool *whole, struct err *err)
{
    /* A range instead of LIKE: a prefix may hold wildcards, and the index serves it. */
    struct stmt *s = db_query(db,
                              "SELECT id, id = ?1 FROM session WHERE id >= ?1 AND id < ?1 || x'7f'"
                              " ORDER BY id LIMIT 2",
                              SQL_ARGS(SQL_TEXT(prefix)), err);
    int found = 0;
    while (stmt_next(s, err)) {
        if (found++ == 0) {
            copy_id(out, stmt_str(s, 0));
            *whole = stmt_int(s, 1) != 0;
        }
    }
    return stmt_finish(s) ? found : -1;
}

bool
read_find_session(struct db *db, const char *id, const char *user, char out[27], struct err *err)
{
    if (!id)
        return find_latest(db, user, out, err);
    char upper[65];
    size_t n = 0;
    for (; n < sizeof upper - 1 && id[n]; n++)
        upper[n] = id[n] >= 'a' && id[n] <= 'z' ? (char)(id[n] - 'a' + 'A') : id[n];
    upper[n] = 0;
    bool whole = false;
    int found = count_prefix(db, id, out, &whole, err);
    if (found == 0) /* our ids are upper case, but nobody should have to type them so */
        found = count_prefix(db, upper, out, &whole, err);
    if (found < 0)
        return false;
    if (whole || (found == 1 && n >= MIN_PREFIX))
        return true;
    if (n < MIN_PREFIX)
        return err_set(err, "session %s: give at least %d characters of its id", id, MIN_PREFIX);
    if (found == 0)
        return err_set(err, "no session %s; `berdua sessions list` shows them", id);
    return err_set(err, "more than one session begins with %s; give more of its id", id);
}

/* What an answer that was left running is now. */
static enum answer_status
running_status(struct db *db, const char *who, const struct read_owner *owner)
{
    return owner->others_run && instance_lock_alive(db_path(db), who) ? STATUS_RUNNING
                                                                      : STATUS_INTERRUPTED;
}

static uint32_t
count_answer_words(const struct buf *text)
{
    uint32_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text->len; i++) {
        bool blank = (unsigned char)text->p[i] <= ' ';
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

static void
read_answer(struct db *db, struct stmt *s, struct answer *a, const struct read_owner *owner)
{
    row_read(&answer_row_type, a, s, 0);
    if (a->status == STATUS_RUNNING)
        a->status = running_status(db, stmt_str(s, ANSWER_COLUMNS), owner);
    a->phase = a->status == STATUS_RUNNING ? PHASE_STREAMING : PHASE_ENDED;
    a->words = count_answer_words(&a->text);
}

/* What the tries before the newest have cost. */
static bool
read_tries(struct db *db, struct turn *t, enum brain_id b, struct err *err)
{
    struct stmt *s = db_query(
        db, "SELECT total(cost_usd) FROM answer WHERE turn = ?1 AND brain = ?2 AND id <> ?3",
        SQL_ARGS(SQL_TEXT(t->id), SQL_TEXT(brain_id_name(b)), SQL_TEXT(t->answers[b].id)), err);
    if (stmt_next(s, err))
        t->tried_usd[b] = stmt_real(s, 0);
    return stmt_finish(s);
}

static bool
read_answers(struct db *db, struct turn *t, const struct read_owner *owner, struct err *err)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct stmt *s = db_query(
            db,
            "SELECT " ANSWER_FIELDS(ROW_COLUMN, answer) /* */
            "owner FROM answer WHERE turn = ?1 AND brain = ?2 ORDER BY attempt DESC LIMIT 1",
            SQL_ARGS(SQL_TEXT(t->id), SQL_TEXT(brain_id_name((enum brain_id)b))), err);
        if (stmt_next(s, err)) {
            t->asked[b] = true;
            read_answer(db, s, &t->answers[b], owner);
        }
        if (!stmt_finish(s) || (t->asked[b] && !read_tries(db, t, (enum brain_id)b, err)))
            return false;
    }
    return true;
}

/* What is in force: the fold of the turn's events. */
static bool
read_verdict(struct db *db, struct turn *t, struct err *err)
{
    struct stmt *s = db_query(db,
                              "SELECT kind, note, at_us FROM verdict"
                              " WHERE turn = ?1 AND origin = 'chat' ORDER BY n",
                              SQL_ARGS(SQL_TEXT(t->id)), err);
    while (stmt_next(s, err)) {
        int kind = verdict_kind_parse(stmt_str(s, 0));
        struct verdict v = {.kind = kind < 0 ? VERDICT_NONE : (enum verdict_kind)kind,
                            .note = stmt_dup(s, 1),
                            .at_wall_us = stmt_int(s, 2)};
        verdict_apply(&t->verdict, &v);
        t->blind.names_shown = t->blind.names_shown || v.kind == VERDICT_REVEAL;
        verdict_finish(&v);
    }
    return stmt_finish(s);
}

/* NULL: there is none, or it is no JSON. */
static struct json *
read_json(struct stmt *s, int col)
{
    const char *text = stmt_str(s, col);
    return text ? json_parse(text, strlen(text), NULL) : NULL;
}

static struct turn *
turn_from_row(struct stmt *s)
{
    struct turn *t = turn_create(NULL);
    row_read(&turn_row_type, t, s, 0);
    if (isnan(t->kind.language_confidence))
        t->kind.language_confidence = 0;
    t->seq = stmt_int(s, TURN_COLUMNS);
    t->blind.side_drawn = t->blind.on;
    struct json *weights = read_json(s, TURN_COLUMNS + 1), *route = read_json(s, TURN_COLUMNS + 2),
                *context = read_json(s, TURN_COLUMNS + 3);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        json_get_num(weights, category_name((enum category)c), &t->kind.weights[c]);
    if (route)
        route_from_json(t, route);
    if (context)
        context_from_json(&t->context, context);
    json_free(weights);
    json_free(route);
    json_free(context);
    return t;
}

static bool
read_turns(struct db *db, struct conversation *c, int64_t before_seq, size_t limit,
           const struct read_owner *owner, struct err *err)
{
    struct stmt *s =
        db_query(db,
                 "SELECT " TURN_FIELDS(ROW_COLUMN, turn) /* */
                 "seq, categories, route, context"
                 " FROM turn WHERE session = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
                 SQL_ARGS(SQL_TEXT(c->id), SQL_INT(before_seq > 0 ? before_seq : INT64_MAX),
                          SQL_INT(limit > 0 && limit < INT64_MAX ? (int64_t)limit + 1 : -1)),
                 err);
    bool ok = true;
    while (ok && stmt_next(s, err)) {
        if (limit > 0 && c->count == limit) {
            c->older = true;
        } else {
            struct turn *t = turn_from_row(s);
            conversation_append(c, t); /* newest first; turned round below */
            ok = read_answers(db, t, owner, err) && read_verdict(db, t, err);
        }
    }
    ok = stmt_finish(s) && ok;
    for (size_t i = 0, j = c->count; i + 1 < j; i++) {
        struct turn *t = c->turns[i];
        c->turns[i] = c->turns[--j];
        c->turns[j] = t;
    }
    return ok;
}

struct turn *
read_turn(struct db *db, const char *id, const char *const answers[BRAIN_COUNT], struct err *err)
{
    static const struct read_owner nobody = {false};
    struct stmt *s = db_query(db,
                              "SELECT " TURN_FIELDS(ROW_COLUMN, turn) /* */
                              "seq, categories, route, context FROM turn WHERE id = ?1",
                              SQL_ARGS(SQL_TEXT(id)), err);
    struct turn *t = stmt_next(s, err) ? turn_from_row(s) : NULL;
    if (stmt_finish(s) && !t)
        err_set(err, "no turn %s", id);
    for (int b = 0; t && b < BRAIN_COUNT; b++) {
        s = db_query(db,
                     "SELECT " ANSWER_FIELDS(ROW_COLUMN, answer) "owner FROM answer WHERE id = ?1",
                     SQL_ARGS(SQL_TEXT(answers[b])), err);
        if (stmt_next(s, err)) {
            t->asked[b] = true;
            read_answer(db, s, &t->answers[b], &nobody);
        }
        if (!stmt_finish(s))
            turn_destroy(&t);
    }
    return t;
}

static struct conversation *
read_conversation(struct db *db, const char *id, struct err *err)
{
    struct conversation *c = NULL;
    struct stmt *s = db_query(db,
                              "SELECT user, title, started_us,"
                              " (SELECT coalesce(sum(cost_usd), 0) FROM side_call"
                              " WHERE purpose = 'warm_up' AND session = ?1 AND simulated = 0)"
                              " FROM session WHERE id = ?1",
                              SQL_ARGS(SQL_TEXT(id)), err);
    if (stmt_next(s, err)) {
        c = conversation_create(stmt_str(s, 0));
        copy_id(c->id, id);
        c->title = stmt_dup(s, 1);
        c->started_wall_us = stmt_int(s, 2);
        c->warm_up_usd = stmt_real(s, 3);
    }
    if (stmt_finish(s) && !c)
        err_set(err, "no session %s", id);
    return c;
}

struct conversation *
read_session(struct db *db, const char *id, int64_t before_seq, size_t limit,
             const struct read_owner *owner, struct err *err)
{
    /* One snapshot for all the statements. */
    if (!db_exec(db, "BEGIN", err))
        return NULL;
    struct conversation *c = read_conversation(db, id, err);
    if (c && !read_turns(db, c, before_seq, limit, owner, err))
        conversation_destroy(&c);
    db_rollback(db);
    return c;
}
