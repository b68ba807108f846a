/* The side panel: what answers, session and month have cost. */
#include "panel_kit.h"

static double
money_in(const char *row)
{
    const char *at = strrchr(row, '$');
    assert_non_null(at);
    return strtod(at + 1, NULL);
}

static void
costs_of_a_row_have_the_same_places_and_what_is_printed_adds_up(void **state)
{
    struct scene *s = *state;
    s->facts.brain[BRAIN_CLAUDE].cost_usd = .000067;
    s->facts.brain[BRAIN_LLAMA].cost_usd = .000217;
    s->facts.cost.session_usd = .000284;
    panel_make(&s->panel, &s->view, 45, 36);
    const char *total = row_with(s, "session cost");
    assert_true(fabs(money_in(total) - .00029) < 1e-9); /* 7 + 22 */
    assert_non_null(row_with(s, "cost             $0.00007   $0.00022"));
    s->turn->answers[BRAIN_CLAUDE].cost_usd = .00021;
    s->turn->answers[BRAIN_LLAMA].cost_usd = .0231;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "cost              $0.0002    $0.0231"));
}

/* However both are rounded. */
static void
a_month_is_never_printed_as_less_than_the_session_that_it_holds(void **state)
{
    struct scene *s = *state;
    s->facts.brain[BRAIN_CLAUDE].cost_usd = .000027;
    s->facts.brain[BRAIN_LLAMA].cost_usd = .000247;
    s->facts.cost.session_usd = s->facts.cost.month_usd = .000274;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_true(fabs(money_in(row_with(s, "session cost")) - .00028) < 1e-9);
    assert_true(fabs(money_in(row_with(s, "this month")) - .00028) < 1e-9);
    s->facts.brain[BRAIN_LLAMA].cost_usd = .1049;
    s->facts.cost.session_usd = s->facts.cost.month_usd = .104927;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_true(money_in(row_with(s, "this month")) >= money_in(row_with(s, "session cost")));
    s->facts.cost.month_usd = .05; /* the session began in the month before */
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "$0.0500"));
}

static void
a_long_figure_does_not_run_into_its_label(void **state)
{
    struct scene *s = *state;
    s->panel.count = 0;
    panel_figure(&s->panel, 30, 2, "this month", "$0.00145 of $0.00050");
    assert_non_null(row_with(s, "this mon… $0.00145 of $0.00050"));
}

static void
unknown_costs_are_marked_and_nothing_is_said_of_nothing(void **state)
{
    struct scene *s = *state;
    s->facts.cost.session_usd = .25;
    s->facts.cost.session_gaps = s->facts.cost.month_gaps = true;
    s->facts.cost.cap_usd = s->facts.cost.month_usd = NAN; /* not read yet */
    panel_make(&s->panel, &s->view, 60, 40);
    assert_non_null(row_with(s, "~$0.2500"));
    assert_null(row_with(s, "month"));
    s->facts.cost.month_usd = 2;
    panel_make(&s->panel, &s->view, 60, 40);
    assert_non_null(row_with(s, "~$2.00"));
    s->facts.simulated = true; /* nobody pays for a demo */
    panel_make(&s->panel, &s->view, 60, 40);
    assert_null(row_with(s, "month"));
    s->facts.cost.session_usd = 0;
    s->facts.simulated = false;
    s->facts.cost.month_usd = 0;
    panel_make(&s->panel, &s->view, 60, 40);
    assert_null(row_with(s, "session cost"));
    assert_null(row_with(s, "month"));
    s->facts.cost.cap_usd = 5;
    panel_make(&s->panel, &s->view, 60, 40);
    assert_non_null(row_with(s, "$0 of $5.00"));
}

static void
what_warm_ups_have_cost_stands_beside_the_month(void **state)
{
    struct scene *s = *state;
    s->facts.cost.month_usd = 4.31;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "warm-ups"));
    s->facts.cost.warm_up_usd = .021;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_string_equal(row_with(s, "warm-ups"), "warm-ups this month          $0.0210");
}

static void
the_budget_is_a_bar_beside_its_figures(void **state)
{
    struct scene *s = *state;
    s->facts.cost.session_usd = .0145;
    s->facts.cost.month_usd = 1.25;
    panel_make(&s->panel, &s->view, 60, 42);
    assert_string_equal(row_with(s, "this month"), "this month                           $1.25");
    assert_null(row_with(s, "BUDGET"));
    s->facts.cost.cap_usd = 5;
    panel_make(&s->panel, &s->view, 60, 42);
    assert_string_equal(row_with(s, "BUDGET"), "BUDGET  ████▊░░░░░░░░░░░░░░ $1.25 of $5.00");
    assert_string_equal(row_with(s, "session cost"), "session cost                       $0.0145");
    panel_make(&s->panel, &s->view, 60, 24);
    assert_string_equal(row_with(s, "BUDGET"), "BUDGET    $1.25 of $5.00");
    strip_make(&s->panel, &s->view, 4, 120);
    assert_non_null(row_with(s, "session $0.0145 · month $1.25 of $5.00"));
    strip_make(&s->panel, &s->view, 4, 30);
    assert_null(row_with(s, "month"));
    assert_non_null(row_with(s, "session $0.0145"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PANEL_TEST(costs_of_a_row_have_the_same_places_and_what_is_printed_adds_up),
        PANEL_TEST(a_month_is_never_printed_as_less_than_the_session_that_it_holds),
        PANEL_TEST(a_long_figure_does_not_run_into_its_label),
        PANEL_TEST(unknown_costs_are_marked_and_nothing_is_said_of_nothing),
        PANEL_TEST(what_warm_ups_have_cost_stands_beside_the_month),
        PANEL_TEST(the_budget_is_a_bar_beside_its_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
