/* Which pair a review shows next: seeded runs of many draws. */
#include "unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/review/deck.h"

enum { RUNS = 4000 };

static uint64_t
pair_of(int i)
{
    return observation_pair((uint64_t)i + 1, 1);
}

/* Pair i, of a category each in turn. */
static void
add_pairs(struct deck *d, int n)
{
    for (int i = 0; i < n; i++) {
        deck_add_pair(d,
                      &(struct review_pair){i, pair_of(i), 1, (enum category)(i % CATEGORY_COUNT)});
    }
}

static void
judge(struct deck *d, int pair, const char *rater, enum verdict_kind kind, unsigned flags)
{
    deck_add_verdict(d, &(struct verdict_row){.pair = pair_of(pair),
                                              .attempt = 1,
                                              .kind = kind,
                                              .origin = "review",
                                              .rater = rater,
                                              .drawn_by = DRAW_RANDOM,
                                              .left = BRAIN_LLAMA,
                                              .flags = flags,
                                              .observed = !(flags & FLAGS_LEFT_OUT)});
}

static int
number(const struct review_card *card)
{
    return (int)card->turn;
}

static void
a_random_draw_is_uniform_among_pairs_without_an_observation(void **state)
{
    int seen[12] = {0};
    (void)state;
    for (int run = 0; run < RUNS; run++) {
        struct review_card card;
        struct deck *d = deck_create("wayan", (uint64_t)run);
        add_pairs(d, 12);
        judge(d, 0, "mario", VERDICT_TIE, 0);                      /* has its observation */
        judge(d, 1, "mario", VERDICT_TIE, 1u << FLAG_INTERRUPTED); /* has none */
        judge(d, 2, "wayan", VERDICT_TIE, 1u << FLAG_LEAK);        /* has none, but was judged */
        judge(d, 3, "wayan", VERDICT_TIE, 1u << FLAG_UNDONE);      /* was withdrawn unseen */
        deck_close(d);
        assert_int_equal(deck_left(d, REVIEW_RANDOM), 10);
        assert_true(deck_draw(d, REVIEW_RANDOM, &card));
        assert_int_equal(card.drawn_by, DRAW_RANDOM);
        seen[number(&card)]++;
        deck_destroy(&d);
    }
    assert_int_equal(seen[0] + seen[2], 0);
    double chi2 = 0, expected = RUNS / 10.0;
    for (int i = 0; i < 12; i++)
        chi2 += i == 0 || i == 2 ? 0 : (seen[i] - expected) * (seen[i] - expected) / expected;
    assert_true(chi2 < 33); /* χ² of 9: 1 in 10,000 */
}

static void
an_active_draw_takes_the_category_nearest_to_a_lead_and_its_chances_hold(void **state)
{
    double chance[24] = {0}, sum = 0;
    int seen[24] = {0};
    (void)state;
    for (int run = 0; run < RUNS; run++) {
        struct review_card card;
        struct deck *d = deck_create("wayan", (uint64_t)run);
        add_pairs(d, 24);
        for (int i = 0; i < 18; i += CATEGORY_COUNT) /* one pair of the nearest is left */
            judge(d, i + 2, "mario", VERDICT_TIE, 0);
        deck_close(d);
        /* The nearest: 2 and 4, which are as near, the others are far, or nobody knows. */
        deck_need(d, (const int64_t[CATEGORY_COUNT]){-1, 300, 7, 20, 7, -1});
        assert_true(deck_draw(d, REVIEW_ACTIVE, &card));
        assert_int_equal(card.drawn_by, DRAW_ACTIVE);
        assert_true(card.category == 2 || card.category == 4);
        chance[number(&card)] = card.propensity;
        seen[number(&card)]++;
        deck_destroy(&d);
    }
    for (int i = 0; i < 24; i++) {
        double off = seen[i] - RUNS * chance[i];
        sum += chance[i];
        assert_true(off * off <= 20 * RUNS * chance[i]); /* 4.5 standard errors */
    }
    assert_true(fabs(sum - 1) < 1e-9);
}

static void
without_a_known_need_an_active_draw_spreads_over_the_categories(void **state)
{
    bool seen[CATEGORY_COUNT] = {false};
    struct review_card card;
    struct deck *d = deck_create("wayan", 7);
    (void)state;
    add_pairs(d, 600);
    deck_close(d);
    while (deck_draw(d, REVIEW_ACTIVE, &card))
        seen[card.category] = true;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        assert_true(seen[c]);
    deck_destroy(&d);
}

static void
only_a_repeat_shows_a_rater_the_same_pair_again(void **state)
{
    (void)state;
    for (int draw = 0; draw < REVIEW_DRAW_COUNT; draw++) {
        unsigned char times[200] = {0};
        struct review_card card;
        struct deck *d = deck_create("wayan", 11 + (uint64_t)draw);
        add_pairs(d, 200);
        for (int i = 0; i < 60; i++)
            judge(d, i, i % 3 ? "mario" : "wayan", VERDICT_CLAUDE, 0);
        for (int i = 40; i < 60; i++)
            judge(d, i, "made", VERDICT_LLAMA, 0);
        deck_close(d);
        while (deck_draw(d, (enum review_draw)draw, &card)) {
            int i = number(&card);
            bool own = i < 60 && i % 3 == 0;
            assert_true(!own || card.drawn_by == DRAW_REPEAT);
            if (card.drawn_by == DRAW_REPEAT) {
                assert_true(own);
                assert_int_equal(card.before, VERDICT_CLAUDE);
                assert_int_equal(card.left_before, BRAIN_LLAMA);
            }
            if (card.drawn_by == DRAW_DISPUTE)
                assert_true(i >= 40 && i < 60);
            assert_int_equal(++times[i], 1);
        }
        deck_destroy(&d);
    }
}

static void
a_mix_holds_a_tenth_of_repeats_and_a_tenth_of_others_and_ends_with_what_is_new(void **state)
{
    int count[DRAW_COUNT] = {0}, others = 0, n = 0;
    struct review_card card;
    struct deck *d = deck_create("wayan", 5);
    (void)state;
    add_pairs(d, 3000);
    for (int i = 0; i < 1000; i++)
        judge(d, i, i % 2 ? "mario" : "wayan", VERDICT_TIE, 0);
    deck_close(d);
    for (; n < 1000 && deck_draw(d, REVIEW_MIX, &card); n++) {
        count[card.drawn_by]++;
        others += card.drawn_by == DRAW_RANDOM && number(&card) < 1000;
    }
    assert_int_equal(n, 1000);
    assert_in_range(count[DRAW_REPEAT], 70, 130);
    assert_in_range(others, 70, 130);
    assert_in_range(count[DRAW_ACTIVE], 350, 450);
    while (deck_draw(d, REVIEW_MIX, &card))
        n++;
    assert_int_equal(deck_left(d, REVIEW_MIX), 0);
    assert_true(n >= 2500); /* all that others have judged came, too */
    deck_destroy(&d);
}

static void
what_was_judged_here_can_be_repeated_with_what_was_said(void **state)
{
    struct review_card card, again;
    int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS];
    struct deck *d = deck_create("wayan", 3);
    (void)state;
    add_pairs(d, 2);
    judge(d, 0, "wayan", VERDICT_CLAUDE, 0);
    judge(d, 0, "wayan", VERDICT_TIE, 0);
    deck_close(d);
    deck_self(d, table);
    assert_int_equal(table[0][2], 1);
    assert_int_equal(deck_left(d, REVIEW_REPEAT), 0);
    assert_true(deck_draw(d, REVIEW_RANDOM, &card));
    assert_false(deck_draw(d, REVIEW_RANDOM, &again));
    card.before = VERDICT_LLAMA;
    card.left_before = BRAIN_CLAUDE;
    deck_repeat(d, &card);
    assert_true(deck_draw(d, REVIEW_REPEAT, &again));
    assert_int_equal(again.turn, card.turn);
    assert_int_equal(again.before, VERDICT_LLAMA);
    assert_int_equal(again.left_before, BRAIN_CLAUDE);
    deck_destroy(&d);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_random_draw_is_uniform_among_pairs_without_an_observation),
        cmocka_unit_test(an_active_draw_takes_the_category_nearest_to_a_lead_and_its_chances_hold),
        cmocka_unit_test(without_a_known_need_an_active_draw_spreads_over_the_categories),
        cmocka_unit_test(only_a_repeat_shows_a_rater_the_same_pair_again),
        cmocka_unit_test(
            a_mix_holds_a_tenth_of_repeats_and_a_tenth_of_others_and_ends_with_what_is_new),
        cmocka_unit_test(what_was_judged_here_can_be_repeated_with_what_was_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
