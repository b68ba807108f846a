#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/chat/conversation.h"

static void
older_turns_go_before_and_the_order_stays(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("mario");
    char text[16];
    for (int i = 50; i < 100; i++) {
        snprintf(text, sizeof text, "%d", i);
        conversation_append(c, turn_create(text));
    }
    uint32_t before = c->revision;
    struct turn *older[50];
    for (int i = 0; i < 50; i++) {
        snprintf(text, sizeof text, "%d", i);
        older[i] = turn_create(text);
    }
    conversation_prepend(c, older, 50);
    conversation_prepend(c, older, 0);
    assert_int_not_equal(c->revision, before);
    assert_int_equal(c->count, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(atol(c->turns[i]->message), i);
    assert_ptr_equal(conversation_find(c, c->turns[3]->id), c->turns[3]);
    assert_null(conversation_find(c, "no such turn"));
    assert_string_equal(conversation_last(c)->message, "99");
    conversation_destroy(&c);
    assert_null(c);
    conversation_destroy(&c);
}

static void
canonical_is_adopted_else_the_winner_else_the_served_one(void **state)
{
    (void)state;
    struct turn *t = turn_create("m");
    turn_choose_canonical(t);
    assert_int_equal(t->canonical, BRAIN_NONE);
    t->asked[BRAIN_CLAUDE] = t->asked[BRAIN_LLAMA] = true;
    buf_append_str(&t->answers[BRAIN_CLAUDE].text, "c");
    buf_append_str(&t->answers[BRAIN_LLAMA].text, "l");
    t->served = BRAIN_CLAUDE;
    turn_choose_canonical(t);
    assert_int_equal(t->canonical, BRAIN_CLAUDE);
    t->verdict.kind = VERDICT_LLAMA;
    turn_choose_canonical(t);
    assert_int_equal(t->canonical, BRAIN_LLAMA);
    t->verdict.adopted = BRAIN_CLAUDE;
    turn_choose_canonical(t);
    assert_int_equal(t->canonical, BRAIN_CLAUDE);
    t->verdict.adopted = BRAIN_NONE;
    t->verdict.kind = VERDICT_TIE;
    turn_choose_canonical(t);
    assert_int_equal(t->canonical, BRAIN_CLAUDE);
    /* an answer without text cannot continue the conversation */
    t->verdict.kind = VERDICT_LLAMA;
    buf_clear(&t->answers[BRAIN_LLAMA].text);
    turn_choose_canonical(t);
    assert_int_equal(t->canonical, BRAIN_CLAUDE);
    turn_destroy(&t);
}

static void
a_turn_runs_while_an_asked_brain_runs(void **state)
{
    (void)state;
    struct turn *t = turn_create("m");
    assert_false(turn_running(t));
    t->asked[BRAIN_LLAMA] = true;
    assert_true(turn_running(t));
    t->answers[BRAIN_LLAMA].status = STATUS_FAILED;
    assert_false(turn_running(t));
    turn_destroy(&t);
    turn_destroy(&t);
}

static void
verdict_words_parse_back(void **state)
{
    (void)state;
    for (int i = 0; i < VERDICT_KIND_COUNT; i++)
        assert_int_equal(verdict_kind_parse(verdict_kind_name((enum verdict_kind)i)), i);
    assert_string_equal(verdict_kind_name(VERDICT_BOTH_BAD), "both_bad");
    assert_int_equal(verdict_kind_parse("better"), -1);
    assert_int_equal(verdict_kind_parse(NULL), -1);
    struct verdict v = {.kind = VERDICT_NOTE, .note = xstrdup("n")};
    verdict_finish(&v);
    assert_null(v.note);
    assert_int_equal(v.kind, VERDICT_NONE);
}

static void
a_verdict_replaces_the_one_before_and_an_undo_leaves_none(void **state)
{
    (void)state;
    struct verdict_state now;
    verdict_state_init(&now);
    verdict_apply(&now, &(struct verdict){.kind = VERDICT_CLAUDE, .at_wall_us = 1});
    verdict_apply(&now, &(struct verdict){.kind = VERDICT_TIE, .at_wall_us = 2});
    assert_int_equal(now.kind, VERDICT_TIE);
    assert_int_equal(now.at_wall_us, 2);
    verdict_apply(&now, &(struct verdict){.kind = VERDICT_NOTE, .note = (char[]){"n"}});
    verdict_apply(&now, &(struct verdict){.kind = VERDICT_ADOPT, .note = (char[]){"llama"}});
    assert_int_equal(now.kind, VERDICT_TIE);
    assert_string_equal(now.note, "n");
    verdict_apply(&now, &(struct verdict){.kind = VERDICT_UNDO});
    assert_int_equal(now.kind, VERDICT_NONE);
    verdict_state_finish(&now);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(older_turns_go_before_and_the_order_stays),
        cmocka_unit_test(canonical_is_adopted_else_the_winner_else_the_served_one),
        cmocka_unit_test(a_turn_runs_while_an_asked_brain_runs),
        cmocka_unit_test(verdict_words_parse_back),
        cmocka_unit_test(a_verdict_replaces_the_one_before_and_an_undo_leaves_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
