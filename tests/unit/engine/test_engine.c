#include "unit/unit.h"

#include "berdua/route/breaker.h"
#include "berdua/chat/spend.h"
#include "engine_rig.h"

#include "berdua/engine/cost.h"

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/brain/call.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void
both_brains_are_called_before_anything_is_written(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    assert_true(rig_submit(&r, "halo", BRAINS_BOTH));
    assert_non_null(rig_spec(&r, BRAIN_CLAUDE));
    assert_non_null(rig_spec(&r, BRAIN_LLAMA));
    size_t last_call = 0, first_put = SIZE_MAX;
    for (size_t i = 0; i < r.jobs.count; i++) {
        if (r.jobs.v[i].kind == JOB_CALL)
            last_call = i;
        if (r.jobs.v[i].kind == JOB_PUT_TURN && first_put == SIZE_MAX)
            first_put = i;
    }
    assert_true(last_call < first_put);
    rig_stop(&r);
}

/* One row: how each brain ends, in which order, and who must be served. */
struct arrival {
    enum brain_id first;
    const char *text[BRAIN_COUNT];
    enum answer_status status[BRAIN_COUNT];
    int64_t gap_us;
    enum brain_id served;
};

static void
the_first_valid_answer_is_served_in_every_order(void **state)
{
    (void)state;
    static const struct arrival rows[] = {
        {BRAIN_CLAUDE, {"a", "b"}, {STATUS_COMPLETE, STATUS_COMPLETE}, 9000, BRAIN_CLAUDE},
        {BRAIN_LLAMA, {"a", "b"}, {STATUS_COMPLETE, STATUS_COMPLETE}, 9000, BRAIN_LLAMA},
        {BRAIN_LLAMA, {"a", "b"}, {STATUS_COMPLETE, STATUS_COMPLETE}, 500, BRAIN_CLAUDE}, /* tie */
        {BRAIN_CLAUDE, {"", "b"}, {STATUS_FAILED, STATUS_COMPLETE}, 9000, BRAIN_LLAMA},
        {BRAIN_CLAUDE, {" \n", "b"}, {STATUS_COMPLETE, STATUS_COMPLETE}, 9000, BRAIN_LLAMA},
        {BRAIN_CLAUDE, {"no", "b"}, {STATUS_REFUSED, STATUS_COMPLETE}, 9000, BRAIN_LLAMA},
        {BRAIN_LLAMA, {"a", "ha"}, {STATUS_COMPLETE, STATUS_TIMEOUT}, 9000, BRAIN_CLAUDE},
        {BRAIN_LLAMA, {"a", "b"}, {STATUS_CUT, STATUS_CUT}, 9000, BRAIN_LLAMA},
        {BRAIN_CLAUDE, {"", ""}, {STATUS_FAILED, STATUS_FAILED}, 9000, BRAIN_NONE},
        {BRAIN_CLAUDE, {"x", "y"}, {STATUS_CANCELLED, STATUS_CANCELLED}, 0, BRAIN_NONE},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct arrival *row = &rows[i];
        struct rig r;
        rig_start(&r);
        rig_submit(&r, "halo", BRAINS_BOTH);
        enum brain_id order[] = {row->first,
                                 row->first == BRAIN_CLAUDE ? BRAIN_LLAMA : BRAIN_CLAUDE};
        for (int k = 0; k < 2; k++) {
            enum brain_id b = order[k];
            if (*row->text[b])
                rig_delta(&r, b, row->text[b]);
            rig_done(&r, b, row->status[b],
                     row->status[b] == STATUS_COMPLETE || row->status[b] == STATUS_CUT
                         ? ERR_NONE
                         : ERR_SERVER);
            if (k == 0 && row->served == b) { /* with that very input, while the other runs on */
                assert_int_equal(rig_turn(&r)->served, b);
                assert_non_null(rig_notified(&r, NOTIFY_SERVED));
                assert_true(turn_running(rig_turn(&r)));
            }
            r.now_us += row->gap_us;
        }
        assert_int_equal(rig_turn(&r)->served, row->served);
        assert_int_equal(rig_turn(&r)->canonical, row->served);
        assert_non_null(rig_notified(&r, NOTIFY_TURN_ENDED));
        rig_stop(&r);
    }
}

static void
a_side_that_fails_leaves_the_other_running(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "halo", BRAINS_BOTH);
    rig_delta(&r, BRAIN_CLAUDE, "Hai");
    rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].status, STATUS_RUNNING);
    assert_null(rig_notified(&r, NOTIFY_TURN_ENDED));
    assert_null(rig_find(&r, JOB_CANCEL));
    rig_delta(&r, BRAIN_CLAUDE, " Kak");
    rig_done(&r, BRAIN_CLAUDE, STATUS_COMPLETE, ERR_NONE);
    assert_string_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].text.p, "Hai Kak");
    rig_stop(&r);
}

static void
events_of_a_call_that_is_over_change_nothing(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "halo", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "satu");
    rig_delta(&r, BRAIN_CLAUDE, " dua");
    assert_string_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].text.p, "satu");
    rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_SERVER);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].status, STATUS_COMPLETE);
    rig_stop(&r);
}

static void
tags_choose_the_brain_and_are_stripped(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "@llama apa kabar", BRAINS_BOTH);
    assert_null(rig_spec(&r, BRAIN_CLAUDE));
    const struct call_spec *spec = rig_spec(&r, BRAIN_LLAMA);
    assert_non_null(spec);
    assert_string_equal(spec->prompt.messages[spec->prompt.count - 1].text, "apa kabar");
    assert_false(rig_submit(&r, "@claude   ", BRAINS_BOTH));
    assert_false(rig_submit(&r, " \n", BRAINS_BOTH));
    rig_stop(&r);
}

static void
a_message_waits_for_the_first_answer_then_goes_out_by_itself(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "satu", BRAINS_BOTH);
    assert_true(rig_submit(&r, "dua", BRAINS_BOTH));
    assert_null(rig_find(&r, JOB_CALL));
    assert_false(rig_submit(&r, "tiga", BRAINS_BOTH));
    rig_answer(&r, BRAIN_CLAUDE, "jawab");
    assert_non_null(rig_spec(&r, BRAIN_CLAUDE));
    assert_string_equal(rig_turn(&r)->message, "dua");
    /* LLAMA of the first turn still runs and is kept apart from its new call. */
    assert_int_equal(engine_conversation(r.engine)->turns[0]->answers[BRAIN_LLAMA].status,
                     STATUS_RUNNING);
    rig_stop(&r);
}

static void
history_sends_what_continues_the_conversation_and_leaves_no_hole(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "m1", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c1");
    rig_answer(&r, BRAIN_LLAMA, "l1");
    assert_true(rig_verdict(&r, VERDICT_LLAMA, NULL));
    rig_submit(&r, "m2", BRAINS_BOTH); /* fails on both sides */
    rig_done(&r, BRAIN_CLAUDE, STATUS_FAILED, ERR_SERVER);
    rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_SERVER);
    rig_submit(&r, "m3", BRAINS_BOTH);
    const struct prompt *p = &rig_spec(&r, BRAIN_CLAUDE)->prompt;
    assert_int_equal(p->count, 3);
    assert_string_equal(p->messages[0].text, "m1");
    assert_string_equal(p->messages[1].text, "l1"); /* the verdict's winner, not the served one */
    assert_true(p->messages[1].assistant);
    assert_string_equal(p->messages[2].text, "m3");
    rig_stop(&r);
}

static void
own_history_shows_each_brain_its_own_answers(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    engine_set(r.engine)->history = HISTORY_OWN;
    rig_submit(&r, "m1", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c1");
    rig_answer(&r, BRAIN_LLAMA, "l1");
    rig_submit(&r, "m2", BRAINS_BOTH);
    assert_string_equal(rig_spec(&r, BRAIN_CLAUDE)->prompt.messages[1].text, "c1");
    assert_string_equal(rig_spec(&r, BRAIN_LLAMA)->prompt.messages[1].text, "l1");
    rig_stop(&r);
}

static void
a_conversation_that_no_longer_fits_is_trimmed_visibly(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    r.models[BRAIN_LLAMA].context_tokens = 160; /* 60 left beside the answer */
    static const char filler[] = "satu dua tiga empat lima enam tujuh delapan sembilan";
    for (int i = 0; i < 3; i++) {
        rig_submit(&r, filler, BRAINS_BOTH);
        rig_answer(&r, BRAIN_CLAUDE, filler);
        rig_answer(&r, BRAIN_LLAMA, filler);
    }
    rig_submit(&r, "akhir", BRAINS_BOTH);
    assert_int_equal(rig_spec(&r, BRAIN_CLAUDE)->prompt.count, 7);
    assert_false(rig_turn(&r)->answers[BRAIN_CLAUDE].truncated);
    assert_int_equal(rig_spec(&r, BRAIN_LLAMA)->prompt.count, 3);
    assert_true(rig_turn(&r)->answers[BRAIN_LLAMA].truncated);
    rig_stop(&r);
}

/* A server keeps what it saw before only when the prompt begins alike. */
static void
a_trimmed_prompt_begins_alike_for_several_turns(void **state)
{
    (void)state;
    enum { TURNS = 60 };
    struct rig r;
    rig_start(&r);
    r.models[BRAIN_LLAMA].context_tokens = 100 + 1000;
    char first[64] = "", message[64];
    int changes = 0;
    for (int i = 0; i < TURNS; i++) {
        snprintf(message, sizeof message, "message %d: satu dua tiga empat lima enam tujuh", i);
        rig_submit(&r, message, BRAINS_BOTH);
        const struct prompt *p = &rig_spec(&r, BRAIN_LLAMA)->prompt;
        changes += strcmp(first, p->messages[0].text) != 0;
        snprintf(first, sizeof first, "%s", p->messages[0].text);
        long bytes = 0;
        for (size_t k = 0; k < p->count; k++)
            bytes += (long)strlen(p->messages[k].text);
        assert_true(bytes < 1000 * 7 / 2);
        rig_answer(&r, BRAIN_CLAUDE, message);
        rig_answer(&r, BRAIN_LLAMA, message);
    }
    assert_true(rig_turn(&r)->answers[BRAIN_LLAMA].truncated);
    assert_true(changes > 1 && changes < TURNS / 5);
    rig_stop(&r);
}

static void
a_message_that_cannot_fit_is_refused_for_that_brain_only(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    r.models[BRAIN_LLAMA].context_tokens = 104;
    rig_submit(&r, "a message that is longer than the four tokens that are left", BRAINS_BOTH);
    assert_non_null(rig_spec(&r, BRAIN_CLAUDE));
    assert_null(rig_spec(&r, BRAIN_LLAMA));
    assert_int_equal(rig_turn(&r)->answers[BRAIN_LLAMA].error.kind, ERR_CONTEXT_LENGTH);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_LLAMA].status, STATUS_FAILED);
    rig_stop(&r);
}

static void
a_verdict_is_saving_until_the_store_says_it_is_durable(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    assert_false(rig_verdict(&r, VERDICT_TIE, NULL));
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    assert_false(rig_verdict(&r, VERDICT_CLAUDE, NULL)); /* LLAMA still answers */
    rig_answer(&r, BRAIN_LLAMA, "l");
    assert_true(rig_verdict(&r, VERDICT_CLAUDE, NULL));
    const struct job *put = rig_find(&r, JOB_PUT_VERDICT);
    assert_non_null(put);
    assert_true(rig_turn(&r)->verdict.saving);
    assert_null(rig_notified(&r, NOTIFY_SAVED));
    uint64_t request_id = put->request_id;
    jobs_clear(&r.jobs);
    engine_stored(r.engine, request_id, 0, NULL, &r.jobs);
    assert_false(rig_turn(&r)->verdict.saving);
    assert_non_null(rig_notified(&r, NOTIFY_SAVED));
    jobs_clear(&r.jobs);
    engine_stored(r.engine, request_id, 0, NULL, &r.jobs); /* said twice: nothing */
    assert_int_equal(r.jobs.count, 0);
    rig_stop(&r);
}

static void
what_has_no_text_does_not_win_and_a_cancel_is_no_failure(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
    assert_false(rig_verdict(&r, VERDICT_LLAMA, NULL));
    assert_true(rig_verdict(&r, VERDICT_CLAUDE, NULL));
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_delta(&r, BRAIN_CLAUDE, "c");
    rig_cancel(&r);
    rig_done(&r, BRAIN_CLAUDE, STATUS_CANCELLED, ERR_CANCELLED);
    rig_done(&r, BRAIN_LLAMA, STATUS_CANCELLED, ERR_CANCELLED);
    assert_false(rig_verdict(&r, VERDICT_LLAMA, NULL));
    assert_false(rig_verdict(&r, VERDICT_CLAUDE, NULL));
    assert_false(rig_verdict(&r, VERDICT_TIE, NULL));
    rig_stop(&r);
}

static void
a_verdict_that_could_not_be_written_is_not_in_force(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    rig_answer(&r, BRAIN_LLAMA, "l");
    rig_verdict(&r, VERDICT_LLAMA, NULL);
    uint64_t request_id = rig_find(&r, JOB_PUT_VERDICT)->request_id;
    assert_int_equal(rig_turn(&r)->canonical, BRAIN_LLAMA);
    jobs_clear(&r.jobs);
    engine_stored(r.engine, request_id, 0, "disk full", &r.jobs);
    assert_non_null(rig_notified(&r, NOTIFY_ERROR));
    assert_int_equal(rig_turn(&r)->verdict.kind, VERDICT_NONE);
    assert_int_equal(rig_turn(&r)->canonical, BRAIN_CLAUDE);
    assert_non_null(rig_find(&r, JOB_PUT_OUTCOME));
    rig_stop(&r);
}

static void
a_second_verdict_or_undo_that_could_not_be_written_leaves_the_first(void **state)
{
    (void)state;
    static const enum verdict_kind second[] = {VERDICT_CLAUDE, VERDICT_UNDO};
    for (size_t i = 0; i < ARRAY_LEN(second); i++)
        for (int first_last = 0; first_last < 2; first_last++) {
            struct rig r;
            rig_start(&r);
            rig_submit(&r, "m", BRAINS_BOTH);
            rig_answer(&r, BRAIN_CLAUDE, "c");
            rig_answer(&r, BRAIN_LLAMA, "l");
            rig_verdict(&r, VERDICT_LLAMA, NULL);
            uint64_t first = rig_find(&r, JOB_PUT_VERDICT)->request_id;
            if (!first_last)
                engine_stored(r.engine, first, 0, NULL, &r.jobs);
            rig_verdict(&r, second[i], NULL);
            uint64_t then = rig_find(&r, JOB_PUT_VERDICT)->request_id;
            assert_int_equal(rig_turn(&r)->canonical, BRAIN_CLAUDE);
            jobs_clear(&r.jobs);
            engine_stored(r.engine, then, 0, "disk full", &r.jobs);
            if (first_last)
                engine_stored(r.engine, first, 0, NULL, &r.jobs);
            assert_int_equal(rig_turn(&r)->verdict.kind, VERDICT_LLAMA);
            assert_int_equal(rig_turn(&r)->canonical, BRAIN_LLAMA);
            assert_false(rig_turn(&r)->verdict.saving);
            rig_stop(&r);
        }
}

static void
undo_withdraws_and_adopt_outranks(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    rig_answer(&r, BRAIN_LLAMA, "l");
    assert_false(rig_verdict(&r, VERDICT_UNDO, NULL));
    assert_true(rig_verdict(&r, VERDICT_LLAMA, NULL));
    assert_int_equal(rig_turn(&r)->canonical, BRAIN_LLAMA);
    assert_true(rig_verdict(&r, VERDICT_UNDO, NULL));
    assert_int_equal(rig_turn(&r)->verdict.kind, VERDICT_NONE);
    assert_int_equal(rig_turn(&r)->canonical, BRAIN_CLAUDE);
    assert_true(rig_verdict(&r, VERDICT_ADOPT, "llama"));
    assert_int_equal(rig_turn(&r)->canonical, BRAIN_LLAMA);
    assert_false(rig_verdict(&r, VERDICT_ADOPT, "gpt"));
    rig_stop(&r);
}

static void
regenerate_asks_again_and_forgets_what_was_served(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    jobs_clear(&r.jobs);
    assert_false(engine_regenerate(r.engine, rig_turn_id(r.engine), BRAINS_BOTH, rig_at(r.now_us),
                                   &r.jobs, NULL));
    rig_done(&r, BRAIN_LLAMA, STATUS_FAILED, ERR_SERVER);
    jobs_clear(&r.jobs);
    assert_true(engine_regenerate(r.engine, rig_turn_id(r.engine), 1u << BRAIN_LLAMA,
                                  rig_at(r.now_us), &r.jobs, NULL));
    assert_null(rig_spec(&r, BRAIN_CLAUDE));
    assert_int_equal(rig_turn(&r)->served, BRAIN_CLAUDE);
    r.call[BRAIN_LLAMA] = rig_find(&r, JOB_CALL)->call;
    rig_answer(&r, BRAIN_LLAMA, "l");
    jobs_clear(&r.jobs);
    assert_true(engine_regenerate(r.engine, rig_turn_id(r.engine), BRAINS_BOTH, rig_at(r.now_us),
                                  &r.jobs, NULL));
    assert_int_equal(rig_turn(&r)->served, BRAIN_NONE);
    assert_int_equal(rig_turn(&r)->answers[BRAIN_CLAUDE].text.len, 0);
    rig_stop(&r);
}

static void
what_a_try_has_cost_stays_when_another_takes_its_place(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    r.models[BRAIN_LLAMA].price.per_second_usd = 0.5;
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    rig_answer(&r, BRAIN_LLAMA, "l");
    for (int i = 0; i < 3; i++) {
        jobs_clear(&r.jobs);
        assert_true(engine_regenerate(r.engine, rig_turn_id(r.engine), 1u << BRAIN_LLAMA,
                                      rig_at(r.now_us), &r.jobs, NULL));
        r.call[BRAIN_LLAMA] = rig_find(&r, JOB_CALL)->call;
        rig_answer(&r, BRAIN_LLAMA, "l");
    }
    assert_true(fabs(rig_turn(&r)->tried_usd[BRAIN_LLAMA] - 3 * 0.0025) < 1e-12);
    assert_true(rig_turn(&r)->tried_usd[BRAIN_CLAUDE] == 0);
    rig_stop(&r);
}

static void
a_verdict_and_another_try_are_about_the_turn_that_is_named(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    for (int i = 0; i < 3; i++) {
        rig_submit(&r, "m", BRAINS_BOTH);
        rig_answer(&r, BRAIN_CLAUDE, "c");
        rig_answer(&r, BRAIN_LLAMA, "l");
    }
    const struct conversation *c = engine_conversation(r.engine);
    struct turn *second = c->turns[1];
    struct verdict v = {.kind = VERDICT_LLAMA};
    jobs_clear(&r.jobs);
    assert_true(engine_verdict(r.engine, second->id, &v, rig_at(r.now_us), &r.jobs, NULL));
    assert_int_equal(second->verdict.kind, VERDICT_LLAMA);
    assert_int_equal(c->turns[2]->verdict.kind, VERDICT_NONE);
    /* the conversation has gone on with Claude's answer: that stays */
    assert_int_equal(second->canonical, BRAIN_CLAUDE);
    jobs_clear(&r.jobs);
    engine_stored(r.engine, second->verdict_log.v[0].request_id, 0, NULL, &r.jobs);
    assert_string_equal(rig_notified(&r, NOTIFY_SAVED)->text, "saved: LLAMA better, turn 2");
    jobs_clear(&r.jobs);
    const char *first = c->turns[0]->id;
    assert_true(engine_regenerate(r.engine, first, BRAINS_BOTH, rig_at(r.now_us), &r.jobs, NULL));
    assert_true(turn_answering(c->turns[0]));
    assert_false(turn_answering(c->turns[2]));
    const struct call_spec *spec = rig_spec(&r, BRAIN_CLAUDE);
    assert_int_equal(spec->prompt.count, 1); /* nothing that came later is in its prompt */
    jobs_clear(&r.jobs);
    assert_false(engine_verdict(r.engine, NULL, &v, rig_at(r.now_us), &r.jobs, NULL));
    rig_stop(&r);
}

static void
a_running_answer_is_checkpointed_each_second_and_only_what_is_new(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    assert_true(engine_deadline(r.engine) == NEVER_US);
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_delta(&r, BRAIN_LLAMA, "abc");
    int64_t at = engine_deadline(r.engine);
    assert_int_equal(at, r.now_us + US_PER_S);
    jobs_clear(&r.jobs);
    engine_tick(r.engine, rig_at(at), &r.jobs);
    assert_int_equal(r.jobs.count, 1);
    assert_int_equal(r.jobs.v[0].offset, 0);
    rig_delta(&r, BRAIN_LLAMA, "de");
    jobs_clear(&r.jobs);
    engine_tick(r.engine, rig_at(at + US_PER_S), &r.jobs);
    assert_int_equal(r.jobs.v[0].offset, 3);
    rig_done(&r, BRAIN_LLAMA, STATUS_COMPLETE, ERR_NONE);
    rig_done(&r, BRAIN_CLAUDE, STATUS_COMPLETE, ERR_NONE);
    jobs_clear(&r.jobs);
    engine_tick(r.engine, rig_at(at + 2 * US_PER_S), &r.jobs);
    assert_int_equal(r.jobs.count, 0);
    assert_true(engine_deadline(r.engine) == NEVER_US);
    rig_stop(&r);
}

/* Whatever the order of deltas, ends, cancels and new messages: nothing is lost, no turn hangs, and
 * what is served is valid. */
static void
random_orders_of_arrival_never_break_the_turns(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct rig r;
        struct rng rng = {seed};
        rig_start(&r);
        for (int step = 0; step < 60; step++) {
            enum brain_id b = (enum brain_id)rng_below(&rng, BRAIN_COUNT);
            r.now_us += rng_below(&rng, 3000);
            switch (rng_below(&rng, 6)) {
            case 0:
                rig_submit(&r, "m", 1 + rng_below(&rng, BRAINS_BOTH));
                break;
            case 1:
            case 2:
                rig_delta(&r, b, "x");
                break;
            case 3:
                rig_done(&r, b, STATUS_COMPLETE, ERR_NONE);
                break;
            case 4:
                rig_done(&r, b, STATUS_FAILED, ERR_SERVER);
                break;
            default:
                rig_verdict(&r, VERDICT_CLAUDE + rng_below(&rng, 5), NULL);
                break;
            }
            const struct conversation *c = engine_conversation(r.engine);
            for (size_t i = 0; i < c->count; i++) {
                const struct turn *t = c->turns[i];
                if (t->served != BRAIN_NONE)
                    assert_true(answer_valid(&t->answers[t->served]));
                if (i + 1 < c->count && turn_running(t))
                    assert_int_not_equal(t->served, BRAIN_NONE);
            }
        }
        rig_stop(&r);
    }
}

static void
cost_counts_tokens_or_seconds(void **state)
{
    (void)state;
    struct rig r;
    rig_start(&r);
    r.models[BRAIN_LLAMA].price.per_second_usd = 0.5;
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_answer(&r, BRAIN_LLAMA, "l");
    rig_answer(&r, BRAIN_CLAUDE, "c");
    assert_true(fabs(rig_turn(&r)->answers[BRAIN_LLAMA].cost_usd - 0.0025) < 1e-12);
    assert_true(isnan(rig_turn(&r)->answers[BRAIN_CLAUDE].cost_usd));

    struct answer unreached = {0};
    answer_init(&unreached, BRAIN_LLAMA);
    unreached.times.total_us = 5 * US_PER_S;
    assert_float_equal(cost_usd(&r.models[BRAIN_LLAMA].price, &unreached), 0, 0);
    unreached.times.connect_us = 0;
    unreached.error.kind = ERR_OVERLOADED; /* a 503 that came at once: no work was done */
    unreached.error.http_status = 503;
    assert_float_equal(cost_usd(&r.models[BRAIN_LLAMA].price, &unreached), 0, 0);
    unreached.error.kind = ERR_TIMEOUT; /* it worked all the time */
    unreached.error.http_status = 0;
    assert_true(cost_usd(&r.models[BRAIN_LLAMA].price, &unreached) > 2);
    struct answer cached = {.usage = {.input = 1000, .cache_read = 800, .cache_write = 100}};
    const struct price_conf price = {
        .input = 1, .output = 5, .cache_read = .1, .cache_write = 1.25};
    assert_true(fabs(cost_saved_usd(&price, &cached) - (800 * .9 - 100 * .25) / 1e6) < 1e-12);
    assert_true(isnan(cost_saved_usd(&price, &unreached)));
    answer_finish(&unreached);
    rig_stop(&r);
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
    (void)state;
    struct rig r;
    rig_start(&r);
    r.config.budget.usd_per_month = 1;
    struct spend spent = {.usd = {5, 5}};
    rig_submit(&r, "m", BRAINS_BOTH);
    rig_answer(&r, BRAIN_CLAUDE, "c");
    rig_answer(&r, BRAIN_LLAMA, "l");
    spend_check(&spent, 1);
    engine_set_spend(r.engine, &spent, rig_at(r.now_us));
    for (int next_month = 0; next_month < 2; next_month++) {
        jobs_clear(&r.jobs);
        r.now_us += next_month * 40 * 86400LL * US_PER_S;
        assert_true(engine_regenerate(r.engine, rig_turn_id(r.engine), 1u << BRAIN_CLAUDE,
                                      rig_at(r.now_us), &r.jobs, NULL));
        assert_int_equal(rig_spec(&r, BRAIN_CLAUDE) != NULL, next_month);
    }
    rig_stop(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_brains_are_called_before_anything_is_written),
        cmocka_unit_test(the_first_valid_answer_is_served_in_every_order),
        cmocka_unit_test(a_side_that_fails_leaves_the_other_running),
        cmocka_unit_test(events_of_a_call_that_is_over_change_nothing),
        cmocka_unit_test(tags_choose_the_brain_and_are_stripped),
        cmocka_unit_test(a_message_waits_for_the_first_answer_then_goes_out_by_itself),
        cmocka_unit_test(history_sends_what_continues_the_conversation_and_leaves_no_hole),
        cmocka_unit_test(own_history_shows_each_brain_its_own_answers),
        cmocka_unit_test(a_conversation_that_no_longer_fits_is_trimmed_visibly),
        cmocka_unit_test(a_trimmed_prompt_begins_alike_for_several_turns),
        cmocka_unit_test(a_message_that_cannot_fit_is_refused_for_that_brain_only),
        cmocka_unit_test(a_verdict_is_saving_until_the_store_says_it_is_durable),
        cmocka_unit_test(what_has_no_text_does_not_win_and_a_cancel_is_no_failure),
        cmocka_unit_test(a_verdict_that_could_not_be_written_is_not_in_force),
        cmocka_unit_test(a_second_verdict_or_undo_that_could_not_be_written_leaves_the_first),
        cmocka_unit_test(undo_withdraws_and_adopt_outranks),
        cmocka_unit_test(regenerate_asks_again_and_forgets_what_was_served),
        cmocka_unit_test(what_a_try_has_cost_stays_when_another_takes_its_place),
        cmocka_unit_test(a_verdict_and_another_try_are_about_the_turn_that_is_named),
        cmocka_unit_test(a_running_answer_is_checkpointed_each_second_and_only_what_is_new),
        cmocka_unit_test(random_orders_of_arrival_never_break_the_turns),
        cmocka_unit_test(cost_counts_tokens_or_seconds),
        cmocka_unit_test(regenerate_is_the_probe_of_an_open_breaker_at_its_own_time),
        cmocka_unit_test(regenerate_counts_against_the_month_it_is_asked_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
