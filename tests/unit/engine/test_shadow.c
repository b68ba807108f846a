#include "unit/unit.h"

#include "engine_rig.h"

#include "berdua/base/mem.h"
#include "berdua/brain/call.h"

#include "engine/pattern/pattern.h"

#include <stdio.h>
#include <string.h>

static void
start(struct rig *r, double percent)
{
    rig_start(r);
    r->config.shadow.percent = percent;
    engine_set(r->engine)->mode = MODE_SHADOW;
}

static void
claude_is_shown_and_the_shadow_is_hidden_until_revealed(void **state)
{
    (void)state;
    struct rig r;
    start(&r, 100);
    rig_submit(&r, "halo", BRAINS_BOTH);
    struct turn *t = rig_turn(&r);
    assert_true(turn_hides(t, BRAIN_LLAMA));
    rig_answer(&r, BRAIN_LLAMA, "l"); /* first, and still not served */
    assert_int_equal(t->served, BRAIN_NONE);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    assert_int_equal(t->served, BRAIN_CLAUDE);
    assert_int_equal(t->answers[BRAIN_LLAMA].role, ROLE_SHADOW);
    assert_false(rig_verdict(&r, VERDICT_LLAMA, NULL));
    jobs_clear(&r.jobs);
    assert_true(engine_reveal(r.engine, rig_turn_id(r.engine), &r.jobs, NULL));
    assert_false(turn_hides(t, BRAIN_LLAMA));
    assert_true(rig_verdict(&r, VERDICT_LLAMA, NULL));
    rig_stop(&r);
}

static void
a_shadow_holds_up_no_message_and_its_failure_disturbs_nobody(void **state)
{
    (void)state;
    struct rig r;
    start(&r, 100);
    rig_submit(&r, "satu", BRAINS_BOTH);
    uint32_t shadow = r.call[BRAIN_LLAMA];
    rig_answer(&r, BRAIN_CLAUDE, "c");
    assert_true(rig_submit(&r, "dua", BRAINS_BOTH));
    assert_non_null(rig_spec(&r, BRAIN_CLAUDE));
    assert_null(rig_find(&r, JOB_CANCEL));
    r.call[BRAIN_LLAMA] = shadow;
    rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
    const struct turn *first = engine_conversation(r.engine)->turns[0];
    assert_int_equal(first->served, BRAIN_CLAUDE);
    assert_int_equal(first->answers[BRAIN_LLAMA].error.kind, ERR_CONNECT);
    rig_stop(&r);
}

/* Whatever the shadow does, the shown brain is called, told and served by the same inputs as without one. */
static void
the_shown_answer_waits_for_nothing_of_the_shadow(void **state)
{
    (void)state;
    for (int percent = 0; percent <= 100; percent += 100)
        for (int shadow_first = 0; shadow_first < 2; shadow_first++) {
            struct rig r;
            start(&r, percent);
            assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
            const struct job *call = rig_find(&r, JOB_CALL);
            assert_int_equal(call->brain, BRAIN_CLAUDE); /* before the shadow's */
            assert_int_equal(rig_spec(&r, BRAIN_LLAMA) != NULL, percent == 100);
            if (percent && shadow_first)
                rig_delta(&r, BRAIN_LLAMA, "l");
            rig_delta(&r, BRAIN_CLAUDE, "c");
            assert_non_null(rig_notified(&r, NOTIFY_FIRST_TOKEN));
            rig_done(&r, BRAIN_CLAUDE, STATUS_COMPLETE, ERR_NONE);
            assert_non_null(rig_notified(&r, NOTIFY_SERVED));
            assert_true(rig_submit(&r, "lagi", BRAINS_BOTH));
            assert_int_equal(rig_find(&r, JOB_CALL)->brain, BRAIN_CLAUDE);
            assert_int_equal(engine_conversation(r.engine)->count, 2);
            rig_stop(&r);
        }
}

static void
who_takes_over_is_shown_and_who_failed_is_not_hidden(void **state)
{
    (void)state;
    for (int late = 0; late < 2; late++) {
        struct rig r;
        start(&r, 100);
        rig_submit(&r, "halo", BRAINS_BOTH);
        if (!late)
            rig_answer(&r, BRAIN_LLAMA, "l");
        rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_OVERLOADED);
        if (late)
            rig_answer(&r, BRAIN_LLAMA, "l");
        const struct turn *t = rig_turn(&r);
        assert_int_equal(t->served, BRAIN_LLAMA);
        assert_int_equal(t->answers[BRAIN_LLAMA].role, ROLE_FALLBACK);
        assert_int_equal(t->answers[BRAIN_CLAUDE].role, ROLE_COMPARED);
        rig_stop(&r);
    }
}

static void
shadows_that_still_run_are_bounded(void **state)
{
    (void)state;
    struct rig r;
    start(&r, 100);
    int calls = 0;
    for (int i = 0; i < 8; i++) {
        rig_submit(&r, "m", BRAINS_BOTH);
        calls += rig_spec(&r, BRAIN_LLAMA) != NULL;
        rig_answer(&r, BRAIN_CLAUDE, "c");
    }
    assert_int_equal(calls, 4);
    rig_stop(&r);
}

static void
the_draw_keeps_its_share_and_repeats_itself(void **state)
{
    (void)state;
    int hits = 0;
    for (int i = 0; i < 10000; i++) {
        char id[27];
        snprintf(id, sizeof id, "turn%d", i);
        bool once = shadow_sampled("mario", "session", id, 25);
        assert_int_equal(once, shadow_sampled("mario", "session", id, 25));
        if (once)
            assert_true(shadow_sampled("mario", "session", id, 50));
        hits += once;
    }
    assert_in_range(hits, 2400, 2600);
    assert_false(shadow_sampled("mario", "s", "t", 0));
    assert_true(shadow_sampled("mario", "s", "t", 100));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claude_is_shown_and_the_shadow_is_hidden_until_revealed),
        cmocka_unit_test(a_shadow_holds_up_no_message_and_its_failure_disturbs_nobody),
        cmocka_unit_test(the_shown_answer_waits_for_nothing_of_the_shadow),
        cmocka_unit_test(who_takes_over_is_shown_and_who_failed_is_not_hidden),
        cmocka_unit_test(shadows_that_still_run_are_bounded),
        cmocka_unit_test(the_draw_keeps_its_share_and_repeats_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
