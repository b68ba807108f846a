#include "unit/unit.h"

#include "ui/view/layout.h"

static struct layout
make(int rows, int cols)
{
    struct layout_ask ask = {.rows = rows, .cols = cols, .prompt_rows = 1, .figures = true};
    struct layout l;
    layout_make(&ask, &l);
    return l;
}

static void
a_wide_screen_has_two_columns_and_a_panel(void **state)
{
    (void)state;
    struct layout l = make(48, 160);
    assert_int_equal(l.arrangement, ARRANGE_SIDE);
    assert_int_equal(l.title.row, 0);
    assert_int_equal(l.panel.cols, LAYOUT_WIDE_PANEL_COLS);
    assert_int_equal(l.strip.rows, 0);
    assert_true(l.panel_rule_col == l.conversation.cols);
    assert_true(l.right_col + l.column_cols <= l.conversation.cols);
    assert_true(l.panel.col + l.panel.cols <= 160);
    assert_int_equal(l.status.row, 47);
    assert_int_equal(l.prompt.row, 46);
    assert_int_equal(make(48, 110).panel.cols, LAYOUT_PANEL_COLS);
    assert_int_equal(make(48, 109).panel.cols, 0);
}

static void
a_middle_screen_folds_the_panel_into_a_strip(void **state)
{
    (void)state;
    struct layout l = make(24, 80);
    assert_int_equal(l.arrangement, ARRANGE_SIDE);
    assert_int_equal(l.panel.rows, 0);
    assert_int_equal(l.strip.rows, LAYOUT_STRIP_ROWS);
    assert_int_equal(make(18, 80).strip.rows, LAYOUT_STRIP_TABLE_ROWS);
    assert_int_equal(make(14, 80).strip.rows, 1);
    assert_true(l.column_cols >= LAYOUT_COLUMN_MIN_COLS);
    l = make(24, 60);
    assert_int_equal(l.arrangement, ARRANGE_STACK);
    assert_false(l.tabbed);
}

static void
a_small_screen_shows_one_pane_with_tabs(void **state)
{
    (void)state;
    assert_true(make(24, 59).tabbed);
    assert_true(make(11, 100).tabbed);
    assert_int_equal(make(10, 40).arrangement, ARRANGE_ONE);
    assert_int_equal(make(10, 40).tabs.rows, 1);
    struct layout_ask ask = {
        .rows = 10, .cols = 40, .prompt_rows = 1, .figures = true, .figures_tab = true};
    struct layout l;
    layout_make(&ask, &l);
    assert_int_equal(l.conversation.rows, 0);
    assert_true(l.panel.rows > 0);
}

static void
inside(const struct rect *r, int rows, int cols)
{
    assert_true(r->rows >= 0 && r->cols >= 0 && r->row >= 0 && r->col >= 0);
    if (r->rows > 0) {
        assert_true(r->row + r->rows <= rows);
        assert_true(r->col + r->cols <= cols);
    }
}

static void
nothing_lies_outside_or_over_another_at_any_size(void **state)
{
    (void)state;
    for (int rows = 1; rows < 60; rows++) {
        for (int cols = 1; cols < 180; cols++) {
            for (int bits = 0; bits < 32; bits++) {
                struct layout_ask ask = {.rows = rows,
                                         .cols = cols,
                                         .prompt_rows = bits & 1 ? 8 : 1,
                                         .figures = bits & 2,
                                         .zoom = bits & 4,
                                         .figures_tab = bits & 8,
                                         .menu_rows = bits & 16 ? 5 : 0};
                struct layout l;
                layout_make(&ask, &l);
                const struct rect *all[] = {&l.title,  &l.tabs,   &l.conversation,
                                            &l.panel,  &l.strip,  &l.rule,
                                            &l.prompt, &l.status, &l.menu};
                int used = 0;
                for (int i = 0; i < 9; i++) {
                    inside(all[i], rows, cols);
                    if (all[i] != &l.panel)
                        used += all[i]->rows;
                }
                assert_true(l.prompt.rows >= 1);
                if (l.menu.rows > 0) /* next to the input line */
                    assert_int_equal(l.menu.row + l.menu.rows,
                                     (l.rule.rows ? l.rule : l.prompt).row);
                if (l.conversation.rows > 0 || !l.panel.rows)
                    assert_int_equal(used, rows);
                assert_true(l.column_cols >= 1 && l.text_cols >= 1);
                if (l.arrangement == ARRANGE_SIDE)
                    assert_true(l.right_col + l.column_cols <= l.conversation.cols);
            }
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wide_screen_has_two_columns_and_a_panel),
        cmocka_unit_test(a_middle_screen_folds_the_panel_into_a_strip),
        cmocka_unit_test(a_small_screen_shows_one_pane_with_tabs),
        cmocka_unit_test(nothing_lies_outside_or_over_another_at_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
