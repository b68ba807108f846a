/* What a key means while a blind pair is judged, and what is due after it. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/chat/blind.h"
#include "berdua/chat/judging.h"
#include "berdua/chat/sight.h"

static const char reasons[] =
    "[\"warmer\",\"more correct\",\"more natural\",\"right register\",\"shorter\",\"uuu iii\"]";

struct desk {
    struct judging_rules rules;
    struct judging judging;
    struct turn *turn; /* as its mask has it */
};

static void
set(struct desk *d, double acceptable, double identity)
{
    judging_rules_init(&d->rules, acceptable, identity, reasons);
    judging_init(&d->judging, &d->rules);
    d->turn = turn_create("halo");
    d->turn->blind.on = d->turn->blind.masked = d->turn->blind.side_drawn = true;
    for (int side = 0; side < BRAIN_COUNT; side++) {
        d->turn->asked[side] = true;
        d->turn->answers[side].status = STATUS_COMPLETE;
    }
    judging_look(&d->judging, d->turn);
}

static void
clear(struct desk *d)
{
    judging_finish(&d->judging);
    judging_rules_finish(&d->rules);
    turn_destroy(&d->turn);
}

/* The key gives a verdict, which is in force then. */
static void
give(struct desk *d, const char *key, enum verdict_kind kind, enum verdict_strength strength)
{
    struct verdict v = {.kind = VERDICT_NONE};
    assert_int_equal(judging_key(&d->judging, key, &v), JUDGING_GIVE);
    assert_int_equal(v.kind, kind);
    assert_int_equal(v.strength, strength);
    d->turn->verdict.kind = kind == VERDICT_UNDO ? VERDICT_NONE : kind;
    judging_look(&d->judging, d->turn);
}

static enum judging_act
press(struct desk *d, const char *key)
{
    struct verdict v;
    return judging_key(&d->judging, key, &v);
}

static void
one_key_is_the_verdict_and_other_keys_are_what_they_were(void **state)
{
    static const struct {
        const char *key;
        enum verdict_kind kind;
        enum verdict_strength strength;
    } keys[] = {{"1", VERDICT_CLAUDE, STRENGTH_UNKNOWN}, {"2", VERDICT_LLAMA, STRENGTH_UNKNOWN},
                {"3", VERDICT_TIE, STRENGTH_UNKNOWN},    {"4", VERDICT_BOTH_BAD, STRENGTH_UNKNOWN},
                {"!", VERDICT_CLAUDE, STRENGTH_CLEAR},   {"@", VERDICT_LLAMA, STRENGTH_CLEAR},
                {"u", VERDICT_UNDO, STRENGTH_UNKNOWN}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        struct desk d;
        set(&d, 1, 0);
        assert_int_equal(d.judging.stage, JUDGING_PAIR);
        assert_int_equal(press(&d, "a"), JUDGING_NOT_MINE); /* a letter begins a message */
        assert_int_equal(press(&d, "/"), JUDGING_NOT_MINE);
        assert_int_equal(press(&d, "5"), JUDGING_NOT_MINE);
        assert_int_equal(press(&d, "Enter"), JUDGING_NOT_MINE);
        assert_int_equal(press(&d, "0"), JUDGING_ASIDE);
        assert_int_equal(press(&d, "Space"), JUDGING_DIFFERENCE);
        assert_int_equal(press(&d, "i"), JUDGING_WRITE);
        give(&d, keys[i].key, keys[i].kind, keys[i].strength);
        clear(&d);
    }
}

static void
nothing_is_judged_before_both_have_ended_or_once_it_is_set_aside(void **state)
{
    struct desk d;
    (void)state;
    set(&d, 1, 1);
    d.turn->answers[MASK_RIGHT].status = STATUS_RUNNING;
    judging_look(&d.judging, d.turn);
    assert_int_equal(d.judging.stage, JUDGING_BOTH_RUN);
    assert_int_equal(press(&d, "1"), JUDGING_NOT_MINE);
    d.turn->answers[MASK_RIGHT].status = STATUS_COMPLETE;
    d.turn->blind.set_aside = true;
    judging_look(&d.judging, d.turn);
    assert_int_equal(d.judging.stage, JUDGING_OFF);
    judging_look(&d.judging, NULL);
    assert_int_equal(d.judging.stage, JUDGING_OFF);
    clear(&d);
}

static void
whether_they_can_be_sent_is_one_key_by_sides(void **state)
{
    static const struct {
        const char *verdict, *answer;
        enum opinion left, right;
    } cases[] = {{"1", "1", OPINION_YES, OPINION_YES},      {"1", "2", OPINION_YES, OPINION_NO},
                 {"2", "2", OPINION_NO, OPINION_YES},       {"1", "3", OPINION_NO, OPINION_NO},
                 {"3", "1", OPINION_YES, OPINION_YES},      {"3", "3", OPINION_NO, OPINION_NO},
                 {"1", "Enter", OPINION_NONE, OPINION_NONE}};
    static const enum verdict_kind kinds[] = {VERDICT_NONE, VERDICT_CLAUDE, VERDICT_LLAMA,
                                              VERDICT_TIE};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct desk d;
        struct verdict said;
        set(&d, 1, 0);
        give(&d, cases[i].verdict, kinds[cases[i].verdict[0] - '0'], STRENGTH_UNKNOWN);
        assert_int_equal(d.judging.stage, JUDGING_ACCEPTABLE);
        assert_false(judging_over(&d.judging, &said));
        if (cases[i].verdict[0] == '3')
            assert_int_equal(press(&d, "2"), JUDGING_UNKNOWN); /* of a tie none is the better */
        assert_int_equal(press(&d, cases[i].answer), JUDGING_TAKEN);
        assert_true(judging_over(&d.judging, &said));
        assert_int_equal(said.kind, VERDICT_REVEAL);
        assert_int_equal(said.acceptable[MASK_LEFT], cases[i].left);
        assert_int_equal(said.acceptable[MASK_RIGHT], cases[i].right);
        assert_null(said.reasons);
        clear(&d);
    }
}

static void
two_bad_ones_are_not_asked_about(void **state)
{
    (void)state;
    for (int share = 0; share <= 1; share++) {
        struct desk d;
        struct verdict said;
        set(&d, share, 0);
        give(&d, "4", VERDICT_BOTH_BAD, STRENGTH_UNKNOWN);
        assert_true(judging_over(&d.judging, &said));
        for (int side = 0; side < BRAIN_COUNT; side++)
            assert_int_equal(said.acceptable[side], OPINION_NONE);
        clear(&d);
    }
}

static void
letters_give_reasons_and_the_guess_is_asked_last(void **state)
{
    struct desk d;
    struct verdict said;
    char question[64];
    (void)state;
    set(&d, 1, 1);
    assert_int_equal(d.rules.reason_count, 5); /* the last one has no letter that is free */
    give(&d, "2", VERDICT_LLAMA, STRENGTH_UNKNOWN);
    judging_question(&d.judging, question, sizeof question);
    assert_string_equal(question, "B. Send as they are?");
    assert_int_equal(press(&d, "w"), JUDGING_TAKEN);
    assert_int_equal(press(&d, "c"), JUDGING_TAKEN);
    assert_int_equal(press(&d, "c"), JUDGING_TAKEN); /* taken back */
    assert_int_equal(press(&d, "s"), JUDGING_TAKEN);
    assert_int_equal(press(&d, "x"), JUDGING_UNKNOWN);
    assert_int_equal(press(&d, "1"), JUDGING_TAKEN);
    assert_int_equal(d.judging.stage, JUDGING_IDENTITY);
    judging_question(&d.judging, question, sizeof question);
    assert_string_equal(question, "Which is Claude?");
    assert_int_equal(press(&d, "3"), JUDGING_TAKEN);
    assert_true(judging_over(&d.judging, &said));
    assert_int_equal(said.guess, GUESS_DONT_KNOW);
    assert_string_equal(said.reasons, "[\"warmer\",\"shorter\"]");
    clear(&d);
}

static void
a_verdict_that_is_taken_back_or_changed_begins_the_questions_anew(void **state)
{
    struct desk d;
    struct verdict said;
    (void)state;
    set(&d, 1, 0);
    give(&d, "1", VERDICT_CLAUDE, STRENGTH_UNKNOWN);
    press(&d, "w");
    give(&d, "u", VERDICT_UNDO, STRENGTH_UNKNOWN);
    assert_int_equal(d.judging.stage, JUDGING_PAIR);
    give(&d, "2", VERDICT_LLAMA, STRENGTH_UNKNOWN);
    assert_int_equal(d.judging.reasons, 0);
    judging_skip(&d.judging);
    assert_true(judging_over(&d.judging, &said));
    assert_int_equal(said.acceptable[MASK_LEFT], OPINION_NONE);
    clear(&d);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_is_the_verdict_and_other_keys_are_what_they_were),
        cmocka_unit_test(nothing_is_judged_before_both_have_ended_or_once_it_is_set_aside),
        cmocka_unit_test(whether_they_can_be_sent_is_one_key_by_sides),
        cmocka_unit_test(two_bad_ones_are_not_asked_about),
        cmocka_unit_test(letters_give_reasons_and_the_guess_is_asked_last),
        cmocka_unit_test(a_verdict_that_is_taken_back_or_changed_begins_the_questions_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
