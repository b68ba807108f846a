#include "store_kit.h"

#include "berdua/base/clock.h"
#include "berdua/store/cold_starts_store.h"

static struct cold_starts
known(const struct kit *k, enum brain_id b)
{
    struct err err = {{0}};
    struct cold_starts all[BRAIN_COUNT];
    struct store *s = store_open(k->path, &err);
    assert_non_null(s);
    assert_true(cold_starts_read(s, all, &err));
    store_close(&s);
    return all[b];
}

/* An answer of LLAMA with a first token after so many seconds; when it was asked. */
static int64_t
answered(struct writer *w, struct box *b, const char *session, int s, bool cold, bool simulated)
{
    struct turn *t = kit_turn("halo");
    struct answer *a = &t->answers[BRAIN_LLAMA];
    kit_answer(t, BRAIN_LLAMA, "Halo, Kak!");
    a->times.ttft_us = s * (int64_t)US_PER_S;
    a->cold = cold;
    a->simulated = simulated;
    assert_true(box_stored(b, writer_put_turn(w, session, t, 0)));
    int64_t at_us = t->at_wall_us;
    turn_destroy(&t);
    return at_us;
}

static void
woken(struct writer *w, struct box *b, enum answer_status status, int s, bool cold, int64_t at_us)
{
    struct answer a;
    answer_init(&a, BRAIN_LLAMA);
    a.status = status;
    a.cold = cold;
    a.times.total_us = s * (int64_t)US_PER_S;
    assert_true(box_stored(b, writer_put_side_call(w, "warm_up", NULL, &a, at_us)));
    answer_finish(&a);
}

static void
the_range_is_of_what_found_the_server_asleep(void **state)
{
    static const int64_t long_ago_us = 1700000000000000;
    struct kit *k = *state;
    assert_int_equal(known(k, BRAIN_LLAMA).count, 0); /* before there is a file */
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(w, c, 0);
    answered(w, &b, c->id, 2, false, false); /* it was awake */
    answered(w, &b, c->id, 99, true, true);  /* a recording */
    woken(w, &b, STATUS_COMPLETE, 1, false, long_ago_us);
    int64_t asked_us = answered(w, &b, c->id, 5, true, false);
    woken(w, &b, STATUS_CANCELLED, 60, true, asked_us); /* given up for this message */
    assert_int_equal(known(k, BRAIN_LLAMA).count, 0);
    answered(w, &b, c->id, 82, true, false);
    struct cold_starts one = known(k, BRAIN_LLAMA);
    assert_int_equal(one.count, 1);
    assert_int_equal(one.low_us, 82 * (int64_t)US_PER_S);
    assert_int_equal(one.high_us, one.low_us);
    for (int s = 40; s < 60; s++)
        woken(w, &b, STATUS_COMPLETE, s, true, long_ago_us + s);
    struct cold_starts many = known(k, BRAIN_LLAMA); /* the newest twenty without the odd ones */
    assert_int_equal(many.count, 20);
    assert_true(many.low_us >= 40 * (int64_t)US_PER_S && many.low_us <= 42 * (int64_t)US_PER_S);
    assert_true(many.high_us >= 57 * (int64_t)US_PER_S && many.high_us <= 59 * (int64_t)US_PER_S);
    assert_int_equal(known(k, BRAIN_CLAUDE).count, 0);
    conversation_destroy(&c);
    kit_close(&w);
    box_close(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_range_is_of_what_found_the_server_asleep, kit_setup,
                                        kit_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
