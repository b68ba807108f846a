/* What of a cultural context is kept for later messages, under which key, and for whom not. */
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "unit/engine/engine_rig.h"

static const char note[] = "The customer is ashamed to ask. Be warm first.";
static const char personal[] = "The customer, Wayan, is ashamed to ask.";

static void
start(struct rig *r)
{
    rig_start(r);
    r->config.context.grace_ms = 200;
    r->config.context.max_tokens = 150;
    r->config.breaker.failures = 5;
    engine_set(r->engine)->mode = MODE_CONTEXT;
    engine_set(r->engine)->context = CONTEXT_ON;
}

/* A message whose grace is over. */
static void
submit_and_wait(struct rig *r)
{
    rig_submit(r, "saya Wayan, malu bertanya", BRAINS_BOTH);
    rig_tick(r, r->now_us + 200 * US_PER_MS);
}

static void
a_text_that_comes_before_the_look_up_waits_for_its_topic(void **state)
{
    (void)state;
    for (int answered = 0; answered < 2; answered++) {
        struct rig r;
        start(&r);
        submit_and_wait(&r);
        rig_context(&r, note, STATUS_COMPLETE, ERR_NONE);
        assert_null(rig_find(&r, JOB_PUT_CONTEXT));
        assert_non_null(rig_find(&r, JOB_PUT_SIDE_CALL)); /* which waits for nothing */
        if (answered) {
            rig_answer(&r, BRAIN_CLAUDE, "c");
            assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
            assert_false(engine_busy(r.engine));
        }
        rig_found(&r, NULL, "malu");
        const struct job *kept = rig_find(&r, JOB_PUT_CONTEXT);
        assert_non_null(kept);
        assert_string_equal(kept->own_topic, "malu");
        assert_string_equal(kept->own_text, note);
        assert_true(rig_turn(&r)->context.saved);
        assert_non_null(rig_find(&r, JOB_PUT_OUTCOME));
        rig_stop(&r);
    }
}

static void
a_look_up_that_never_comes_costs_only_the_topic(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        struct rig r;
        start(&r);
        submit_and_wait(&r);
        rig_context(&r, note, STATUS_COMPLETE, ERR_NONE);
        rig_answer(&r, BRAIN_CLAUDE, "c");
        if (way == 0)
            rig_submit(&r, "lagi", BRAINS_BOTH); /* its own look-up takes the place */
        else
            rig_cancel(&r); /* as at the end of a session */
        const struct job *kept = rig_find(&r, JOB_PUT_CONTEXT);
        assert_non_null(kept);
        assert_string_equal(kept->own_topic, "general");
        assert_true(kept->turn == engine_conversation(r.engine)->turns[0]);
        assert_true(kept->turn->context.saved);
        rig_stop(&r);
    }
}

static void
another_conversation_does_not_wait_for_the_look_up_of_the_last(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    submit_and_wait(&r);
    rig_context(&r, note, STATUS_COMPLETE, ERR_NONE);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    assert_true(engine_take_conversation(r.engine, NULL, rig_at(r.now_us), NULL));
    rig_found(&r, NULL, "malu");
    assert_null(rig_find(&r, JOB_PUT_CONTEXT));
    rig_cancel(&r);
    assert_null(rig_find(&r, JOB_PUT_CONTEXT));
    rig_stop(&r);
}

static void
of_who_is_out_of_memory_nothing_personal_is_kept(void **state)
{
    (void)state;
    for (int before = 0; before < 2; before++)
        for (int is_personal = 0; is_personal < 2; is_personal++) {
            struct rig r;
            start(&r);
            submit_and_wait(&r);
            if (before)
                rig_context(&r, is_personal ? personal : note, STATUS_COMPLETE, ERR_NONE);
            rig_found_out(&r, "malu");
            if (!before)
                rig_context(&r, is_personal ? personal : note, STATUS_COMPLETE, ERR_NONE);
            const struct job *kept = rig_find(&r, JOB_PUT_CONTEXT);
            assert_int_equal(kept == NULL, is_personal);
            assert_int_equal(rig_turn(&r)->context.saved, !is_personal);
            if (kept)
                assert_true(kept->for_everybody);
            rig_stop(&r);
        }
}

static void
a_simulated_text_is_kept_apart_and_only_for_a_simulated_claude(void **state)
{
    (void)state;
    for (int both = 0; both < 2; both++) {
        struct rig r;
        start(&r);
        r.config.brains[BRAIN_LLAMA].provider = PROVIDER_PLAYBACK;
        if (both)
            r.config.brains[BRAIN_CLAUDE].provider = PROVIDER_PLAYBACK;
        rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
        assert_int_equal(rig_context_spec(&r) != NULL,
                         both); /* a real Claude is told nothing of it */
        rig_tick(&r, r.now_us + 200 * US_PER_MS);
        rig_found(&r, NULL, "malu");
        if (both) {
            rig_context(&r, note, STATUS_COMPLETE, ERR_NONE);
            assert_string_equal(rig_find(&r, JOB_PUT_CONTEXT)->own_topic, "simulated:malu");
        } else {
            assert_non_null(strstr(rig_turn(&r)->context.why, "simulated"));
        }
        rig_stop(&r);
    }
}

static void
a_flood_is_stopped_and_what_came_first_is_used(void **state)
{
    (void)state;
    for (int late = 0; late < 2; late++) {
        struct rig r;
        char more[1001];
        start(&r);
        rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
        rig_found(&r, NULL, "malu");
        if (late)
            rig_tick(&r, r.now_us + 200 * US_PER_MS);
        memset(more, 'a', sizeof more - 1);
        more[sizeof more - 1] = 0;
        rig_delta_of(&r, r.context_call, note);
        rig_delta_of(&r, r.context_call, " ");
        int cancels = 0;
        for (int i = 0; i < 100; i++) {
            rig_delta_of(&r, r.context_call, more);
            cancels += rig_cancels(&r, r.context_call);
        }
        assert_int_equal(cancels, 1);
        assert_true(rig_turn(&r)->context.answer.text.len <= 16000);
        rig_context(&r, NULL, STATUS_CANCELLED, ERR_CANCELLED);
        const struct context *c = &rig_turn(&r)->context;
        assert_int_equal(c->answer.status, STATUS_CUT);
        assert_int_equal(c->answer.error.kind, ERR_NONE);
        if (late) {
            assert_string_equal(rig_find(&r, JOB_PUT_CONTEXT)->own_text, note);
        } else {
            assert_int_equal(c->source, CONTEXT_LLAMA);
            assert_string_equal(c->text, note);
        }
        rig_stop(&r);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_comes_before_the_look_up_waits_for_its_topic),
        cmocka_unit_test(a_look_up_that_never_comes_costs_only_the_topic),
        cmocka_unit_test(another_conversation_does_not_wait_for_the_look_up_of_the_last),
        cmocka_unit_test(of_who_is_out_of_memory_nothing_personal_is_kept),
        cmocka_unit_test(a_simulated_text_is_kept_apart_and_only_for_a_simulated_claude),
        cmocka_unit_test(a_flood_is_stopped_and_what_came_first_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
