/* Sides, draws and leaks of a blind comparison. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/chat/blind.h"
#include "berdua/chat/conversation.h"

static void
in_each_block_of_four_claude_stands_left_twice_and_every_order_comes(void **state)
{
    unsigned seen = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 50; seed++)
        for (int64_t block = 0; block < 20; block++) {
            unsigned order = 0;
            int left = 0;
            for (int i = 0; i < 4; i++) {
                bool claude = blind_left(seed, block * 4 + i) == BRAIN_CLAUDE;
                assert_int_equal(claude, blind_left(seed, block * 4 + i) == BRAIN_CLAUDE);
                left += claude;
                order |= (unsigned)claude << i;
            }
            assert_int_equal(left, 2);
            seen |= 1u << order;
        }
    assert_int_equal(__builtin_popcount(seen), 6);
}

static void
the_order_of_one_block_does_not_tell_the_next(void **state)
{
    int same = 0, blocks = 6000;
    (void)state;
    for (int block = 0; block < blocks; block++) {
        int equal = 0;
        for (int i = 0; i < 4; i++)
            equal += blind_left(7, block * 4 + i) == blind_left(7, block * 4 + 4 + i);
        same += equal == 4;
    }
    assert_in_range(same, blocks / 6 - 150, blocks / 6 + 150);
}

static void
a_share_of_the_pairs_is_asked_and_always_the_same_ones(void **state)
{
    int asked = 0, both = 0;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        char id[27];
        snprintf(id, sizeof id, "01M8MTXE%018d", i);
        bool one = blind_asks(id, BLIND_IDENTITY, .05);
        assert_int_equal(one, blind_asks(id, BLIND_IDENTITY, .05));
        assert_true(blind_asks(id, BLIND_ACCEPTABLE, 1));
        assert_false(blind_asks(id, BLIND_ACCEPTABLE, 0));
        asked += one;
        both += one && blind_asks(id, BLIND_ACCEPTABLE, .5);
    }
    assert_in_range(asked, 850, 1150);
    assert_in_range(both, 400, 600); /* the two questions are drawn apart */
}

static void
an_answer_that_names_its_own_model_leaks_and_a_namesake_does_not(void **state)
{
    static const char zantara[] = "zantara-llama-3.1-8b";
    static const struct {
        enum brain_id brain;
        const char *model, *text;
        bool leaks;
    } cases[] = {
        {BRAIN_CLAUDE, NULL, "Saya Claude, asisten dari Anthropic.", true},
        {BRAIN_CLAUDE, NULL, "I'm claude.", true},
        {BRAIN_CLAUDE, NULL, "**Claude**: halo", true},
        {BRAIN_CLAUDE, NULL, "Claude Haiku here", true},
        {BRAIN_CLAUDE, NULL, "ANTHROPIC", true},
        {BRAIN_CLAUDE, NULL, "Lukisan Claude Monet di Jakarta.", false},
        {BRAIN_CLAUDE, NULL, "Jean-Claude datang besok", false},
        {BRAIN_CLAUDE, NULL, "Claudette dan claudere", false},
        {BRAIN_CLAUDE, NULL, "Saya LLAMA dari Meta AI.", false},
        {BRAIN_CLAUDE, "claude-haiku-5-5", "Sebuah haiku untukmu.", false},
        {BRAIN_LLAMA, zantara, "Aku Zantara, teman kamu!", true},
        {BRAIN_LLAMA, zantara, "Saya Llama, model bahasa.", true},
        {BRAIN_LLAMA, zantara, "built on llama-3", true},
        {BRAIN_LLAMA, zantara, "LLaMA3 di sini", true},
        {BRAIN_LLAMA, zantara, "dibuat oleh Meta AI", true},
        {BRAIN_LLAMA, zantara, "La meta del viaggio; Meta ambiziosa", false},
        {BRAIN_LLAMA, zantara, "seekor llama di kebun binatang", false},
        {BRAIN_LLAMA, zantara, "Saya Claude.", false},
        {BRAIN_LLAMA, "my-instruct-chat", "Let's chat about instruct", false},
        {BRAIN_LLAMA, NULL, "", false},
        {BRAIN_LLAMA, zantara, "zantaraku", false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        bool leaks =
            blind_leaks(cases[i].brain, cases[i].model, cases[i].text, strlen(cases[i].text));
        if (leaks != cases[i].leaks)
            fail_msg("%s: %d", cases[i].text, leaks);
    }
}

static void
a_decision_is_too_fast_below_a_tenth_of_a_second_a_word_of_the_shorter_answer(void **state)
{
    struct turn *t = turn_create("halo");
    (void)state;
    buf_append_str(&t->answers[BRAIN_CLAUDE].text, "satu dua\ntiga  empat lima ");
    buf_append_str(&t->answers[BRAIN_LLAMA].text, "satu dua tiga empat lima enam tujuh");
    static const struct {
        int64_t took_us;
        const char *flags;
    } cases[] = {{499999, "[\"fast\"]"}, {500000, NULL}, {UNKNOWN, NULL}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct verdict v = {.kind = VERDICT_TIE};
        blind_complete(&v, t, 1, false, cases[i].took_us);
        assert_int_equal(v.flags != NULL, cases[i].flags != NULL);
        if (v.flags)
            assert_string_equal(v.flags, cases[i].flags);
        verdict_finish(&v);
    }
    turn_destroy(&t);
}

static void
names_are_taken_out_with_their_versions_and_nothing_else_is(void **state)
{
    (void)state;
    static const char *const models[BRAIN_COUNT] = {"claude-haiku-5-5", "zantara-llama-3.1-8b"};
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"", ""},
        {"Halo, Kak.", "Halo, Kak."},
        {"Saya Claude, dibuat Anthropic.", "Saya [name], dibuat [name]."},
        {"I am Claude Sonnet 5.5 here", "I am [name] here"},
        {"Llama-3.1 8B, dari Meta AI", "[name], dari [name]"},
        {"Zantara: llama-3 saja", "[name]: [name] saja"},
        {"Claude 3 kali", "[name] 3 kali"},
        {"Claude Monet dan Jean-Claude melihat seekor llama",
         "Claude Monet dan Jean-Claude melihat seekor llama"},
        {"Claude", "[name]"},
        {"Claude ", "[name] "},
        {"Claude-", "[name]-"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out;
        buf_init(&out, 1000);
        assert_true(blind_strip(models, cases[i].text, strlen(cases[i].text), &out));
        assert_string_equal(out.p, cases[i].want);
        for (int b = 0; b < BRAIN_COUNT; b++)
            assert_false(blind_leaks((enum brain_id)b, models[b], out.p, out.len));
        buf_finish(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_each_block_of_four_claude_stands_left_twice_and_every_order_comes),
        cmocka_unit_test(the_order_of_one_block_does_not_tell_the_next),
        cmocka_unit_test(a_share_of_the_pairs_is_asked_and_always_the_same_ones),
        cmocka_unit_test(names_are_taken_out_with_their_versions_and_nothing_else_is),
        cmocka_unit_test(an_answer_that_names_its_own_model_leaks_and_a_namesake_does_not),
        cmocka_unit_test(
            a_decision_is_too_fast_below_a_tenth_of_a_second_a_word_of_the_shorter_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
