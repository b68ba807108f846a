/* A replay: messages and answers come in their order and at their time, whole in the end, whatever the steps. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/replay/replay.h"

enum { MS = 1000 };

static void
set_answer(struct turn *t, enum brain_id b, const char *text, int ttft_ms, int total_ms)
{
    struct answer *a = &t->answers[b];
    t->asked[b] = true;
    a->brain = b;
    a->model = xstrdup("m");
    a->status = STATUS_COMPLETE;
    a->phase = PHASE_ENDED;
    a->times.ttft_us = ttft_ms < 0 ? UNKNOWN : ttft_ms * MS;
    a->times.total_us = total_ms < 0 ? UNKNOWN : total_ms * MS;
    buf_append_str(&a->text, text);
}

/* Two turns, of which the first has a verdict; so long a pause between them. */
static struct conversation *
make(int64_t pause_ms)
{
    struct conversation *c = conversation_create("mario");
    for (int i = 0; i < 2; i++) {
        struct turn *t = turn_create(i ? "dua" : "satu");
        t->at_wall_us = 1000000 * (int64_t)MS + i * (1000 + pause_ms) * MS;
        t->served = t->canonical = BRAIN_CLAUDE;
        set_answer(t, BRAIN_CLAUDE, "Tidak apa-apa ☺☺☺☺", 200, 600);
        set_answer(t, BRAIN_LLAMA, "Jangan sungkan", 400, 1000);
        if (i == 0)
            verdict_apply(&t->verdict, &(struct verdict){.kind = VERDICT_LLAMA});
        conversation_append(c, t);
    }
    return c;
}

static void
answers_grow_between_their_first_token_and_their_end(void **state)
{
    struct replay *r = replay_create(make(2000));
    const struct conversation *c = replay_conversation(r);
    (void)state;
    assert_int_equal(c->count, 0);
    assert_int_equal(replay_go(r, 0, 1), 200 * MS);
    assert_int_equal(c->count, 1);
    const struct turn *t = c->turns[0];
    const struct answer *claude = &t->answers[BRAIN_CLAUDE], *llama = &t->answers[BRAIN_LLAMA];
    assert_int_equal(claude->status, STATUS_RUNNING);
    assert_int_equal(claude->text.len, 0);
    assert_int_equal(claude->times.ttft_us, UNKNOWN);
    replay_go(r, 401 * MS, 1);
    assert_in_range(claude->text.len, 8, 16);
    assert_int_equal(claude->times.ttft_us, 200 * MS);
    assert_in_range(llama->text.len, 0, 1);
    assert_int_equal(replay_go(r, 990 * MS, 1), 1000 * MS);
    assert_int_equal(claude->status, STATUS_COMPLETE);
    assert_string_equal(claude->text.p, "Tidak apa-apa ☺☺☺☺");
    assert_int_equal(t->served, BRAIN_NONE);
    replay_go(r, 1000 * MS, 1);
    assert_int_equal(t->served, BRAIN_CLAUDE);
    assert_int_equal(t->verdict.kind, VERDICT_NONE);
    replay_go(r, 2000 * MS, 1);
    assert_int_equal(t->verdict.kind, VERDICT_LLAMA);
    assert_int_equal(c->count, 1);
    replay_destroy(&r);
}

static void
a_long_pause_is_made_short_and_a_short_one_is_kept(void **state)
{
    (void)state;
    struct replay *r = replay_create(make(500));
    assert_int_equal(replay_length_us(r), (1000 + 800 + 500 + 1000) * MS);
    replay_destroy(&r);
    r = replay_create(make(3600 * 1000));
    assert_int_equal(replay_length_us(r), (1000 + 800 + REPLAY_PAUSE_MS + 1000) * MS);
    replay_destroy(&r);
    struct conversation *c = make(0); /* a clock that was set back, and times that are not known */
    c->turns[1]->at_wall_us = 0;
    c->turns[0]->answers[BRAIN_LLAMA].times.total_us = UNKNOWN;
    c->turns[0]->answers[BRAIN_CLAUDE].times.ttft_us = INT64_MAX / 2;
    r = replay_create(c);
    assert_int_equal(replay_length_us(r), (600 + 800 + 1000) * MS);
    assert_int_equal(replay_go(r, replay_length_us(r), 1), NEVER_US);
    assert_int_equal(replay_conversation(r)->count, 2);
    replay_destroy(&r);
}

static void
whatever_the_steps_everything_is_there_in_the_end(void **state)
{
    struct rng rng = {.state = 5};
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct replay *r = replay_create(make(rng_below(&rng, 3000)));
        const struct conversation *c = replay_conversation(r);
        int64_t at_us = 0, next_us = 0;
        size_t had = 0;
        while ((next_us = replay_go(r, at_us, at_us + 1)) != NEVER_US) {
            assert_true(next_us > at_us);
            const struct turn *t = conversation_last(c);
            size_t has = c->count * 1000 + t->answers[BRAIN_CLAUDE].text.len;
            assert_true(has >= had);
            had = has;
            at_us = round % 2 ? next_us : at_us + 1 + rng_below(&rng, 300 * MS);
        }
        assert_true(at_us >= replay_length_us(r));
        assert_int_equal(c->count, 2);
        for (int i = 0; i < 2; i++) {
            assert_string_equal(c->turns[i]->answers[BRAIN_CLAUDE].text.p, "Tidak apa-apa ☺☺☺☺");
            assert_string_equal(c->turns[i]->answers[BRAIN_LLAMA].text.p, "Jangan sungkan");
        }
        assert_int_equal(c->turns[0]->verdict.kind, VERDICT_LLAMA);
        replay_destroy(&r);
    }
}

static void
pieces_that_are_known_come_at_their_time(void **state)
{
    static const struct replay_mark marks[] = {{100 * MS, 6}, {900 * MS, 14}};
    struct replay *r = replay_create(make(0));
    const struct conversation *c = replay_conversation(r);
    (void)state;
    replay_know(r, BRAIN_LLAMA, marks, 2);
    replay_go(r, 99 * MS, 1);
    assert_int_equal(c->turns[0]->answers[BRAIN_LLAMA].text.len, 0);
    replay_go(r, 899 * MS, 1);
    assert_string_equal(c->turns[0]->answers[BRAIN_LLAMA].text.p, "Jangan");
    replay_go(r, 900 * MS, 1);
    assert_int_equal(c->turns[0]->answers[BRAIN_LLAMA].text.len, 14);
    replay_destroy(&r);
    struct conversation *empty = conversation_create("mario");
    r = replay_create(empty);
    assert_int_equal(replay_go(r, 0, 1), NEVER_US);
    replay_destroy(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_grow_between_their_first_token_and_their_end),
        cmocka_unit_test(a_long_pause_is_made_short_and_a_short_one_is_kept),
        cmocka_unit_test(whatever_the_steps_everything_is_there_in_the_end),
        cmocka_unit_test(pieces_that_are_known_come_at_their_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
