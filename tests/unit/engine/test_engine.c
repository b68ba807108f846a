/* How messages become calls and answers turns: who is called, who is served, what is sent, in which order it ends. */
#include "unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/brain/call.h"
#include "berdua/engine/cost.h"
#include "engine_rig.h"

static void
both_brains_are_called_before_anything_is_written(void **state)
{
    struct rig *r = *state;
    assert_true(rig_submit(r, "halo", BRAINS_BOTH));
    assert_non_null(rig_spec(r, BRAIN_CLAUDE));
    assert_non_null(rig_spec(r, BRAIN_LLAMA));
    size_t last_call = 0, first_put = SIZE_MAX;
    for (size_t i = 0; i < r->jobs.count; i++) {
        if (r->jobs.v[i].kind == JOB_CALL)
            last_call = i;
        if (r->jobs.v[i].kind == JOB_PUT_TURN && first_put == SIZE_MAX)
            first_put = i;
    }
    assert_true(last_call < first_put);
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
    struct rig *r = *state;
    rig_submit(r, "halo", BRAINS_BOTH);
    rig_delta(r, BRAIN_CLAUDE, "Hai");
    rig_done(r, BRAIN_LLAMA, STATUS_FAILED, ERR_CONNECT);
    assert_int_equal(rig_turn(r)->answers[BRAIN_CLAUDE].status, STATUS_RUNNING);
    assert_null(rig_notified(r, NOTIFY_TURN_ENDED));
    assert_null(rig_find(r, JOB_CANCEL));
    rig_delta(r, BRAIN_CLAUDE, " Kak");
    rig_done(r, BRAIN_CLAUDE, STATUS_COMPLETE, ERR_NONE);
    assert_string_equal(rig_turn(r)->answers[BRAIN_CLAUDE].text.p, "Hai Kak");
}

static void
events_of_a_call_that_is_over_change_nothing(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "halo", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "satu");
    rig_delta(r, BRAIN_CLAUDE, " dua");
    assert_string_equal(rig_turn(r)->answers[BRAIN_CLAUDE].text.p, "satu");
    rig_done(r, BRAIN_CLAUDE, STATUS_FAILED, ERR_SERVER);
    assert_int_equal(rig_turn(r)->answers[BRAIN_CLAUDE].status, STATUS_COMPLETE);
}

static void
tags_choose_the_brain_and_are_stripped(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "@llama apa kabar", BRAINS_BOTH);
    assert_null(rig_spec(r, BRAIN_CLAUDE));
    const struct call_spec *spec = rig_spec(r, BRAIN_LLAMA);
    assert_non_null(spec);
    assert_string_equal(spec->prompt.messages[spec->prompt.count - 1].text, "apa kabar");
    assert_false(rig_submit(r, "@claude   ", BRAINS_BOTH));
    assert_false(rig_submit(r, " \n", BRAINS_BOTH));
}

static void
a_message_waits_for_the_first_answer_then_goes_out_by_itself(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "satu", BRAINS_BOTH);
    assert_true(rig_submit(r, "dua", BRAINS_BOTH));
    assert_null(rig_find(r, JOB_CALL));
    assert_false(rig_submit(r, "tiga", BRAINS_BOTH));
    rig_answer(r, BRAIN_CLAUDE, "jawab");
    assert_non_null(rig_spec(r, BRAIN_CLAUDE));
    assert_string_equal(rig_turn(r)->message, "dua");
    /* LLAMA of the first turn still runs and is kept apart from its new call. */
    assert_int_equal(engine_conversation(r->engine)->turns[0]->answers[BRAIN_LLAMA].status,
                     STATUS_RUNNING);
}

static void
history_sends_what_continues_the_conversation_and_leaves_no_hole(void **state)
{
    struct rig *r = *state;
    rig_submit(r, "m1", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c1");
    rig_answer(r, BRAIN_LLAMA, "l1");
    assert_true(rig_verdict(r, VERDICT_LLAMA, NULL));
    rig_submit(r, "m2", BRAINS_BOTH); /* fails on both sides */
    rig_done(r, BRAIN_CLAUDE, STATUS_FAILED, ERR_SERVER);
    rig_done(r, BRAIN_LLAMA, STATUS_FAILED, ERR_SERVER);
    rig_submit(r, "m3", BRAINS_BOTH);
    const struct prompt *p = &rig_spec(r, BRAIN_CLAUDE)->prompt;
    assert_int_equal(p->count, 3);
    assert_string_equal(p->messages[0].text, "m1");
    assert_string_equal(p->messages[1].text, "l1"); /* the verdict's winner, not the served one */
    assert_true(p->messages[1].assistant);
    assert_string_equal(p->messages[2].text, "m3");
}

static void
own_history_shows_each_brain_its_own_answers(void **state)
{
    struct rig *r = *state;
    engine_set(r->engine)->history = HISTORY_OWN;
    rig_submit(r, "m1", BRAINS_BOTH);
    rig_answer(r, BRAIN_CLAUDE, "c1");
    rig_answer(r, BRAIN_LLAMA, "l1");
    rig_submit(r, "m2", BRAINS_BOTH);
    assert_string_equal(rig_spec(r, BRAIN_CLAUDE)->prompt.messages[1].text, "c1");
    assert_string_equal(rig_spec(r, BRAIN_LLAMA)->prompt.messages[1].text, "l1");
}

static void
a_conversation_that_no_longer_fits_is_trimmed_visibly(void **state)
{
    struct rig *r = *state;
    r->models[BRAIN_LLAMA].context_tokens = 160; /* 60 left beside the answer */
    static const char filler[] = "satu dua tiga empat lima enam tujuh delapan sembilan";
    for (int i = 0; i < 3; i++) {
        rig_submit(r, filler, BRAINS_BOTH);
        rig_answer(r, BRAIN_CLAUDE, filler);
        rig_answer(r, BRAIN_LLAMA, filler);
    }
    rig_submit(r, "akhir", BRAINS_BOTH);
    assert_int_equal(rig_spec(r, BRAIN_CLAUDE)->prompt.count, 7);
    assert_false(rig_turn(r)->answers[BRAIN_CLAUDE].truncated);
    assert_int_equal(rig_spec(r, BRAIN_LLAMA)->prompt.count, 3);
    assert_true(rig_turn(r)->answers[BRAIN_LLAMA].truncated);
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
    struct rig *r = *state;
    r->models[BRAIN_LLAMA].context_tokens = 104;
    rig_submit(r, "a message that is longer than the four tokens that are left", BRAINS_BOTH);
    assert_non_null(rig_spec(r, BRAIN_CLAUDE));
    assert_null(rig_spec(r, BRAIN_LLAMA));
    assert_int_equal(rig_turn(r)->answers[BRAIN_LLAMA].error.kind, ERR_CONTEXT_LENGTH);
    assert_int_equal(rig_turn(r)->answers[BRAIN_LLAMA].status, STATUS_FAILED);
}

static void
a_running_answer_is_checkpointed_each_second_and_only_what_is_new(void **state)
{
    struct rig *r = *state;
    assert_true(engine_deadline(r->engine) == NEVER_US);
    rig_submit(r, "m", BRAINS_BOTH);
    rig_delta(r, BRAIN_LLAMA, "abc");
    int64_t at = engine_deadline(r->engine);
    assert_int_equal(at, r->now_us + US_PER_S);
    jobs_clear(&r->jobs);
    engine_tick(r->engine, rig_at(at), &r->jobs);
    assert_int_equal(r->jobs.count, 1);
    assert_int_equal(r->jobs.v[0].offset, 0);
    rig_delta(r, BRAIN_LLAMA, "de");
    jobs_clear(&r->jobs);
    engine_tick(r->engine, rig_at(at + US_PER_S), &r->jobs);
    assert_int_equal(r->jobs.v[0].offset, 3);
    rig_done(r, BRAIN_LLAMA, STATUS_COMPLETE, ERR_NONE);
    rig_done(r, BRAIN_CLAUDE, STATUS_COMPLETE, ERR_NONE);
    jobs_clear(&r->jobs);
    engine_tick(r->engine, rig_at(at + 2 * US_PER_S), &r->jobs);
    assert_int_equal(r->jobs.count, 0);
    assert_true(engine_deadline(r->engine) == NEVER_US);
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
    struct rig *r = *state;
    r->models[BRAIN_LLAMA].price.per_second_usd = 0.5;
    rig_submit(r, "m", BRAINS_BOTH);
    rig_answer(r, BRAIN_LLAMA, "l");
    rig_answer(r, BRAIN_CLAUDE, "c");
    assert_true(fabs(rig_turn(r)->answers[BRAIN_LLAMA].cost_usd - 0.0025) < 1e-12);
    assert_true(isnan(rig_turn(r)->answers[BRAIN_CLAUDE].cost_usd));

    struct answer unreached = {0};
    answer_init(&unreached, BRAIN_LLAMA);
    unreached.times.total_us = 5 * US_PER_S;
    assert_float_equal(cost_usd(&r->models[BRAIN_LLAMA].price, &unreached), 0, 0);
    unreached.times.connect_us = 0;
    unreached.error.kind = ERR_OVERLOADED; /* a 503 that came at once: no work was done */
    unreached.error.http_status = 503;
    assert_float_equal(cost_usd(&r->models[BRAIN_LLAMA].price, &unreached), 0, 0);
    unreached.error.kind = ERR_TIMEOUT; /* it worked all the time */
    unreached.error.http_status = 0;
    assert_true(cost_usd(&r->models[BRAIN_LLAMA].price, &unreached) > 2);
    struct answer cached = {.usage = {.input = 1000, .cache_read = 800, .cache_write = 100}};
    const struct price_conf price = {
        .input = 1, .output = 5, .cache_read = .1, .cache_write = 1.25};
    assert_true(fabs(cost_saved_usd(&price, &cached) - (800 * .9 - 100 * .25) / 1e6) < 1e-12);
    assert_true(isnan(cost_saved_usd(&price, &unreached)));
    answer_finish(&unreached);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RIG(both_brains_are_called_before_anything_is_written),
        cmocka_unit_test(the_first_valid_answer_is_served_in_every_order),
        WITH_RIG(a_side_that_fails_leaves_the_other_running),
        WITH_RIG(events_of_a_call_that_is_over_change_nothing),
        WITH_RIG(tags_choose_the_brain_and_are_stripped),
        WITH_RIG(a_message_waits_for_the_first_answer_then_goes_out_by_itself),
        WITH_RIG(history_sends_what_continues_the_conversation_and_leaves_no_hole),
        WITH_RIG(own_history_shows_each_brain_its_own_answers),
        WITH_RIG(a_conversation_that_no_longer_fits_is_trimmed_visibly),
        cmocka_unit_test(a_trimmed_prompt_begins_alike_for_several_turns),
        WITH_RIG(a_message_that_cannot_fit_is_refused_for_that_brain_only),
        WITH_RIG(a_running_answer_is_checkpointed_each_second_and_only_what_is_new),
        cmocka_unit_test(random_orders_of_arrival_never_break_the_turns),
        WITH_RIG(cost_counts_tokens_or_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
