/* The two columns of a turn while their texts grow. */
#include "view_kit.h"

static void
a_short_column_stays_in_sight_beside_a_long_one(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("mario");
    struct turn *t = add_turn(c, 1, 0);
    for (int i = 0; i < 60; i++)
        buf_printf(&t->answers[BRAIN_CLAUDE].text, "long%d\n", i);
    struct view *v = view_create();
    struct view_shape s = shape(ARRANGE_SIDE, 20, 80);
    view_set_shape(v, &s);
    view_set_conversation(v, c);
    stream(t, BRAIN_LLAMA, "pendek");
    char *text = screen(v, 20);
    assert_non_null(strstr(text, "long59"));
    assert_null(strstr(text, "long5\n"));
    assert_non_null(strstr(text, "pendek"));
    free(text);
    /* longer than the screen, but shorter than its neighbour: its own end is what shows */
    for (int i = 0; i < 30; i++)
        stream(t, BRAIN_LLAMA, "\nbaris");
    stream(t, BRAIN_LLAMA, "\nakhir");
    text = screen(v, 20);
    assert_non_null(strstr(text, "akhir"));
    assert_null(strstr(text, "pendek"));
    free(text);
    view_scroll(v, -200);
    text = screen(v, 20);
    assert_non_null(strstr(text, "long0"));
    assert_non_null(strstr(text, "pendek"));
    free(text);
    view_destroy(&v);
    conversation_destroy(&c);
}

/* Text that a column shows in this row of the screen; "": none. */
static void
column_text(struct view *v, int row, enum brain_id b, char out[80])
{
    struct view_row at;
    struct flow_row text;
    view_row(v, row, &at);
    bool some = view_body_text(v, &at, b, &text) == VIEW_TEXT_ANSWER;
    snprintf(out, 80, "%.*s", some ? (int)text.len : 0, some ? text.text : "");
}

static void
columns_out_of_step_do_not_move_up_and_down_while_they_grow(void **state)
{
    (void)state;
    enum { ROWS = 24, WORDS = 1200, LOOKED_AT = 5 };
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    struct view_shape s = shape(ARRANGE_SIDE, ROWS, 60);
    char word[16], before[BRAIN_COUNT][80] = {"", ""}, now[80];
    int moves[BRAIN_COUNT] = {0};
    struct turn *t = add_turn(c, 1, 4);
    view_set_shape(v, &s);
    view_set_conversation(v, c);
    for (int i = 0; i < WORDS; i++) {
        /* the right one is some words behind, and a tenth slower */
        for (int b = 0; b < BRAIN_COUNT; b++) {
            snprintf(word, sizeof word, "w%04d ", i);
            if (b == 0 || (i > 3 && i % 10))
                stream(t, (enum brain_id)b, word);
        }
        free(screen(v, ROWS));
        for (int b = 0; b < BRAIN_COUNT; b++) {
            column_text(v, LOOKED_AT, (enum brain_id)b, now);
            moves[b] += before[b][0] && strcmp(before[b], now) != 0 && strlen(before[b]) > 20;
            snprintf(before[b], sizeof before[b], "%s", now);
        }
    }
    assert_in_range(moves[0], 5, 40);
    assert_in_range(moves[1], 5, 3 * (unsigned)moves[0]);
    view_destroy(&v);
    conversation_destroy(&c);
}

/* The rows of `now` whose mark is that of `before` show the same text; returns how many they are. */
static int
rows_that_stay(const char *before, const uint64_t *marks_before, const char *now,
               const uint64_t *marks, int rows)
{
    int stay = 0;
    for (int i = 0; i < rows; i++) {
        size_t n = strcspn(now, "\n"), n_before = strcspn(before, "\n");
        if (marks[i] && marks[i] == marks_before[i]) {
            assert_int_equal(n, n_before);
            assert_memory_equal(now, before, n);
            stay++;
        }
        now += n + 1;
        before += n_before + 1;
    }
    return stay;
}

static int
grow_and_compare(enum arrangement arrangement, uint64_t seed)
{
    enum { ROWS = 24, STEPS = 400 };
    static const char *const pieces[] = {"word ", "a longer word ", "caf\u00e9 ", "\n\n",   "\n\n",
                                         "\n\n",  "- item\n",       "**bold** ",  "\n```\n"};
    struct rng rng = {.state = seed};
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    struct view_shape s = shape(arrangement, ROWS, 60);
    uint64_t marks[2][ROWS] = {{0}};
    int stay = 0;
    add_turn(c, 1, 40);
    struct turn *t = add_turn(c, 2, 1);
    view_set_shape(v, &s);
    view_set_conversation(v, c);
    char *before = screen(v, ROWS);
    for (int step = 0; step < STEPS; step++) {
        if (rng_below(&rng, 50) == 0) { /* another answer takes the place of this one */
            struct answer *a = &t->answers[rng_below(&rng, BRAIN_COUNT)];
            snprintf(a->id, sizeof a->id, "%d", step);
            buf_clear(&a->text);
            buf_printf(&a->text, "the first of answer %d\n\nthen\n\nthe end ", step);
        }
        for (uint32_t n = rng_below(&rng, 12); n > 0; n--)
            stream(t, (enum brain_id)rng_below(&rng, BRAIN_COUNT),
                   pieces[rng_below(&rng, ARRAY_LEN(pieces))]);
        char *now = screen(v, ROWS);
        for (int i = 0; i < ROWS; i++)
            marks[step % 2][i] = view_row_mark(v, i);
        stay += rows_that_stay(before, marks[(step + 1) % 2], now, marks[step % 2], ROWS);
        free(before);
        before = now;
    }
    free(before);
    view_destroy(&v);
    conversation_destroy(&c);
    return stay / STEPS;
}

static void
a_row_with_the_same_mark_looks_the_same_while_text_grows(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 5; seed++)
        for (int a = ARRANGE_SIDE; a <= ARRANGE_ONE; a++)
            assert_in_range(grow_and_compare((enum arrangement)a, seed), 4, 24);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_column_stays_in_sight_beside_a_long_one),
        cmocka_unit_test(columns_out_of_step_do_not_move_up_and_down_while_they_grow),
        cmocka_unit_test(a_row_with_the_same_mark_looks_the_same_while_text_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
