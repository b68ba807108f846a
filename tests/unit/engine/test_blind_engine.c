/* A blind pair in the engine: when it can be judged, what a verdict carries, what happens to its names; and a verdict that
 * comes early. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "engine_rig.h"

static void
start(struct rig *r)
{
    rig_start(r);
    r->config.evaluate.rater = (char *)(uintptr_t) "wayan";
    r->config.evaluate.ask_acceptable = 1;
    engine_set(r->engine)->blind = true;
}

/* The turn's row is durable: its side is known. */
static void
stored(struct rig *r, enum brain_id left)
{
    uint64_t id = rig_find(r, JOB_PUT_TURN)->request_id;
    jobs_clear(&r->jobs);
    engine_side_drawn(r->engine, id, left, rig_at(r->now_us), &r->jobs);
    engine_stored(r->engine, id, 1, NULL, &r->jobs);
}

static void
pair(struct rig *r, enum brain_id left, const char *claude, const char *llama)
{
    assert_true(rig_submit(r, "halo", BRAINS_BOTH));
    stored(r, left);
    rig_answer(r, BRAIN_CLAUDE, claude);
    rig_answer(r, BRAIN_LLAMA, llama);
}

static const struct verdict *
given(const struct rig *r)
{
    const struct job *put = rig_find(r, JOB_PUT_VERDICT);
    assert_non_null(put);
    return &put->verdict;
}

static bool
flagged(const struct verdict *v, const char *flag)
{
    return v->flags && strstr(v->flags, flag);
}

static const char *
refusal(struct rig *r, enum verdict_kind kind)
{
    static struct err err;
    struct verdict v = {.kind = kind, .note = (char *)(uintptr_t) "claude"};
    jobs_clear(&r->jobs);
    err.text[0] = 0;
    assert_false(
        engine_verdict(r->engine, rig_turn_id(r->engine), &v, rig_at(r->now_us), &r->jobs, &err));
    return err.text;
}

static void
a_pair_is_blind_for_its_rater_and_judged_when_both_have_ended_and_its_side_is_known(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
    struct turn *t = rig_turn(&r);
    uint64_t id = rig_find(&r, JOB_PUT_TURN)->request_id;
    assert_true(turn_veiled(t));
    assert_string_equal(t->blind.rater, "wayan");
    rig_answer(&r, BRAIN_CLAUDE, "satu dua");
    assert_non_null(strstr(refusal(&r, VERDICT_CLAUDE), "both have ended"));
    rig_answer(&r, BRAIN_LLAMA, "tiga empat");
    assert_false(turn_pair_ready(t));
    assert_non_null(strstr(refusal(&r, VERDICT_CLAUDE), "both have ended"));
    r.now_us += US_PER_S;
    jobs_clear(&r.jobs);
    engine_side_drawn(r.engine, id, BRAIN_LLAMA, rig_at(r.now_us), &r.jobs);
    assert_non_null(rig_notified(&r, NOTIFY_PHASE));
    assert_int_equal(t->left, BRAIN_LLAMA);
    assert_true(turn_pair_ready(t));
    r.now_us += 5 * (int64_t)US_PER_S;
    assert_true(rig_verdict(&r, VERDICT_CLAUDE, NULL));
    assert_int_equal(given(&r)->decision_ms, 5000); /* from when both could be read */
    assert_true(given(&r)->asked > 0);
    assert_null(given(&r)->flags);
    rig_stop(&r);
}

static void
a_turn_that_is_never_stored_gets_its_side_here(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
    uint64_t id = rig_find(&r, JOB_PUT_TURN)->request_id;
    rig_answer(&r, BRAIN_CLAUDE, "satu");
    rig_answer(&r, BRAIN_LLAMA, "dua");
    jobs_clear(&r.jobs);
    engine_stored(r.engine, id, 0, "the disk is gone", &r.jobs);
    assert_true(turn_pair_ready(rig_turn(&r)));
    rig_stop(&r);
}

static void
names_are_shown_once_and_nobody_judges_after_that(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    pair(&r, BRAIN_LLAMA, "satu dua", "tiga empat");
    struct turn *t = rig_turn(&r);
    assert_true(rig_verdict(&r, VERDICT_LLAMA, NULL));
    assert_true(rig_verdict(&r, VERDICT_TIE, NULL)); /* changed, before any name */
    assert_true(rig_verdict(&r, VERDICT_UNDO, NULL));
    assert_true(rig_verdict(&r, VERDICT_CLAUDE, NULL));
    struct verdict said = {
        .kind = VERDICT_REVEAL, .acceptable = {OPINION_YES, OPINION_NO}, .guess = GUESS_RIGHT};
    jobs_clear(&r.jobs);
    assert_true(
        engine_verdict(r.engine, rig_turn_id(r.engine), &said, rig_at(r.now_us), &r.jobs, NULL));
    assert_int_equal(given(&r)->kind,
                     VERDICT_DETAIL); /* what was said before, as an event of its own */
    assert_int_equal(given(&r)->acceptable[BRAIN_CLAUDE], OPINION_YES);
    assert_int_equal(given(&r)->guess, GUESS_RIGHT);
    assert_false(turn_veiled(t));
    assert_non_null(strstr(refusal(&r, VERDICT_LLAMA), "names of this pair were shown"));
    assert_true(rig_verdict(&r, VERDICT_UNDO, NULL));
    assert_int_equal(t->verdict.kind, VERDICT_NONE);
    assert_non_null(strstr(refusal(&r, VERDICT_LLAMA), "names of this pair were shown"));
    refusal(&r, VERDICT_REVEAL);
    rig_stop(&r);
}

static void
stopping_the_answers_shows_the_names_without_a_verdict(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
    stored(&r, BRAIN_CLAUDE);
    rig_answer(&r, BRAIN_CLAUDE, "satu dua");
    rig_cancel(&r);
    rig_done(&r, BRAIN_LLAMA, STATUS_CANCELLED, ERR_CANCELLED);
    assert_int_equal(given(&r)->kind, VERDICT_REVEAL);
    assert_false(turn_veiled(rig_turn(&r)));
    refusal(&r, VERDICT_CLAUDE);
    rig_stop(&r);
}

static void
while_a_pair_waits_undo_takes_back_the_one_before(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    pair(&r, BRAIN_LLAMA, "satu dua", "tiga empat");
    struct turn *first = rig_turn(&r);
    assert_true(rig_verdict(&r, VERDICT_LLAMA, NULL));
    assert_true(rig_verdict(&r, VERDICT_REVEAL, NULL));
    pair(&r, BRAIN_CLAUDE, "lima", "enam");
    assert_true(rig_verdict(&r, VERDICT_UNDO, NULL));
    assert_int_equal(first->verdict.kind, VERDICT_NONE);
    refusal(&r, VERDICT_UNDO);
    rig_stop(&r);
}

static void
nothing_is_done_to_one_brain_alone_and_no_message_names_one(void **state)
{
    struct rig r;
    struct err err = {{0}};
    (void)state;
    start(&r);
    jobs_clear(&r.jobs);
    assert_false(
        engine_submit(r.engine, "@claude halo", BRAINS_BOTH, rig_at(r.now_us), &r.jobs, &err));
    assert_true(rig_submit(&r, "@both halo", BRAINS_BOTH));
    stored(&r, BRAIN_LLAMA);
    rig_answer(&r, BRAIN_CLAUDE, "satu");
    assert_false(engine_regenerate(r.engine, rig_turn_id(r.engine), BRAINS_BOTH, rig_at(r.now_us),
                                   &r.jobs, &err));
    assert_null(strstr(err.text, "LLAMA"));
    assert_null(strstr(err.text, "llama"));
    assert_true(rig_submit(&r, "lalu?", BRAINS_BOTH)); /* waits until both have ended */
    assert_string_equal(rig_turn(&r)->message, "halo");
    rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_SERVER);
    assert_string_equal(rig_turn(&r)->message, "lalu?");
    rig_stop(&r);
}

static void
a_failure_can_only_lose_and_is_called_by_its_side(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
    stored(&r, BRAIN_LLAMA);
    rig_answer(&r, BRAIN_CLAUDE, "satu");
    rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_SERVER);
    assert_string_equal(refusal(&r, VERDICT_LLAMA), "A has no answer");
    refusal(&r, VERDICT_ADOPT);
    assert_true(rig_verdict(&r, VERDICT_CLAUDE, NULL));
    rig_stop(&r);
}

static void
a_leak_and_a_hurry_are_flagged(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    pair(&r, BRAIN_CLAUDE, "Saya Claude, senang bertemu", "satu dua tiga empat lima");
    r.now_us += 350 * US_PER_MS;
    assert_true(rig_verdict(&r, VERDICT_CLAUDE, NULL));
    assert_true(flagged(given(&r), "\"leak\""));
    assert_true(flagged(given(&r), "\"fast\"")); /* four words, 350 ms */
    rig_verdict(&r, VERDICT_UNDO, NULL);
    r.now_us += 100 * US_PER_MS;
    assert_true(rig_verdict(&r, VERDICT_CLAUDE, NULL));
    assert_false(flagged(given(&r), "fast"));
    rig_stop(&r);
}

static void
an_early_verdict_on_an_open_pair_cancels_nothing_and_the_next_message_waits_for_the_winner(
    void **state)
{
    struct rig r;
    (void)state;
    rig_start(&r);
    assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
    struct turn *t = rig_turn(&r);
    assert_non_null(strstr(refusal(&r, VERDICT_CLAUDE), "Neither"));
    rig_answer(&r, BRAIN_CLAUDE, "satu");
    assert_string_equal(refusal(&r, VERDICT_CLAUDE), "LLAMA has not begun to answer");
    rig_delta(&r, BRAIN_LLAMA, "dua ");
    assert_true(rig_verdict(&r, VERDICT_LLAMA, NULL));
    assert_true(flagged(given(&r), "\"early\""));
    assert_false(flagged(given(&r), "fast"));
    assert_false(given(&r)->asked > 0); /* an open pair is not asked about */
    assert_false(rig_cancels(&r, r.call[BRAIN_LLAMA]));
    assert_int_equal(t->canonical, BRAIN_LLAMA);
    assert_true(rig_submit(&r, "lalu?", BRAINS_BOTH));
    assert_ptr_equal(rig_turn(&r), t);
    rig_answer(&r, BRAIN_LLAMA, "tiga");
    assert_string_equal(rig_turn(&r)->message, "lalu?");
    const struct call_spec *spec = rig_spec(&r, BRAIN_CLAUDE);
    assert_non_null(spec);
    assert_string_equal(spec->prompt.messages[1].text, "dua tiga"); /* the winner, whole */
    assert_int_equal(t->verdict.kind, VERDICT_LLAMA);
    rig_stop(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_pair_is_blind_for_its_rater_and_judged_when_both_have_ended_and_its_side_is_known),
        cmocka_unit_test(a_turn_that_is_never_stored_gets_its_side_here),
        cmocka_unit_test(names_are_shown_once_and_nobody_judges_after_that),
        cmocka_unit_test(stopping_the_answers_shows_the_names_without_a_verdict),
        cmocka_unit_test(while_a_pair_waits_undo_takes_back_the_one_before),
        cmocka_unit_test(nothing_is_done_to_one_brain_alone_and_no_message_names_one),
        cmocka_unit_test(a_failure_can_only_lose_and_is_called_by_its_side),
        cmocka_unit_test(a_leak_and_a_hurry_are_flagged),
        cmocka_unit_test(
            an_early_verdict_on_an_open_pair_cancels_nothing_and_the_next_message_waits_for_the_winner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
