/* Reading: folded turns, answers stacked or as they were written, one answer alone at its place, matches that are counted. */
#include "scene.h"

static bool
shows(const char *text)
{
    char *screen = shown();
    bool found = strstr(screen, text) != NULL;
    free(screen);
    return found;
}

static void
browse(struct scene *s)
{
    type(s, "\033");
    expect(s, "i write");
}

static void
a_folded_turn_is_one_row_with_its_verdict_and_opens_again(void **state)
{
    struct scene *s = *state;
    struct turn *t = add_said(s, "pertama", "satu", "dua");
    t->verdict.kind = VERDICT_LLAMA;
    add_said(s, "kedua", "tiga", "empat");
    expect(s, "empat");
    browse(s);
    type(s, "Kf");
    expect_gone(s, "satu");
    expect(s, "▸+ pertama");
    char *screen = shown(), *row = strstr(screen, "+ pertama");
    row[strcspn(row, "\n")] = 0;
    assert_non_null(strstr(row, "LLAMA better"));
    free(screen);
    assert_true(shows("tiga"));
    type(s, "f");
    expect(s, "satu");
    expect(s, "▸❯ pertama");
}

static void
an_outline_folds_all_but_the_last_also_what_comes_later_and_a_match_unfolds(void **state)
{
    struct scene *s = *state;
    add_said(s, "pertama", "satu", "dua");
    add_said(s, "kedua", "tiga", "empat");
    expect(s, "empat");
    browse(s);
    type(s, "F");
    expect_gone(s, "satu");
    assert_true(shows("+ pertama"));
    assert_true(shows("tiga"));
    add_said(s, "akhir", "lima", "enam");
    expect(s, "enam");
    expect_gone(s, "tiga");
    assert_true(shows("+ kedua"));
    type(s, "/satu\r");
    expect(s, "match 1 of 1, turn 1: satu");
    assert_true(shows("❯ pertama"));
    assert_false(shows("tiga"));
    type(s, "F"); /* something is folded, so all opens */
    expect(s, "tiga");
    type(s, "F");
    expect_gone(s, "tiga");
}

static void
answers_are_stacked_and_in_columns_again(void **state)
{
    struct scene *s = *state;
    add_said(s, "halo", "satu", "dua");
    expect(s, "satu");
    assert_true(shows("│ dua"));
    browse(s);
    type(s, "|");
    expect_gone(s, "│ dua");
    assert_true(shows("\n dua"));
    type(s, "|");
    expect(s, "│ dua");
}

static void
answers_as_they_were_written_show_their_marks(void **state)
{
    struct scene *s = *state;
    add_said(s, "halo", "ini **tebal** sekali", "dua");
    expect(s, "ini tebal sekali");
    browse(s);
    type(s, "R");
    expect(s, "ini **tebal** sekali");
    expect(s, "answers as they were written");
    type(s, "R");
    expect(s, "ini tebal sekali");
}

/* Long answers, each line with its number. */
static char *
lines_of(char name, int count)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    for (int i = 0; i < count; i++)
        buf_printf(&b, "%c%03d.\n\n", name, i);
    return buf_take(&b);
}

static void
the_other_answer_alone_is_read_at_the_same_part(void **state)
{
    struct scene *s = *state;
    char *left = lines_of('L', 100), *right = lines_of('R', 200);
    add_said(s, "halo", left, right);
    expect(s, "R199.");
    browse(s);
    type(s, "\033z"); /* the left one alone, from its beginning */
    expect(s, "L099.");
    type(s, "g");
    expect(s, "L000.");
    for (int i = 0; i < 5; i++)
        type(s, "\004");
    expect(s, "L050.");
    type(s, "\033z");
    expect_gone(s, "L050.");
    assert_true(shows("R100."));
    assert_false(shows("R000."));
    free(left);
    free(right);
}

static void
a_match_is_counted_and_a_hidden_answer_holds_none(void **state)
{
    struct scene *s = *state;
    add_said(s, "kata satu", "kata dua, kata tiga", "lain");
    struct turn *t = add_said(s, "lain", "kata empat", "kata rahasia");
    t->answers[BRAIN_LLAMA].role = ROLE_SHADOW;
    t->mode = MODE_SHADOW;
    assert_true(turn_hides(t, BRAIN_LLAMA));
    ui_changed(s->ui, UI_NOW);
    expect(s, "kata empat");
    browse(s);
    type(s, "/kata\r");
    expect(s, "match 1 of 4, turn 2: kata");
    expect(s, "n next  N before");
    type(s, "n");
    expect(s, "match 2 of 4, turn 1: kata");
    type(s, "N");
    expect(s, "match 1 of 4, turn 2: kata");
    type(s, "N");
    expect(s, "match 4 of 4, turn 1: kata");
    type(s, "/rahasia\r");
    expect(s, "not found: rahasia");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SCREEN_TEST(a_folded_turn_is_one_row_with_its_verdict_and_opens_again),
        SCREEN_TEST(an_outline_folds_all_but_the_last_also_what_comes_later_and_a_match_unfolds),
        SCREEN_TEST(answers_are_stacked_and_in_columns_again),
        SCREEN_TEST(answers_as_they_were_written_show_their_marks),
        SCREEN_TEST(the_other_answer_alone_is_read_at_the_same_part),
        SCREEN_TEST(a_match_is_counted_and_a_hidden_answer_holds_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
