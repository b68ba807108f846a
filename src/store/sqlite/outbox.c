#include "outbox.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json_writer.h"
#include "berdua/base/mem.h"
#include "berdua/base/sha256.h"
#include "berdua/base/utf8.h"
#include "db.h"
#include "said.h"

enum { VERSION = 1, PAYLOAD_MAX_BYTES = 64 << 20 };

/* JSON has no place for bytes that are no text; tell_row repairs what is no UTF-8. */
#define F(name)                                                                                    \
    "'" #name "', CASE typeof(x." #name ") WHEN 'blob' THEN CAST(x." #name " AS TEXT)"             \
    " ELSE x." #name " END"
#define AND_F(name) ", " F(name)

/* Its row as ?1 names it, and the session that it belongs to; then the rows in order, with what follows ?1 in that order. The
 * order of the kinds is that of what belongs to what. */
struct outbox_kind {
    const char *name, *payload, *page;
};

/* clang-format off */
#define ANSWER_COLUMNS \
    F(id) AND_F(turn) AND_F(brain) AND_F(attempt) AND_F(provider) AND_F(model) AND_F(tier) AND_F(role) \
    AND_F(status) AND_F(text) AND_F(stop_reason) AND_F(error_kind) AND_F(error_message) AND_F(http_status) \
    AND_F(request_id) AND_F(connect_us) AND_F(first_byte_us) AND_F(ttft_us) AND_F(total_us) AND_F(stall_us) \
    AND_F(queue_us) AND_F(execution_us) AND_F(tokens_in) AND_F(tokens_out) AND_F(tokens_cache_read) \
    AND_F(tokens_cache_write) AND_F(tokens_thinking) AND_F(tokens_estimated) AND_F(deltas) AND_F(cost_usd) \
    AND_F(saved_usd) AND_F(warmth) AND_F(cultural) AND_F(scores) AND_F(score_rules) AND_F(retries) \
    AND_F(retry_why) AND_F(truncated) AND_F(cold) AND_F(simulated) AND_F(system) AND_F(timing) AND_F(at_us)
#define VERDICT_COLUMNS \
    F(id) AND_F(session) AND_F(turn) AND_F(at_us) AND_F(kind) AND_F(note) AND_F(rater) AND_F(origin) \
    AND_F(left_brain) AND_F(blind) AND_F(strength) AND_F(reasons) AND_F(flags) AND_F(claude_acceptable) \
    AND_F(llama_acceptable) AND_F(claude_answer) AND_F(llama_answer) AND_F(app_version) AND_F(try) \
    AND_F(drawn_by) AND_F(propensity) AND_F(asked) AND_F(decision_ms) AND_F(stage) AND_F(guess) AND_F(pair) \
    AND_F(mode) AND_F(judge)

#define PAGE(table) "SELECT id, id FROM " table " WHERE id > ?1 ORDER BY id LIMIT ?2"
#define BY_N(id, table) \
    "SELECT " id ", n FROM " table " WHERE n > CAST(?1 AS INTEGER) ORDER BY n LIMIT ?2"

static const struct outbox_kind kinds[] = {
    {"session",
     "SELECT json_object(" F(id) AND_F(user) AND_F(title) AND_F(started_us) AND_F(last_us)
     AND_F(simulated) AND_F(origin_id) "), x.id FROM session x WHERE x.id = ?1",
     PAGE("session")},
    {"turn",
     "SELECT json_object(" F(id) AND_F(session) AND_F(seq) AND_F(at_us) AND_F(message)
     AND_F(mode) AND_F(history) AND_F(served) AND_F(canonical) AND_F(left_brain) AND_F(blind)
     AND_F(simulated) AND_F(category) AND_F(categories) AND_F(language)
     AND_F(language_confidence) AND_F(classify_rules) AND_F(route) AND_F(context)
     AND_F(config_hash) AND_F(app_version) AND_F(before) AND_F(rater)
     "), x.session FROM turn x WHERE x.id = ?1",
     PAGE("turn")},
    {"answer",
     "SELECT json_object('session', t.session, 'seq', t.seq, " ANSWER_COLUMNS
     "), t.session FROM answer x JOIN turn t ON t.id = x.turn"
     " WHERE x.id = ?1 AND x.status <> 'running'",
     PAGE("answer")},
    {"verdict",
     "SELECT json_object('seq', t.seq, 'raised', (SELECT group_concat(flag) FROM"
     " (SELECT flag FROM verdict_flag WHERE verdict = x.id ORDER BY flag)), " VERDICT_COLUMNS
     "), x.session FROM verdict x JOIN turn t ON t.id = x.turn WHERE x.id = ?1",
     BY_N("id", "verdict")},
    {"rollout_step",
     "SELECT json_object(" F(at_us) AND_F(category) AND_F(from_percent) AND_F(to_percent)
     AND_F(by) AND_F(reason) "), NULL FROM rollout_step x WHERE x.n = CAST(?1 AS INTEGER)",
     BY_N("n", "rollout_step")},
    {"context",
     "SELECT json_object(" F(user) AND_F(topic) AND_F(language) AND_F(text) AND_F(model)
     AND_F(at_us) AND_F(expires_us) "), NULL FROM context x WHERE x.n = CAST(?1 AS INTEGER)",
     BY_N("n", "context")},
};
/* clang-format on */
static_assert(ARRAY_LEN(kinds) == OUTBOX_KINDS, "fill_kind counts them");

/* ---- one event ---- */

static bool
says_the_newest(struct db *db, const char *kind, const char *about, const char *sha256, bool *same,
                struct err *err)
{
    struct stmt *s = db_query(
        db,
        "SELECT sha256 = ?3 FROM team_event WHERE kind = ?1 AND about = ?2 AND state = 'own'"
        " ORDER BY n DESC LIMIT 1",
        SQL_ARGS(SQL_TEXT(kind), SQL_TEXT(about), SQL_TEXT(sha256)), err);
    *same = stmt_next(s, err) && stmt_int(s, 0);
    return stmt_finish(s);
}

static bool
add_event(struct db *db, const char *kind, const char *about, const char *session,
          const struct buf *payload, struct err *err)
{
    char sha256[SHA256_HEX + 1];
    bool same;
    sha256_hex(payload->p, payload->len, sha256);
    if (!says_the_newest(db, kind, about, sha256, &same, err))
        return false;
    return same ||
           (db_run(db,
                   "INSERT INTO team_origin (origin, seq) SELECT origin, 1 FROM team WHERE true"
                   " ON CONFLICT (origin) DO UPDATE SET seq = seq + 1",
                   NULL, err) &&
            db_run(db,
                   "INSERT INTO team_event (origin, seq, kind, version, about, session, payload,"
                   " sha256, state) SELECT origin, seq, ?1, ?2, ?3, ?4, ?5, ?6, 'own'"
                   " FROM team JOIN team_origin USING (origin)",
                   SQL_ARGS(SQL_TEXT(kind), SQL_INT(VERSION), SQL_TEXT(about), SQL_TEXT(session),
                            SQL_TEXT(payload->p), SQL_TEXT(sha256)),
                   err));
}

/* The row may have gone since it was noted. */
static bool
tell_row(struct db *db, const struct outbox_kind *k, const char *id, struct err *err)
{
    struct buf payload;
    char *session = NULL;
    buf_init(&payload, PAYLOAD_MAX_BYTES);
    struct stmt *s = db_query(db, k->payload, SQL_ARGS(SQL_TEXT(id)), err);
    bool there = stmt_next(s, err), fits = true;
    if (there) {
        size_t len;
        const char *text = stmt_bytes(s, 0, &len);
        fits = utf8_repair(&payload, text, len);
        session = stmt_dup(s, 1);
    }
    bool ok = stmt_finish(s);
    /* What is larger than anything that berdua makes stays here. */
    ok = ok && (!there || !fits || add_event(db, k->name, id, session, &payload, err));
    buf_finish(&payload);
    free(session);
    return ok;
}

/* ---- what was noted ---- */

struct noted {
    char *kind, *id;
};

static bool
read_notes(struct db *db, struct noted **list, size_t *count, struct err *err)
{
    struct stmt *s = db_query(
        db, "SELECT kind, id FROM team_note ORDER BY kind NOT LIKE '% gone', n", NULL, err);
    while (stmt_next(s, err)) {
        *list = xgrow(*list, *count, sizeof **list);
        (*list)[(*count)++] = (struct noted){stmt_dup(s, 0), stmt_dup(s, 1)};
    }
    return stmt_finish(s);
}

/* The payloads go from this file, also those that others sent; an event names the digests of those that are ours. */
#define ABOUT_THE_SESSION " FROM team_event WHERE session = ?1 AND payload IS NOT NULL"
#define ABOUT_THE_ROW     " FROM team_event WHERE about = ?1 AND kind = ?2 AND payload IS NOT NULL"

static bool
tell_gone(struct db *db, const char *list_sql, const char *blank_sql, const struct sql_arg *args,
          struct err *err)
{
    struct buf payload;
    size_t count = 0;
    buf_init(&payload, PAYLOAD_MAX_BYTES);
    struct json_writer w = json_writer_on(&payload);
    json_write_object(&w, NULL);
    json_write_list(&w, "sha256");
    struct stmt *s = db_query(db, list_sql, args, err);
    while (stmt_next(s, err)) {
        json_write_str(&w, NULL, stmt_str(s, 0));
        count++;
    }
    json_write_end(&w);
    json_write_end(&w);
    bool ok = stmt_finish(s) && db_run(db, blank_sql, args, err) &&
              (count == 0 || add_event(db, "removed", NULL, NULL, &payload, err));
    buf_finish(&payload);
    return ok;
}

static bool
tell_note(struct db *db, const struct noted *note, struct err *err)
{
    const char *gone = strstr(note->kind, " gone");
    if (strcmp(note->kind, "session gone") == 0)
        return tell_gone(db, "SELECT sha256" ABOUT_THE_SESSION " AND state = 'own'",
                         "UPDATE team_event SET payload = NULL WHERE session = ?1",
                         SQL_ARGS(SQL_TEXT(note->id)), err);
    if (gone) {
        char *kind = xasprintf("%.*s", (int)(gone - note->kind), note->kind);
        /* The number may be given to another row. */
        bool ok = tell_gone(
            db, "SELECT sha256" ABOUT_THE_ROW " AND state = 'own'",
            "UPDATE team_event SET payload = NULL, about = CASE kind WHEN 'context' THEN NULL"
            " ELSE about END WHERE about = ?1 AND kind = ?2",
            SQL_ARGS(SQL_TEXT(note->id), SQL_TEXT(kind)), err);
        free(kind);
        return ok;
    }
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
        if (strcmp(note->kind, kinds[k].name) == 0)
            return tell_row(db, &kinds[k], note->id, err);
    return true;
}

/* What went goes first: a row that stays is told anew. */
static bool
tell_notes(struct db *db, struct err *err)
{
    struct noted *list = NULL;
    size_t count = 0;
    bool ok = read_notes(db, &list, &count, err);
    for (size_t i = 0; i < count; i++) {
        ok = ok && tell_note(db, &list[i], err);
        free(list[i].kind);
        free(list[i].id);
    }
    free(list);
    return ok && (count == 0 || db_run(db, "DELETE FROM team_note", NULL, err));
}

bool
outbox_commit(struct db *db, struct err *err)
{
    return tell_notes(db, err) && said_commit(db, err);
}

/* ---- what was there before ---- */

static bool
fill_page(struct db *db, const struct outbox_kind *k, const char *after, int *most, char **last,
          struct err *err)
{
    struct noted *list = NULL;
    size_t count = 0;
    struct stmt *s = db_query(db, k->page, SQL_ARGS(SQL_TEXT(after), SQL_INT(*most)), err);
    while (stmt_next(s, err)) {
        list = xgrow(list, count, sizeof *list);
        list[count++] = (struct noted){stmt_dup(s, 1), stmt_dup(s, 0)};
    }
    bool ok = stmt_finish(s);
    for (size_t i = 0; i < count; i++) {
        ok = ok && list[i].id && tell_row(db, k, list[i].id, err);
        free(list[i].id);
        if (i + 1 == count)
            *last = list[i].kind;
        else
            free(list[i].kind);
    }
    free(list);
    *most -= (int)count;
    return ok;
}

bool
outbox_fill(struct db *db, int most, bool *done, struct err *err)
{
    int64_t kind = OUTBOX_KINDS;
    char *after = NULL;
    struct stmt *s = db_query(db, "SELECT fill_kind, fill_at FROM team", NULL, err);
    if (stmt_next(s, err)) {
        kind = stmt_int(s, 0);
        after = stmt_dup(s, 1);
    }
    bool ok = stmt_finish(s);
    while (ok && most > 0 && kind >= 0 && kind < OUTBOX_KINDS) {
        char *last = NULL;
        ok = fill_page(db, &kinds[kind], after ? after : "", &most, &last, err);
        free(after);
        after = last;
        kind += most > 0;
        if (most > 0) {
            free(after);
            after = NULL;
        }
    }
    *done = kind < 0 || kind >= OUTBOX_KINDS;
    ok = ok && db_run(db, "UPDATE team SET fill_kind = ?1, fill_at = ?2",
                      SQL_ARGS(SQL_INT(kind), SQL_TEXT(after ? after : "")), err);
    free(after);
    return ok;
}
