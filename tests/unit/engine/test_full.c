/* The full stack in the engine: routing, context and shadow together, and never more than two calls of LLAMA for a
 * message. */
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/brain/call.h"
#include "berdua/route/breaker.h"
#include "berdua/conf/conf.h"
#include "berdua/measure/measure.h"
#include "berdua/route/crisis.h"
#include "engine_rig.h"

static const char emotional[] = "aku takut sekali dan sedih, visaku ditolak";
static const char plain[] = "berapa biaya KITAS?";
static const char note[] = "The customer is afraid. Be calm and warm first.";

/* The default rules and real classification; emotional messages go to LLAMA at `percent`. */
struct full {
    struct rig r;
    struct conf *conf;
    struct measure *measure;
    struct crisis *crisis;
};

static void
start(struct full *x, double percent, bool hedge, double shadow_percent)
{
    x->conf = conf_load_text("defaults", "", 0, NULL);
    assert_non_null(x->conf);
    x->measure = measure_create(NULL, NULL);
    x->crisis = crisis_create();
    rig_start(&x->r);
    engine_destroy(&x->r.engine);
    x->r.config = *conf_get(x->conf);
    x->r.config.route.hedge = hedge;
    x->r.config.shadow.percent = shadow_percent;
    x->r.engine = engine_create(&(struct engine_opts){.config = &x->r.config,
                                                      .user = "mario",
                                                      .seed = 7,
                                                      .measure = x->measure,
                                                      .crisis = x->crisis});
    for (int c = 0; c < CATEGORY_COUNT; c++)
        engine_set(x->r.engine)->stage[c] = percent;
    engine_set(x->r.engine)->mode = MODE_FULL;
}

static void
stop(struct full *x)
{
    rig_stop(&x->r);
    crisis_destroy(&x->crisis);
    measure_destroy(&x->measure);
    conf_destroy(&x->conf);
}

static void
claude_gets_the_context_and_llama_is_its_shadow_from_then_on(void **state)
{
    (void)state;
    struct full x;
    start(&x, 0, false, 100);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    const struct turn *t = rig_turn(&x.r);
    assert_string_equal(t->route.rule, "emotional");
    assert_non_null(rig_context_spec(&x.r));
    assert_null(rig_spec(&x.r, BRAIN_CLAUDE));
    assert_null(rig_spec(&x.r, BRAIN_LLAMA)); /* the shadow gives way to the context */
    rig_context(&x.r, note, STATUS_COMPLETE, ERR_NONE);
    assert_non_null(strstr(rig_spec(&x.r, BRAIN_CLAUDE)->prompt.aside, note));
    assert_non_null(rig_spec(&x.r, BRAIN_LLAMA));
    assert_int_equal(t->answers[BRAIN_LLAMA].role, ROLE_SHADOW);
    assert_null(strstr(rig_spec(&x.r, BRAIN_LLAMA)->prompt.aside, note)); /* only Claude is told */
    /* the turn was stored without it: checkpoints of it need a row */
    assert_non_null(rig_find(&x.r, JOB_PUT_ANSWER));
    assert_ptr_equal(rig_find(&x.r, JOB_PUT_ANSWER)->answer, &t->answers[BRAIN_LLAMA]);
    rig_answer(&x.r, BRAIN_LLAMA, "l");
    assert_int_equal(t->served, BRAIN_NONE);
    rig_answer(&x.r, BRAIN_CLAUDE, "c");
    assert_int_equal(t->served, BRAIN_CLAUDE);
    assert_true(turn_hides(t, BRAIN_LLAMA));
    stop(&x);
}

static void
a_message_that_wants_no_context_starts_at_once_with_its_shadow(void **state)
{
    (void)state;
    struct full x;
    start(&x, 0, false, 100);
    rig_submit(&x.r, plain, BRAINS_BOTH);
    assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
    assert_non_null(rig_spec(&x.r, BRAIN_LLAMA));
    assert_null(rig_context_spec(&x.r));
    assert_null(rig_find(&x.r, JOB_LOOK_UP));
    stop(&x);
}

static void
where_llama_answers_it_is_asked_once_and_claude_is_the_shadow(void **state)
{
    (void)state;
    struct full x;
    start(&x, 100, false, 100);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    const struct turn *t = rig_turn(&x.r);
    assert_int_equal(t->route.brain, BRAIN_LLAMA);
    assert_non_null(rig_spec(&x.r, BRAIN_LLAMA));
    assert_null(rig_context_spec(&x.r));
    assert_int_equal(t->answers[BRAIN_CLAUDE].role, ROLE_SHADOW);
    rig_delta(&x.r, BRAIN_LLAMA, "l");
    assert_false(rig_cancels(&x.r, x.r.call[BRAIN_CLAUDE])); /* a shadow is no hedge */
    rig_answer(&x.r, BRAIN_CLAUDE, "c");
    assert_int_equal(t->served, BRAIN_NONE);
    rig_done(&x.r, BRAIN_LLAMA, STATUS_COMPLETE, ERR_NONE);
    assert_int_equal(t->served, BRAIN_LLAMA);
    assert_false(t->context.wanted);
    stop(&x);
}

static void
a_fallback_to_claude_takes_what_was_looked_up(void **state)
{
    (void)state;
    for (int timeout = 0; timeout < 2; timeout++) {
        struct full x;
        start(&x, 100, false, 0);
        int64_t begun = x.r.now_us;
        rig_submit(&x.r, emotional, BRAINS_BOTH);
        assert_non_null(rig_find(&x.r, JOB_LOOK_UP));
        assert_null(rig_spec(&x.r, BRAIN_CLAUDE));
        rig_found(&x.r, "a saved note of some words", "malu");
        assert_null(rig_find(&x.r, JOB_CALL));
        if (timeout)
            rig_tick(&x.r, begun + x.r.config.route.timeout_ms * (int64_t)US_PER_MS);
        else
            rig_done(&x.r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
        const struct turn *t = rig_turn(&x.r);
        assert_non_null(strstr(rig_spec(&x.r, BRAIN_CLAUDE)->prompt.aside, "a saved note"));
        assert_int_equal(t->context.source, CONTEXT_SAVED);
        assert_int_equal(t->route.fallback, BRAIN_CLAUDE);
        assert_null(rig_context_spec(&x.r));
        rig_answer(&x.r, BRAIN_CLAUDE, "c");
        assert_int_equal(t->served, BRAIN_CLAUDE);
        assert_int_equal(t->answers[BRAIN_CLAUDE].role, ROLE_FALLBACK);
        stop(&x);
    }
}

static void
a_shadow_takes_over_when_the_routed_brain_fails(void **state)
{
    (void)state;
    for (int late = 0; late < 2; late++) {
        struct full x;
        start(&x, 100, false, 100);
        rig_submit(&x.r, emotional, BRAINS_BOTH);
        const struct turn *t = rig_turn(&x.r);
        if (!late)
            rig_answer(&x.r, BRAIN_CLAUDE, "c");
        rig_done(&x.r, BRAIN_LLAMA, STATUS_FAILED, ERR_SERVER);
        assert_null(rig_find(&x.r, JOB_CALL)); /* it runs, or is there, already */
        if (late)
            rig_answer(&x.r, BRAIN_CLAUDE, "c");
        assert_int_equal(t->served, BRAIN_CLAUDE);
        assert_int_equal(t->answers[BRAIN_CLAUDE].role, ROLE_FALLBACK);
        assert_false(turn_hides(t, BRAIN_CLAUDE));
        stop(&x);
    }
}

static void
with_a_hedge_claude_runs_once(void **state)
{
    (void)state;
    struct full x;
    start(&x, 100, true, 100);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    assert_int_equal(rig_turn(&x.r)->answers[BRAIN_CLAUDE].role, ROLE_FALLBACK);
    rig_delta(&x.r, BRAIN_LLAMA, "l");
    assert_true(rig_cancels(&x.r, x.r.call[BRAIN_CLAUDE]));
    stop(&x);
}

static void
a_stale_context_is_cancelled(void **state)
{
    (void)state;
    struct full x;
    start(&x, 0, false, 0);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    uint32_t stale = x.r.context_call;
    rig_tick(&x.r, x.r.now_us + 200 * US_PER_MS);
    rig_answer(&x.r, BRAIN_CLAUDE, "c");
    rig_submit(&x.r, plain, BRAINS_BOTH);
    assert_true(rig_cancels(&x.r, stale));
    x.r.context_call = stale;
    rig_context(&x.r, NULL, STATUS_CANCELLED, ERR_CANCELLED);
    assert_null(rig_find(&x.r, JOB_PUT_CONTEXT));
    assert_int_equal(engine_breaker(x.r.engine, BRAIN_LLAMA)->failures, 0);
    stop(&x);
}

static void
a_crisis_is_claudes_alone(void **state)
{
    (void)state;
    struct full x;
    start(&x, 100, true, 100);
    engine_set(x.r.engine)->context = CONTEXT_ON;
    rig_submit(&x.r, "aku ingin bunuh diri", BRAINS_BOTH);
    assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
    assert_null(rig_spec(&x.r, BRAIN_LLAMA));
    assert_null(rig_context_spec(&x.r));
    stop(&x);
}

static void
a_named_brain_is_the_only_one_that_answers(void **state)
{
    (void)state;
    struct full x;
    start(&x, 100, true, 100);
    rig_submit(&x.r, "@llama aku takut sekali dan sedih", BRAINS_BOTH);
    assert_non_null(rig_spec(&x.r, BRAIN_LLAMA));
    assert_null(rig_spec(&x.r, BRAIN_CLAUDE));
    assert_null(rig_context_spec(&x.r));
    rig_answer(&x.r, BRAIN_LLAMA, "l");
    rig_submit(&x.r, "@claude aku takut sekali dan sedih", BRAINS_BOTH);
    rig_context(&x.r, note, STATUS_COMPLETE, ERR_NONE);
    assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
    assert_null(rig_spec(&x.r, BRAIN_LLAMA));
    stop(&x);
}

static void
with_llama_dead_every_message_is_served_by_claude(void **state)
{
    (void)state;
    struct full x;
    int calls = 0;
    start(&x, 100, false, 100);
    for (int i = 0; i < 12; i++) {
        rig_submit(&x.r, emotional, BRAINS_BOTH);
        const struct turn *t = rig_turn(&x.r);
        if (rig_context_spec(&x.r)) {
            calls++;
            rig_context(&x.r, NULL, STATUS_FAILED, ERR_CONNECT);
        }
        if (x.r.look_up)
            rig_found(&x.r, NULL, "malu");
        if (t->asked[BRAIN_LLAMA] && t->answers[BRAIN_LLAMA].status == STATUS_RUNNING) {
            calls++;
            rig_done(&x.r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
        }
        rig_answer(&x.r, BRAIN_CLAUDE, "c");
        assert_int_equal(t->served, BRAIN_CLAUDE);
    }
    assert_int_equal(calls, x.r.config.breaker.failures);
    stop(&x);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claude_gets_the_context_and_llama_is_its_shadow_from_then_on),
        cmocka_unit_test(a_message_that_wants_no_context_starts_at_once_with_its_shadow),
        cmocka_unit_test(where_llama_answers_it_is_asked_once_and_claude_is_the_shadow),
        cmocka_unit_test(a_fallback_to_claude_takes_what_was_looked_up),
        cmocka_unit_test(a_shadow_takes_over_when_the_routed_brain_fails),
        cmocka_unit_test(with_a_hedge_claude_runs_once),
        cmocka_unit_test(a_stale_context_is_cancelled),
        cmocka_unit_test(a_crisis_is_claudes_alone),
        cmocka_unit_test(a_named_brain_is_the_only_one_that_answers),
        cmocka_unit_test(with_llama_dead_every_message_is_served_by_claude),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
