/* A team's events in the store: what is final becomes events with its commit, older rows follow, what others made becomes rows
 * whatever the order, and what is removed loses its payload everywhere. */
#include "store_kit.h"

#include "berdua/base/json.h"
#include "berdua/base/sha256.h"
#include "berdua/store/memory_store.h"
#include "berdua/route/rollout.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/session_store.h"
#include "berdua/store/team_store.h"
#include "store/sqlite/db.h"
#include "store/sqlite/schema.h"
#include "store/store_db.h"

/* One turn of a session `S<id>`: two answers, a verdict, a context, a step. */
#define SESSION(id)                                                                                \
    "INSERT INTO session (id, user, started_us, last_us) VALUES ('S" id "', 'mario', 1, 2);"
#define TURN(id)                                                                                   \
    "INSERT INTO turn (id, session, seq, at_us, message, mode, history, left_brain, context)"      \
    " VALUES ('T" id "', 'S" id "', 1, 5, 'Kak, malu', 'parallel', 'own', 'claude', '{}');"
#define ANSWER(id, brain)                                                                          \
    "INSERT INTO answer (id, turn, brain, attempt, role, status, text, cost_usd, at_us) VALUES"    \
    " ('" brain id "', 'T" id "', '" brain "', 1, 'served', 'complete', 'Tidak apa-apa', .5, 6);"
#define VERDICT(id)                                                                                \
    "INSERT INTO verdict (id, session, turn, at_us, kind, rater, claude_answer, llama_answer)"     \
    " VALUES ('V" id "', 'S" id "', 'T" id "', 7, 'llama', 'wayan', 'claude" id "', 'llama" id     \
    "');"
#define STEP                                                                                       \
    "INSERT INTO rollout_step (at_us, category, from_percent, to_percent, by, reason,"             \
    " seen_verdict) VALUES (8, 'greeting', 0, 10, 'hand', 'x', 0);"
#define CONTEXT                                                                                    \
    "INSERT INTO context (user, topic, language, text, at_us, expires_us)"                         \
    " VALUES ('mario', 'malu', 'id', 'Sungkan.', 9, 9000000000000000);"
#define ALL(id)                                                                                    \
    SESSION(id) TURN(id) ANSWER(id, "claude") ANSWER(id, "llama") VERDICT(id) STEP CONTEXT

static struct store *
open_one(const struct kit *k, const char *name)
{
    struct err err = {{0}};
    char *path = xasprintf("%s/%s", k->folder, name);
    struct store *s = store_open(path, &err);
    assert_non_null(s);
    free(path);
    return s;
}

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct err err = {{0}};                                                                    \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, err.text);                                                   \
    } while (0)

static void
put(struct store *s, const char *sql)
{
    MUST(store_begin(s, &err));
    MUST(db_exec(store_db(s), sql, &err));
    MUST(store_commit(s, &err));
}

static int64_t
number(struct store *s, const char *sql)
{
    int64_t n = -1;
    MUST(db_int(store_db(s), sql, &n, &err));
    return n;
}

static void
expect_text(struct store *s, const char *sql, const char *text)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    MUST(db_text(store_db(s), sql, &out, &err));
    assert_string_equal(out.p, text);
    buf_finish(&out);
}

#define EVENTS "SELECT count(*) FROM team_event"
#define OWN_KINDS                                                                                  \
    "SELECT group_concat(kind) FROM (SELECT kind FROM team_event WHERE state = 'own' ORDER BY "    \
    "seq)"
#define EVERYTHING "session,turn,answer,answer,verdict,rollout_step,context"

struct parcel {
    struct team_event events[64];
    size_t count;
};

static bool
pack(void *arg, const struct team_event *e)
{
    struct parcel *p = arg;
    assert_true(p->count < ARRAY_LEN(p->events));
    p->events[p->count++] = (struct team_event){xstrdup(e->origin),  e->seq,
                                                xstrdup(e->kind),    e->version,
                                                xstrdup(e->payload), xstrdup(e->sha256)};
    return true;
}

static void
unpack(struct parcel *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free((char *)(uintptr_t)p->events[i].origin);
        free((char *)(uintptr_t)p->events[i].kind);
        free((char *)(uintptr_t)p->events[i].payload);
        free((char *)(uintptr_t)p->events[i].sha256);
    }
    p->count = 0;
}

static struct parcel
events_of(struct store *s, int64_t after)
{
    struct parcel p = {.count = 0};
    struct team_state state;
    MUST(team_store_state(s, &state, &err));
    MUST(team_store_read(s, state.origin, after, -1, pack, &p, &err));
    return p;
}

static int64_t
take(struct store *s, const struct team_event *events, size_t count)
{
    int64_t taken;
    MUST(team_store_take(s, events, count, &taken, &err));
    return taken;
}

/* What a server does between two. */
static int64_t
carry(struct store *from, struct store *to)
{
    struct parcel p = events_of(from, 0);
    int64_t taken = take(to, p.events, p.count);
    unpack(&p);
    return taken;
}

static void
without_a_team_nothing_is_noted(void **state)
{
    struct store *a = open_one(*state, "a");
    put(a, ALL("1"));
    assert_int_equal(number(a, EVENTS), 0);
    assert_int_equal(number(a, "SELECT count(*) FROM team_note"), 0);
    store_close(&a);
}

static void
what_is_final_becomes_events_with_the_commit_that_writes_it(void **state)
{
    struct store *a = open_one(*state, "a");
    MUST(team_store_join(a, &err));
    MUST(team_store_join(a, &err));
    MUST(store_begin(a, &err));
    MUST(db_exec(store_db(a), SESSION("0"), &err));
    store_rollback(a);
    assert_int_equal(number(a, EVENTS), 0);
    put(a,
        SESSION("1") TURN("1") "INSERT INTO answer (id, turn, brain, attempt, role, status, text)"
                               " VALUES ('r', 'T1', 'llama', 1, 'served', 'running', 'Ti')");
    expect_text(a, OWN_KINDS, "session,turn");
    put(a, "UPDATE answer SET status = 'complete', text = 'Tidak' WHERE id = 'r'");
    put(a, "UPDATE answer SET status = 'complete', text = 'Tidak' WHERE id = 'r'");
    put(a, VERDICT("1"));
    expect_text(a, OWN_KINDS, "session,turn,answer,verdict");
    expect_text(a, "SELECT payload ->> 'text' FROM team_event WHERE kind = 'answer'", "Tidak");
    struct parcel p = events_of(a, 0);
    for (size_t i = 0; i < p.count; i++) {
        char sha256[SHA256_HEX + 1];
        sha256_hex(p.events[i].payload, strlen(p.events[i].payload), sha256);
        assert_string_equal(p.events[i].sha256, sha256);
        assert_int_equal(p.events[i].seq, i + 1);
    }
    unpack(&p);
    store_close(&a);
}

/* As each row asks; of many in one transaction none looks at all the others. */
static void
whether_a_row_is_noted_is_seen_in_an_index(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct store *s = open_one(k, "a");
    put(s, SESSION("1"));
    struct stmt *q = db_query(store_db(s),
                              "EXPLAIN QUERY PLAN SELECT 1 FROM team_note"
                              " WHERE kind = 'turn' AND id = 'T1'",
                              NULL, &err);
    assert_true(stmt_next(q, &err));
    assert_string_equal(stmt_str(q, 3), "SEARCH team_note USING COVERING INDEX team_note_row"
                                        " (kind=? AND id=?)");
    assert_true(stmt_finish(q));
    store_close(&s);
}

static void
a_verdict_of_a_chat_is_an_event_when_it_is_acknowledged(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct conversation *c = conversation_create("mario");
    struct writer *w = kit_open(k->path, &b);
    assert_true(box_stored(&b, writer_put_session(w, c, 0)));
    struct store *s = store_open(k->path, &(struct err){{0}});
    store_through(s, w);
    MUST(team_store_join(s, &err));
    struct turn *t = kit_turn("halo");
    kit_answer(t, BRAIN_CLAUDE, "Halo!");
    kit_answer(t, BRAIN_LLAMA, "Halo, Kak!");
    writer_put_turn(w, c->id, t, 0);
    struct verdict v = {.kind = VERDICT_LLAMA, .at_wall_us = 5};
    assert_true(box_stored(&b, writer_put_verdict(w, c->id, t->id, &v, "wayan", 0)));
    assert_int_equal(number(s, "SELECT count(*) FROM team_event WHERE kind = 'verdict'"), 1);
    assert_int_equal(number(s, "SELECT count(*) FROM team_event WHERE kind = 'session'"), 0);
    MUST(team_store_fill(s, NULL, NULL, &err));
    assert_int_equal(number(s, "SELECT count(*) FROM team_event WHERE kind = 'session'"), 1);
    assert_int_equal(number(s, "SELECT count(*) FROM team_event WHERE kind = 'verdict'"), 1);
    kit_close(&w);
    store_close(&s);
    turn_destroy(&t);
    conversation_destroy(&c);
    box_close(&b);
}

static void
what_was_there_before_follows_a_bounded_number_at_a_time(void **state)
{
    struct store *a = open_one(*state, "a");
    put(a, ALL("1") SESSION("2") TURN("2"));
    put(a, "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 450)"
           " INSERT INTO verdict (id, session, turn, at_us, kind, rater)"
           " SELECT 'X' || n, 'S2', 'T2', 1, 'tie', 'wayan' FROM i");
    MUST(team_store_join(a, &err));
    put(a, "UPDATE session SET title = 'judul' WHERE id = 'S2'");
    MUST(team_store_fill(a, NULL, NULL, &err));
    MUST(team_store_fill(a, NULL, NULL, &err));
    assert_int_equal(number(a, "SELECT count(*) FROM team_event WHERE kind = 'verdict'"), 451);
    assert_int_equal(number(a, "SELECT count(*) FROM team_event WHERE kind = 'session'"), 2);
    assert_int_equal(number(a, EVENTS), 451 + 8);
    assert_int_equal(number(a, "SELECT max(seq) FROM team_event"), 451 + 8);
    store_close(&a);
}

static void
what_others_made_becomes_rows_once_and_does_not_come_back(void **state)
{
    struct store *a = open_one(*state, "a"), *b = open_one(*state, "b");
    MUST(team_store_join(a, &err));
    MUST(team_store_join(b, &err));
    put(a, ALL("1"));
    put(a, "INSERT INTO verdict_flag (verdict, flag) VALUES ('V1', 'leak'), ('V1', 'fast')");
    expect_text(a, OWN_KINDS, EVERYTHING ",verdict");
    assert_int_equal(carry(a, b), 8);
    assert_int_equal(carry(a, b), 0);
    expect_text(
        b, "SELECT group_concat(kind || rater || session || turn || claude_answer) FROM verdict",
        "llamawayanS1T1claude1");
    expect_text(b, "SELECT group_concat(flag) FROM verdict_flag", "fast,leak");
    expect_text(b, "SELECT message FROM turn", "Kak, malu");
    expect_text(b, "SELECT text FROM context", "Sungkan.");
    assert_int_equal(number(b, "SELECT to_percent FROM rollout_step"), 10);
    assert_int_equal(number(b, "SELECT count(*) FROM answer WHERE cost_usd = .5 AND at_us IS NULL"),
                     2);
    expect_text(b, OWN_KINDS, "");
    put(a, "UPDATE turn SET served = 'llama'; UPDATE session SET title = 'judul'");
    assert_int_equal(carry(a, b), 2);
    expect_text(b, "SELECT served || title FROM turn, session", "llamajudul");
    /* A review of theirs is an event of the reviewer's. */
    put(b, "INSERT INTO verdict (id, session, turn, at_us, kind, rater, origin)"
           " VALUES ('R', 'S1', 'T1', 1, 'tie', 'made', 'review')");
    expect_text(b, OWN_KINDS, "verdict");
    assert_int_equal(carry(b, a), 1);
    assert_int_equal(number(a, "SELECT count(*) FROM verdict"), 2);
    store_close(&a);
    store_close(&b);
}

static bool
take_last(void *arg, const struct rollout_step *step)
{
    *(struct rollout_step *)arg = *step;
    return true;
}

static double
stage_in(struct store *s)
{
    struct rollout_step last = {.to = -1};
    MUST(rollout_store_steps(s, take_last, &last, &err));
    return last.to;
}

static void
what_all_verdicts_add_up_to_is_made_once_after_many_transactions(void **state)
{
    struct store *s = open_one(*state, "a");
    store_expect_more(s, true);
    put(s, ALL("1"));
    put(s, SESSION("2") TURN("2") ANSWER("2", "claude"));
    assert_int_equal(number(s, "SELECT count(*) FROM evidence_stale"), 1);
    store_expect_more(s, false);
    put(s, "UPDATE session SET title = 'x'");
    assert_int_equal(number(s, "SELECT count(*) FROM evidence_stale"), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM evidence"), 1);
    store_close(&s);
}

/* Each takes a step before it knows of the other's, and one whose clock is behind takes another after it. */
static void
a_stage_is_the_same_for_all_whoever_knew_of_whose_step_first(void **state)
{
    struct store *both[2] = {open_one(*state, "a"), open_one(*state, "b")};
    for (int i = 0; i < 2; i++) {
        struct rollout_step step = {.at_us = i ? 1000 : 5000, .to = i ? 10 : 25, .by = "hand"};
        MUST(team_store_join(both[i], &err));
        MUST(store_begin(both[i], &err));
        MUST(rollout_store_add_step(both[i], &step, &err));
        MUST(store_commit(both[i], &err));
    }
    carry(both[0], both[1]);
    carry(both[1], both[0]);
    assert_true(stage_in(both[0]) == 25 && stage_in(both[1]) == 25);
    struct rollout_step stop = {.at_us = 2000, .from = 25, .to = 0, .by = "safety"};
    MUST(store_begin(both[1], &err));
    MUST(rollout_store_add_step(both[1], &stop, &err));
    MUST(store_commit(both[1], &err));
    carry(both[1], both[0]);
    assert_true(stage_in(both[0]) == 0 && stage_in(both[1]) == 0);
    store_close(&both[0]);
    store_close(&both[1]);
}

static void
events_wait_for_what_they_belong_to(void **state)
{
    struct store *a = open_one(*state, "a"), *b = open_one(*state, "b");
    MUST(team_store_join(a, &err));
    MUST(team_store_join(b, &err));
    put(a, ALL("1"));
    struct parcel p = events_of(a, 0);
    for (size_t i = p.count; i-- > 1;)
        take(b, &p.events[i], 1);
    assert_int_equal(number(b, "SELECT count(*) FROM team_event WHERE state = 'waiting'"), 4);
    assert_int_equal(number(b, "SELECT count(*) FROM verdict"), 0);
    assert_int_equal(take(b, &p.events[0], 1), 5);
    assert_int_equal(number(b, "SELECT count(*) FROM team_event WHERE state = 'taken'"), 7);
    assert_int_equal(
        number(b, "SELECT count(*) FROM verdict JOIN answer ON claude_answer = answer.id"), 1);
    unpack(&p);
    store_close(&a);
    store_close(&b);
}

static void
what_nobody_here_understands_is_kept_as_it_came(void **state)
{
#define HERE "0ddba115-0000-4000-8000-000000000001"
    struct store *b = open_one(*state, "b");
    char ok[SHA256_HEX + 1], text[SHA256_HEX + 1], rows[SHA256_HEX + 1];
    sha256_hex("{\"a\":1}", 7, ok);
    sha256_hex("no json", 7, text);
    sha256_hex("{\"id\":\"S\"}", 10, rows);
    MUST(team_store_join(b, &err));
    struct team_event events[] = {{HERE, 1, "poem", 1, "{\"a\":1}", ok},
                                  {HERE, 2, "session", 1, "no json", text},
                                  {HERE, 3, "session", 1, "{\"id\":\"S\"}", rows},
                                  {HERE, 4, "session", 1, "{\"id\":\"S\"}", ok},
                                  {HERE, 5, "verdict", 9, NULL, ok}};
    assert_int_equal(take(b, events, ARRAY_LEN(events)), 1);
    expect_text(b, "SELECT group_concat(state) FROM (SELECT state FROM team_event ORDER BY seq)",
                "waiting,refused,refused,refused,taken");
    expect_text(b, "SELECT payload FROM team_event WHERE seq = 1", "{\"a\":1}");
    assert_int_equal(number(b, "SELECT count(*) FROM session"), 0);
    assert_int_equal(number(b, "SELECT seq FROM team_origin"), 5);
    store_close(&b);
}

static void
a_removed_session_goes_from_the_outbox_and_from_those_who_took_it(void **state)
{
    struct store *a = open_one(*state, "a"), *b = open_one(*state, "b");
    struct session_removed removed;
    MUST(team_store_join(a, &err));
    MUST(team_store_join(b, &err));
    put(a, "INSERT INTO session (id, user, started_us, last_us) VALUES ('other', 'x', 1, 1)");
    put(a, ALL("1"));
    carry(a, b);
    MUST(session_store_remove(a, "S1", &removed, &err));
    assert_int_equal(number(a, "SELECT count(*) FROM team_event WHERE payload LIKE '%malu%'"
                               " AND kind <> 'context'"),
                     0);
    assert_int_equal(number(a, "SELECT count(*) FROM team_event WHERE payload IS NULL"), 5);
    assert_int_equal(carry(a, b), 1);
    assert_int_equal(number(b, "SELECT count(*) FROM turn"), 0);
    expect_text(b, "SELECT id FROM session", "other");
    assert_int_equal(number(b, "SELECT count(*) FROM team_event WHERE payload IS NULL"), 5);
    assert_int_equal(number(b, "SELECT count(*) FROM context"), 1);
    /* Who removes what another made removes it here alone. */
    put(b, "DELETE FROM session WHERE id = 'other'");
    expect_text(b, OWN_KINDS, "");
    store_close(&a);
    store_close(&b);
}

static void
a_forgotten_person_leaves_no_context_in_any_payload(void **state)
{
    struct store *a = open_one(*state, "a"), *b = open_one(*state, "b");
    MUST(team_store_join(a, &err));
    MUST(team_store_join(b, &err));
    put(a, ALL("1"));
    put(a, "UPDATE turn SET context = '{\"text\":\"Sungkan.\"}'");
    carry(a, b);
    MUST(memory_store_forget(a, "mario", 10, &err));
    assert_int_equal(number(a, "SELECT count(*) FROM team_event WHERE payload LIKE '%Sungkan%'"),
                     0);
    carry(a, b);
    assert_int_equal(number(b, "SELECT count(*) FROM team_event WHERE payload LIKE '%Sungkan%'"),
                     0);
    assert_int_equal(number(b, "SELECT count(*) FROM context"), 0);
    assert_int_equal(number(b, "SELECT count(*) FROM turn WHERE context IS NULL"), 1);
    store_close(&a);
    store_close(&b);
}

static void
a_copied_file_goes_on_under_an_origin_of_its_own(void **state)
{
    struct store *a = open_one(*state, "a"), *b = open_one(*state, "b");
    struct team_state before, after;
    MUST(team_store_join(a, &err));
    MUST(team_store_join(b, &err));
    put(a, ALL("1"));
    put(a, SESSION("2") TURN("2"));
    MUST(team_store_state(a, &before, &err));
    MUST(team_store_renew(a, before.origin, 8, &err));
    MUST(team_store_renew(a, before.origin, 8, &err)); /* another program has noticed it, too */
    MUST(team_store_state(a, &after, &err));
    assert_string_not_equal(before.origin, after.origin);
    assert_int_equal(after.seq, 2);
    assert_int_equal(number(a, "SELECT count(*) FROM team_event WHERE state = 'taken'"), 7);
    expect_text(a, OWN_KINDS, "session,turn");
    MUST(team_store_renew(a, after.origin, 3, &err)); /* nothing is ahead of what the server has */
    MUST(team_store_state(a, &after, &err));
    assert_int_equal(after.seq, 0);
    put(a, VERDICT("2"));
    expect_text(a, OWN_KINDS, "verdict");
    assert_int_equal(number(a, "SELECT count(*) FROM team_origin"), 3);
    store_close(&a);
    store_close(&b);
}

static void
a_file_of_version_fifteen_joins_a_team(void **state)
{
    struct kit *k = *state;
    char *path = xasprintf("%s/a", k->folder);
    fclose(fopen(path, "w"));
    struct db *db = db_open(path, DB_WRITE, NULL, NULL);
    MUST(schema_migrate_to(db, 15, &err));
    MUST(db_exec(db, ALL("1"), &err));
    db_allow_checkpoint(db);
    db_close(&db);
    struct store *a = open_one(k, "a");
    MUST(team_store_join(a, &err));
    MUST(team_store_fill(a, NULL, NULL, &err));
    expect_text(a, OWN_KINDS, EVERYTHING);
    store_close(&a);
    free(path);
}

#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(without_a_team_nothing_is_noted),
        T(whether_a_row_is_noted_is_seen_in_an_index),
        T(what_is_final_becomes_events_with_the_commit_that_writes_it),
        T(a_verdict_of_a_chat_is_an_event_when_it_is_acknowledged),
        T(what_was_there_before_follows_a_bounded_number_at_a_time),
        T(what_others_made_becomes_rows_once_and_does_not_come_back),
        T(what_all_verdicts_add_up_to_is_made_once_after_many_transactions),
        T(a_stage_is_the_same_for_all_whoever_knew_of_whose_step_first),
        T(events_wait_for_what_they_belong_to),
        T(what_nobody_here_understands_is_kept_as_it_came),
        T(a_removed_session_goes_from_the_outbox_and_from_those_who_took_it),
        T(a_forgotten_person_leaves_no_context_in_any_payload),
        T(a_copied_file_goes_on_under_an_origin_of_its_own),
        T(a_file_of_version_fifteen_joins_a_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
