/* "The verdict in force" means the same wherever it is asked: the fold of the events, a loaded session, the tallies of
 * lists and the evidence for the rollout. */
#include "store_kit.h"

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/store/query.h"
#include "berdua/store/verdict_store.h"

enum { TURNS = 12, EVENTS = 150 };

struct evidence {
    int64_t of[VERDICT_KIND_COUNT];
};

static bool
count_evidence(void *arg, const struct verdict_row *row)
{
    struct evidence *e = arg;
    if (!(row->flags & (1u << FLAG_UNDONE)))
        e->of[row->kind]++;
    return true;
}

static void
lists_evidence_and_loaded_sessions_agree_with_the_fold(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct rng rng = {11};
    struct verdict_state fold[TURNS];
    struct turn *turns[TURNS];
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    uint64_t last = writer_put_session(w, c, 0);
    for (int i = 0; i < TURNS; i++) {
        verdict_state_init(&fold[i]);
        turns[i] = kit_turn("halo");
        kit_answer(turns[i], BRAIN_CLAUDE, "Halo!");
        kit_answer(turns[i], BRAIN_LLAMA, "Halo, Kak!");
        writer_put_turn(w, c->id, turns[i], 0);
    }
    for (int i = 0; i < EVENTS; i++) {
        int t = (int)rng_below(&rng, TURNS);
        struct verdict v = {.kind =
                                (enum verdict_kind)(1 + rng_below(&rng, VERDICT_KIND_COUNT - 1)),
                            .note = (char[]){"claude"},
                            .at_wall_us = i + 1};
        verdict_apply(&fold[t], &v);
        last = writer_put_verdict(w, c->id, turns[t]->id, &v, "mario", 0);
    }
    assert_true(box_stored(&b, last));

    int64_t expected[VERDICT_KIND_COUNT] = {0}, tallies[VERDICT_KIND_COUNT];
    struct store *q = store_open(k->path, &err);
    struct conversation *loaded = query_session(q, c->id, 0, TURNS, &err);
    assert_int_equal(loaded->count, TURNS);
    for (int i = 0; i < TURNS; i++) {
        const struct verdict_state *now = &conversation_find(loaded, turns[i]->id)->verdict;
        assert_int_equal(now->kind, fold[i].kind);
        assert_int_equal(now->adopted, fold[i].adopted);
        if (fold[i].kind != VERDICT_NONE)
            expected[fold[i].kind]++;
    }
    struct evidence evidence = {{0}};
    struct store *s = store_open(k->path, &err);
    assert_true(verdict_store_rows(s, count_evidence, &evidence, &err));
    assert_true(query_tallies(q, NULL, tallies, &err));
    for (int kind = 0; kind < VERDICT_KIND_COUNT; kind++) {
        assert_int_equal(tallies[kind], expected[kind]);
        assert_int_equal(evidence.of[kind], expected[kind]);
    }
    store_close(&s);
    store_close(&q);
    conversation_destroy(&loaded);
    for (int i = 0; i < TURNS; i++) {
        verdict_state_finish(&fold[i]);
        turn_destroy(&turns[i]);
    }
    conversation_destroy(&c);
    kit_close(&w);
    box_close(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_evidence_and_loaded_sessions_agree_with_the_fold,
                                        kit_setup, kit_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
