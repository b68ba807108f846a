/* Pattern 3 in the engine: Claude starts with the best context there is, as early as it may and never after the
 * grace, whatever comes in which order. */
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/route/breaker.h"
#include "berdua/measure/measure.h"
#include "berdua/route/crisis.h"
#include "engine_rig.h"

static const char note[] = "The customer is ashamed to ask. Be warm first.";

static void
start(struct rig *r)
{
    rig_start(r);
    r->config.context.grace_ms = 200;
    r->config.context.max_tokens = 150;
    r->config.breaker.failures = 2;
    r->config.breaker.cool_s = 30;
    engine_set(r->engine)->mode = MODE_CONTEXT;
    engine_set(r->engine)->context = CONTEXT_ON;
}

static bool
waits(struct rig *r)
{
    const struct answer *a = &rig_turn(r)->answers[BRAIN_CLAUDE];
    return a->status == STATUS_RUNNING && a->phase == PHASE_CONTEXT;
}

/* Claude has just been asked, with this source. */
static void
assert_started(struct rig *r, enum context_source source)
{
    const struct call_spec *spec = rig_spec(r, BRAIN_CLAUDE);
    assert_non_null(spec);
    assert_int_equal(rig_turn(r)->context.source, source);
    assert_int_equal(spec->prompt.aside != NULL && strstr(spec->prompt.aside, "<cultural-") != NULL,
                     source != CONTEXT_NONE);
    assert_non_null(rig_notified(r, NOTIFY_CONTEXT));
}

static void
at_submit_llama_and_the_look_up_start_and_claude_waits(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
    assert_null(rig_spec(&r, BRAIN_CLAUDE));
    assert_null(rig_spec(&r, BRAIN_LLAMA)); /* no answer is asked of it */
    const struct call_spec *side = rig_context_spec(&r);
    assert_non_null(side);
    assert_int_equal(side->max_tokens, 150);
    assert_int_equal(side->purpose, CALL_CONTEXT);
    assert_non_null(rig_find(&r, JOB_LOOK_UP));
    assert_true(waits(&r));
    assert_true(rig_turn(&r)->asked[BRAIN_CLAUDE]);
    assert_true(engine_busy(r.engine));
    const struct job *put = rig_find(&r, JOB_PUT_TURN);
    assert_true(put > rig_find(&r, JOB_CALL) && put > rig_find(&r, JOB_LOOK_UP));
    rig_stop(&r);
}

static void
llamas_text_starts_claude_at_once_and_enters_its_prompt(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
    rig_found(&r, "saved text of another day", "malu");
    assert_true(waits(&r)); /* LLAMA's may still come, and is better */
    r.now_us += 90000;
    rig_context(&r, note, STATUS_COMPLETE, ERR_NONE);
    assert_started(&r, CONTEXT_LLAMA);
    assert_non_null(strstr(rig_spec(&r, BRAIN_CLAUDE)->prompt.aside, note));
    assert_true(rig_find(&r, JOB_CALL) < rig_find(&r, JOB_PUT_SIDE_CALL));
    assert_int_equal(rig_turn(&r)->context.started_us, 90000);
    assert_int_equal(rig_turn(&r)->context.late_us, UNKNOWN);
    assert_null(rig_turn(&r)->context.why);
    assert_string_equal(rig_turn(&r)->context.insights[0].id, "malu");
    assert_null(rig_find(&r, JOB_PUT_CONTEXT)); /* only what comes late is kept */
    rig_answer(&r, BRAIN_CLAUDE, "Tidak apa-apa!");
    assert_int_equal(rig_turn(&r)->served, BRAIN_CLAUDE);
    assert_non_null(rig_find(&r, JOB_PUT_OUTCOME));
    assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
    rig_stop(&r);
}

static void
the_grace_ends_at_its_moment_with_the_best_there_is(void **state)
{
    (void)state;
    static const struct {
        bool looked_up;
        const char *saved, *insight;
        enum context_source source;
    } cases[] = {
        {true, "a saved note of four words", "malu", CONTEXT_SAVED},
        {true, NULL, "malu", CONTEXT_BASELINE},
        {true, NULL, NULL, CONTEXT_NONE},
        {false, NULL, NULL, CONTEXT_NONE},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct rig r;
        start(&r);
        int64_t begun = r.now_us;
        rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
        if (cases[i].looked_up)
            rig_found(&r, cases[i].saved, cases[i].insight);
        assert_int_equal(engine_deadline(r.engine), begun + 200 * US_PER_MS);
        rig_tick(&r, begun + 200 * US_PER_MS - 1);
        assert_true(waits(&r));
        rig_tick(&r, begun + 200 * US_PER_MS);
        assert_started(&r, cases[i].source);
        assert_string_equal(rig_turn(&r)->context.why, "not ready within 200 ms");
        assert_int_equal(rig_turn(&r)->context.started_us, 200 * US_PER_MS);
        rig_stop(&r);
    }
}

static void
when_nothing_can_come_any_more_claude_starts_before_the_grace(void **state)
{
    (void)state;
    for (int llama_first = 0; llama_first < 2; llama_first++) {
        struct rig r;
        start(&r);
        rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
        if (llama_first)
            rig_context(&r, NULL, STATUS_FAILED, ERR_AUTH);
        else
            rig_found(&r, NULL, "malu");
        assert_true(waits(&r));
        if (llama_first)
            rig_found(&r, NULL, "malu");
        else
            rig_context(&r, NULL, STATUS_FAILED, ERR_AUTH);
        assert_started(&r, CONTEXT_BASELINE);
        assert_string_equal(rig_turn(&r)->context.why, "it broke");
        rig_stop(&r);
    }
}

static void
every_way_llama_fails_leaves_claude_with_the_rest(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum answer_status status;
        enum error_kind kind;
    } cases[] = {
        {NULL, STATUS_FAILED, ERR_CONNECT},
        {"Half of a sent", STATUS_FAILED, ERR_STREAM_CUT},
        {NULL, STATUS_TIMEOUT, ERR_TIMEOUT},
        {"I cannot.", STATUS_REFUSED, ERR_NONE},
        {NULL, STATUS_FAILED, ERR_EMPTY},
        {" \n ", STATUS_COMPLETE, ERR_NONE},
        {"### User: hi", STATUS_COMPLETE, ERR_NONE},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct rig r;
        start(&r);
        rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
        rig_found(&r, NULL, "malu");
        rig_context(&r, cases[i].text, cases[i].status, cases[i].kind);
        assert_started(&r, CONTEXT_BASELINE);
        assert_non_null(rig_turn(&r)->context.why);
        rig_answer(&r, BRAIN_CLAUDE, "Tidak apa-apa!");
        assert_int_equal(rig_turn(&r)->served, BRAIN_CLAUDE);
        rig_stop(&r);
    }
}

static void
an_open_breaker_asks_nobody_and_waits_only_for_the_look_up(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    for (int i = 0; i < 2; i++) {
        rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
        assert_non_null(rig_context_spec(&r));
        rig_context(&r, NULL, STATUS_FAILED, ERR_CONNECT);
        rig_found(&r, NULL, NULL);
        rig_answer(&r, BRAIN_CLAUDE, "c");
    }
    rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
    assert_null(rig_context_spec(&r));
    assert_false(rig_turn(&r)->context.asked);
    assert_non_null(strstr(rig_turn(&r)->context.why, "tried again"));
    rig_found(&r, "a saved note of some words", NULL);
    assert_started(&r, CONTEXT_SAVED);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    r.now_us += 31 * (int64_t)US_PER_S; /* half open: the context call is the probe */
    rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
    assert_non_null(rig_context_spec(&r));
    rig_context(&r, note, STATUS_COMPLETE, ERR_NONE);
    assert_int_equal(engine_breaker(r.engine, BRAIN_LLAMA)->failures, 0);
    rig_stop(&r);
}

static void
a_late_text_is_kept_once_and_changes_nothing_else(void **state)
{
    (void)state;
    for (int after_answer = 0; after_answer < 2; after_answer++) {
        struct rig r;
        start(&r);
        int64_t begun = r.now_us;
        rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
        rig_found(&r, NULL, "malu");
        rig_tick(&r, begun + 200 * US_PER_MS);
        if (after_answer) {
            rig_answer(&r, BRAIN_CLAUDE, "c");
            assert_null(rig_notified(&r, NOTIFY_TURN_ENDED));
        }
        r.now_us = begun + 900 * US_PER_MS;
        rig_context(&r, note, STATUS_COMPLETE, ERR_NONE);
        const struct job *kept = rig_find(&r, JOB_PUT_CONTEXT);
        assert_non_null(kept);
        assert_string_equal(kept->own_text, note);
        assert_string_equal(kept->own_topic, "malu");
        assert_true(kept->for_everybody);
        assert_null(rig_find(&r, JOB_CALL));
        assert_non_null(rig_find(&r, JOB_PUT_SIDE_CALL));
        assert_non_null(rig_find(&r, JOB_PUT_OUTCOME));
        const struct context *c = &rig_turn(&r)->context;
        assert_int_equal(c->source, CONTEXT_BASELINE);
        assert_int_equal(c->late_us, 900 * US_PER_MS);
        assert_true(c->saved);
        assert_int_equal(rig_notified(&r, NOTIFY_TURN_ENDED) != NULL, after_answer);
        if (!after_answer) {
            rig_answer(&r, BRAIN_CLAUDE, "c");
            assert_null(rig_find(&r, JOB_PUT_CONTEXT));
        }
        assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
        rig_stop(&r);
    }
}

static void
a_text_with_personal_detail_is_the_users_own_and_of_no_use_for_an_unnamed_one(void **state)
{
    (void)state;
    for (int named = 0; named < 2; named++) {
        struct rig r;
        start(&r);
        engine_destroy(&r.engine);
        r.engine = engine_create(&(struct engine_opts){
            .config = &r.config, .user = named ? "mario" : "anonymous", .seed = 7});
        engine_set(r.engine)->mode = MODE_CONTEXT;
        engine_set(r.engine)->context = CONTEXT_ON;
        rig_submit(&r, "saya Wayan, malu bertanya", BRAINS_BOTH);
        rig_tick(&r, r.now_us + 200 * US_PER_MS);
        rig_found(&r, NULL, NULL);
        rig_context(&r, "The customer, Wayan, is ashamed to ask.", STATUS_COMPLETE, ERR_NONE);
        const struct job *kept = rig_find(&r, JOB_PUT_CONTEXT);
        assert_int_equal(kept != NULL, named);
        assert_int_equal(rig_turn(&r)->context.saved, named);
        if (kept)
            assert_false(kept->for_everybody);
        rig_stop(&r);
    }
}

static void
a_late_context_runs_on_while_the_next_message_is_answered(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_submit(&r, "satu", BRAINS_BOTH);
    uint32_t first = r.context_call;
    rig_tick(&r, r.now_us + 200 * US_PER_MS);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    assert_true(rig_submit(&r, "dua", BRAINS_BOTH));
    assert_false(rig_cancels(&r, first));
    assert_non_null(rig_context_spec(&r));
    assert_int_equal(engine_conversation(r.engine)->count, 2);
    r.context_call = first;
    rig_context(&r, note, STATUS_COMPLETE, ERR_NONE); /* belongs to the first */
    assert_true(waits(&r));
    assert_null(rig_spec(&r, BRAIN_CLAUDE));
    const struct context *one = &engine_conversation(r.engine)->turns[0]->context;
    assert_true(one->late_us > 0 && one->saved);
    rig_stop(&r);
}

static void
contexts_that_still_run_are_bounded(void **state)
{
    (void)state;
    struct rig r;
    int asked = 0;
    start(&r);
    for (int i = 0; i < 8; i++) {
        rig_submit(&r, "lagi", BRAINS_BOTH);
        asked += rig_context_spec(&r) != NULL;
        rig_tick(&r, r.now_us + 200 * US_PER_MS);
        if (rig_turn(&r)->answers[BRAIN_CLAUDE].phase == PHASE_CONTEXT)
            rig_found(&r, NULL, NULL);
        rig_answer(&r, BRAIN_CLAUDE, "c");
        assert_int_equal(rig_turn(&r)->served, BRAIN_CLAUDE);
    }
    assert_int_equal(asked, 4);
    rig_stop(&r);
}

static void
a_message_sent_meanwhile_waits_for_the_answer_not_for_the_late_context(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_submit(&r, "@claude satu", BRAINS_BOTH); /* so nobody stands in */
    assert_true(rig_submit(&r, "dua", BRAINS_BOTH));
    assert_int_equal(engine_conversation(r.engine)->count, 1);
    rig_tick(&r, r.now_us + 200 * US_PER_MS);
    rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_OVERLOADED); /* LLAMA's text is still awaited */
    assert_int_equal(engine_conversation(r.engine)->count, 2);
    assert_true(waits(&r));
    rig_stop(&r);
}

static void
a_cancel_while_claude_waits_ends_its_answer_and_nothing_starts_it(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    int64_t begun = r.now_us;
    rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
    rig_cancel(&r);
    assert_true(rig_cancels(&r, r.context_call));
    assert_non_null(rig_find(&r, JOB_PUT_ANSWER));
    const struct answer *a = &rig_turn(&r)->answers[BRAIN_CLAUDE];
    assert_int_equal(a->status, STATUS_CANCELLED);
    assert_int_equal(a->error.kind, ERR_CANCELLED);
    assert_int_equal(a->phase, PHASE_ENDED);
    rig_tick(&r, begun + 300 * US_PER_MS);
    assert_null(rig_find(&r, JOB_CALL));
    rig_found(&r, NULL, "malu");
    assert_null(rig_find(&r, JOB_CALL));
    rig_context(&r, "half", STATUS_CANCELLED, ERR_CANCELLED);
    assert_null(rig_find(&r, JOB_CALL));
    assert_null(rig_find(&r, JOB_PUT_CONTEXT));
    assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
    assert_false(engine_busy(r.engine));
    assert_true(rig_submit(&r, "lagi", BRAINS_BOTH));
    rig_stop(&r);
}

static void
a_cancel_with_llama_done_already_ends_the_turn_there(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
    rig_context(&r, NULL, STATUS_FAILED, ERR_CONNECT);
    assert_true(waits(&r));
    rig_cancel(&r);
    assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
    assert_false(engine_busy(r.engine));
    rig_stop(&r);
}

static void
only_messages_that_profit_get_one(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    struct crisis *crisis = crisis_create();
    struct measure *measure = measure_create(NULL, NULL);
    engine_destroy(&r.engine);
    r.engine = engine_create(&(struct engine_opts){
        .config = &r.config, .user = "mario", .seed = 7, .measure = measure, .crisis = crisis});
    engine_set(r.engine)->mode = MODE_CONTEXT;
    static const struct {
        const char *message;
        enum context_policy policy;
        bool wanted;
    } cases[] = {
        {"aku malu bertanya tentang visa", CONTEXT_AUTO, true},
        {"come mi devo vestire per una cerimonia al tempio?", CONTEXT_AUTO, true},
        {"berapa biaya KITAS?", CONTEXT_AUTO, false},
        {"berapa biaya KITAS?", CONTEXT_ON, true},
        {"aku malu bertanya tentang visa", CONTEXT_OFF, false},
        {"aku ingin bunuh diri", CONTEXT_ON, false},
        {"@llama aku malu bertanya tentang visa", CONTEXT_ON, false},
        {"@claude aku malu bertanya tentang visa", CONTEXT_AUTO, true},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        engine_set(r.engine)->context = cases[i].policy;
        rig_submit(&r, cases[i].message, BRAINS_BOTH);
        assert_int_equal(rig_turn(&r)->context.wanted, cases[i].wanted);
        assert_int_equal(rig_context_spec(&r) != NULL, cases[i].wanted);
        assert_int_equal(rig_find(&r, JOB_LOOK_UP) != NULL, cases[i].wanted);
        rig_cancel(&r);
        for (int b = 0; b < BRAIN_COUNT; b++)
            if (rig_turn(&r)->asked[b] && rig_turn(&r)->answers[b].status == STATUS_RUNNING)
                rig_done(&r, (enum brain_id)b, STATUS_CANCELLED, ERR_CANCELLED);
        if (cases[i].wanted)
            rig_context(&r, NULL, STATUS_CANCELLED, ERR_CANCELLED);
        assert_false(engine_busy(r.engine));
    }
    rig_stop(&r);
    measure_destroy(&measure);
    crisis_destroy(&crisis);
}

static void
no_grace_means_no_waiting(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    r.config.context.grace_ms = 0;
    rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
    assert_started(&r, CONTEXT_NONE);
    assert_int_equal(engine_deadline(r.engine), r.now_us + US_PER_S); /* the checkpoint's */
    rig_stop(&r);
}

static void
a_look_up_that_comes_late_or_twice_or_for_another_turn_is_no_matter(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_submit(&r, "satu", BRAINS_BOTH);
    uint32_t old = r.look_up;
    rig_tick(&r, r.now_us + 200 * US_PER_MS);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    rig_submit(&r, "dua", BRAINS_BOTH);
    uint32_t now = r.look_up;
    r.look_up = old;
    rig_found(&r, "saved for the first of the two", "malu");
    assert_true(waits(&r));
    r.look_up = now;
    rig_found(&r, "saved for the second of the two", NULL);
    rig_found(&r, "saved once more and for nobody", NULL);
    rig_tick(&r, r.now_us + 200 * US_PER_MS);
    assert_string_equal(rig_turn(&r)->context.text, "saved for the second of the two");
    rig_stop(&r);
}

static void
asking_again_tells_claude_the_same(void **state)
{
    (void)state;
    struct rig r;
    start(&r);
    rig_submit(&r, "aku malu bertanya", BRAINS_BOTH);
    rig_context(&r, note, STATUS_COMPLETE, ERR_NONE);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    jobs_clear(&r.jobs);
    assert_true(engine_regenerate(r.engine, rig_turn_id(r.engine), 1u << BRAIN_CLAUDE,
                                  rig_at(r.now_us), &r.jobs, NULL));
    assert_non_null(strstr(rig_spec(&r, BRAIN_CLAUDE)->prompt.aside, note));
    assert_null(rig_context_spec(&r));
    rig_stop(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_submit_llama_and_the_look_up_start_and_claude_waits),
        cmocka_unit_test(llamas_text_starts_claude_at_once_and_enters_its_prompt),
        cmocka_unit_test(the_grace_ends_at_its_moment_with_the_best_there_is),
        cmocka_unit_test(when_nothing_can_come_any_more_claude_starts_before_the_grace),
        cmocka_unit_test(every_way_llama_fails_leaves_claude_with_the_rest),
        cmocka_unit_test(an_open_breaker_asks_nobody_and_waits_only_for_the_look_up),
        cmocka_unit_test(a_late_text_is_kept_once_and_changes_nothing_else),
        cmocka_unit_test(
            a_text_with_personal_detail_is_the_users_own_and_of_no_use_for_an_unnamed_one),
        cmocka_unit_test(a_late_context_runs_on_while_the_next_message_is_answered),
        cmocka_unit_test(contexts_that_still_run_are_bounded),
        cmocka_unit_test(a_message_sent_meanwhile_waits_for_the_answer_not_for_the_late_context),
        cmocka_unit_test(a_cancel_while_claude_waits_ends_its_answer_and_nothing_starts_it),
        cmocka_unit_test(a_cancel_with_llama_done_already_ends_the_turn_there),
        cmocka_unit_test(only_messages_that_profit_get_one),
        cmocka_unit_test(no_grace_means_no_waiting),
        cmocka_unit_test(a_look_up_that_comes_late_or_twice_or_for_another_turn_is_no_matter),
        cmocka_unit_test(asking_again_tells_claude_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
