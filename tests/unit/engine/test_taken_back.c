/* Text that turns out to have been the model's thinking. */
#include "unit/unit.h"

#include "engine_rig.h"

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

#include <math.h>

static void
text_that_was_a_thought_leaves_the_answer_its_figures_and_the_store(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "halo", BRAINS_BOTH);
    const struct answer *a = &rig_turn(r)->answers[BRAIN_LLAMA];
    rig_delta(r, BRAIN_LLAMA, "They greet me.");
    rig_tick(r, r->now_us + 2 * US_PER_S);
    assert_non_null(rig_find(r, JOB_CHECKPOINT));
    uint32_t revision = a->revision;
    rig_taken_back(r, BRAIN_LLAMA);
    assert_int_equal(a->text.len, 0);
    assert_int_equal(a->times.ttft_us, UNKNOWN);
    assert_int_equal(a->delta_count, 0);
    assert_int_equal(a->words, 0);
    assert_true(isnan(a->warmth) && a->revision > revision);
    assert_int_equal(a->phase, PHASE_THINKING);
    assert_ptr_equal(rig_find(r, JOB_PUT_ANSWER)->answer, a); /* the store has the thought */
    assert_non_null(rig_notified(r, NOTIFY_TAKEN_BACK));
    rig_delta(r, BRAIN_LLAMA, "Halo!");
    assert_non_null(rig_notified(r, NOTIFY_FIRST_TOKEN));
    assert_string_equal(a->text.p, "Halo!");
    rig_tick(r, r->now_us + 2 * US_PER_S);
    assert_int_equal(rig_find(r, JOB_CHECKPOINT)->offset, 0);
    rig_done(r, BRAIN_LLAMA, STATUS_COMPLETE, ERR_NONE);
}

static void
nothing_is_told_or_written_of_a_thought_that_nobody_was_shown(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "halo", BRAINS_BOTH);
    rig_taken_back(r, BRAIN_LLAMA);
    assert_null(rig_notified(r, NOTIFY_TAKEN_BACK));
    assert_null(rig_find(r, JOB_PUT_ANSWER));
}

static bool
next_call_thinks_first(struct rig *r, enum brain_id b)
{
    rig_submit(r, "halo lagi", BRAINS_BOTH);
    return rig_spec(r, b)->thinks_first;
}

static void
what_a_model_does_is_told_to_its_next_call_and_forgotten_when_it_does_so_no_more(void **state)
{
    struct rig *r = *state;
    assert_false(next_call_thinks_first(r, BRAIN_LLAMA));
    r->thinks_first = true;
    rig_answer(r, BRAIN_LLAMA, "Halo!");
    r->thinks_first = false;
    rig_answer(r, BRAIN_CLAUDE, "Hello!");
    assert_true(next_call_thinks_first(r, BRAIN_LLAMA));
    assert_false(rig_spec(r, BRAIN_CLAUDE)->thinks_first);
    rig_answer(r, BRAIN_CLAUDE, "Hello!");
    rig_done(r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT); /* tells nothing */
    assert_true(next_call_thinks_first(r, BRAIN_LLAMA));
    rig_answer(r, BRAIN_CLAUDE, "Hello!");
    rig_answer(r, BRAIN_LLAMA, "Halo!");
    assert_false(next_call_thinks_first(r, BRAIN_LLAMA));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RIG(text_that_was_a_thought_leaves_the_answer_its_figures_and_the_store),
        WITH_RIG(nothing_is_told_or_written_of_a_thought_that_nobody_was_shown),
        WITH_RIG(what_a_model_does_is_told_to_its_next_call_and_forgotten_when_it_does_so_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
