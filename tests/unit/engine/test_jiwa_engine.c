/* Pattern 5 in the engine: the mode, and when a conversation is queued for analysis. */
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/brain/call.h"
#include "engine_rig.h"

static void
start(struct rig *r, enum chat_mode mode, bool in)
{
    rig_start(r);
    r->config.memory.enabled = true;
    r->config.memory.idle_s = 300;
    engine_set(r->engine)->mode = mode;
    engine_set_memory(r->engine, in, NULL);
}

static const char *
queued(struct rig *r)
{
    const struct job *job = rig_find(r, JOB_QUEUE_ANALYSIS);
    return job ? job->own_text : NULL;
}

static void
leave(struct rig *r)
{
    jobs_clear(&r->jobs);
    engine_leave(r->engine, &r->jobs);
}

static void
tick_at(struct rig *r, int64_t now_us)
{
    jobs_clear(&r->jobs);
    r->now_us = now_us;
    engine_tick(r->engine, rig_at(now_us), &r->jobs);
}

static void
jiwa_asks_claude_alone_and_serves_what_it_says(void **state)
{
    struct rig r;
    (void)state;
    start(&r, MODE_JIWA, true);
    assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
    assert_non_null(rig_spec(&r, BRAIN_CLAUDE));
    assert_null(rig_spec(&r, BRAIN_LLAMA));
    rig_answer(&r, BRAIN_CLAUDE, "Halo!");
    assert_int_equal(rig_turn(&r)->served, BRAIN_CLAUDE);
    assert_int_equal(rig_turn(&r)->canonical, BRAIN_CLAUDE);
    assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
    assert_true(rig_submit(&r, "@llama halo", BRAINS_BOTH));
    assert_null(rig_spec(&r, BRAIN_CLAUDE));
    rig_answer(&r, BRAIN_LLAMA, "Halo juga!");
    assert_int_equal(rig_turn(&r)->served, BRAIN_LLAMA);
    rig_stop(&r);
}

static void
a_conversation_is_queued_when_it_is_left_and_only_once(void **state)
{
    struct rig r;
    (void)state;
    start(&r, MODE_PARALLEL, true);
    leave(&r);
    assert_null(queued(&r)); /* nothing was said */
    rig_submit(&r, "halo", BRAINS_BOTH);
    assert_true(rig_find(&r, JOB_QUEUE_ANALYSIS)->provisional); /* in case of a crash */
    assert_true(rig_find(&r, JOB_QUEUE_ANALYSIS) > rig_find(&r, JOB_PUT_TURN));
    rig_answer(&r, BRAIN_CLAUDE, "Halo!");
    assert_true(engine_unanalysed(r.engine));
    leave(&r);
    assert_string_equal(queued(&r), engine_conversation(r.engine)->id);
    assert_false(rig_find(&r, JOB_QUEUE_ANALYSIS)->provisional);
    leave(&r);
    assert_null(queued(&r));
    rig_submit(&r, "lalu?", BRAINS_BOTH);
    leave(&r);
    assert_non_null(queued(&r)); /* something is new, though it has no answer */
    rig_stop(&r);
}

static void
who_is_out_is_never_queued_and_of_who_is_let_in_only_what_follows(void **state)
{
    struct rig r;
    (void)state;
    start(&r, MODE_PARALLEL, false);
    rig_submit(&r, "halo", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "Halo!");
    leave(&r);
    assert_null(queued(&r));
    tick_at(&r, r.now_us + 3000LL * US_PER_S);
    assert_null(queued(&r));
    engine_enable_memory(r.engine, true);
    assert_false(engine_unanalysed(r.engine));
    leave(&r);
    assert_null(queued(&r));
    rig_submit(&r, "halo lagi", BRAINS_BOTH);
    assert_true(rig_find(&r, JOB_QUEUE_ANALYSIS)->provisional); /* in case of a crash */
    rig_answer(&r, BRAIN_CLAUDE, "Halo!");
    leave(&r);
    assert_non_null(queued(&r));
    rig_stop(&r);
}

static void
a_turn_knows_whether_claude_was_told_of_the_user(void **state)
{
    (void)state;
    for (int told = 0; told < 2; told++) {
        struct rig r;
        start(&r, MODE_JIWA, true);
        engine_set_memory(r.engine, true, told ? "likes to be called Kak" : NULL);
        rig_submit(&r, "halo", BRAINS_BOTH);
        assert_int_equal(rig_turn(&r)->memory_told, told);
        rig_stop(&r);
    }
}

static void
silence_queues_it_and_speech_begins_the_silence_anew(void **state)
{
    struct rig r;
    (void)state;
    start(&r, MODE_JIWA, true);
    assert_true(engine_deadline(r.engine) == NEVER_US);
    rig_submit(&r, "halo", BRAINS_BOTH);
    r.now_us += 10 * US_PER_S;
    rig_answer(&r, BRAIN_CLAUDE, "Halo!");
    int64_t ended = r.now_us;
    tick_at(&r, ended + 1); /* the checkpoint of the answer is past by then */
    tick_at(&r, ended + 299LL * US_PER_S);
    assert_null(queued(&r));
    assert_true(engine_deadline(r.engine) == ended + 300LL * US_PER_S);
    rig_submit(&r, "lalu?", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "Lalu begini.");
    tick_at(&r, ended + 301LL * US_PER_S);
    assert_null(queued(&r));
    tick_at(&r, ended + 599LL * US_PER_S);
    assert_non_null(queued(&r));
    assert_true(engine_deadline(r.engine) == NEVER_US); /* nothing wakes up any more */
    rig_stop(&r);
}

static void
while_an_answer_runs_there_is_no_silence(void **state)
{
    struct rig r;
    (void)state;
    start(&r, MODE_JIWA, true);
    rig_submit(&r, "halo", BRAINS_BOTH);
    tick_at(&r, r.now_us + 1000LL * US_PER_S);
    assert_null(queued(&r));
    rig_answer(&r, BRAIN_CLAUDE, "Halo!");
    tick_at(&r, r.now_us + 1000LL * US_PER_S);
    assert_non_null(queued(&r));
    rig_stop(&r);
}

static void
another_conversation_has_nothing_to_be_analysed_yet(void **state)
{
    struct rig r;
    (void)state;
    start(&r, MODE_JIWA, true);
    rig_submit(&r, "halo", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "Halo!");
    assert_true(engine_take_conversation(r.engine, NULL, rig_at(r.now_us), NULL));
    leave(&r);
    assert_null(queued(&r));
    tick_at(&r, r.now_us + 2LL * US_PER_S); /* past the checkpoint */
    assert_true(engine_deadline(r.engine) == NEVER_US);
    rig_stop(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jiwa_asks_claude_alone_and_serves_what_it_says),
        cmocka_unit_test(a_conversation_is_queued_when_it_is_left_and_only_once),
        cmocka_unit_test(who_is_out_is_never_queued_and_of_who_is_let_in_only_what_follows),
        cmocka_unit_test(a_turn_knows_whether_claude_was_told_of_the_user),
        cmocka_unit_test(silence_queues_it_and_speech_begins_the_silence_anew),
        cmocka_unit_test(while_an_answer_runs_there_is_no_silence),
        cmocka_unit_test(another_conversation_has_nothing_to_be_analysed_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
