/* A verdict on a turn: when it is in force, who may win, and what stays when it cannot be written. */
#include "unit/unit.h"

#include "berdua/base/mem.h"
#include "engine_rig.h"

static void
a_verdict_is_saving_until_the_store_says_it_is_durable(void **state)
{
    struct rig *r = *state;
    assert_false(rig_verdict(r, VERDICT_TIE, NULL));
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c");
    assert_false(rig_verdict(r, VERDICT_CLAUDE, NULL)); /* LLAMA still answers */
    rig_answer(r, BRAIN_LLAMA, "l");
    assert_true(rig_verdict(r, VERDICT_CLAUDE, NULL));
    const struct job *put = rig_find(r, JOB_PUT_VERDICT);
    assert_non_null(put);
    assert_true(rig_turn(r)->verdict.saving);
    assert_null(rig_notified(r, NOTIFY_SAVED));
    uint64_t request_id = put->request_id;
    jobs_clear(&r->jobs);
    engine_stored(r->engine, request_id, 0, NULL, &r->jobs);
    assert_false(rig_turn(r)->verdict.saving);
    assert_non_null(rig_notified(r, NOTIFY_SAVED));
    jobs_clear(&r->jobs);
    engine_stored(r->engine, request_id, 0, NULL, &r->jobs); /* said twice: nothing */
    assert_int_equal(r->jobs.count, 0);
}

static void
what_has_no_text_does_not_win_and_a_cancel_is_no_failure(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c");
    rig_done(r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
    assert_false(rig_verdict(r, VERDICT_LLAMA, NULL));
    assert_true(rig_verdict(r, VERDICT_CLAUDE, NULL));
    rig_submit(r, "m", BRAINS_BOTH);
    rig_delta(r, BRAIN_CLAUDE, "c");
    rig_cancel(r);
    rig_done(r, BRAIN_CLAUDE, STATUS_CANCELLED, ERR_CANCELLED);
    rig_done(r, BRAIN_LLAMA, STATUS_CANCELLED, ERR_CANCELLED);
    assert_false(rig_verdict(r, VERDICT_LLAMA, NULL));
    assert_false(rig_verdict(r, VERDICT_CLAUDE, NULL));
    assert_false(rig_verdict(r, VERDICT_TIE, NULL));
}

static void
a_verdict_that_could_not_be_written_is_not_in_force(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c");
    rig_answer(r, BRAIN_LLAMA, "l");
    rig_verdict(r, VERDICT_LLAMA, NULL);
    uint64_t request_id = rig_find(r, JOB_PUT_VERDICT)->request_id;
    assert_int_equal(rig_turn(r)->canonical, BRAIN_LLAMA);
    jobs_clear(&r->jobs);
    engine_stored(r->engine, request_id, 0, "disk full", &r->jobs);
    assert_non_null(rig_notified(r, NOTIFY_ERROR));
    assert_int_equal(rig_turn(r)->verdict.kind, VERDICT_NONE);
    assert_int_equal(rig_turn(r)->canonical, BRAIN_CLAUDE);
    assert_non_null(rig_find(r, JOB_PUT_OUTCOME));
}

static void
a_second_verdict_or_undo_that_could_not_be_written_leaves_the_first(void **state)
{
    (void)state;
    static const enum verdict_kind second[] = {VERDICT_CLAUDE, VERDICT_UNDO};
    for (size_t i = 0; i < ARRAY_LEN(second); i++)
        for (int first_last = 0; first_last < 2; first_last++) {
            struct rig r;
            rig_start(&r);
            rig_submit(&r, "m", BRAINS_BOTH);
            rig_answer(&r, BRAIN_CLAUDE, "c");
            rig_answer(&r, BRAIN_LLAMA, "l");
            rig_verdict(&r, VERDICT_LLAMA, NULL);
            uint64_t first = rig_find(&r, JOB_PUT_VERDICT)->request_id;
            if (!first_last)
                engine_stored(r.engine, first, 0, NULL, &r.jobs);
            rig_verdict(&r, second[i], NULL);
            uint64_t then = rig_find(&r, JOB_PUT_VERDICT)->request_id;
            assert_int_equal(rig_turn(&r)->canonical, BRAIN_CLAUDE);
            jobs_clear(&r.jobs);
            engine_stored(r.engine, then, 0, "disk full", &r.jobs);
            if (first_last)
                engine_stored(r.engine, first, 0, NULL, &r.jobs);
            assert_int_equal(rig_turn(&r)->verdict.kind, VERDICT_LLAMA);
            assert_int_equal(rig_turn(&r)->canonical, BRAIN_LLAMA);
            assert_false(rig_turn(&r)->verdict.saving);
            rig_stop(&r);
        }
}

static void
undo_withdraws_and_adopt_outranks(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c");
    rig_answer(r, BRAIN_LLAMA, "l");
    assert_false(rig_verdict(r, VERDICT_UNDO, NULL));
    assert_true(rig_verdict(r, VERDICT_LLAMA, NULL));
    assert_int_equal(rig_turn(r)->canonical, BRAIN_LLAMA);
    assert_true(rig_verdict(r, VERDICT_UNDO, NULL));
    assert_int_equal(rig_turn(r)->verdict.kind, VERDICT_NONE);
    assert_int_equal(rig_turn(r)->canonical, BRAIN_CLAUDE);
    assert_true(rig_verdict(r, VERDICT_ADOPT, "llama"));
    assert_int_equal(rig_turn(r)->canonical, BRAIN_LLAMA);
    assert_false(rig_verdict(r, VERDICT_ADOPT, "gpt"));
}

static void
an_undo_of_a_change_leaves_the_verdict_before_it(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c");
    rig_answer(r, BRAIN_LLAMA, "l");
    assert_true(rig_verdict(r, VERDICT_LLAMA, NULL));
    assert_true(rig_verdict(r, VERDICT_CLAUDE, NULL));
    assert_true(rig_verdict(r, VERDICT_UNDO, NULL));
    assert_int_equal(rig_turn(r)->verdict.kind, VERDICT_LLAMA);
    assert_int_equal(rig_turn(r)->canonical, BRAIN_LLAMA);
    const struct verdict *undo = NULL;
    for (size_t i = 0; i < r->jobs.count; i++)
        if (r->jobs.v[i].kind == JOB_PUT_VERDICT && r->jobs.v[i].verdict.kind == VERDICT_UNDO)
            undo = &r->jobs.v[i].verdict;
    assert_non_null(undo);
    assert_true(rig_turn(r)->verdict.at_wall_us > undo->at_wall_us); /* as they are merged */
    assert_true(rig_verdict(r, VERDICT_UNDO, NULL));
    assert_int_equal(rig_turn(r)->verdict.kind, VERDICT_NONE);
    assert_false(rig_verdict(r, VERDICT_UNDO, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RIG(a_verdict_is_saving_until_the_store_says_it_is_durable),
        WITH_RIG(what_has_no_text_does_not_win_and_a_cancel_is_no_failure),
        WITH_RIG(a_verdict_that_could_not_be_written_is_not_in_force),
        cmocka_unit_test(a_second_verdict_or_undo_that_could_not_be_written_leaves_the_first),
        WITH_RIG(undo_withdraws_and_adopt_outranks),
        WITH_RIG(an_undo_of_a_change_leaves_the_verdict_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
