/* A database whose rows hold anything that SQLite lets in: what is read back is in range, prints as the contract's JSON,
 * and gives figures that can be compared. The file is on a RAM disk where there is one, and is never synced.
 * A row is a byte for its table, then a value for each column: a byte for its kind, and what it needs. */
#include <assert.h>
#include <math.h>
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/turn_json.h"
#include "berdua/jiwa/profile.h"
#include "berdua/route/rollout.h"
#include "berdua/store/memory_store.h"
#include "berdua/store/query.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/saved_contexts.h"
#include "berdua/store/spend_store.h"
#include "berdua/store/verdict_store.h"
#include "store/sqlite/db.h"
#include "store/sqlite/schema.h"
#include "store/store_db.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_COLUMNS = 14, MOST_ROWS = 12 };

#define SESSION "01KABCDEFGHJKMNPQRSTVWXYZ0"
#define TURN    "01KABCDEFGHJKMNPQRSTVWXYZ1"

/* The values that rows are found by are fixed, most of the others free; a value that a column refuses leaves the row out. */
static const struct {
    const char *sql;
    int columns;
} tables[] = {
    {"INSERT INTO turn (id, session, seq, at_us, message, mode, history, left_brain, served, "
     "canonical, category,"
     " categories, language, language_confidence, route, context) VALUES ('" TURN
     "' || coalesce(?1, ''),"
     " '" SESSION "', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)",
     14},
    {"INSERT INTO turn (id, session, seq, at_us, message, mode, history, left_brain, route, "
     "context)"
     " VALUES ('" TURN "', '" SESSION "', 1, 1, ?1, 'full', 'own', 'claude', ?2, ?3)",
     3},
    {"INSERT INTO answer (id, turn, brain, attempt, role, status, text, owner, error_kind, "
     "error_message, http_status,"
     " cost_usd, at_us, simulated) VALUES (random(), '" TURN
     "', coalesce(?1, 'llama'), ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
     " ?9, ?10, ?11, ?12)",
     12},
    {"INSERT INTO answer (id, turn, brain, attempt, role, status, text, ttft_us, total_us, "
     "stall_us, tokens_in,"
     " tokens_out, tokens_thinking, deltas, warmth, cultural, retries, at_us) VALUES (random(), "
     "'" TURN "', 'claude', ?1,"
     " 'served', 'complete', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
     13},
    {"INSERT INTO verdict (id, session, turn, at_us, kind, note, rater, origin, acceptable, flags) "
     "VALUES (random(),"
     " '" SESSION "', '" TURN "', ?1, ?2, ?3, coalesce(?4, ''), ?5, ?6, ?7)",
     7},
    {"INSERT INTO verdict (id, session, turn, at_us, kind, note, rater) VALUES (random(), '" SESSION
     "', '" TURN "',"
     " ?1, ?2, ?3, 'u')",
     3},
    {"INSERT INTO side_call (at_us, brain, purpose, status, cost_usd, simulated) VALUES (?1, ?2, "
     "'context', ?3, ?4,"
     " coalesce(?5, 0))",
     5},
    {"INSERT INTO rollout_step (at_us, category, from_percent, to_percent, by, reason, "
     "seen_verdict)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
     7},
    {"INSERT OR REPLACE INTO breaker (brain, failures, opened_us, probing_us, changed_us, target)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
     6},
    {"INSERT INTO context (user, topic, language, text, at_us, expires_us) VALUES (?1, 'malu', "
     "'id', ?2, ?3, ?4)",
     4},
    {"INSERT OR REPLACE INTO memory_profile (user, at_us, profile) VALUES ('u', ?1, ?2)", 2},
    {"INSERT INTO memory_record (id, session, user, model, through_seq, at_us, dropped, record) "
     "VALUES (random(),"
     " '" SESSION "', 'u', ?1, ?2, ?3, ?4, ?5)",
     5},
    {"INSERT OR REPLACE INTO memory_pending (session, user, queued_us, next_us, attempts, error, "
     "owner)"
     " VALUES ('" SESSION "', 'u', ?1, ?2, ?3, ?4, ?5)",
     5},
    {"UPDATE session SET user = ?1, title = ?2, started_us = ?3, last_us = ?4, simulated = ?5", 5},
};

static const char start_over[] =
    "DELETE FROM verdict; DELETE FROM answer; DELETE FROM turn; DELETE FROM side_call; DELETE FROM "
    "rollout_step;"
    "DELETE FROM breaker; DELETE FROM context; DELETE FROM memory_profile; DELETE FROM "
    "memory_record;"
    "DELETE FROM memory_pending;"
    "INSERT OR REPLACE INTO session (id, user, started_us, last_us) VALUES ('" SESSION
    "', 'u', 1, 2);";

static struct {
    char path[64];
    struct db *db;
    struct store *store;
    struct spend_store *spend;
} t;

static void
remove_file(void)
{
    store_close(&t.store);
    spend_store_close(&t.spend);
    db_close(&t.db);
    unlink(t.path);
}

static void
need(bool ok, const struct err *err)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", err->text);
    abort();
}

static void
make_file(void)
{
    struct err err = {""};
    snprintf(t.path, sizeof t.path, "%s/berdua-fuzz-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    int fd = mkstemp(t.path);
    assert(fd >= 0 && write(fd, "\n", 1) == 1); /* an empty one counts as none */
    close(fd);
    sqlite3_vfs_register(sqlite3_vfs_find("memdb"), 1);
    t.db = db_open(t.path, DB_WRITE, NULL, &err);
    need(t.db && schema_migrate(t.db, &err) &&
             db_exec(t.db,
                     "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
                     "DROP TRIGGER rollout_step_kept; DROP TRIGGER answer_cost_kept",
                     &err),
         &err);
    t.store = store_open(t.path, &err);
    t.spend = spend_store_open(t.path, &err);
    need(t.store && t.spend, &err);
    atexit(remove_file);
}

/* ---- writing ---- */

struct source {
    const uint8_t *p, *end;
};

static unsigned
next_byte(struct source *s)
{
    return s->p < s->end ? *s->p++ : 0;
}

static int64_t
next_int(struct source *s)
{
    static const int64_t odd[] = {0,       1,        -1, INT64_MAX, INT64_MIN, 1795331328000000,
                                  1 << 20, INT32_MAX};
    unsigned how = next_byte(s);
    int64_t n = 0;
    if (how < 128)
        return odd[how % 8];
    for (unsigned i = 0; i < how % 8; i++)
        n = (int64_t)((uint64_t)n << 8 | next_byte(s));
    return n;
}

static double
next_real(struct source *s)
{
    static const double odd[] = {0,      -0.0,     1,         -1, .5,  1e-300, 1e300,
                                 -1e300, INFINITY, -INFINITY, 10, 100, 101};
    unsigned how = next_byte(s);
    return how < 200 ? odd[how % ARRAY_LEN(odd)] : (how - 200) / 7.0;
}

/* Words that columns know, so that rows get past the first look. */
static const char *const words[] = {
    "claude", "llama",   "tie",      "both_bad",  "undo",      "note",      "adopt",
    "served", "shadow",  "complete", "failed",    "running",   "cancelled", "full",
    "route",  "context", "own",      "canonical", "emotional", "general",   "id",
    "en",     "chat",    "review",   "auto",      "safety",    "timeout",   "[\"safety\",\"leak\"]",
};

/* text: where a text that was made for it goes until the row is written. */
static struct sql_arg
next_value(struct source *s, struct buf *text)
{
    unsigned kind = next_byte(s);
    size_t n;
    switch (kind % 6) {
    case 0:
        return (struct sql_arg)SQL_TEXT(NULL);
    case 1:
        return (struct sql_arg)SQL_INT(next_int(s));
    case 2:
        return (struct sql_arg)SQL_REAL(next_real(s));
    case 3:
        return (struct sql_arg)SQL_TEXT(words[next_byte(s) % ARRAY_LEN(words)]);
    default:
        n = next_byte(s) * (kind % 6 == 5 ? 4u : 1u);
        n = n < (size_t)(s->end - s->p) ? n : (size_t)(s->end - s->p);
        buf_append(text, (const char *)s->p, n);
        s->p += n;
        return (struct sql_arg)SQL_BYTES(text);
    }
}

static void
write_rows(struct source *s)
{
    struct err err = {""};
    need(db_begin(t.db, &err) && db_exec(t.db, start_over, &err), &err);
    for (int row = 0; row < MOST_ROWS && s->p < s->end; row++) {
        struct sql_arg args[MOST_COLUMNS + 1];
        struct buf texts[MOST_COLUMNS];
        unsigned table = next_byte(s) % ARRAY_LEN(tables);
        int columns = tables[table].columns;
        for (int i = 0; i < columns; i++) {
            buf_init(&texts[i], 1 << 16);
            args[i] = next_value(s, &texts[i]);
        }
        args[columns] = (struct sql_arg){.kind = SQL_ARGS_END};
        db_run(t.db, tables[table].sql, args, &err); /* refused: the row is left out */
        for (int i = 0; i < columns; i++)
            buf_finish(&texts[i]);
    }
    need(db_commit(t.db, &err), &err);
}

/* ---- reading ---- */

static void
check_brain(int b)
{
    assert(b >= BRAIN_NONE && b < BRAIN_COUNT);
}

static void
check_answer(const struct answer *a)
{
    check_brain(a->brain);
    assert(a->role >= 0 && a->role < ROLE_COUNT && a->status > STATUS_RUNNING &&
           a->status < STATUS_COUNT);
    assert(a->error.kind >= 0 && a->error.kind < ERR_KIND_COUNT);
    assert(strlen(a->id) <= 26);
}

static void
check_turn(const struct conversation *c, const struct turn *turn)
{
    assert(turn->message && strlen(turn->id) <= 26);
    assert(turn->mode >= 0 && turn->mode < MODE_COUNT);
    assert(turn->history >= 0 && turn->history < HISTORY_COUNT);
    check_brain(turn->served);
    check_brain(turn->canonical);
    assert(turn->left == BRAIN_CLAUDE || turn->left == BRAIN_LLAMA);
    assert(turn->kind.category >= -1 && turn->kind.category < CATEGORY_COUNT);
    assert(turn->kind.language >= -1 && turn->kind.language < LANGUAGE_COUNT);
    assert(turn->verdict.kind >= VERDICT_NONE && turn->verdict.kind <= VERDICT_BOTH_BAD);
    check_brain(turn->verdict.adopted);
    check_brain(turn->route.brain);
    check_brain(turn->route.fallback);
    assert(turn->context.source >= 0 && turn->context.source < CONTEXT_SOURCE_COUNT);
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (turn->asked[b])
            check_answer(&turn->answers[b]);
    struct buf text;
    buf_init(&text, 64 << 20);
    struct json *o = turn_to_json(c, turn);
    assert(json_print(o, &text) && utf8_valid(text.p, text.len));
    struct json *again = json_parse(text.p, text.len, NULL);
    assert(again);
    json_free(again);
    json_free(o);
    buf_finish(&text);
}

static bool
check_session_row(void *arg, const struct session_row *row)
{
    (void)arg;
    assert(row->id && row->user && row->turns >= 0 && row->verdicts >= 0);
    return true;
}

static void
read_conversation(void)
{
    struct err err = {""};
    int64_t tallies[VERDICT_KIND_COUNT];
    need(query_sessions(t.store, check_session_row, NULL, &err), &err);
    need(query_tallies(t.store, NULL, tallies, &err), &err);
    for (size_t limit = 0; limit < 2; limit++) {
        struct conversation *c = query_session(t.store, SESSION, 0, limit, &err);
        need(c != NULL, &err);
        for (size_t i = 0; i < c->count; i++)
            check_turn(c, c->turns[i]);
        conversation_destroy(&c);
    }
}

static void
read_spend(void)
{
    static int64_t from; /* another one each time, so that nothing is remembered */
    struct err err = {""};
    struct spend s;
    from = from % 1000 + 1;
    need(spend_since(t.spend, from, 5, &s, &err), &err);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        assert(!isnan(s.usd[b]) && s.usd[b] >= 0);
        spend_stops(&s, (enum brain_id)b, 5);
    }
    assert(s.unknown >= 0 && !isnan(spend_total(&s)));
}

static void
read_routing(void)
{
    struct err err = {""};
    struct breaker breakers[BRAIN_COUNT];
    struct rollout *r = rollout_create();
    struct rollout_limits limits = {
        .automatic = true, .min_verdicts = 1, .gates = {.5, .6, .7}, .guard = .3};
    struct rollout_view views[CATEGORY_COUNT];
    need(rollout_store_steps(t.store, rollout_add_step, r, &err) &&
             verdict_store_rows(t.store, rollout_add_verdict, r, &err) &&
             rollout_store_turns(t.store, rollout_turns_since(r), rollout_add_turn, r, &err) &&
             rollout_store_breakers(t.store, breakers, &err),
         &err);
    rollout_look(r, &limits, BREAKER_CLOSED, 1795331328000000, views);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        const struct rollout_view *v = &views[c];
        double percent = rollout_percent(r, (enum category)c);
        assert(percent >= 0 && percent <= 100);
        assert(v->effective >= 0 && v->effective <= 100);
        assert(isnan(v->to) || (v->to >= 0 && v->to <= 100));
        assert(utf8_valid(v->reason, strlen(v->reason)));
    }
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct breaker_limits l = {.failures = 3, .cool_us = 60000000};
        assert(breakers[b].failures >= 0);
        enum breaker_state s = breaker_state(&breakers[b], l, 1795331328000000);
        assert(s >= BREAKER_CLOSED && s <= BREAKER_HALF_OPEN);
    }
    rollout_destroy(&r);
}

static bool
check_record(void *arg, const struct memory_record *r)
{
    (void)arg;
    struct jiwa j;
    assert(r->session && r->user && r->record);
    if (jiwa_parse(&j, r->record, NULL)) {
        struct jiwa profile = {0};
        struct buf block;
        buf_init(&block, JIWA_BLOCK_BYTES);
        jiwa_merge(&profile, &j, r->session, r->at_us);
        jiwa_expire(&profile, 5);
        jiwa_block(&profile, &block, JIWA_BLOCK_BYTES);
        assert(utf8_valid(block.p, block.len));
        buf_finish(&block);
        jiwa_finish(&profile);
    }
    jiwa_finish(&j);
    return true;
}

static bool
check_pending(void *arg, const char *session, int64_t next_us, int attempts, const char *error)
{
    (void)arg, (void)next_us, (void)error;
    assert(session && attempts >= 0);
    return true;
}

static void
read_memory(void)
{
    struct err err = {""};
    struct memory_look look;
    struct memory_pending pending;
    struct jiwa j;
    need(memory_store_look(t.store, "u", 0, &look, &err), &err);
    if (look.profile)
        jiwa_parse(&j, look.profile, NULL);
    if (look.profile)
        jiwa_finish(&j);
    free(look.profile);
    need(memory_store_records(t.store, "u", 0, check_record, NULL, &err) &&
             memory_store_pending(t.store, "u", check_pending, NULL, &err) &&
             memory_store_next(t.store, 1795331328000000, &pending, &err),
         &err);
    assert(pending.attempts >= 0 && strlen(pending.session) <= 26);
    char *context = context_store_find(t.store, "u", "malu", "id", 5, &err);
    assert(!err.text[0]);
    free(context);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source s = {data, data + size};
    if (!t.db)
        make_file();
    write_rows(&s);
    read_conversation();
    read_spend();
    read_routing();
    read_memory();
    return 0;
}
