/* What is acknowledged is in the file, and everything is acknowledged in the end, whatever fails for a while. */
#include "store_kit.h"

#include "berdua/base/clock.h"
#include "berdua/base/random.h"
#include "fault_vfs.h"
#include "store/sqlite/db.h"

static int64_t
count_rows(const char *path, const char *sql)
{
    struct err err = {{0}};
    int64_t n = -1;
    struct db *db = db_open(path, DB_READ, NULL, &err);
    assert_non_null(db);
    assert_true(db_int(db, sql, &n, &err));
    db_close(&db);
    return n;
}

/* A session's writes in the order in which a chat makes them. */
struct script {
    struct conversation *c;
    struct turn *turns[3];
    uint64_t next_id;
    int given, answered;
};

enum { STEPS_A_TURN = 5, STEPS = 1 + 3 * STEPS_A_TURN };

static uint64_t
give_step(struct script *x, struct writer *w, int step)
{
    uint64_t id = ++x->next_id;
    if (step == 0)
        return writer_put_session(w, x->c, id);
    struct turn *t = x->turns[(step - 1) / STEPS_A_TURN];
    struct verdict v = {.kind = VERDICT_LLAMA, .at_wall_us = clock_wall_us()};
    switch ((step - 1) % STEPS_A_TURN) {
    case 0:
        return writer_put_turn(w, x->c->id, t, id);
    case 1:
        return writer_checkpoint(w, t->answers[BRAIN_LLAMA].id, 0, "ja", 2, id);
    case 2:
        kit_answer(t, BRAIN_LLAMA, "jangan sungkan");
        return writer_put_answer(w, t->id, &t->answers[BRAIN_LLAMA], id);
    case 3:
        return writer_put_turn_outcome(w, t, id);
    default:
        return writer_put_verdict(w, x->c->id, t->id, &v, "mario", id);
    }
}

/* Takes what has come: an acknowledgement is of the next request in order, and what it says is in the file by then. */
static void
take_news(struct script *x, struct box *b, const char *path)
{
    struct box_news *n = box_next(b);
    assert_non_null(n);
    if (n->kind == BOX_ACK) {
        if (n->text)
            fail_msg("request %d was refused: %s", x->answered, n->text);
        assert_int_equal(n->ack.request, ++x->answered);
        int step = x->answered - 1;
        if (step == 0)
            assert_int_equal(count_rows(path, "SELECT count(*) FROM session"), 1);
        else if ((step - 1) % STEPS_A_TURN == STEPS_A_TURN - 1)
            assert_true(count_rows(path, "SELECT count(*) FROM verdict") >=
                        1 + (step - 1) / STEPS_A_TURN);
    }
    assert_int_not_equal(n->kind, BOX_LOST);
    box_drop(n);
}

static void
run_script(const char *path, uint64_t seed)
{
    struct rng rng = {.state = seed};
    struct box b = box_open();
    struct script x = {.c = conversation_create("mario")};
    for (int i = 0; i < 3; i++)
        x.turns[i] = kit_turn("aku malu");
    fault_vfs_set(FAULT_NONE, 0);
    struct writer *w = kit_open(path, &b);
    for (int step = 0; step < STEPS; step++) {
        if (rng_below(&rng, 3) == 0)
            fault_vfs_set((enum fault)(1 + rng_below(&rng, FAULT_COUNT - 1)),
                          1 + (int)rng_below(&rng, 4));
        give_step(&x, w, step);
        x.given++;
        /* Sometimes what was given is waited for, sometimes more is given meanwhile. */
        while (x.answered < x.given && rng_below(&rng, 2) == 0)
            take_news(&x, &b, path);
    }
    while (x.answered < x.given)
        take_news(&x, &b, path);
    fault_vfs_set(FAULT_NONE, 0);
    kit_close(&w);
    assert_int_equal(count_rows(path, "SELECT count(*) FROM turn WHERE canonical = 'llama'"), 3);
    assert_int_equal(
        count_rows(path, "SELECT count(*) FROM verdict WHERE llama_answer IS NOT NULL"), 3);
    assert_int_equal(count_rows(path, "SELECT count(*) FROM answer WHERE status = 'complete' AND"
                                      " text = 'jangan sungkan'"),
                     3);
    for (int i = 0; i < 3; i++)
        turn_destroy(&x.turns[i]);
    conversation_destroy(&x.c);
    box_close(&b);
}

static void
writes_that_fail_for_a_while_are_all_durable_in_the_end_and_in_order(void **state)
{
    struct kit *k = *state;
    const char *rounds = getenv("ROUNDS");
    uint64_t first = 20261130;
    for (int i = 0; i < (rounds ? (int)strtol(rounds, NULL, 10) : 25); i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%d.db", k->folder, i);
        run_script(path, first + (uint64_t)i);
    }
}

static void
a_full_disk_is_told_at_once_also_for_a_new_database(void **state)
{
    struct kit *k = *state;
    fault_vfs_set(FAULT_FULL, 1000000);
    struct box b = box_open();
    int64_t begun_us = clock_us();
    struct writer *w = kit_open(k->path, &b);
    struct unsaved now = box_unsaved(&b, UNSAVED_FULL);
    assert_non_null(strstr(now.reason, "the disk is full"));
    assert_non_null(strstr(now.reason, k->path));
    assert_true(clock_us() - begun_us < 2 * US_PER_S);
    struct conversation *c = conversation_create("mario");
    uint64_t request = writer_put_session(w, c, 0);
    do
        now = box_unsaved(&b, UNSAVED_FULL);
    while (now.waiting == 0);
    fault_vfs_set(FAULT_NONE, 0);
    assert_true(box_stored(&b, request));
    assert_int_equal(box_unsaved(&b, UNSAVED_NOTHING).waiting, 0);
    conversation_destroy(&c);
    kit_close(&w);
    box_close(&b);
}

/* The old writer refused everything that followed a session whose put had met a lock. */
static void
a_lock_at_the_first_message_loses_nothing_of_the_session(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    kit_settle(&b, w);
    struct db *other = db_open(k->path, DB_WRITE, NULL, &err);
    assert_true(db_begin(other, &err));
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("m");
    struct verdict v = {.kind = VERDICT_TIE, .at_wall_us = 5};
    writer_put_session(w, c, 0);
    struct unsaved now = box_unsaved(&b, UNSAVED_BUSY);
    assert_int_equal(now.waiting, 1);
    assert_non_null(strstr(now.reason, "another program holds the database's lock"));
    writer_put_turn(w, c->id, t, 0);
    uint64_t last = writer_put_verdict(w, c->id, t->id, &v, "mario", 0);
    do
        now = box_unsaved(&b, UNSAVED_BUSY);
    while (now.waiting < 3);
    db_rollback(other);
    db_close(&other);
    assert_true(box_stored(&b, last));
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM verdict"), 1);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&w);
    box_close(&b);
}

static void
a_short_lock_is_waited_for_quietly(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    kit_settle(&b, w);
    fault_vfs_set(FAULT_BUSY, 2);
    struct conversation *c = conversation_create("mario");
    uint64_t request = writer_put_session(w, c, 0);
    struct box_news *n = box_next(&b);
    assert_int_equal(n->kind, BOX_ACK);
    assert_int_equal(n->ack.request, request);
    assert_null(n->text);
    box_drop(n);
    conversation_destroy(&c);
    kit_close(&w);
    box_close(&b);
}

static void
what_follows_from_a_refused_parent_has_its_cause(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("m");
    struct verdict v = {.kind = VERDICT_TIE, .at_wall_us = 5};
    /* Of a session that was never put. */
    uint64_t turn = writer_put_turn(w, c->id, t, 0);
    uint64_t verdict = writer_put_verdict(w, c->id, t->id, &v, "mario", 0);
    struct box_news *n = box_wait(&b, turn);
    char *cause = xstrdup(n->text);
    assert_non_null(strstr(cause, "never saved"));
    assert_false(n->ack.follows);
    box_drop(n);
    writer_put_session(w, c, 0); /* the turn is still missing */
    n = box_wait(&b, verdict);
    assert_non_null(strstr(n->text, c->id));
    box_drop(n);
    n = box_wait(&b, writer_put_answer(w, t->id, &t->answers[BRAIN_CLAUDE], 0));
    assert_string_equal(n->text, cause);
    assert_true(n->ack.follows);
    box_drop(n);
    free(cause);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&w);
    box_close(&b);
}

int
main(void)
{
    fault_vfs_install();
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(writes_that_fail_for_a_while_are_all_durable_in_the_end_and_in_order),
        T(a_full_disk_is_told_at_once_also_for_a_new_database),
        T(a_lock_at_the_first_message_loses_nothing_of_the_session),
        T(a_short_lock_is_waited_for_quietly),
        T(what_follows_from_a_refused_parent_has_its_cause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
