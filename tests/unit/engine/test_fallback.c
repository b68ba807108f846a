/* The modes in which Claude alone answers: whatever way it fails, LLAMA serves, unless the message named Claude. */
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/route/breaker.h"
#include "berdua/route/crisis.h"
#include "engine_rig.h"

static const enum chat_mode modes[] = {MODE_CONTEXT, MODE_JIWA};

static void
start(struct rig *r, enum chat_mode mode, const struct crisis *crisis)
{
    rig_start(r);
    r->config.context.grace_ms = 200;
    r->config.context.max_tokens = 150;
    r->config.breaker.failures = 1;
    r->config.breaker.cool_s = 30;
    engine_destroy(&r->engine);
    r->engine = engine_create(
        &(struct engine_opts){.config = &r->config, .user = "mario", .seed = 7, .crisis = crisis});
    engine_set(r->engine)->mode = mode;
}

static void
assert_llama_serves(struct rig *r)
{
    const struct turn *t = rig_turn(r);
    assert_non_null(rig_spec(r, BRAIN_LLAMA));
    assert_int_equal(t->answers[BRAIN_LLAMA].role, ROLE_FALLBACK);
    assert_int_equal(t->answers[BRAIN_CLAUDE].role, ROLE_COMPARED);
    assert_true(engine_busy(r->engine));
    assert_null(rig_notified(r, NOTIFY_TURN_ENDED));
    rig_answer(r, BRAIN_LLAMA, "Halo, Kak!");
    assert_int_equal(t->served, BRAIN_LLAMA);
    assert_int_equal(t->canonical, BRAIN_LLAMA);
    assert_int_equal(t->answers[BRAIN_LLAMA].role, ROLE_FALLBACK);
    assert_non_null(rig_notified(r, NOTIFY_TURN_ENDED));
    assert_false(engine_busy(r->engine));
}

static void
llama_serves_after_every_failure_of_claude(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum answer_status status;
        enum error_kind kind;
    } cases[] = {
        {NULL, STATUS_FAILED, ERR_CONNECT},    {NULL, STATUS_FAILED, ERR_AUTH},
        {NULL, STATUS_TIMEOUT, ERR_TIMEOUT},   {NULL, STATUS_FAILED, ERR_EMPTY},
        {NULL, STATUS_FAILED, ERR_PROTOCOL},   {"Half", STATUS_FAILED, ERR_STREAM_CUT},
        {NULL, STATUS_FAILED, ERR_OVERLOADED}, {" \n", STATUS_COMPLETE, ERR_NONE},
    };
    for (size_t m = 0; m < ARRAY_LEN(modes); m++)
        for (size_t i = 0; i < ARRAY_LEN(cases); i++)
            for (int waited = 0; waited < (modes[m] == MODE_CONTEXT ? 2 : 1); waited++) {
                struct rig r;
                start(&r, modes[m], NULL);
                engine_set(r.engine)->context = waited ? CONTEXT_ON : CONTEXT_OFF;
                assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
                if (waited) {
                    rig_context(&r, NULL, STATUS_COMPLETE, ERR_NONE);
                    rig_found(&r, NULL, NULL);
                }
                assert_null(rig_spec(&r, BRAIN_LLAMA));
                if (cases[i].text)
                    rig_delta(&r, BRAIN_CLAUDE, cases[i].text);
                rig_done(&r, BRAIN_CLAUDE, cases[i].status, cases[i].kind);
                assert_non_null(rig_notified(&r, NOTIFY_NOTICE));
                assert_llama_serves(&r);
                rig_stop(&r);
            }
}

static void
llama_serves_at_once_when_claude_cannot_be_asked(void **state)
{
    (void)state;
    for (size_t m = 0; m < ARRAY_LEN(modes); m++)
        for (int waited = 0; waited < (modes[m] == MODE_CONTEXT ? 2 : 1); waited++) {
            struct rig r;
            start(&r, modes[m], NULL);
            engine_set(r.engine)->context = waited ? CONTEXT_ON : CONTEXT_OFF;
            r.config.breaker.failures = 9;
            r.models[BRAIN_CLAUDE].context_tokens = 101; /* the message cannot fit */
            int64_t begun = r.now_us;
            assert_true(rig_submit(&r, "halo, apa kabar?", BRAINS_BOTH));
            if (waited) { /* known only when nothing better can come */
                assert_null(rig_spec(&r, BRAIN_LLAMA));
                rig_context(&r, NULL, STATUS_FAILED, ERR_CONNECT);
                assert_null(rig_spec(&r, BRAIN_LLAMA));
                rig_tick(&r, begun + 200 * US_PER_MS);
            }
            assert_llama_serves(&r);
            rig_stop(&r);
        }
}

static void
an_open_breaker_is_a_failure_too(void **state)
{
    (void)state;
    for (size_t m = 0; m < ARRAY_LEN(modes); m++) {
        struct rig r;
        start(&r, modes[m], NULL);
        engine_set(r.engine)->context = CONTEXT_ON;
        engine_set_breaker(r.engine, BRAIN_CLAUDE,
                           &(struct breaker){.failures = 1, .opened_at_us = 1700000000000000});
        assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
        assert_null(rig_spec(&r, BRAIN_CLAUDE));
        assert_int_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].error.kind, ERR_BREAKER_OPEN);
        assert_llama_serves(&r);
        rig_stop(&r);
    }
}

static void
who_was_named_is_not_replaced_and_nobody_is_after_a_cancel(void **state)
{
    (void)state;
    for (size_t m = 0; m < ARRAY_LEN(modes); m++) {
        struct rig r;
        start(&r, modes[m], NULL);
        engine_set(r.engine)->context = CONTEXT_OFF;
        assert_true(rig_submit(&r, "@claude halo", BRAINS_BOTH));
        rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_CONNECT);
        assert_null(rig_spec(&r, BRAIN_LLAMA));
        assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
        rig_stop(&r);

        start(&r, modes[m], NULL);
        engine_set(r.engine)->context = CONTEXT_OFF;
        assert_true(rig_submit(&r, "@both halo", BRAINS_BOTH));
        rig_cancel(&r);
        rig_cancel(&r);
        rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_CONNECT); /* just before it heard of it */
        assert_null(rig_spec(&r, BRAIN_LLAMA));
        assert_int_equal(rig_turn(&r)->served, BRAIN_NONE);
        assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
        rig_stop(&r);
    }
}

static void
when_both_fail_the_turn_ends_and_a_message_that_waits_is_sent(void **state)
{
    (void)state;
    for (size_t m = 0; m < ARRAY_LEN(modes); m++) {
        struct rig r;
        start(&r, modes[m], NULL);
        r.config.breaker.failures = 5;
        engine_set(r.engine)->context = CONTEXT_OFF;
        assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
        assert_true(rig_submit(&r, "masih di sana?", BRAINS_BOTH));
        rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_CONNECT);
        assert_int_equal(engine_conversation(r.engine)->count, 1); /* LLAMA is still at it */
        rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
        assert_int_equal(engine_conversation(r.engine)->count, 2);
        assert_int_equal(engine_conversation(r.engine)->turns[0]->served, BRAIN_NONE);
        rig_answer(&r, BRAIN_CLAUDE, "Ya!");
        assert_int_equal(rig_turn(&r)->served, BRAIN_CLAUDE);
        rig_stop(&r);
    }
}

static void
a_crisis_is_not_left_to_llama(void **state)
{
    (void)state;
    struct crisis *crisis = crisis_create();
    for (size_t m = 0; m < ARRAY_LEN(modes); m++) {
        struct rig r;
        start(&r, modes[m], crisis);
        assert_true(rig_submit(&r, "aku ingin bunuh diri", BRAINS_BOTH));
        rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_CONNECT);
        assert_null(rig_spec(&r, BRAIN_LLAMA));
        rig_stop(&r);
    }
    crisis_destroy(&crisis);
}

static void
another_conversation_knows_nothing_of_the_fallback_before(void **state)
{
    (void)state;
    for (size_t m = 0; m < ARRAY_LEN(modes); m++) {
        struct rig r;
        start(&r, modes[m], NULL);
        engine_set(r.engine)->context = CONTEXT_OFF;
        assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
        rig_answer(&r, BRAIN_CLAUDE, "Halo!");
        assert_true(engine_take_conversation(r.engine, NULL, rig_at(r.now_us), NULL));
        assert_true(rig_submit(&r, "@claude halo", BRAINS_BOTH)); /* perhaps where the other was */
        rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_CONNECT);
        assert_null(rig_spec(&r, BRAIN_LLAMA));
        rig_stop(&r);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(llama_serves_after_every_failure_of_claude),
        cmocka_unit_test(llama_serves_at_once_when_claude_cannot_be_asked),
        cmocka_unit_test(an_open_breaker_is_a_failure_too),
        cmocka_unit_test(who_was_named_is_not_replaced_and_nobody_is_after_a_cancel),
        cmocka_unit_test(when_both_fail_the_turn_ends_and_a_message_that_waits_is_sent),
        cmocka_unit_test(a_crisis_is_not_left_to_llama),
        cmocka_unit_test(another_conversation_knows_nothing_of_the_fallback_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
