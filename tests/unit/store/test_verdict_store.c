/* Verdicts as evidence: what is read of them, from new files and from old ones. */
#include "store_kit.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/verdict_store.h"
#include "past.h"
#include "store/sqlite/schema.h"

enum { ROWS_MOST = 32 };

struct rows {
    struct verdict_row v[ROWS_MOST];
    size_t count;
};

static bool
take_row(void *arg, const struct verdict_row *row)
{
    struct rows *r = arg;
    assert_true(r->count < ROWS_MOST);
    r->v[r->count++] = *row;
    return true;
}

/* Without the strings, which are gone by then. */
static struct rows
read_rows(const struct kit *k)
{
    struct err err = {{0}};
    struct rows r = {.count = 0};
    struct store *s = store_open(k->path, &err);
    if (!verdict_store_rows(s, take_row, &r, &err))
        fail_msg("%s", err.text);
    store_close(&s);
    return r;
}

static void
what_was_asked_is_stored_with_the_verdict_or_after_it(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t[2];
    writer_put_session(w, c, 0);
    for (int i = 0; i < 2; i++) {
        t[i] = kit_turn("halo");
        t[i]->kind.category = CATEGORY_CULTURAL;
        kit_answer(t[i], BRAIN_CLAUDE, "Halo!");
        kit_answer(t[i], BRAIN_LLAMA, "Halo, Kak!");
        writer_put_turn(w, c->id, t[i], 0);
    }
    struct verdict tie = {.kind = VERDICT_TIE,
                          .at_wall_us = 7,
                          .asked = 0.5,
                          .decision_ms = 4200,
                          .drawn_by = DRAW_ACTIVE,
                          .propensity = 0.25,
                          .guess = GUESS_DONT_KNOW};
    struct verdict detail = {.kind = VERDICT_DETAIL,
                             .at_wall_us = 8,
                             .acceptable = {OPINION_NO, OPINION_YES},
                             .guess = GUESS_RIGHT};
    struct verdict bad = {.kind = VERDICT_BOTH_BAD, .at_wall_us = 9, .asked = 1};
    writer_put_verdict(w, c->id, t[0]->id, &tie, "mario", 0);
    writer_put_verdict(w, c->id, t[0]->id, &detail, "mario", 0);
    uint64_t last = writer_put_verdict(w, c->id, t[1]->id, &bad, "mario", 0);
    assert_true(box_stored(&b, last));
    kit_close(&w);
    box_close(&b);
    struct rows r = read_rows(k);
    assert_int_equal(r.count, 2);
    assert_true(r.v[0].kind == VERDICT_TIE && r.v[0].drawn_by == DRAW_ACTIVE);
    assert_true(r.v[0].acceptable[BRAIN_CLAUDE] == OPINION_NO &&
                r.v[0].acceptable[BRAIN_LLAMA] == OPINION_YES);
    assert_true(r.v[1].acceptable[BRAIN_CLAUDE] == OPINION_NO &&
                r.v[1].acceptable[BRAIN_LLAMA] == OPINION_NO); /* both bad says so itself */
    assert_true(r.v[0].observed && r.v[1].observed && r.v[0].attempt == 1);
    struct err err = {{0}};
    struct db *db = db_open(k->path, DB_READ, NULL, &err);
    int64_t same = 0;
    assert_true(db_int(db,
                       "SELECT count(*) FROM verdict WHERE propensity = .25 AND asked = .5 AND"
                       " decision_ms = 4200 AND guess = 'dont_know' AND stage = 0",
                       &same, &err));
    assert_int_equal(same, 1);
    db_close(&db);
    for (int i = 0; i < 2; i++)
        turn_destroy(&t[i]);
    conversation_destroy(&c);
}

/* By time; a pair counts once; a detail is about the verdict before it. */
static void
raters_share_a_pair_and_only_the_first_is_its_observation(void **state)
{
    struct kit *k = *state;
    char turn[32];
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_GENERAL, .at_us = 1}, turn);
    struct past_verdict v = {.turn = turn, .origin = "review", .drawn_by = "random"};
    v.rater = "bob", v.at_us = 30, v.kind = VERDICT_CLAUDE;
    past_verdict(&p, &v);
    v.rater = "ann", v.at_us = 20, v.kind = VERDICT_LLAMA;
    past_verdict(&p, &v);
    v.rater = "eve", v.at_us = 10, v.kind = VERDICT_TIE, v.flags = "[\"interrupted\"]";
    past_verdict(&p, &v);
    v.flags = "[\"early\",\"fast\"]", v.rater = "ann", v.at_us = 40, v.kind = VERDICT_BOTH_BAD;
    v.drawn_by = "repeat";
    past_verdict(&p, &v);
    v.attempt = 2, v.drawn_by = "random", v.at_us = 50;
    past_verdict(&p, &v);
    past_end(&p);
    struct rows r = read_rows(k);
    assert_int_equal(r.count, 5);
    static const int64_t at[] = {10, 20, 30, 40, 50};
    static const bool observed[] = {false, true, false, false, true};
    for (size_t i = 0; i < r.count; i++)
        assert_true(r.v[i].at_us == at[i] && r.v[i].observed == observed[i]);
    assert_int_equal(r.v[3].flags, 1u << FLAG_EARLY | 1u << FLAG_FAST);
}

/* What a review or an import says is withdrawn by an undo alone: a second verdict is another event. */
static void
a_review_is_withdrawn_by_an_undo_alone(void **state)
{
    struct kit *k = *state;
    char turn[32];
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_GENERAL, .at_us = 1}, turn);
    struct past_verdict v = {.turn = turn, .origin = "review", .drawn_by = "random"};
    v.at_us = 10, v.kind = VERDICT_LLAMA;
    past_verdict(&p, &v);
    v.at_us = 20, v.kind = VERDICT_CLAUDE;
    past_verdict(&p, &v);
    v.at_us = 30, v.kind = VERDICT_UNDO;
    past_verdict(&p, &v);
    past_end(&p);
    struct rows r = read_rows(k);
    assert_int_equal(r.count, 2);
    assert_false(r.v[0].flags & 1u << FLAG_UNDONE);
    assert_true(r.v[1].flags & 1u << FLAG_UNDONE);
}

static void
a_file_of_version_seven_keeps_its_verdicts(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct past p = past_begin(k->path); /* the folder, as it is made */
    past_end(&p);
    remove(k->path);
    fclose(fopen(k->path, "w"));
    struct db *db = db_open(k->path, DB_WRITE, NULL, &err);
    assert_true(schema_migrate_to(db, 7, &err));
    assert_true(db_exec(
        db,
        "INSERT INTO session (id, user, started_us, last_us) VALUES ('S', 'mario', 1, 1);"
        "INSERT INTO turn (id, session, seq, at_us, message, mode, history, left_brain, category)"
        " VALUES ('T', 'S', 1, 1, 'halo', 'parallel', 'own', 'claude', 'general');"
        "INSERT INTO answer (id, turn, brain, attempt, role, status, text) VALUES"
        " ('A', 'T', 'claude', 1, 'served', 'complete', 'Halo!'),"
        " ('B', 'T', 'llama', 1, 'compared', 'complete', 'Halo'),"
        " ('C', 'T', 'llama', 2, 'compared', 'complete', 'Halo');"
        "INSERT INTO verdict (id, session, turn, at_us, kind, rater, origin, acceptable,"
        " claude_answer, llama_answer) VALUES"
        " ('V', 'S', 'T', 5, 'llama', 'mario', 'review', 1, 'A', 'B'),"
        " ('W', 'S', 'T', 6, 'claude', 'mario', 'review', NULL, 'A', 'C'),"
        " ('X', 'S', 'T', 7, 'tie', 'mario', 'review', 0, NULL, NULL)",
        &err));
    db_allow_checkpoint(db);
    db_close(&db);
    struct rows r = read_rows(k);
    static const int tries[] = {1, 2, 1};
    static const enum opinion said[] = {OPINION_YES, OPINION_NONE, OPINION_NO};
    assert_int_equal(r.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(r.v[i].attempt, tries[i]);
        assert_int_equal(r.v[i].drawn_by, DRAW_CHAT);
        assert_int_equal(r.v[i].acceptable[BRAIN_LLAMA], said[i]);
        assert_int_equal(r.v[i].acceptable[BRAIN_CLAUDE], OPINION_NONE);
    }
    assert_true(r.v[0].observed && r.v[1].observed && !r.v[2].observed);
    db = db_open(k->path, DB_WRITE, NULL, &err);
    assert_false(db_exec(db, "UPDATE verdict SET kind = 'tie'", &err));
    db_close(&db);
}

struct turns {
    int count, failed, overridden;
    double cost_usd;
    int64_t ttft_us;
};

static bool
take_turn(void *arg, const struct routed_turn *t)
{
    struct turns *sum = arg;
    sum->count++;
    sum->failed += t->failed;
    sum->overridden += t->overridden;
    sum->cost_usd += t->cost_usd;
    sum->ttft_us = t->ttft_us;
    return true;
}

static struct turns
read_turns(const struct kit *k, int64_t since_us)
{
    struct err err = {{0}};
    struct turns sum = {0};
    struct store *s = store_open(k->path, &err);
    if (!rollout_store_turns(s, since_us, take_turn, &sum, &err))
        fail_msg("%s", err.text);
    store_close(&s);
    return sum;
}

static void
routed_turns_come_with_what_followed_them(void **state)
{
    static const char named[] = "{\"brain\":\"claude\",\"rule\":\"named\"}",
                      to_llama[] = "{\"brain\":\"llama\",\"rule\":\"general\",\"fallback\":null}",
                      fell_back[] =
                          "{\"brain\":\"llama\",\"rule\":\"general\",\"fallback\":\"claude\"}";
    struct kit *k = *state;
    char turn[32], next[32];
    struct past p = past_begin(k->path);
    struct past_turn t = {.mode = "route",
                          .category = CATEGORY_GENERAL,
                          .at_us = 10,
                          .served = "llama",
                          .route = to_llama};
    past_turn(&p, &t, turn); /* overridden by the tag of the next message */
    t.at_us = 20, t.served = "claude", t.route = named;
    past_turn(&p, &t, next); /* not routed itself */
    PAST_RUN(&p, "UPDATE turn SET session = ?1, seq = 2 WHERE id = ?2", SQL_TEXT(turn),
             SQL_TEXT(next));
    t.at_us = 30, t.served = "llama", t.route = to_llama, t.attempts = 2;
    past_turn(&p, &t, turn); /* asked again */
    t.at_us = 40, t.served = "claude", t.route = fell_back, t.attempts = 1;
    t.llama_status = "timeout";
    past_turn(&p, &t, turn);
    t.at_us = 50, t.served = NULL, t.route = to_llama, t.llama_status = "cancelled";
    past_turn(&p, &t, turn); /* stopped by hand */
    t.at_us = 60, t.llama_status = "failed";
    past_turn(&p, &t, turn);
    t.at_us = 70, t.llama_status = "running";
    past_turn(&p, &t, turn); /* not known yet */
    t.at_us = 80, t.llama_status = NULL, t.mode = "parallel";
    past_turn(&p, &t, turn);
    past_end(&p);
    struct turns all = read_turns(k, 0), late = read_turns(k, 40);
    assert_true(all.count == 5 && all.failed == 2 && all.overridden == 2);
    assert_true(fabs(all.cost_usd - 5 * 0.0015 - 0.0005) < 1e-9);
    assert_true(late.count == 3 && late.ttft_us == UNKNOWN);
    assert_int_equal(read_turns(k, INT64_MAX).count, 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(what_was_asked_is_stored_with_the_verdict_or_after_it),
        T(raters_share_a_pair_and_only_the_first_is_its_observation),
        T(a_review_is_withdrawn_by_an_undo_alone),
        T(a_file_of_version_seven_keeps_its_verdicts),
        T(routed_turns_come_with_what_followed_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
