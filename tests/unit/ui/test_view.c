#include "view_kit.h"

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
        cmocka_unit_test(a_failed_answer_says_so_in_its_column),
        cmocka_unit_test(the_selected_turn_is_always_in_sight_and_marked_once),
        cmocka_unit_test(
            a_step_selects_the_next_turn_and_what_comes_in_moves_neither_it_nor_the_screen),
        cmocka_unit_test(the_question_stays_over_its_answer_while_that_scrolls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
