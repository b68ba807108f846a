/* The side panel: both brains in one table: what each figure says, which rows stay where there is little room. */
#include "panel_kit.h"

static void
the_first_token_is_said_in_milliseconds_at_the_right_edge(void **state)
{
    struct scene *s = *state;
    panel_make(&s->panel, &s->view, 45, 36);
    const char *row = row_with(s, "first token");
    assert_non_null(row);
    assert_int_equal(utf8_width(row, strlen(row)), 36);
    assert_string_equal(row, "first token        212 ms          –");
    assert_non_null(row_with(s, "total              1.31 s          –"));
    assert_non_null(row_with(s, "streaming"));
    assert_non_null(row_with(s, "claude-haiku"));
    assert_non_null(row_with(s, "~10"));
}

static void
a_row_has_one_unit_and_a_median_says_of_what_and_from_how_many(void **state)
{
    struct scene *s = *state;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct answer *a = &s->turn->answers[b];
        a->status = STATUS_COMPLETE;
        a->phase = PHASE_ENDED;
        a->times.connect_us = b ? 1200000 : 12000;
        a->times.ttft_us = 212000;
        a->times.total_us = b ? 4030000 : 370000;
        s->facts.brain[b].n = b ? 7 : 1;
        s->facts.brain[b].p50_us = b ? 1750000 : 330000;
        s->facts.brain[b].p95_us = b ? 2050000 : UNKNOWN;
    }
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "total              0.37 s     4.03 s"));
    assert_non_null(row_with(s, "connect             12 ms    1200 ms"));
    assert_non_null(row_with(s, "p50 1st token      330 ms    1750 ms"));
    assert_non_null(row_with(s, "p95 1st token           –    2050 ms"));
    assert_non_null(row_with(s, "from answers            1          7"));
}

static void
the_last_first_tokens_are_bars_in_one_scale_and_none_without_figures(void **state)
{
    struct scene *s = *state;
    for (int i = 0; i < UI_RECENT; i++) {
        s->facts.brain[BRAIN_CLAUDE].recent_us[i] = i == 7 ? 800000 : 100000;
        s->facts.brain[BRAIN_LLAMA].recent_us[i] = 12800000;
    }
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "last 8"));
    s->facts.brain[BRAIN_CLAUDE].n = 30;
    s->facts.brain[BRAIN_LLAMA].n = 3;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "  last 8         ▁▁▁▁▁▁▁▄        ███"));
}

static void
a_stream_that_stands_still_says_stalled_and_has_no_speed(void **state)
{
    struct scene *s = *state;
    s->turn->answers[BRAIN_CLAUDE].last_delta_us = 2000000;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "streaming"));
    s->view.now_us = 8300000;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "streaming"));
    assert_non_null(row_with(s, "stalled 6 s"));
    assert_non_null(row_with(s, "tok/s                   –          –"));
    strip_make(&s->panel, &s->view, 4, 100);
    assert_non_null(strstr(s->panel.lines[1].text.p, "stalled"));
}

static void
the_longest_stall_is_told_when_the_answer_has_ended(void **state)
{
    struct scene *s = *state;
    s->turn->answers[BRAIN_CLAUDE].times.ttft_us = 212000;
    s->turn->answers[BRAIN_CLAUDE].times.stall_us = 0;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "longest stall           –          –"));
    s->turn->answers[BRAIN_CLAUDE].status = STATUS_COMPLETE;
    s->turn->answers[BRAIN_CLAUDE].times.stall_us = 61000;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "longest stall       61 ms          –"));
}

static void
no_total_runs_before_anything_has_come(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_CLAUDE];
    a->phase = PHASE_WAITING;
    a->times.ttft_us = UNKNOWN;
    buf_clear(&a->text);
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "total                   –          –"));
}

static void
a_slow_first_token_stays_in_milliseconds(void **state)
{
    struct scene *s = *state;
    s->turn->answers[BRAIN_CLAUDE].times.ttft_us = 41600000;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "41600 ms"));
}

static void
every_row_fits_and_the_first_token_outlives_all_others(void **state)
{
    struct scene *s = *state;
    s->turn->answers[BRAIN_LLAMA].retries = 2;
    s->turn->answers[BRAIN_LLAMA].retry_why = xstrdup("overloaded, and for a rather long reason");
    for (int rows = 1; rows < 48; rows++) {
        for (int cols = 1; cols < 60; cols += 7) {
            panel_make(&s->panel, &s->view, rows, cols);
            assert_true(s->panel.count <= rows);
            for (int i = 0; i < s->panel.count; i++)
                assert_true(s->panel.lines[i].cols <= cols);
        }
        panel_make(&s->panel, &s->view, rows, 36);
        if (rows >= 4)
            assert_non_null(row_with(s, "first token        212 ms"));
    }
}

static void
running_totals_change_no_signature_but_a_state_does(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_CLAUDE];
    uint64_t before = panel_signature(&s->view);
    buf_append_str(&a->text, " more");
    a->delta_count++;
    s->view.now_us += 50000;
    assert_true(panel_signature(&s->view) == before);
    a->status = STATUS_COMPLETE;
    assert_true(panel_signature(&s->view) != before);
}

static void
the_strip_has_the_labels_once_over_a_line_a_brain(void **state)
{
    struct scene *s = *state;
    s->turn->answers[BRAIN_CLAUDE].words = 60;
    s->turn->answers[BRAIN_CLAUDE].warmth = .43;
    s->turn->answers[BRAIN_CLAUDE].status = STATUS_COMPLETE;
    strip_make(&s->panel, &s->view, 4, 80);
    assert_int_equal(s->panel.count, 4);
    assert_string_equal(
        s->panel.lines[0].text.p,
        "                     first token   total  tok/s      cost    warmth   culture");
    assert_string_equal(
        s->panel.lines[1].text.p,
        " ● CLAUDE done            212 ms       –      –         –       .43         –");
    assert_non_null(strstr(s->panel.lines[2].text.p, "queued"));
    strip_make(&s->panel, &s->view, 1, 80);
    assert_int_equal(s->panel.count, 1);
    assert_non_null(strstr(s->panel.lines[0].text.p, "212 ms"));
    for (int cols = 1; cols < 120; cols++) {
        strip_make(&s->panel, &s->view, 1, cols);
        assert_true(s->panel.lines[0].cols <= cols);
    }
}

static void
a_small_screen_compares_both_in_a_table(void **state)
{
    struct scene *s = *state;
    s->turn->answers[BRAIN_LLAMA].times.ttft_us = 901000;
    panel_make(&s->panel, &s->view, 5, 38);
    assert_int_equal(s->panel.count, 5);
    assert_non_null(row_with(s, "THIS ANSWER       ● CLAUDE     ● LLAMA"));
    assert_non_null(row_with(s, "first token         212 ms      901 ms"));
    s->turn->asked[BRAIN_LLAMA] = false;
    s->turn->left = BRAIN_LLAMA;
    panel_make(&s->panel, &s->view, 20, 38);
    assert_non_null(row_with(s, "first token              –      212 ms"));
    s->turn->answers[BRAIN_CLAUDE].error.kind = ERR_AUTH;
    panel_make(&s->panel, &s->view, 20, 38);
    assert_non_null(row_with(s, "CLAUDE: the key was not accepted"));
    for (int rows = 1; rows < 30; rows++)
        for (int cols = 1; cols < 60; cols++) {
            panel_make(&s->panel, &s->view, rows, cols);
            assert_true(s->panel.count <= rows);
            for (int i = 0; i < s->panel.count; i++)
                assert_true(s->panel.lines[i].cols <= cols);
        }
}

static void
the_session_has_no_heading_without_figures(void **state)
{
    struct scene *s = *state;
    for (int rows = 1; rows < 48; rows++) {
        panel_make(&s->panel, &s->view, rows, 36);
        const char *last = s->panel.lines[s->panel.count - 1].text.p;
        assert_null(strstr(last, "SESSION"));
    }
}

static void
figures_read_as_a_person_writes_them(void **state)
{
    (void)state;
    char s[WORDS_FIGURE];
    assert_string_equal(words_ms(s, 400), "0 ms");
    assert_string_equal(words_seconds(s, 370000), "0.37 s");
    assert_string_equal(words_seconds(s, 1310000), "1.31 s");
    assert_string_equal(words_seconds(s, 82000000), "82.0 s");
    assert_string_equal(words_seconds(s, 125000000), "2 m 05 s");
    assert_string_equal(words_seconds(s, UNKNOWN), "–");
    assert_string_equal(words_cost(s, .000214), "$0.00021");
    assert_string_equal(words_cost(s, .0214), "$0.0214");
    assert_string_equal(words_cost(s, 3.5), "$3.50");
    assert_string_equal(words_cost(s, .000001), "<$0.00001");
    assert_string_equal(words_cost(s, NAN), "–");
    assert_string_equal(words_count(s, 20000), "20,000");
    assert_string_equal(words_speed(s, 84.4, false), "84");
    assert_string_equal(words_speed(s, 84.4, true), "~84");
}

/* The first of these that is gone, from above: what is dropped with fewer rows. */
static int
rows_that_hold(struct scene *s, const char *part)
{
    for (int rows = 1; rows <= PANEL_MAX_ROWS; rows++) {
        panel_make(&s->panel, &s->view, rows, 42);
        if (row_with(s, part))
            return rows;
    }
    return PANEL_MAX_ROWS + 1;
}

static void
make_busy(struct scene *s)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct answer *a = &s->turn->answers[b];
        a->status = STATUS_COMPLETE;
        a->words = 60;
        a->warmth = .5;
        a->cost_usd = .001;
        a->usage.input = 12;
        a->times.connect_us = a->times.stall_us = 12000;
        a->times.ttft_us = 212000;
        s->facts.brain[b].n = 8;
        s->facts.brain[b].p50_us = s->facts.brain[b].p95_us = 300000;
        s->facts.brain[b].tries = 3;
        s->facts.brain[b].failed[1] = b == BRAIN_LLAMA;
    }
}

static void
rows_go_in_one_order_and_always_for_both_brains(void **state)
{
    struct scene *s = *state;
    static const char *const order[] = {"first token", "total",  "p50 1st token", "cost  ",
                                        "health",      "tokens", "p95",           "connect"};
    make_busy(s);
    for (size_t i = 1; i < ARRAY_LEN(order); i++)
        assert_true(rows_that_hold(s, order[i - 1]) <= rows_that_hold(s, order[i]));
    for (int rows = 1; rows <= PANEL_MAX_ROWS; rows++) {
        panel_make(&s->panel, &s->view, rows, 42);
        for (int i = 0; i < s->panel.count; i++)
            if (strstr(s->panel.lines[i].text.p, "connect"))
                assert_string_equal(s->panel.lines[i].text.p,
                                    "connect                12 ms         12 ms");
    }
}

static void
no_blank_row_is_first_last_or_beside_another(void **state)
{
    struct scene *s = *state;
    make_busy(s);
    for (int rows = 1; rows <= PANEL_MAX_ROWS; rows++) {
        panel_make(&s->panel, &s->view, rows, 42);
        for (int i = 0; i < s->panel.count; i++) {
            bool last = i + 1 == s->panel.count;
            if (s->panel.lines[i].cols == 0)
                assert_true(i > 0 && !last && s->panel.lines[i + 1].cols > 0);
            if (s->panel.head[i])
                assert_true(!last && s->panel.lines[i + 1].cols > 0);
        }
    }
}

static void
the_last_calls_are_signs_that_differ_by_more_than_colour(void **state)
{
    struct scene *s = *state;
    make_busy(s);
    panel_make(&s->panel, &s->view, 60, 42);
    assert_string_equal(row_with(s, "health"), "health                   ●●●           ●✗●");
    s->view.glyphs = &glyphs_ascii;
    panel_make(&s->panel, &s->view, 60, 42);
    assert_string_equal(row_with(s, "health"), "health                   ***           *x*");
    for (int i = 0; i < s->panel.count; i++) {
        const char *p = s->panel.lines[i].text.p;
        for (; *p; p++)
            if ((unsigned char)*p >= 0x80 && strncmp(p, "–", 3) != 0)
                fail_msg("not ASCII: %s", s->panel.lines[i].text.p);
            else if ((unsigned char)*p >= 0x80)
                p += 2; /* the painter has a stand-in for the dash */
    }
}

static void
the_strip_has_bars_where_there_is_room_and_scores_at_every_width(void **state)
{
    struct scene *s = *state;
    make_busy(s);
    strip_make(&s->panel, &s->view, 4, 100);
    assert_string_equal(s->panel.lines[0].text.p,
                        "                     first token   total  tok/s     tokens      cost"
                        "          warmth         culture");
    assert_string_equal(s->panel.lines[1].text.p,
                        " ● CLAUDE done            212 ms       –      –     12/~10  $0.00100"
                        "      ██▌    .50               –");
    for (int rows = 3; rows <= 4; rows++)
        for (int cols = 60; cols < 110; cols++) {
            strip_make(&s->panel, &s->view, rows, cols);
            assert_int_equal(s->panel.count, rows);
            assert_non_null(strstr(s->panel.lines[1].text.p, ".50"));
            assert_non_null(strstr(s->panel.lines[2].text.p, ".50"));
            assert_non_null(strstr(s->panel.lines[2].text.p, "212 ms"));
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PANEL_TEST(the_first_token_is_said_in_milliseconds_at_the_right_edge),
        PANEL_TEST(a_row_has_one_unit_and_a_median_says_of_what_and_from_how_many),
        PANEL_TEST(the_last_first_tokens_are_bars_in_one_scale_and_none_without_figures),
        PANEL_TEST(a_stream_that_stands_still_says_stalled_and_has_no_speed),
        PANEL_TEST(the_longest_stall_is_told_when_the_answer_has_ended),
        PANEL_TEST(no_total_runs_before_anything_has_come),
        PANEL_TEST(a_slow_first_token_stays_in_milliseconds),
        PANEL_TEST(every_row_fits_and_the_first_token_outlives_all_others),
        PANEL_TEST(running_totals_change_no_signature_but_a_state_does),
        PANEL_TEST(the_strip_has_the_labels_once_over_a_line_a_brain),
        PANEL_TEST(a_small_screen_compares_both_in_a_table),
        PANEL_TEST(the_session_has_no_heading_without_figures),
        cmocka_unit_test(figures_read_as_a_person_writes_them),
        PANEL_TEST(rows_go_in_one_order_and_always_for_both_brains),
        PANEL_TEST(no_blank_row_is_first_last_or_beside_another),
        PANEL_TEST(the_last_calls_are_signs_that_differ_by_more_than_colour),
        PANEL_TEST(the_strip_has_bars_where_there_is_room_and_scores_at_every_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
