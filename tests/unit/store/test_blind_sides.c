/* The sides of blind pairs as they are stored: blocks of four per rater and category, whatever ends in between. */
#include "store_kit.h"

#include <pthread.h>

#include "berdua/chat/blind.h"

enum { PAIRS = 24 };

static struct turn *
blind_turn(const char *rater, enum category category)
{
    struct turn *t = kit_turn("mana yang lebih baik?");
    t->blind.on = true;
    t->blind.rater = xstrdup(rater);
    t->kind.category = (int)category;
    return t;
}

/* Stores a pair and says who stands at the left. */
static enum brain_id
put(struct box *b, struct writer *w, const struct conversation *c, struct turn *t)
{
    struct box_news *x = box_wait(b, writer_put_turn(w, c->id, t, 0));
    assert_non_null(x);
    assert_null(x->text);
    enum brain_id left = x->ack.left;
    box_drop(x);
    assert_int_not_equal(left, BRAIN_NONE);
    return left;
}

static void
assert_blocks(const enum brain_id *left, int n)
{
    for (int block = 0; block + 4 <= n; block += 4) {
        int claude = 0;
        for (int i = 0; i < 4; i++)
            claude += left[block + i] == BRAIN_CLAUDE;
        assert_int_equal(claude, 2);
    }
}

static void
blocks_go_on_over_restarts_and_each_rater_and_category_has_its_own(void **state)
{
    const struct kit *k = *state;
    enum brain_id left[2][2][PAIRS]; /* rater, category */
    static const char *const raters[] = {"wayan", "mario"};
    static const enum category categories[] = {CATEGORY_EMOTIONAL, CATEGORY_GREETING};
    struct conversation *c = conversation_create("mario");
    for (int i = 0; i < PAIRS; i++) {
        struct box b = box_open(); /* an instance for each round */
        struct writer *w = kit_open(k->path, &b);
        writer_put_session(w, c, 0);
        for (int rater = 0; rater < 2; rater++)
            for (int kind = 0; kind < 2; kind++) {
                struct turn *t = blind_turn(raters[rater], categories[kind]);
                left[rater][kind][i] = put(&b, w, c, t);
                turn_destroy(&t);
            }
        kit_close(&w);
        box_close(&b);
    }
    for (int rater = 0; rater < 2; rater++)
        for (int kind = 0; kind < 2; kind++)
            assert_blocks(left[rater][kind], PAIRS);
    conversation_destroy(&c);
}

static void
a_turn_that_is_written_again_keeps_its_sides_and_draws_no_more(void **state)
{
    const struct kit *k = *state;
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    enum brain_id left[8];
    writer_put_session(w, c, 0);
    for (int i = 0; i < 8; i++) {
        struct turn *t = blind_turn("wayan", CATEGORY_GENERAL);
        left[i] = put(&b, w, c, t);
        t->left = brain_other(left[i]); /* whatever it was thought to be */
        assert_int_equal(put(&b, w, c, t), left[i]);
        conversation_append(c, t);
    }
    assert_blocks(left, 8);
    struct conversation *loaded = kit_load(&b, w, c->id, NULL, 0, 0, NULL);
    for (size_t i = 0; i < 8; i++) {
        const struct turn *t = loaded->turns[i];
        assert_true(t->blind.on && t->blind.side_drawn && turn_veiled(t));
        assert_string_equal(t->blind.rater, "wayan");
        assert_int_equal(t->left, left[i]);
    }
    conversation_destroy(&loaded);
    kit_close(&w);
    box_close(&b);
    conversation_destroy(&c);
}

static void
each_rater_has_a_seed_of_their_own(void **state)
{
    const struct kit *k = *state;
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    int claude = 0, raters = 64;
    writer_put_session(w, c, 0);
    for (int i = 0; i < raters; i++) {
        char rater[32];
        snprintf(rater, sizeof rater, "rater %d", i);
        struct turn *t = blind_turn(rater, CATEGORY_GENERAL);
        claude += put(&b, w, c, t) == BRAIN_CLAUDE;
        turn_destroy(&t);
    }
    assert_in_range(claude, 8, raters - 8);
    kit_close(&w);
    box_close(&b);
    conversation_destroy(&c);
}

static void
an_open_turn_has_no_side_to_draw(void **state)
{
    const struct kit *k = *state;
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("halo");
    writer_put_session(w, c, 0);
    struct box_news *x = box_wait(&b, writer_put_turn(w, c->id, t, 0));
    assert_int_equal(x->ack.left, BRAIN_NONE);
    box_drop(x);
    kit_close(&w);
    box_close(&b);
    conversation_append(c, t);
    conversation_destroy(&c);
}

/* ---- two instances at the same time ---- */

struct instance {
    const char *path;
    int claude_left;
    pthread_t thread;
};

static void *
judge_all_day(void *arg)
{
    struct instance *me = arg;
    struct box b = box_open();
    struct writer *w = kit_open(me->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(w, c, 0);
    for (int i = 0; i < PAIRS; i++) {
        struct turn *t = blind_turn("wayan", CATEGORY_GENERAL);
        me->claude_left += put(&b, w, c, t) == BRAIN_CLAUDE;
        turn_destroy(&t);
    }
    kit_close(&w);
    box_close(&b);
    conversation_destroy(&c);
    return NULL;
}

static void
two_instances_share_their_blocks(void **state)
{
    const struct kit *k = *state;
    struct instance both[2] = {{.path = k->path}, {.path = k->path}};
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&both[i].thread, NULL, judge_all_day, &both[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(both[i].thread, NULL);
    /* No position was given twice: half of all of them. */
    assert_int_equal(both[0].claude_left + both[1].claude_left, PAIRS);
}

static void
names_that_were_shown_are_shown_when_it_is_read_again(void **state)
{
    const struct kit *k = *state;
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct verdict v = {.kind = VERDICT_LLAMA, .strength = STRENGTH_CLEAR},
                   shown = {.kind = VERDICT_REVEAL};
    writer_put_session(w, c, 0);
    for (int i = 0; i < 2; i++) {
        struct turn *t = blind_turn("wayan", CATEGORY_GENERAL);
        put(&b, w, c, t);
        uint64_t last = writer_put_verdict(w, c->id, t->id, &v, "wayan", 0);
        if (i == 1)
            last = writer_put_verdict(w, c->id, t->id, &shown, "wayan", 0);
        assert_true(box_stored(&b, last));
        conversation_append(c, t);
    }
    struct conversation *loaded = kit_load(&b, w, c->id, NULL, 0, 0, NULL);
    assert_true(turn_veiled(loaded->turns[0])); /* killed before the question was answered */
    assert_int_equal(loaded->turns[0]->verdict.kind, VERDICT_LLAMA);
    assert_false(turn_veiled(loaded->turns[1]));
    assert_int_equal(loaded->turns[1]->verdict.kind, VERDICT_LLAMA);
    conversation_destroy(&loaded);
    kit_close(&w);
    box_close(&b);
    conversation_destroy(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            blocks_go_on_over_restarts_and_each_rater_and_category_has_its_own, kit_setup,
            kit_teardown),
        cmocka_unit_test_setup_teardown(
            a_turn_that_is_written_again_keeps_its_sides_and_draws_no_more, kit_setup,
            kit_teardown),
        cmocka_unit_test_setup_teardown(each_rater_has_a_seed_of_their_own, kit_setup,
                                        kit_teardown),
        cmocka_unit_test_setup_teardown(an_open_turn_has_no_side_to_draw, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(two_instances_share_their_blocks, kit_setup, kit_teardown),
        cmocka_unit_test_setup_teardown(names_that_were_shown_are_shown_when_it_is_read_again,
                                        kit_setup, kit_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
