#include "unit/unit.h"

#include "berdua/route/breaker.h"
#include "berdua/chat/spend.h"
#include "engine/policy/warm_up.h"
#include "engine_rig.h"

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

#include <math.h>
#include <string.h>

#define S *(int64_t)US_PER_S

static void
one_request_is_due_where_it_is_wanted_and_nothing_stands_against_it(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        struct warm_up_question
            q; /* wanted, cause, provider, blind, mode_asks, calling, may_call */
        bool due;
    } rows[] = {
        {"the first key",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_RUNPOD, false, true, false, true, 100 S,
          0},
         true},
        {"the start",
         {WARM_UP_ON_START, WARM_UP_AT_START, PROVIDER_RUNPOD, false, true, false, true, 100 S, 0},
         true},
        {"off",
         {WARM_UP_OFF, WARM_UP_AT_KEY, PROVIDER_RUNPOD, false, true, false, true, 100 S, 0},
         false},
        {"off at the start",
         {WARM_UP_OFF, WARM_UP_AT_START, PROVIDER_RUNPOD, false, true, false, true, 100 S, 0},
         false},
        {"a key, wanted at the start",
         {WARM_UP_ON_START, WARM_UP_AT_KEY, PROVIDER_RUNPOD, false, true, false, true, 100 S, 0},
         false},
        {"the start, wanted at a key",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_START, PROVIDER_RUNPOD, false, true, false, true, 100 S,
          0},
         false},
        {"llama-server",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_OPENAI, false, true, false, true, 100 S,
          0},
         true},
        {"a server that never sleeps",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_ANTHROPIC, false, true, false, true, 100 S,
          0},
         false},
        {"recordings",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_PLAYBACK, false, true, false, true, 100 S,
          0},
         false},
        {"called 29 s ago",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_RUNPOD, false, true, false, true, 100 S,
          71 S},
         false},
        {"called 30 s ago",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_RUNPOD, false, true, false, true, 100 S,
          70 S},
         true},
        {"blind",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_RUNPOD, true, true, false, true, 100 S, 0},
         false},
        {"a mode that does not ask it",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_RUNPOD, false, false, false, true, 100 S,
          0},
         false},
        {"it is being called",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_RUNPOD, false, true, true, true, 100 S, 0},
         false},
        {"paused, or too dear",
         {WARM_UP_WHILE_TYPING, WARM_UP_AT_KEY, PROVIDER_RUNPOD, false, true, false, false, 100 S,
          0},
         false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (warm_up_due(&rows[i].q) != rows[i].due)
            fail_msg("%s", rows[i].what);
}

static void
start(struct rig *r)
{
    rig_start(r);
    r->config.brains[BRAIN_LLAMA].warm_up = WARM_UP_WHILE_TYPING;
    r->config.brains[BRAIN_LLAMA].cold_ms = 15000;
}

static const struct answer *
warming(const struct rig *r)
{
    return engine_warming(r->engine, BRAIN_LLAMA);
}

static void
a_key_after_a_pause_wakes_the_server_once_and_nobody_waits_for_it(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_warm_up(&r, WARM_UP_AT_START);
    assert_int_equal(r.jobs.count, 0);
    assert_null(warming(&r));
    rig_warm_up(&r, WARM_UP_AT_KEY);
    const struct call_spec *spec = rig_warm_up_spec(&r);
    assert_non_null(spec);
    assert_int_equal(spec->max_tokens, 1);
    assert_int_equal(spec->limits.retries, 0);
    assert_null(spec->prompt.system);
    assert_non_null(rig_notified(&r, NOTIFY_WARM_UP));
    assert_int_equal(warming(&r)->status, STATUS_RUNNING);
    assert_null(engine_warming(r.engine, BRAIN_CLAUDE));
    assert_false(engine_busy(r.engine));
    assert_int_equal(engine_conversation(r.engine)->count, 0);
    r.now_us += 100 S;
    rig_warm_up(&r, WARM_UP_AT_KEY); /* one at a time */
    assert_int_equal(r.jobs.count, 0);

    rig_warm_up_done(&r, STATUS_COMPLETE, ERR_NONE);
    assert_int_equal(rig_find(&r, JOB_PUT_SIDE_CALL)->purpose, CALL_WARM_UP);
    assert_int_equal(warming(&r)->status, STATUS_COMPLETE);
    r.now_us += 29 S;
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_int_equal(r.jobs.count, 0);
    r.now_us += 1 S;
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_non_null(rig_warm_up_spec(&r));
    rig_stop(&r);
}

static void
a_message_takes_the_place_of_a_warm_up_and_is_called_first(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_warm_up(&r, WARM_UP_AT_KEY);
    rig_submit(&r, "halo", BRAINS_BOTH);
    size_t asked = 0, stopped = 0;
    for (size_t i = 0; i < r.jobs.count; i++) {
        if (r.jobs.v[i].kind == JOB_CALL && r.jobs.v[i].brain == BRAIN_LLAMA)
            asked = i + 1;
        if (r.jobs.v[i].kind == JOB_CANCEL && r.jobs.v[i].call == r.warm_up_call)
            stopped = i + 1;
    }
    assert_true(asked && asked < stopped);
    rig_warm_up_done(&r, STATUS_CANCELLED, ERR_CANCELLED);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_LLAMA].status, STATUS_RUNNING);
    rig_warm_up(&r, WARM_UP_AT_KEY); /* it is being called */
    assert_int_equal(r.jobs.count, 0);
    rig_answer(&r, BRAIN_LLAMA, "Hai");
    rig_answer(&r, BRAIN_CLAUDE, "Hai");
    rig_warm_up(&r, WARM_UP_AT_KEY); /* it has just answered */
    assert_int_equal(r.jobs.count, 0);
    rig_stop(&r);
}

static void
a_message_to_the_other_brain_leaves_it_running(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_warm_up(&r, WARM_UP_AT_KEY);
    rig_submit(&r, "@claude halo", BRAINS_BOTH);
    assert_false(rig_cancels(&r, r.warm_up_call));
    rig_cancel(&r); /* the operator's cancel is about answers */
    assert_false(rig_cancels(&r, r.warm_up_call));
    assert_int_equal(warming(&r)->status, STATUS_RUNNING);
    rig_stop(&r);
}

static void
a_failure_opens_no_breaker_and_is_told_until_the_next_message(void **state)
{
    (void)state;
    struct rig r;
    struct breaker untouched = {.failures = 0};
    start(&r);
    r.config.breaker.failures = 1;
    r.config.breaker.cool_s = 30;
    rig_warm_up(&r, WARM_UP_AT_KEY);
    rig_warm_up_done(&r, STATUS_FAILED, ERR_AUTH);
    assert_memory_equal(engine_breaker(r.engine, BRAIN_LLAMA), &untouched, sizeof untouched);
    assert_null(rig_find(&r, JOB_PUT_SIDE_CALL)); /* it has cost nothing */
    assert_null(rig_notified(&r, NOTIFY_ERROR));
    assert_int_equal(warming(&r)->status, STATUS_FAILED);
    assert_int_equal(warming(&r)->error.kind, ERR_AUTH);
    rig_warm_up(&r, WARM_UP_AT_KEY); /* not again at once */
    assert_int_equal(r.jobs.count, 0);
    rig_submit(&r, "halo", BRAINS_BOTH);
    assert_null(warming(&r));
    rig_stop(&r);
}

static void
a_server_that_sends_nothing_visible_or_wants_more_room_is_awake(void **state)
{
    (void)state;
    static const enum error_kind kinds[] = {ERR_EMPTY, ERR_BAD_REQUEST};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct rig r;
        start(&r);
        rig_warm_up(&r, WARM_UP_AT_KEY);
        rig_warm_up_done(&r, STATUS_FAILED, kinds[i]);
        assert_int_equal(warming(&r)->status, STATUS_COMPLETE);
        assert_int_equal(warming(&r)->error.kind, ERR_NONE);
        assert_null(warming(&r)->error.message);
        rig_stop(&r);
    }
}

static void
paused_or_over_the_budget_nothing_is_woken(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    r.config.breaker.failures = 1;
    r.config.breaker.cool_s = 30;
    r.config.budget.usd_per_month = 1;
    rig_warm_up(&r, WARM_UP_AT_KEY); /* what was spent before is not known yet */
    assert_int_equal(r.jobs.count, 0);
    engine_set_spend(r.engine, &(struct spend){.usd = {0, .5}}, rig_at(r.now_us));
    struct breaker open = {.failures = 1, .opened_at_us = rig_at(r.now_us).wall_us};
    engine_set_breaker(r.engine, BRAIN_LLAMA, &open);
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_int_equal(r.jobs.count, 0);
    r.now_us += 60 S; /* its probe is for a message */
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_int_equal(r.jobs.count, 0);
    engine_set_breaker(r.engine, BRAIN_LLAMA, &(struct breaker){.failures = 0});
    engine_set_spend(r.engine, &(struct spend){.usd = {0, 1}}, rig_at(r.now_us));
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_int_equal(r.jobs.count, 0);
    rig_stop(&r);
}

static void
its_cost_counts_into_session_and_month_and_the_budget_names_it(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    r.models[BRAIN_LLAMA].price.per_second_usd = 180; /* it takes 5 ms */
    r.config.budget.usd_per_month = 1;
    engine_set_spend(r.engine, &(struct spend){.usd = {0, 0}}, rig_at(r.now_us));
    rig_warm_up(&r, WARM_UP_AT_KEY);
    rig_warm_up_done(&r, STATUS_COMPLETE, ERR_NONE);
    const struct spend *s = engine_spend(r.engine);
    assert_true(fabs(s->usd[BRAIN_LLAMA] - .9) < 1e-12);
    assert_true(fabs(s->warm_up_usd - .9) < 1e-12);
    assert_true(fabs(engine_conversation(r.engine)->warm_up_usd - .9) < 1e-12);
    const struct job *warned = rig_notified(&r, NOTIFY_NOTICE);
    assert_non_null(warned);
    assert_non_null(strstr(warned->text, "llama 0.90, warm-ups 0.90 of it"));
    /* cancelled after some seconds of a rented machine, it has cost something too */
    r.now_us += 60 S;
    rig_warm_up(&r, WARM_UP_AT_KEY);
    rig_warm_up_done(&r, STATUS_CANCELLED, ERR_CANCELLED);
    assert_non_null(rig_find(&r, JOB_PUT_SIDE_CALL));
    rig_stop(&r);
}

static void
only_modes_that_may_ask_llama_wake_it(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    engine_set(r.engine)->mode = MODE_JIWA;
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_int_equal(r.jobs.count, 0);
    engine_set(r.engine)->mode = MODE_ROUTE;
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_int_equal(r.jobs.count, 0);
    engine_set(r.engine)->stage[CATEGORY_GREETING] = 10;
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_non_null(rig_warm_up_spec(&r));
    rig_stop(&r);
}

static void
a_new_session_does_not_disturb_it(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_warm_up(&r, WARM_UP_AT_KEY);
    assert_true(engine_take_conversation(r.engine, NULL, rig_at(r.now_us), NULL));
    rig_warm_up_done(&r, STATUS_COMPLETE, ERR_NONE);
    assert_int_equal(warming(&r)->status, STATUS_COMPLETE);
    rig_stop(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_request_is_due_where_it_is_wanted_and_nothing_stands_against_it),
        cmocka_unit_test(a_key_after_a_pause_wakes_the_server_once_and_nobody_waits_for_it),
        cmocka_unit_test(a_message_takes_the_place_of_a_warm_up_and_is_called_first),
        cmocka_unit_test(a_message_to_the_other_brain_leaves_it_running),
        cmocka_unit_test(a_failure_opens_no_breaker_and_is_told_until_the_next_message),
        cmocka_unit_test(a_server_that_sends_nothing_visible_or_wants_more_room_is_awake),
        cmocka_unit_test(paused_or_over_the_budget_nothing_is_woken),
        cmocka_unit_test(its_cost_counts_into_session_and_month_and_the_budget_names_it),
        cmocka_unit_test(only_modes_that_may_ask_llama_wake_it),
        cmocka_unit_test(a_new_session_does_not_disturb_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
