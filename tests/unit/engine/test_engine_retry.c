/* An answer asked for once more: what it costs, what it forgets, and what may refuse it. */
#include "unit/unit.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/chat/spend.h"
#include "berdua/engine/cost.h"
#include "berdua/route/breaker.h"
#include "engine_rig.h"

static void
regenerate_asks_again_and_forgets_what_was_served(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c");
    jobs_clear(&r->jobs);
    assert_false(engine_regenerate(r->engine, rig_turn_id(r->engine), BRAINS_BOTH,
                                   rig_at(r->now_us), &r->jobs, NULL));
    rig_done(r, BRAIN_LLAMA, STATUS_FAILED, ERR_SERVER);
    jobs_clear(&r->jobs);
    assert_true(engine_regenerate(r->engine, rig_turn_id(r->engine), 1u << BRAIN_LLAMA,
                                  rig_at(r->now_us), &r->jobs, NULL));
    assert_null(rig_spec(r, BRAIN_CLAUDE));
    assert_int_equal(rig_turn(r)->served, BRAIN_CLAUDE);
    r->call[BRAIN_LLAMA] = rig_find(r, JOB_CALL)->call;
    rig_answer(r, BRAIN_LLAMA, "l");
    jobs_clear(&r->jobs);
    assert_true(engine_regenerate(r->engine, rig_turn_id(r->engine), BRAINS_BOTH, rig_at(r->now_us),
                                  &r->jobs, NULL));
    assert_int_equal(rig_turn(r)->served, BRAIN_NONE);
    assert_int_equal(rig_turn(r)->answers[BRAIN_CLAUDE].text.len, 0);
}

static void
what_a_try_has_cost_stays_when_another_takes_its_place(void **state)
{
    struct rig *r = *state;
    r->models[BRAIN_LLAMA].price.per_second_usd = 0.5;
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c");
    rig_answer(r, BRAIN_LLAMA, "l");
    for (int i = 0; i < 3; i++) {
        jobs_clear(&r->jobs);
        assert_true(engine_regenerate(r->engine, rig_turn_id(r->engine), 1u << BRAIN_LLAMA,
                                      rig_at(r->now_us), &r->jobs, NULL));
        r->call[BRAIN_LLAMA] = rig_find(r, JOB_CALL)->call;
        rig_answer(r, BRAIN_LLAMA, "l");
    }
    assert_true(fabs(rig_turn(r)->tried_usd[BRAIN_LLAMA] - 3 * 0.0025) < 1e-12);
    assert_true(rig_turn(r)->tried_usd[BRAIN_CLAUDE] == 0);
}

static void
a_verdict_and_another_try_are_about_the_turn_that_is_named(void **state)
{
    struct rig *r = *state;
    for (int i = 0; i < 3; i++) {
        rig_submit(r, "m", BRAINS_BOTH);
        rig_answer(r, BRAIN_CLAUDE, "c");
        rig_answer(r, BRAIN_LLAMA, "l");
    }
    const struct conversation *c = engine_conversation(r->engine);
    struct turn *second = c->turns[1];
    struct verdict v = {.kind = VERDICT_LLAMA};
    jobs_clear(&r->jobs);
    assert_true(engine_verdict(r->engine, second->id, &v, rig_at(r->now_us), &r->jobs, NULL));
    assert_int_equal(second->verdict.kind, VERDICT_LLAMA);
    assert_int_equal(c->turns[2]->verdict.kind, VERDICT_NONE);
    /* the conversation has gone on with Claude's answer: that stays */
    assert_int_equal(second->canonical, BRAIN_CLAUDE);
    jobs_clear(&r->jobs);
    engine_stored(r->engine, second->verdict_log.v[0].request_id, 0, NULL, &r->jobs);
    assert_string_equal(rig_notified(r, NOTIFY_SAVED)->text, "saved: LLAMA better, turn 2");
    jobs_clear(&r->jobs);
    const char *first = c->turns[0]->id;
    assert_true(
        engine_regenerate(r->engine, first, BRAINS_BOTH, rig_at(r->now_us), &r->jobs, NULL));
    assert_true(turn_answering(c->turns[0]));
    assert_false(turn_answering(c->turns[2]));
    const struct call_spec *spec = rig_spec(r, BRAIN_CLAUDE);
    assert_int_equal(spec->prompt.count, 1); /* nothing that came later is in its prompt */
    jobs_clear(&r->jobs);
    assert_false(engine_verdict(r->engine, NULL, &v, rig_at(r->now_us), &r->jobs, NULL));
}

/* With one failure the breaker opens; a retry by hand is asked whatever the clock said before. */
static void
regenerate_is_the_probe_of_an_open_breaker_at_its_own_time(void **state)
{
    (void)state;
    static const int64_t later_s[] = {0, 10, 31, 3600};
    for (size_t i = 0; i < ARRAY_LEN(later_s); i++) {
        struct rig r;
        rig_start(&r);
        r.config.breaker.failures = 1;
        r.config.breaker.cool_s = 30;
        rig_submit(&r, "m", BRAINS_BOTH);
        rig_answer(&r, BRAIN_CLAUDE, "c");
        rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
        for (int tries = 0; tries < 3; tries++) {
            r.now_us += later_s[i] * US_PER_S + 1;
            jobs_clear(&r.jobs);
            assert_true(engine_regenerate(r.engine, rig_turn_id(r.engine), 1u << BRAIN_LLAMA,
                                          rig_at(r.now_us), &r.jobs, NULL));
            assert_non_null(rig_spec(&r, BRAIN_LLAMA));
            r.call[BRAIN_LLAMA] = rig_spec(&r, BRAIN_LLAMA)->call;
            if (tries < 2)
                rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
        }
        rig_answer(&r, BRAIN_LLAMA, "l");
        assert_int_equal(engine_breaker(r.engine, BRAIN_LLAMA)->failures, 0);
        rig_submit(&r, "m", BRAINS_BOTH);
        assert_non_null(rig_spec(&r, BRAIN_LLAMA));
        rig_stop(&r);
    }
}

/* The month of the message has passed when the answer is asked for again. */
static void
regenerate_counts_against_the_month_it_is_asked_in(void **state)
{
    struct rig *r = *state;
    r->config.budget.usd_per_month = 1;
    struct spend spent = {.usd = {5, 5}};
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c");
    rig_answer(r, BRAIN_LLAMA, "l");
    spend_check(&spent, 1);
    engine_set_spend(r->engine, &spent, rig_at(r->now_us));
    for (int next_month = 0; next_month < 2; next_month++) {
        jobs_clear(&r->jobs);
        r->now_us += next_month * 40 * 86400LL * US_PER_S;
        assert_true(engine_regenerate(r->engine, rig_turn_id(r->engine), 1u << BRAIN_CLAUDE,
                                      rig_at(r->now_us), &r->jobs, NULL));
        assert_int_equal(rig_spec(r, BRAIN_CLAUDE) != NULL, next_month);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RIG(regenerate_asks_again_and_forgets_what_was_served),
        WITH_RIG(what_a_try_has_cost_stays_when_another_takes_its_place),
        WITH_RIG(a_verdict_and_another_try_are_about_the_turn_that_is_named),
        cmocka_unit_test(regenerate_is_the_probe_of_an_open_breaker_at_its_own_time),
        WITH_RIG(regenerate_counts_against_the_month_it_is_asked_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
