/* Reviews in the store: which pairs there are, what a rater may still be shown, and what a verdict of a review counts as. */
#include "store_kit.h"

#include "berdua/store/review_store.h"
#include "berdua/store/verdict_store.h"
#include "store/sqlite/db.h"
#include "store/store_db.h"

struct desk {
    struct box box;
    struct writer *writer;
    struct conversation *c;
    int64_t at_us; /* of the last verdict */
};

static void
open_desk(struct desk *d, const struct kit *k)
{
    *d = (struct desk){.box = box_open()};
    d->c = conversation_create("mario");
    d->writer = kit_open(k->path, &d->box);
    writer_put_session(d->writer, d->c, 0);
}

static void
close_desk(struct desk *d)
{
    kit_close(&d->writer);
    box_close(&d->box);
    conversation_destroy(&d->c);
}

static struct turn *
put_pair(struct desk *d, enum category category, const char *claude, const char *llama)
{
    struct turn *t = kit_turn("mana yang lebih baik?");
    t->kind.category = (int)category;
    if (*claude)
        kit_answer(t, BRAIN_CLAUDE, claude);
    if (*llama)
        kit_answer(t, BRAIN_LLAMA, llama);
    writer_put_turn(d->writer, d->c->id, t, 0);
    conversation_append(d->c, t);
    return t;
}

static void
say(struct desk *d, struct turn *t, const char *rater, struct verdict v)
{
    struct reviewed_pair pair = {.session = d->c->id, .turn = t, .attempt = 1, .side = -1};
    v.at_wall_us = ++d->at_us;
    assert_true(box_stored(&d->box, writer_put_review(d->writer, &pair, &v, rater, 0)));
}

static struct turn *
shown(const struct kit *k, const struct turn *t, const char *rater, bool again)
{
    struct err err = {{0}};
    char session[27];
    struct store *s = store_open(k->path, &err);
    int64_t n = -1;
    assert_true(db_find_int(store_db(s), "SELECT n FROM turn WHERE id = ?1",
                            SQL_ARGS(SQL_TEXT(t->id)), &n, &err));
    struct turn *got = review_store_turn(s, n, 1, rater, again, session, &err);
    assert_string_equal(err.text, "");
    store_close(&s);
    return got;
}

static bool
may_see(const struct kit *k, const struct turn *t, const char *rater, bool again)
{
    struct turn *got = shown(k, t, rater, again);
    bool is_there = got != NULL;
    turn_destroy(&got);
    return is_there;
}

struct found {
    int n;
    uint64_t pair[4];
};

static bool
take_pair(void *arg, const struct review_pair *pair)
{
    struct found *f = arg;
    assert_true(f->n < 4);
    assert_int_equal(pair->attempt, 1);
    f->pair[f->n++] = pair->pair;
    return true;
}

static struct found
pairs(const struct kit *k, bool simulated, int64_t since_us, int category)
{
    struct found f = {0};
    struct err err = {{0}};
    struct store *s = store_open(k->path, &err);
    struct review_reader reader = {simulated, since_us, category, take_pair, NULL, &f};
    assert_true(review_store_pairs(s, &reader, &err));
    store_close(&s);
    return f;
}

static void
a_pair_is_two_complete_answers_of_the_wanted_kind(void **state)
{
    struct kit *k = *state;
    struct desk d;
    open_desk(&d, k);
    struct turn *whole = put_pair(&d, CATEGORY_EMOTIONAL, "satu", "dua");
    put_pair(&d, CATEGORY_EMOTIONAL, "satu", "");
    struct turn *other = put_pair(&d, CATEGORY_GREETING, "halo", "hai");
    kit_settle(&d.box, d.writer);
    assert_int_equal(pairs(k, false, INT64_MIN, -1).n, 2);
    assert_int_equal(pairs(k, true, INT64_MIN, -1).n, 0);
    assert_int_equal(pairs(k, false, INT64_MAX, -1).n, 0);
    struct found f = pairs(k, false, INT64_MIN, CATEGORY_GREETING);
    assert_int_equal(f.n, 1);
    assert_true(f.pair[0] == observation_pair(observation_turn(other->id), 1));
    struct turn *t = shown(k, whole, "wayan", false);
    assert_non_null(t);
    assert_string_equal(t->answers[BRAIN_LLAMA].text.p, "dua");
    turn_destroy(&t);
    close_desk(&d);
}

static void
a_rater_is_shown_no_pair_again_but_one_withdrawn_before_its_names_were_shown(void **state)
{
    struct kit *k = *state;
    struct desk d;
    open_desk(&d, k);
    struct turn *judged = put_pair(&d, CATEGORY_EMOTIONAL, "satu", "dua"),
                *withdrawn = put_pair(&d, CATEGORY_EMOTIONAL, "satu", "dua"),
                *chatted = put_pair(&d, CATEGORY_EMOTIONAL, "satu", "dua"),
                *revealed = put_pair(&d, CATEGORY_EMOTIONAL, "satu", "dua");
    say(&d, judged, "wayan", (struct verdict){.kind = VERDICT_TIE, .drawn_by = DRAW_RANDOM});
    say(&d, withdrawn, "wayan", (struct verdict){.kind = VERDICT_TIE, .drawn_by = DRAW_RANDOM});
    say(&d, withdrawn, "wayan", (struct verdict){.kind = VERDICT_UNDO, .drawn_by = DRAW_RANDOM});
    struct verdict chat = {.kind = VERDICT_LLAMA, .at_wall_us = 1},
                   undo = {.kind = VERDICT_UNDO, .at_wall_us = 2},
                   reveal = {.kind = VERDICT_REVEAL, .at_wall_us = 3};
    writer_put_verdict(d.writer, d.c->id, chatted->id, &chat, "wayan", 0);
    writer_put_verdict(d.writer, d.c->id, chatted->id, &undo, "wayan", 0);
    writer_put_verdict(d.writer, d.c->id, revealed->id, &reveal, "wayan", 0);
    kit_settle(&d.box, d.writer);
    assert_false(may_see(k, judged, "wayan", false));
    assert_true(may_see(k, judged, "wayan", true));
    assert_true(may_see(k, judged, "made", false));
    assert_true(may_see(k, withdrawn, "wayan", false));
    assert_false(may_see(k, chatted, "wayan", false));
    assert_false(may_see(k, revealed, "wayan", false));
    close_desk(&d);
}

struct counted {
    int rows, observed;
    struct verdict_row last;
};

static bool
count_row(void *arg, const struct verdict_row *row)
{
    struct counted *c = arg;
    c->rows++;
    c->observed += row->observed;
    c->last = *row;
    return true;
}

static struct counted
count_rows(const struct kit *k)
{
    struct err err = {{0}};
    struct counted c = {.rows = 0};
    struct store *s = store_open(k->path, &err);
    assert_true(verdict_store_rows(s, count_row, &c, &err));
    store_close(&s);
    return c;
}

static void
only_what_was_drawn_to_count_counts_and_what_was_said_later_belongs_to_it(void **state)
{
    static const enum verdict_draw draws[] = {DRAW_REPEAT, DRAW_DISPUTE, DRAW_ACTIVE, DRAW_RANDOM};
    struct kit *k = *state;
    struct desk d;
    open_desk(&d, k);
    struct turn *t = put_pair(&d, CATEGORY_EMOTIONAL, "satu", "dua");
    t->left = BRAIN_LLAMA;
    for (size_t i = 0; i < ARRAY_LEN(draws); i++)
        say(&d, t, "wayan",
            (struct verdict){.kind = VERDICT_LLAMA,
                             .drawn_by = draws[i],
                             .propensity = draws[i] == DRAW_ACTIVE ? .25 : 0});
    say(&d, t, "wayan",
        (struct verdict){.kind = VERDICT_DETAIL,
                         .drawn_by = DRAW_RANDOM,
                         .guess = GUESS_LEFT,
                         .acceptable = {[BRAIN_CLAUDE] = OPINION_NO, [BRAIN_LLAMA] = OPINION_YES}});
    kit_settle(&d.box, d.writer);
    struct counted c = count_rows(k);
    assert_int_equal(c.rows, 4);
    assert_int_equal(c.observed, 1); /* one pair, whoever was drawn first */
    assert_int_equal(c.last.acceptable[BRAIN_LLAMA], OPINION_YES);
    assert_int_equal(c.last.acceptable[BRAIN_CLAUDE], OPINION_NO);
    assert_int_equal(c.last.left, BRAIN_LLAMA);
    assert_int_equal(c.last.guess, GUESS_LEFT);
    assert_true(c.last.blind);
    say(&d, t, "wayan", (struct verdict){.kind = VERDICT_UNDO, .drawn_by = DRAW_RANDOM});
    assert_true(count_rows(k).last.flags & 1u << FLAG_UNDONE);
    close_desk(&d);
}

static void
a_repeat_or_a_dispute_alone_is_no_observation(void **state)
{
    struct kit *k = *state;
    struct desk d;
    open_desk(&d, k);
    struct turn *t = put_pair(&d, CATEGORY_EMOTIONAL, "satu", "dua");
    say(&d, t, "wayan", (struct verdict){.kind = VERDICT_TIE, .drawn_by = DRAW_REPEAT});
    say(&d, t, "made", (struct verdict){.kind = VERDICT_TIE, .drawn_by = DRAW_DISPUTE});
    assert_int_equal(count_rows(k).observed, 0);
    close_desk(&d);
}

static void
sides_that_a_review_used_are_counted_once_and_go_on_in_the_chat(void **state)
{
    struct kit *k = *state;
    struct desk d;
    open_desk(&d, k);
    struct turn *t = put_pair(&d, CATEGORY_CULTURAL, "satu", "dua");
    struct review_sides sides[CATEGORY_COUNT];
    struct err err = {{0}};
    for (int times = 0; times < 2; times++)
        for (int64_t side = 0; side < 3; side++) {
            struct reviewed_pair pair = {d.c->id, t, 1, side, 77};
            struct verdict v = {.kind = VERDICT_TIE, .drawn_by = DRAW_RANDOM, .at_wall_us = 5};
            assert_true(box_stored(&d.box, writer_put_review(d.writer, &pair, &v, "wayan", 0)));
        }
    struct store *s = store_open(k->path, &err);
    assert_true(review_store_sides(s, "wayan", sides, &err));
    assert_int_equal(sides[CATEGORY_CULTURAL].drawn, 3);
    assert_int_equal(sides[CATEGORY_CULTURAL].seed, 77);
    assert_int_equal(sides[CATEGORY_GREETING].drawn, 0);
    store_close(&s);
    close_desk(&d);
}

int
main(void)
{
#define IN_A_KIT(test) cmocka_unit_test_setup_teardown(test, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_KIT(a_pair_is_two_complete_answers_of_the_wanted_kind),
        IN_A_KIT(a_rater_is_shown_no_pair_again_but_one_withdrawn_before_its_names_were_shown),
        IN_A_KIT(only_what_was_drawn_to_count_counts_and_what_was_said_later_belongs_to_it),
        IN_A_KIT(a_repeat_or_a_dispute_alone_is_no_observation),
        IN_A_KIT(sides_that_a_review_used_are_counted_once_and_go_on_in_the_chat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
