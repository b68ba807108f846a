/* What may be seen of a pair that is compared blind. */
#include "unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/chat/sight.h"

static const char *const texts[] = {"Teks yang di kiri.", "Teks yang di kanan."};

/* Every field of an answer is filled, differently for each brain. */
static void
fill(struct answer *a, const char *text)
{
    bool claude = a->brain == BRAIN_CLAUDE;
    int64_t n = claude ? 100 : 7000;
    snprintf(a->id, sizeof a->id, "%s", claude ? "01CLAUDE" : "01LLAMA");
    a->provider = xstrdup(claude ? "anthropic" : "openai");
    a->model = xstrdup(claude ? "claude-haiku" : "zantara");
    a->tier = xstrdup(claude ? "fast" : "slow");
    a->role = claude ? ROLE_SERVED : ROLE_COMPARED;
    a->status = claude ? STATUS_COMPLETE : STATUS_CUT;
    a->phase = PHASE_ENDED;
    buf_append_str(&a->text, text);
    a->revision = (uint32_t)n;
    a->stop_reason = xstrdup(claude ? "end_turn" : "length");
    a->error = (struct answer_error){
        .kind = claude ? ERR_NONE : ERR_SERVER, .message = xstrdup("x"), .http_status = (int)n};
    a->times = (struct answer_times){n, n, n, n, n, n, n};
    a->usage = (struct answer_usage){n, n, n, n, n, !claude, !claude};
    a->cost_usd = a->saved_usd = a->warmth = a->cultural = (double)n;
    a->words = (uint32_t)n;
    a->score_rules = xstrdup(claude ? "1" : "2");
    a->retries = (int)n;
    a->retry_why = xstrdup("y");
    a->truncated = a->late = a->cold = claude;
    a->started_us = a->last_delta_us = a->delta_count = n;
    a->call = (uint32_t)n;
}

static struct turn *
pair(enum brain_id left, const char *at_left, const char *at_right)
{
    struct turn *t = turn_create("mana yang lebih baik?");
    snprintf(t->id, sizeof t->id, "01TURN00000000000000000000");
    t->at_wall_us = 5;
    t->blind.on = t->blind.side_drawn = true;
    t->blind.sent_us = 77;
    t->left = left;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->asked[b] = true;
        fill(&t->answers[b], (enum brain_id)b == left ? at_left : at_right);
    }
    t->served = t->canonical = BRAIN_LLAMA;
    t->route.rule = xstrdup("emotional");
    t->route.brain = BRAIN_LLAMA;
    t->context.wanted = true;
    t->verdict.adopted = BRAIN_CLAUDE;
    return t;
}

static void
assert_same_text(const char *a, const char *b)
{
    assert_string_equal(a ? a : "(none)", b ? b : "(none)");
}

/* Every member of struct answer but its text. */
static void
assert_answer_tells_nothing(const struct answer *a, enum brain_id slot, const struct turn *t)
{
    assert_int_equal(a->brain, slot);
    assert_null(strstr(a->id, "CLAUDE"));
    assert_null(strstr(a->id, "LLAMA"));
    assert_null(a->provider);
    assert_null(a->model);
    assert_null(a->tier);
    assert_null(a->stop_reason);
    assert_null(a->error.message);
    assert_null(a->error.request_id);
    assert_null(a->score_rules);
    assert_null(a->retry_why);
    assert_int_equal(a->role, ROLE_COMPARED);
    assert_int_equal(a->error.kind, ERR_NONE);
    assert_int_equal(a->error.http_status, 0);
    const int64_t unknown[] = {a->times.connect_us,  a->times.first_byte_us, a->times.ttft_us,
                               a->times.total_us,    a->times.queue_us,      a->times.execution_us,
                               a->usage.input,       a->usage.output,        a->usage.cache_read,
                               a->usage.cache_write, a->usage.thinking};
    for (size_t i = 0; i < ARRAY_LEN(unknown); i++)
        assert_int_equal(unknown[i], UNKNOWN);
    assert_int_equal(a->times.stall_us, 0);
    assert_false(a->usage.estimated || a->usage.thinking_estimated);
    assert_true(isnan(a->cost_usd) && isnan(a->saved_usd) && isnan(a->warmth) &&
                isnan(a->cultural));
    assert_int_equal(a->words, 0);
    assert_int_equal(a->retries, 0);
    assert_false(a->truncated || a->late || a->cold);
    assert_int_equal(a->started_us, t->blind.sent_us);
    assert_int_equal(a->last_delta_us, 0);
    assert_int_equal(a->delta_count, 0);
    assert_int_equal(a->call, 0);
    assert_int_equal(a->simulated, t->simulated);
}

static void
a_mask_holds_the_texts_by_side_and_no_other_field_of_either_answer(void **state)
{
    (void)state;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct turn *t = pair((enum brain_id)b, texts[0], texts[1]), *m = turn_mask(t);
        assert_string_equal(m->id, t->id);
        assert_string_equal(m->message, t->message);
        assert_int_equal(m->left, MASK_LEFT);
        assert_int_equal(m->served, BRAIN_NONE);
        assert_int_equal(m->canonical, BRAIN_NONE);
        assert_int_equal(m->verdict.adopted, BRAIN_NONE);
        assert_int_equal(m->verdict_log.count, 0);
        assert_null(m->route.rule);
        assert_int_equal(m->route.brain, BRAIN_NONE);
        assert_int_equal(m->route.fallback, BRAIN_NONE);
        assert_false(m->context.wanted || m->context.asked || m->revealed);
        for (int side = 0; side < BRAIN_COUNT; side++) {
            assert_answer_tells_nothing(&m->answers[side], turn_side(m, side), t);
            assert_string_equal(m->answers[side].text.p, texts[side]);
            assert_int_equal(m->answers[side].status, STATUS_COMPLETE);
            assert_string_equal(turn_name(m, turn_side(m, side)), side ? "B" : "A");
            assert_string_equal(turn_name(t, turn_side(t, side)), side ? "B" : "A");
        }
        turn_destroy(&m);
        turn_destroy(&t);
    }
}

static void
until_both_have_ended_nothing_of_either_is_in_the_mask(void **state)
{
    (void)state;
    struct turn *waits = pair(BRAIN_CLAUDE, "", "");
    waits->answers[0].status = waits->answers[1].status = STATUS_RUNNING;
    struct turn *nothing = turn_mask(waits);
    for (int b = 0; b < BRAIN_COUNT; b++)
        for (int left = 0; left < BRAIN_COUNT; left++)
            for (int why = 0; why < 2; why++) { /* one runs yet, or its side is not drawn yet */
                struct turn *t = pair((enum brain_id)left, texts[0], texts[1]);
                if (why == 0)
                    t->answers[b].status = STATUS_RUNNING;
                else
                    t->blind.side_drawn = false;
                struct turn *m = turn_mask(t);
                for (int side = 0; side < BRAIN_COUNT; side++) {
                    const struct answer *a = &m->answers[side], *n = &nothing->answers[side];
                    assert_answer_tells_nothing(a, (enum brain_id)side, t);
                    assert_int_equal(a->text.len, 0);
                    assert_int_equal(a->status, STATUS_RUNNING);
                    assert_int_equal(a->phase, n->phase);
                    assert_same_text(a->id, n->id);
                }
                turn_destroy(&m);
                turn_destroy(&t);
            }
    turn_destroy(&nothing);
    turn_destroy(&waits);
}

static void
every_failure_looks_alike(void **state)
{
    (void)state;
    for (int s = STATUS_REFUSED; s < STATUS_COUNT; s++) {
        struct turn *t = pair(BRAIN_LLAMA, texts[0], "");
        t->answers[BRAIN_CLAUDE].status = (enum answer_status)s;
        struct turn *m = turn_mask(t);
        assert_int_equal(m->answers[MASK_RIGHT].status, STATUS_FAILED);
        assert_answer_tells_nothing(&m->answers[MASK_RIGHT], MASK_RIGHT, t);
        turn_destroy(&m);
        turn_destroy(&t);
    }
}

static void
a_verdict_is_said_by_sides_and_kept_by_brains(void **state)
{
    (void)state;
    struct turn *t = pair(BRAIN_LLAMA, texts[0], texts[1]);
    t->verdict.kind = VERDICT_LLAMA;
    struct turn *m = turn_mask(t);
    assert_int_equal(m->verdict.kind, VERDICT_CLAUDE); /* the left one */
    assert_int_equal(turn_unmask_kind(t, VERDICT_CLAUDE), VERDICT_LLAMA);
    assert_int_equal(turn_unmask_kind(t, VERDICT_TIE), VERDICT_TIE);
    turn_destroy(&m);
    t->left = BRAIN_CLAUDE;
    assert_int_equal(turn_unmask_kind(t, VERDICT_CLAUDE), VERDICT_CLAUDE);
    turn_destroy(&t);
}

static void
a_turn_is_masked_until_its_names_are_shown_and_the_others_are_the_real_ones(void **state)
{
    (void)state;
    struct sight *s = sight_create();
    struct conversation *c = conversation_create("mario");
    const struct conversation *seen = sight_conversation(s);
    conversation_append(c, turn_create("terbuka"));
    assert_false(sight_look(s, c));
    assert_ptr_equal(seen->turns[0], c->turns[0]);

    struct turn *t = pair(BRAIN_LLAMA, texts[0], texts[1]);
    t->answers[BRAIN_CLAUDE].status = STATUS_RUNNING;
    conversation_append(c, t);
    assert_true(sight_look(s, c));
    uint32_t revision = seen->revision;
    const struct turn *mask = seen->turns[1];
    assert_ptr_not_equal(mask, t);
    assert_int_equal(mask->answers[0].text.len, 0);

    buf_append_str(&t->answers[BRAIN_CLAUDE].text, " lagi");
    assert_false(sight_look(s, c)); /* what comes in is not seen */
    t->answers[BRAIN_CLAUDE].status = STATUS_COMPLETE;
    assert_true(sight_look(s, c));
    assert_ptr_equal(seen->turns[1], mask);
    assert_int_equal(seen->revision, revision);
    assert_string_equal(mask->answers[0].text.p, texts[0]);

    struct turn *older = turn_create("lebih dulu");
    conversation_prepend(c, &older, 1);
    assert_false(sight_look(s, c));
    assert_ptr_equal(seen->turns[0], older);
    assert_ptr_equal(seen->turns[2], mask);

    t->blind.names_shown = true;
    assert_true(sight_look(s, c));
    assert_ptr_equal(seen->turns[2], t);
    assert_false(sight_look(s, c));

    struct conversation *other = conversation_create("mario");
    conversation_destroy(&c);
    sight_look(s, other);
    assert_int_equal(seen->count, 0);
    conversation_destroy(&other);
    sight_destroy(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mask_holds_the_texts_by_side_and_no_other_field_of_either_answer),
        cmocka_unit_test(until_both_have_ended_nothing_of_either_is_in_the_mask),
        cmocka_unit_test(every_failure_looks_alike),
        cmocka_unit_test(a_verdict_is_said_by_sides_and_kept_by_brains),
        cmocka_unit_test(
            a_turn_is_masked_until_its_names_are_shown_and_the_others_are_the_real_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
