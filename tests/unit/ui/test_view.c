#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/conversation.h"
#include "ui/view/view.h"

static struct view_shape
shape(enum arrangement arrangement, int rows, int cols)
{
    struct view_shape s;
    memset(&s, 0, sizeof s);
    s.arrangement = arrangement;
    s.one = 0;
    s.rows = rows;
    s.text_cols = cols;
    s.column_cols = arrangement == ARRANGE_SIDE ? cols / 2 : cols;
    s.airy = true;
    return s;
}

static struct turn *
add_turn(struct conversation *c, int n, int words)
{
    char text[64];
    snprintf(text, sizeof text, "message %d", n);
    struct turn *t = turn_create(text);
    snprintf(t->id, sizeof t->id, "turn%d", n);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->asked[b] = true;
        t->answers[b].status = STATUS_COMPLETE;
        for (int i = 0; i < words; i++)
            buf_printf(&t->answers[b].text, "t%db%dw%d ", n, b, i);
        t->answers[b].revision = 1;
    }
    conversation_append(c, t);
    return t;
}

static void
stream(struct turn *t, enum brain_id b, const char *text)
{
    t->answers[b].status = STATUS_RUNNING;
    t->answers[b].phase = PHASE_STREAMING;
    buf_append_str(&t->answers[b].text, text);
    t->answers[b].revision++;
}

/* The screen as text, for comparing. */
static char *
screen(struct view *v, int rows)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    view_update(v);
    for (int i = 0; i < rows; i++) {
        struct view_row at;
        struct flow_row text;
        view_row(v, i, &at);
        if (!at.turn) {
            buf_append_str(&b, "~\n");
            continue;
        }
        buf_printf(&b, "%d:", (int)at.part);
        if (view_message_text(v, &at, &text))
            buf_append(&b, text.text, text.len);
        for (int lane = 0; lane < BRAIN_COUNT; lane++)
            if ((at.brain == BRAIN_NONE || (int)at.brain == lane) &&
                view_body_text(v, &at, (enum brain_id)lane, &text) != VIEW_TEXT_NONE)
                buf_append(&b, text.text, text.len);
        buf_append_str(&b, "\n");
    }
    return buf_take(&b);
}

static void
one_answer_alone_has_the_width_of_both_until_the_other_is_asked(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("mario");
    struct turn *t = add_turn(c, 1, 40);
    struct view_shape s = shape(ARRANGE_SIDE, 30, 80);
    s.alone_cols = 80;
    struct view *v = view_create();
    view_set_shape(v, &s);
    view_set_conversation(v, c);
    char *both = screen(v, 30);
    t->asked[BRAIN_LLAMA] = false; /* as in a routed turn */
    t->answers[BRAIN_LLAMA].revision++;
    char *alone = screen(v, 30);
    assert_null(strstr(alone, "t1b1w0"));
    char *line = strstr(alone, "t1b0w0");
    assert_non_null(line);
    assert_true(strcspn(line, "\n") > 40);
    t->asked[BRAIN_LLAMA] = true; /* it took over */
    t->answers[BRAIN_LLAMA].revision++;
    char *again = screen(v, 30);
    assert_string_equal(again, both);
    free(both);
    free(alone);
    free(again);
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
the_end_is_followed_and_moves_by_several_rows_at_once(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    struct view_shape s = shape(ARRANGE_SIDE, 24, 40);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    struct turn *t = add_turn(c, 1, 3);
    int moves = 0, rows = 0;
    view_update(v);
    for (int i = 0; i < 200; i++) {
        char word[32];
        snprintf(word, sizeof word, "line %d is here\n\n", i);
        stream(t, BRAIN_CLAUDE, word);
        int moved = view_update(v);
        assert_true(moved >= 0 && moved < 24);
        moves += moved > 0;
        rows += moved;
        char *now = screen(v, 24);
        snprintf(word, sizeof word, "line %d is here", i);
        assert_non_null(strstr(now, word)); /* the newest is never off the screen */
        free(now);
    }
    assert_true(rows > 300);
    assert_true(rows / moves >= 4);
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
rows_kept_free_for_an_answer_are_filled_once_it_has_ended(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    struct view_shape s = shape(ARRANGE_SIDE, 24, 40);
    struct turn *t = add_turn(c, 1, 3);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    for (int i = 0; i < 12; i++)
        stream(t, BRAIN_CLAUDE, "\n\nline");
    free(screen(v, 24));
    stream(t, BRAIN_CLAUDE, "\n\nthe last");
    char *running = screen(v, 24);
    assert_non_null(strstr(running, "~\n~\n"));
    t->answers[BRAIN_CLAUDE].status = STATUS_COMPLETE;
    t->answers[BRAIN_CLAUDE].revision++;
    char *ended = screen(v, 24);
    assert_null(strstr(ended, "~"));
    assert_non_null(strstr(ended, "the last"));
    free(running);
    free(ended);
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
the_newest_turn_keeps_its_beginning_while_it_fits(void **state)
{
    (void)state;
    for (int beside = 0; beside < 2; beside++) {
        struct conversation *c = conversation_create("u");
        struct view *v = view_create();
        struct view_shape s = shape(ARRANGE_SIDE, 24, 40);
        s.beside = beside;
        add_turn(c, 1, 12);
        struct turn *t = add_turn(c, 2, 0);
        view_set_conversation(v, c);
        view_set_shape(v, &s);
        bool fits = true;
        for (int lines = 1; lines < 40; lines++) {
            stream(t, BRAIN_CLAUDE, lines > 1 ? "\n\nline" : "first");
            char *now = screen(v, 24);
            bool begins = strstr(now, "first") != NULL;
            /* 24 rows hold 9 lines, the blank ones between them, the message and the names. */
            assert_true(begins || lines > 9);
            assert_true(begins <= fits); /* once gone it does not come back */
            fits = begins;
            free(now);
        }
        assert_false(fits);
        view_destroy(&v);
        conversation_destroy(&c);
    }
}

static void
scrolled_up_the_place_holds_while_text_streams(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    struct view_shape s = shape(ARRANGE_SIDE, 10, 60);
    for (int i = 0; i < 20; i++)
        add_turn(c, i, 30);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    view_update(v);
    assert_false(view_more_below(v));
    assert_true(view_scroll(v, -25));
    assert_true(view_more_below(v));
    char *before = screen(v, 10);
    assert_int_equal(view_new_lines(v), 0);
    for (int i = 0; i < 50; i++)
        stream(c->turns[19], BRAIN_LLAMA, "and a few words more, ");
    char *after = screen(v, 10);
    assert_string_equal(before, after);
    assert_true(view_new_lines(v) > 5);
    free(after);
    int with_stream = view_new_lines(v);
    add_turn(c, 20, 30);
    after = screen(v, 10);
    assert_string_equal(before, after);
    assert_true(view_new_lines(v) > with_stream);
    free(before);
    free(after);
    view_bottom(v);
    view_update(v);
    assert_false(view_more_below(v));
    assert_int_equal(view_new_lines(v), 0);
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
resizing_away_and_back_restores_the_screen(void **state)
{
    (void)state;
    static const int sizes[][2] = {{10, 17}, {1, 1}, {40, 200}, {0, 1}, {3, 30}, {24, 61}};
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    for (int i = 0; i < 30; i++)
        add_turn(c, i, i * 7 % 90);
    view_set_conversation(v, c);
    struct view_shape home = shape(ARRANGE_SIDE, 20, 70);
    view_set_shape(v, &home);
    view_update(v);
    view_scroll(v, -100);
    for (int step = 0; step < 60; step++) {
        view_scroll(v, step % 3 ? -3 : 5);
        char *before = screen(v, 20);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            struct view_shape other = shape((enum arrangement)(i % 3), sizes[i][0], sizes[i][1]);
            view_set_shape(v, &other);
            view_update(v);
        }
        view_set_shape(v, &home);
        char *after = screen(v, 20);
        assert_string_equal(before, after);
        free(before);
        free(after);
    }
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
older_turns_arriving_move_nothing(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    struct view_shape s = shape(ARRANGE_STACK, 12, 50);
    for (int i = 50; i < 60; i++)
        add_turn(c, i, 20);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    view_update(v);
    view_scroll(v, -10000);
    assert_true(view_at_top(v));
    char *before = screen(v, 12);
    struct conversation *more = conversation_create("u");
    struct turn *older[5];
    for (int i = 0; i < 5; i++)
        older[i] = add_turn(more, i, 20);
    more->count = 0;
    conversation_prepend(c, older, 5);
    conversation_destroy(&more);
    char *after = screen(v, 12);
    assert_string_equal(before, after);
    assert_false(view_at_top(v));
    free(before);
    free(after);
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
scrolling_up_and_down_again_comes_back_to_the_same_rows(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    for (int a = 0; a < 3; a++) {
        struct view_shape s = shape((enum arrangement)a, 15, 44);
        if (a == 0)
            for (int i = 0; i < 40; i++)
                add_turn(c, i, i % 11 * 5);
        view_set_conversation(v, c);
        view_set_shape(v, &s);
        char *end = screen(v, 15);
        int steps = 0;
        while (view_scroll(v, -7) && steps < 500)
            steps++;
        assert_true(view_at_top(v));
        while (view_more_below(v))
            view_scroll(v, 7);
        char *again = screen(v, 15);
        assert_string_equal(end, again);
        free(end);
        free(again);
    }
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
ten_thousand_turns_open_at_the_end_without_laying_them_out(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    for (int i = 0; i < 10000; i++)
        add_turn(c, i, 3);
    struct view_shape s = shape(ARRANGE_SIDE, 40, 120);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    char *now = screen(v, 40);
    assert_non_null(strstr(now, "message 9999"));
    free(now);
    view_go(v, c->turns[5000], BRAIN_LLAMA, 0);
    now = screen(v, 40);
    assert_non_null(strstr(now, "t5000b1w0"));
    assert_ptr_equal(view_selected(v), c->turns[5000]);
    free(now);
    view_top(v);
    now = screen(v, 40);
    assert_non_null(strstr(now, "message 0\n"));
    free(now);
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
a_failed_answer_says_so_in_its_column(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    struct turn *t = add_turn(c, 1, 2);
    struct answer *a = &t->answers[BRAIN_LLAMA];
    a->status = STATUS_FAILED;
    a->error.kind = ERR_CONNECT;
    a->error.message = xstrdup("Nothing answers at 127.0.0.1:1 \x1b[2J");
    a->revision++;
    struct view_shape s = shape(ARRANGE_SIDE, 20, 160);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    char *now = screen(v, 20);
    assert_non_null(strstr(now, "Nothing answers at 127.0.0.1:1"));
    assert_null(strchr(now, 0x1b));
    free(now);
    /* another try replaces the answer */
    memcpy(a->id, "other", 6);
    buf_clear(&a->text);
    free(a->error.message);
    a->error.message = NULL;
    a->error.kind = ERR_NONE;
    a->status = STATUS_COMPLETE;
    buf_append_str(&a->text, "better now");
    now = screen(v, 20);
    assert_non_null(strstr(now, "better now"));
    assert_null(strstr(now, "failed"));
    assert_null(strstr(now, "t1b1w0"));
    free(now);
    view_destroy(&v);
    conversation_destroy(&c);
}

/* The whole of a short answer stays in sight while its long neighbour is followed. */
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

/* Which turn is marked on the screen, and in which row; rows: none is. */
static int
marked_row(struct view *v, int rows, const struct turn **turn)
{
    int found = rows;
    view_update(v);
    for (int i = 0; i < rows; i++) {
        struct view_row at;
        view_row(v, i, &at);
        if (!at.selected)
            continue;
        assert_int_equal(found, rows); /* there is one mark */
        found = i;
        *turn = at.turn;
    }
    return found;
}

static void
the_selected_turn_is_always_in_sight_and_marked_once(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    const struct turn *turn = NULL;
    for (int i = 0; i < 12; i++)
        add_turn(c, i, i * 37 % 180);
    struct view_shape s = shape(ARRANGE_SIDE, 14, 70);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    assert_ptr_equal(view_selected(v), c->turns[11]);
    for (int step = 0; step < 400; step++) {
        static const int moves[] = {-1, -1, -5, 3, 1, -13, 8, -2};
        if (step % 11 == 5)
            view_select_step(v, step % 2 ? 1 : -1);
        else if (step % 50 == 49)
            view_top(v);
        else
            view_scroll(v, moves[step % 8]);
        stream(c->turns[step % 12], BRAIN_LLAMA, "and more "); /* anywhere, above too */
        assert_true(marked_row(v, 14, &turn) < 14);
        assert_ptr_equal(turn, view_selected(v));
    }
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
a_step_selects_the_next_turn_and_what_comes_in_moves_neither_it_nor_the_screen(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    for (int i = 0; i < 3; i++)
        add_turn(c, i, 4);
    struct view_shape s = shape(ARRANGE_SIDE, 30, 70);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    free(screen(v, 30));
    assert_true(view_select_step(v, -1));
    assert_ptr_equal(view_selected(v), c->turns[1]);
    assert_false(view_more_below(v));
    char *before = screen(v, 12);
    for (int i = 0; i < 200; i++)
        stream(c->turns[2], BRAIN_CLAUDE, "a long answer ");
    add_turn(c, 3, 9);
    char *after = screen(v, 12);
    assert_string_equal(before, after);
    assert_ptr_equal(view_selected(v), c->turns[1]);
    assert_true(view_more_below(v));
    view_bottom(v);
    assert_ptr_equal(view_selected(v), c->turns[3]);
    view_top(v);
    assert_ptr_equal(view_selected(v), c->turns[0]);
    assert_false(view_select_step(v, -1));
    free(before);
    free(after);
    view_destroy(&v);
    conversation_destroy(&c);
}

static void
the_question_stays_over_its_answer_while_that_scrolls(void **state)
{
    (void)state;
    struct conversation *c = conversation_create("u");
    struct view *v = view_create();
    add_turn(c, 0, 400);
    struct view_shape s = shape(ARRANGE_SIDE, 16, 70);
    view_set_conversation(v, c);
    view_set_shape(v, &s);
    for (int i = 0; i < 200; i++) {
        char *now = screen(v, 16);
        assert_non_null(strstr(now, "message 0"));
        free(now);
        if (!view_scroll(v, -1))
            break;
    }
    assert_true(view_at_top(v));
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
        cmocka_unit_test(one_answer_alone_has_the_width_of_both_until_the_other_is_asked),
        cmocka_unit_test(the_end_is_followed_and_moves_by_several_rows_at_once),
        cmocka_unit_test(rows_kept_free_for_an_answer_are_filled_once_it_has_ended),
        cmocka_unit_test(the_newest_turn_keeps_its_beginning_while_it_fits),
        cmocka_unit_test(scrolled_up_the_place_holds_while_text_streams),
        cmocka_unit_test(resizing_away_and_back_restores_the_screen),
        cmocka_unit_test(older_turns_arriving_move_nothing),
        cmocka_unit_test(scrolling_up_and_down_again_comes_back_to_the_same_rows),
        cmocka_unit_test(ten_thousand_turns_open_at_the_end_without_laying_them_out),
        cmocka_unit_test(a_short_column_stays_in_sight_beside_a_long_one),
        cmocka_unit_test(a_failed_answer_says_so_in_its_column),
        cmocka_unit_test(the_selected_turn_is_always_in_sight_and_marked_once),
        cmocka_unit_test(
            a_step_selects_the_next_turn_and_what_comes_in_moves_neither_it_nor_the_screen),
        cmocka_unit_test(the_question_stays_over_its_answer_while_that_scrolls),
        cmocka_unit_test(columns_out_of_step_do_not_move_up_and_down_while_they_grow),
        cmocka_unit_test(a_row_with_the_same_mark_looks_the_same_while_text_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
