#include "unit/unit.h"

#include "engine_rig.h"

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/route/breaker.h"
#include "berdua/conf/conf.h"
#include "berdua/measure/measure.h"

#include <stdio.h>
#include <string.h>

/* The default rules, emotional messages at 100 %, real classification. */
struct routed {
    struct rig r;
    struct conf *conf;
    struct measure *measure;
};

static void
start(struct routed *x, bool hedge)
{
    x->conf = conf_load_text("defaults", "", 0, NULL);
    assert_non_null(x->conf);
    x->measure = measure_create(NULL, NULL);
    rig_start(&x->r);
    engine_destroy(&x->r.engine);
    const struct config *d = conf_get(x->conf);
    x->r.config = *d;
    x->r.config.mode = MODE_ROUTE;
    x->r.config.route.hedge = hedge;
    x->r.engine = engine_create(&(struct engine_opts){
        .config = &x->r.config, .user = "mario", .seed = 7, .measure = x->measure});
    engine_set(x->r.engine)->stage[CATEGORY_EMOTIONAL] = 100;
    engine_set(x->r.engine)->mode = MODE_ROUTE;
}

static void
stop(struct routed *x)
{
    rig_stop(&x->r);
    measure_destroy(&x->measure);
    conf_destroy(&x->conf);
}

static const char emotional[] = "aku takut sekali dan sedih, visaku ditolak";
static const char complex_business[] = "Vorrei trasformare la mia PT in PT PMA con un socio al "
                                       "40%: quali passi e quali rischi fiscali?";

static int64_t
pass_deadline(struct routed *x)
{
    int64_t at;
    do { /* checkpoints come on the way */
        at = engine_deadline(x->r.engine);
        jobs_clear(&x->r.jobs);
        x->r.now_us = at;
        engine_tick(x->r.engine, rig_at(at), &x->r.jobs);
    } while (!rig_find(&x->r, JOB_CANCEL));
    for (size_t i = 0; i < x->r.jobs.count; i++)
        if (x->r.jobs.v[i].kind == JOB_CALL)
            x->r.call[x->r.jobs.v[i].brain] = x->r.jobs.v[i].call;
    return at;
}

static void
the_category_chooses_the_brain_and_only_that_one_is_called(void **state)
{
    (void)state;
    struct routed x;
    start(&x, false);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    assert_non_null(rig_spec(&x.r, BRAIN_LLAMA));
    assert_null(rig_spec(&x.r, BRAIN_CLAUDE));
    assert_string_equal(rig_turn(&x.r)->route.style, "santai");
    assert_int_equal(rig_spec(&x.r, BRAIN_LLAMA)->max_tokens, 300);
    rig_answer(&x.r, BRAIN_LLAMA, "tenang");
    assert_int_equal(rig_turn(&x.r)->served, BRAIN_LLAMA);
    assert_int_equal(rig_turn(&x.r)->route.fallback, BRAIN_NONE);
    rig_submit(&x.r, complex_business, BRAINS_BOTH);
    const struct call_spec *claude = rig_spec(&x.r, BRAIN_CLAUDE);
    assert_non_null(claude);
    assert_string_equal(claude->model->tier, "deep");
    assert_null(rig_spec(&x.r, BRAIN_LLAMA));
    stop(&x);
}

static void
a_chain_of_follow_ups_goes_where_its_first_message_went(void **state)
{
    (void)state;
    static const char *const texts[] = {"terus?", "lalu gimana kak", "oke lanjut"};
    struct routed x;
    start(&x, false);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    rig_answer(&x.r, BRAIN_LLAMA, "tenang");
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        rig_submit(&x.r, texts[i], BRAINS_BOTH);
        assert_int_equal(rig_turn(&x.r)->kind.category, CATEGORY_EMOTIONAL);
        assert_non_null(rig_spec(&x.r, BRAIN_LLAMA));
        rig_answer(&x.r, BRAIN_LLAMA, "tenang");
    }
    stop(&x);
}

static void
every_failure_falls_back_at_once(void **state)
{
    (void)state;
    static const enum answer_status ends[] = {STATUS_FAILED, STATUS_REFUSED, STATUS_TIMEOUT};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        struct routed x;
        start(&x, false);
        rig_submit(&x.r, emotional, BRAINS_BOTH);
        rig_done(&x.r, BRAIN_LLAMA, ends[i], ERR_AUTH);
        assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
        assert_int_equal(rig_turn(&x.r)->route.fallback, BRAIN_CLAUDE);
        rig_answer(&x.r, BRAIN_CLAUDE, "c");
        assert_int_equal(rig_turn(&x.r)->served, BRAIN_CLAUDE);
        assert_int_equal(rig_turn(&x.r)->answers[BRAIN_CLAUDE].role, ROLE_FALLBACK);
        assert_int_equal(rig_turn(&x.r)->answers[BRAIN_LLAMA].role, ROLE_COMPARED);
        stop(&x);
    }
}

static void
a_late_first_token_falls_back_at_the_timeout_and_what_comes_later_does_not_serve(void **state)
{
    (void)state;
    struct routed x;
    start(&x, false);
    int64_t begun = x.r.now_us;
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    assert_int_equal(pass_deadline(&x) - begun, x.r.config.route.timeout_ms * US_PER_MS);
    assert_non_null(rig_find(&x.r, JOB_CANCEL));
    assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
    rig_done(&x.r, BRAIN_LLAMA, STATUS_CANCELLED, ERR_CANCELLED);
    const struct answer *late = &rig_turn(&x.r)->answers[BRAIN_LLAMA];
    assert_int_equal(late->status, STATUS_TIMEOUT);
    assert_int_equal(late->error.kind, ERR_TIMEOUT);
    rig_answer(&x.r, BRAIN_CLAUDE, "c");
    assert_int_equal(rig_turn(&x.r)->served, BRAIN_CLAUDE);
    stop(&x);
}

static void
a_first_token_in_time_ends_the_wait(void **state)
{
    (void)state;
    struct routed x;
    start(&x, false);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    rig_delta(&x.r, BRAIN_LLAMA, "te");
    int64_t next = engine_deadline(x.r.engine); /* only the checkpoint */
    assert_true(next <= x.r.now_us + US_PER_S);
    jobs_clear(&x.r.jobs);
    engine_tick(x.r.engine, rig_at(x.r.now_us + 10 * US_PER_S), &x.r.jobs);
    assert_null(rig_find(&x.r, JOB_CANCEL));
    stop(&x);
}

static void
a_hedge_runs_from_the_start_and_serves_when_llama_is_late(void **state)
{
    (void)state;
    struct routed x;
    start(&x, true);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
    rig_answer(&x.r, BRAIN_CLAUDE, "c");
    assert_int_equal(rig_turn(&x.r)->served, BRAIN_NONE); /* LLAMA's time is not over */
    pass_deadline(&x);
    assert_int_equal(rig_turn(&x.r)->served, BRAIN_CLAUDE);
    assert_null(rig_find(&x.r, JOB_CALL));
    stop(&x);

    start(&x, true);
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    rig_delta(&x.r, BRAIN_LLAMA, "te");
    assert_non_null(rig_find(&x.r, JOB_CANCEL)); /* the hedge is called off */
    rig_done(&x.r, BRAIN_CLAUDE, STATUS_CANCELLED, ERR_CANCELLED);
    rig_done(&x.r, BRAIN_LLAMA, STATUS_COMPLETE, ERR_NONE);
    assert_int_equal(rig_turn(&x.r)->served, BRAIN_LLAMA);
    stop(&x);
}

/* The thought that was shown has ended the wait, and the answer follows it at once. */
static void
a_thought_that_is_taken_back_changes_nothing_of_who_serves(void **state)
{
    (void)state;
    for (int fails = 0; fails < 2; fails++) {
        struct routed x;
        start(&x, true);
        rig_submit(&x.r, emotional, BRAINS_BOTH);
        rig_delta(&x.r, BRAIN_LLAMA, "They greet me.");
        rig_done(&x.r, BRAIN_CLAUDE, STATUS_CANCELLED, ERR_CANCELLED); /* the hedge */
        rig_taken_back(&x.r, BRAIN_LLAMA);
        assert_null(rig_find(&x.r, JOB_CALL));
        assert_null(rig_find(&x.r, JOB_CANCEL));
        if (fails)
            rig_done(&x.r, BRAIN_LLAMA, STATUS_FAILED, ERR_STREAM_CUT);
        else
            rig_answer(&x.r, BRAIN_LLAMA, "te");
        assert_int_equal(rig_spec(&x.r, BRAIN_CLAUDE) != NULL, fails);
        assert_int_equal(rig_turn(&x.r)->served, fails ? BRAIN_NONE : BRAIN_LLAMA);
        stop(&x);
    }
}

/* Where the wait ends, to the microsecond: at `at`, and not before. */
static void
nothing_until(struct routed *x, int64_t at)
{
    while (engine_deadline(x->r.engine) < at) { /* checkpoints */
        jobs_clear(&x->r.jobs);
        x->r.now_us = engine_deadline(x->r.engine);
        engine_tick(x->r.engine, rig_at(x->r.now_us), &x->r.jobs);
        assert_null(rig_find(&x->r, JOB_CALL));
    }
    jobs_clear(&x->r.jobs);
    x->r.now_us = at - 1;
    engine_tick(x->r.engine, rig_at(at - 1), &x->r.jobs);
    assert_null(rig_find(&x->r, JOB_CALL));
    assert_null(rig_find(&x->r, JOB_CANCEL));
    assert_int_equal(rig_turn(&x->r)->served, BRAIN_NONE);
    assert_int_equal(engine_deadline(x->r.engine), at);
    x->r.now_us = at;
    engine_tick(x->r.engine, rig_at(at), &x->r.jobs);
}

static void
the_fallbacks_call_starts_at_the_timeout_and_not_before(void **state)
{
    (void)state;
    static const int timeouts[] = {1, 60, 999, 1000, 2000, 7001};
    for (size_t i = 0; i < ARRAY_LEN(timeouts); i++) {
        struct routed x;
        start(&x, false);
        x.r.config.route.timeout_ms = timeouts[i];
        rig_submit(&x.r, emotional, BRAINS_BOTH);
        nothing_until(&x, x.r.now_us + timeouts[i] * US_PER_MS);
        assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
        assert_int_equal(rig_find(&x.r, JOB_CANCEL)->call, x.r.call[BRAIN_LLAMA]);
        stop(&x);
    }
}

static void
with_a_hedge_the_wait_is_the_timeout_or_claude_whichever_is_longer(void **state)
{
    (void)state;
    enum { TIMEOUT = 2000 * US_PER_MS };
    static const int64_t claude_us[] = {1,       TIMEOUT / 2, TIMEOUT - 1,
                                        TIMEOUT, TIMEOUT + 1, 2 * TIMEOUT};
    for (size_t i = 0; i < ARRAY_LEN(claude_us); i++) {
        struct routed x;
        start(&x, true);
        int64_t begun = x.r.now_us;
        rig_submit(&x.r, emotional, BRAINS_BOTH);
        assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE)); /* at once */
        if (claude_us[i] < TIMEOUT) {
            x.r.now_us = begun + claude_us[i];
            rig_answer(&x.r, BRAIN_CLAUDE, "c");
            nothing_until(&x, begun + TIMEOUT);
        } else {
            nothing_until(&x, begun + TIMEOUT);
            assert_int_equal(rig_turn(&x.r)->served, BRAIN_NONE);
            x.r.now_us = begun + claude_us[i];
            rig_answer(&x.r, BRAIN_CLAUDE, "c");
        }
        assert_int_equal(rig_turn(&x.r)->served, BRAIN_CLAUDE);
        assert_non_null(rig_notified(&x.r, NOTIFY_SERVED));
        assert_null(rig_find(&x.r, JOB_CALL));
        stop(&x);
    }
}

static void
stage_zero_and_an_open_breaker_keep_the_message_with_claude(void **state)
{
    (void)state;
    struct routed x;
    start(&x, false);
    engine_set(x.r.engine)->stage[CATEGORY_EMOTIONAL] = 0;
    rig_submit(&x.r, emotional, BRAINS_BOTH);
    assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
    assert_null(rig_spec(&x.r, BRAIN_LLAMA));
    rig_answer(&x.r, BRAIN_CLAUDE, "c");
    engine_set(x.r.engine)->stage[CATEGORY_EMOTIONAL] = 100;
    for (int i = 0; i < x.r.config.breaker.failures; i++) {
        rig_submit(&x.r, emotional, BRAINS_BOTH);
        assert_non_null(rig_spec(&x.r, BRAIN_LLAMA));
        rig_done(&x.r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
        rig_answer(&x.r, BRAIN_CLAUDE, "c");
    }
    rig_submit(&x.r, emotional, BRAINS_BOTH); /* nobody calls it now */
    assert_null(rig_spec(&x.r, BRAIN_LLAMA));
    assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
    rig_answer(&x.r, BRAIN_CLAUDE, "c");
    x.r.now_us += (x.r.config.breaker.cool_s + 1) * (int64_t)US_PER_S;
    rig_submit(&x.r, emotional, BRAINS_BOTH); /* the probe */
    assert_non_null(rig_spec(&x.r, BRAIN_LLAMA));
    rig_answer(&x.r, BRAIN_LLAMA, "l");
    assert_int_equal(rig_turn(&x.r)->served, BRAIN_LLAMA);
    stop(&x);
}

static void
a_named_brain_is_asked_whatever_the_rules_say(void **state)
{
    (void)state;
    struct routed x;
    start(&x, false);
    rig_submit(&x.r, "@claude aku takut sekali", BRAINS_BOTH);
    assert_non_null(rig_spec(&x.r, BRAIN_CLAUDE));
    assert_string_equal(rig_turn(&x.r)->route.rule, "named");
    stop(&x);
}

enum { PEOPLE = 10000 };

/* Whom each of many users reaches first with an emotional message, at this stage; how many LLAMA. */
static int
route_everybody(double percent, bool to_llama[PEOPLE])
{
    struct conf *conf = conf_load_text("defaults", "", 0, NULL);
    struct measure *measure = measure_create(NULL, NULL);
    struct config config = *conf_get(conf);
    int count = 0;
    config.mode = MODE_ROUTE;
    for (int i = 0; i < PEOPLE; i++) {
        char user[32];
        snprintf(user, sizeof user, "user-%d", i);
        struct engine *e = engine_create(&(struct engine_opts){
            .config = &config, .user = user, .seed = (uint64_t)i, .measure = measure});
        engine_set(e)->stage[CATEGORY_EMOTIONAL] = percent;
        struct jobs jobs = {0};
        assert_true(engine_submit(e, emotional, BRAINS_BOTH, rig_at(1), &jobs, NULL));
        const struct turn *t = conversation_last(engine_conversation(e));
        to_llama[i] = t->asked[BRAIN_LLAMA];
        assert_true(t->asked[BRAIN_LLAMA] != t->asked[BRAIN_CLAUDE]);
        count += to_llama[i];
        jobs_finish(&jobs);
        engine_destroy(&e);
    }
    measure_destroy(&measure);
    conf_destroy(&conf);
    return count;
}

static void
shares_of_ten_thousand_are_those_of_the_stage_and_nobody_changes_back(void **state)
{
    static const double stages[] = {0, 10, 25, 50, 100};
    static bool sides[2][PEOPLE];
    (void)state;
    for (size_t s = 0; s < ARRAY_LEN(stages); s++) {
        int count = route_everybody(stages[s], sides[s % 2]);
        double share = 100.0 * count / PEOPLE;
        if (share < stages[s] - 1 || share > stages[s] + 1)
            fail_msg("%.2f %% at the stage of %g %%", share, stages[s]);
        for (int i = 0; s > 0 && i < PEOPLE; i++)
            if (sides[(s - 1) % 2][i])
                assert_true(sides[s % 2][i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_category_chooses_the_brain_and_only_that_one_is_called),
        cmocka_unit_test(a_chain_of_follow_ups_goes_where_its_first_message_went),
        cmocka_unit_test(every_failure_falls_back_at_once),
        cmocka_unit_test(
            a_late_first_token_falls_back_at_the_timeout_and_what_comes_later_does_not_serve),
        cmocka_unit_test(a_first_token_in_time_ends_the_wait),
        cmocka_unit_test(a_hedge_runs_from_the_start_and_serves_when_llama_is_late),
        cmocka_unit_test(the_fallbacks_call_starts_at_the_timeout_and_not_before),
        cmocka_unit_test(a_thought_that_is_taken_back_changes_nothing_of_who_serves),
        cmocka_unit_test(with_a_hedge_the_wait_is_the_timeout_or_claude_whichever_is_longer),
        cmocka_unit_test(stage_zero_and_an_open_breaker_keep_the_message_with_claude),
        cmocka_unit_test(a_named_brain_is_asked_whatever_the_rules_say),
        cmocka_unit_test(shares_of_ten_thousand_are_those_of_the_stage_and_nobody_changes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
