#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "ui/panel/panel_parts.h"
#include "ui/text/words.h"

struct scene {
    struct turn *turn;
    struct ui_facts facts;
    struct panel panel;
    struct panel_view view;
};

static int
setup(void **state)
{
    struct scene *s = xcalloc(1, sizeof *s);
    s->turn = turn_create("halo");
    s->turn->asked[BRAIN_CLAUDE] = s->turn->asked[BRAIN_LLAMA] = true;
    struct answer *a = &s->turn->answers[BRAIN_CLAUDE];
    a->model = xstrdup("claude-haiku");
    a->phase = PHASE_STREAMING;
    a->started_us = 1000000;
    a->times.connect_us = 12000;
    a->times.ttft_us = 212000;
    buf_append_str(&a->text, "Tidak apa-apa, Kak, silakan bertanya.");
    for (int b = 0; b < BRAIN_COUNT; b++)
        s->facts.brain[b].p50_us = s->facts.brain[b].p95_us = UNKNOWN;
    s->facts.cost.month_usd = s->facts.cost.cap_usd = NAN;
    s->view = (struct panel_view){.turn = s->turn,
                                  .last = true,
                                  .facts = &s->facts,
                                  .glyphs = &glyphs_unicode,
                                  .now_us = 2310000};
    *state = s;
    return 0;
}

static int
teardown(void **state)
{
    struct scene *s = *state;
    panel_finish(&s->panel);
    turn_destroy(&s->turn);
    free(s);
    return 0;
}

static const char *
row_with(struct scene *s, const char *part)
{
    for (int i = 0; i < s->panel.count; i++)
        if (strstr(s->panel.lines[i].text.p, part))
            return s->panel.lines[i].text.p;
    return NULL;
}

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
    assert_null(row_with(s, "the last 8"));
    s->facts.brain[BRAIN_CLAUDE].n = 30;
    s->facts.brain[BRAIN_LLAMA].n = 3;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "the last 8       ▁▁▁▁▁▁▁▄        ███"));
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
    assert_null(row_with(s, "tok/s"));
    strip_make(&s->panel, &s->view, 4, 100);
    assert_non_null(strstr(s->panel.lines[1].text.p, "stalled"));
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
scores_of_few_words_are_not_shown_as_scores_nor_weights_as_shares(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_CLAUDE];
    a->status = STATUS_COMPLETE;
    a->words = 5;
    a->warmth = .76;
    s->turn->kind.category = CATEGORY_EMOTIONAL;
    s->turn->kind.language = LANGUAGE_ID;
    s->turn->kind.weights[CATEGORY_EMOTIONAL] = .98;
    s->turn->kind.weights[CATEGORY_BUSINESS_SIMPLE] = .5;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, ".76"));
    assert_non_null(row_with(s, "warmth          too short          –"));
    assert_null(row_with(s, "0.98"));
    assert_non_null(row_with(s, "emotional         █████████▊"));
    assert_non_null(row_with(s, "simple business   █████"));
    strip_make(&s->panel, &s->view, 4, 120);
    assert_non_null(row_with(s, "too short"));
    assert_null(row_with(s, "0.98"));
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
a_failure_says_its_cause_in_words_and_cannot_write_to_the_terminal(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    a->status = STATUS_FAILED;
    a->phase = PHASE_ENDED;
    a->error.kind = ERR_AUTH;
    a->error.http_status = 401;
    a->error.message = xstrdup("bad \x1b[31m key\x07");
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "failed"));
    assert_non_null(row_with(s, "the key was not accepted"));
    for (int i = 0; i < s->panel.count; i++)
        for (const char *p = s->panel.lines[i].text.p; *p; p++)
            assert_true((unsigned char)*p >= 0x20);
    struct buf note;
    buf_init(&note, 1024);
    words_note(&note, s->turn, BRAIN_LLAMA);
    assert_non_null(strstr(note.p, "Check api_key"));
    buf_finish(&note);
}

static void
a_long_failure_ends_with_a_sign_that_there_is_more(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    a->status = STATUS_FAILED;
    a->error.kind = ERR_BREAKER_OPEN;
    a->error.message = xstrdup("llama has failed 2 times in a row; it is tried again in 3599 s");
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "paused after repeated"));
    assert_non_null(row_with(s, "it is tried again"));
    assert_non_null(row_with(s, "…"));
    a->error.kind = ERR_NONE;
    s->facts.brain[BRAIN_LLAMA].paused = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "paused after failures"));
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
        "                       first token     total      speed     warmth    culture");
    assert_string_equal(
        s->panel.lines[1].text.p,
        " ● CLAUDE done              212 ms         –          –        .43          –");
    assert_non_null(strstr(s->panel.lines[2].text.p, "queued"));
    strip_make(&s->panel, &s->view, 1, 80);
    assert_int_equal(s->panel.count, 1);
    assert_non_null(strstr(s->panel.lines[0].text.p, "212 ms"));
    for (int cols = 1; cols < 120; cols++) {
        strip_make(&s->panel, &s->view, 1, cols);
        assert_true(s->panel.lines[0].cols <= cols);
    }
}

/* Mode full: LLAMA's share was missed, so Claude answers, with a context, and LLAMA is its shadow. */
static void
make_full(struct scene *s)
{
    struct turn *t = s->turn;
    t->mode = MODE_FULL;
    t->kind.category = CATEGORY_EMOTIONAL;
    t->kind.language = LANGUAGE_ID;
    t->kind.weights[CATEGORY_EMOTIONAL] = .87;
    t->route.rule = xstrdup("emotional");
    t->route.brain = BRAIN_CLAUDE;
    t->route.percent = 25;
    t->route.bucket = 6617;
    t->route.fallback = BRAIN_NONE;
    t->at_wall_us = 5000000;
    t->context.wanted = t->context.asked = true;
    t->context.grace_ms = 200;
    t->answers[BRAIN_LLAMA].role = ROLE_SHADOW;
    s->view.reveal_key = "Alt-s";
    s->view.wall_us = 5120000;
}

static void
a_context_is_seen_to_be_awaited_and_then_where_it_came_from(void **state)
{
    struct scene *s = *state;
    make_full(s);
    s->turn->answers[BRAIN_CLAUDE].phase = PHASE_CONTEXT;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "context                120 of 200 ms"));
    assert_non_null(row_with(s, "awaits context"));
    s->turn->asked[BRAIN_LLAMA] = false;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "awaits context as context"));
    s->turn->asked[BRAIN_LLAMA] = true;
    uint64_t waiting = panel_signature(&s->view);
    s->turn->answers[BRAIN_CLAUDE].phase = PHASE_WAITING;
    s->turn->context.source = CONTEXT_SAVED;
    s->turn->context.started_us = 203000;
    s->turn->context.why = xstrdup("not ready within 200 ms");
    assert_true(panel_signature(&s->view) != waiting);
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "context                saved, 203 ms"));
    assert_non_null(row_with(s, "LLAMA's is on its way"));
    s->turn->context.answer.status = STATUS_COMPLETE;
    s->turn->context.late_us = 913000;
    s->turn->context.saved = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "late after 913 ms, kept"));
    s->turn->context.late_us = UNKNOWN;
    s->turn->context.answer.status = STATUS_FAILED;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "not ready within 200 ms"));
}

static void
a_cancelled_wait_is_not_shown_to_go_on(void **state)
{
    struct scene *s = *state;
    make_full(s);
    s->turn->answers[BRAIN_CLAUDE].status = STATUS_CANCELLED;
    s->turn->answers[BRAIN_CLAUDE].phase = PHASE_ENDED;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "120 of 200 ms"));
    assert_non_null(row_with(s, "context"));
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
a_shadow_is_named_with_the_key_that_shows_it(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    make_full(s);
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "shadow, runs unseen"));
    buf_append_str(&a->text, "Jangan sungkan");
    a->status = STATUS_COMPLETE;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "shadow is in; Alt-s shows it"));
    s->turn->revealed = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "shadow, shown"));
}

static void
a_brain_that_was_not_asked_has_dashes_beside_the_other(void **state)
{
    struct scene *s = *state;
    make_full(s);
    s->turn->asked[BRAIN_LLAMA] = false;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "as context"));
    int first_tokens = 0;
    for (int i = 0; i < s->panel.count; i++)
        first_tokens += strstr(s->panel.lines[i].text.p, "first token") != NULL;
    assert_int_equal(first_tokens, 1);
}

static void
the_last_line_of_the_strip_tells_route_shadow_and_context_on_eighty_columns(void **state)
{
    struct scene *s = *state;
    make_full(s);
    s->turn->context.started_us = 154000;
    s->turn->context.source = CONTEXT_LLAMA;
    strip_make(&s->panel, &s->view, 4, 80);
    assert_int_equal(s->panel.count, 4);
    assert_string_equal(s->panel.lines[3].text.p,
                        " emotional · at 25 %: CLAUDE · shadow runs · context LLAMA, 154 ms");
    strip_make(&s->panel, &s->view, 4, 120);
    assert_non_null(strstr(s->panel.lines[3].text.p, "emotional"));
    for (int cols = 1; cols < 140; cols++) {
        strip_make(&s->panel, &s->view, 4, cols);
        for (int i = 0; i < 4; i++)
            assert_true(s->panel.lines[i].cols <= cols);
    }
}

static void
a_small_screen_compares_both_in_a_table(void **state)
{
    struct scene *s = *state;
    s->turn->answers[BRAIN_LLAMA].times.ttft_us = 901000;
    panel_make(&s->panel, &s->view, 5, 38);
    assert_int_equal(s->panel.count, 5);
    assert_non_null(row_with(s, "                  ● CLAUDE     ● LLAMA"));
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
        assert_null(strstr(last, "session"));
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
    assert_string_equal(words_speed(s, 84.4, false), "84 tok/s");
    assert_string_equal(words_speed(s, 84.4, true), "~84 tok/s");
}

static void
session_and_month_share_a_row_where_there_is_room(void **state)
{
    struct scene *s = *state;
    s->facts.cost.session_usd = .0145;
    s->facts.cost.month_usd = 4.31;
    s->facts.cost.cap_usd = 5;
    panel_make(&s->panel, &s->view, 60, 40);
    assert_non_null(row_with(s, "session $0.0145 · month $4.31 of $5.00"));
    panel_make(&s->panel, &s->view, 60, 30);
    assert_string_equal(row_with(s, "session cost"), "session cost           $0.0145");
    assert_string_equal(row_with(s, "this month"), "this month      $4.31 of $5.00");
    strip_make(&s->panel, &s->view, 4, 120);
    assert_non_null(row_with(s, "session $0.0145 · month $4.31 of $5.00"));
    strip_make(&s->panel, &s->view, 4, 30);
    assert_null(row_with(s, "month"));
    assert_non_null(row_with(s, "session $0.0145"));
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
    assert_non_null(row_with(s, "session ~$0.2500 · month ~$2.00"));
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
a_hidden_shadow_shows_no_score_before_it_is_revealed(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    make_full(s);
    buf_append_str(&a->text, "Jangan sungkan");
    a->status = STATUS_COMPLETE;
    a->words = 60;
    a->warmth = .77;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, ".77"));
    strip_make(&s->panel, &s->view, 4, 100);
    assert_null(row_with(s, ".77"));
    s->turn->revealed = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, ".77"));
}

/* ---- a server that starts up ---- */

static void
how_long_a_server_starts_up_stands_beside_how_long_it_usually_takes(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    a->status = STATUS_RUNNING;
    a->phase = PHASE_WARMING;
    a->started_us = 1000000;
    s->view.now_us = 18900000;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_string_equal(row_with(s, "starting up"), "LLAMA: starting up 17 s");
    assert_null(row_with(s, "usual"));
    s->facts.brain[BRAIN_LLAMA].cold_starts =
        (struct cold_starts){.count = 6, .low_us = 44600000, .high_us = 90400000};
    panel_make(&s->panel, &s->view, 45, 36);
    assert_string_equal(row_with(s, "starting up"), "LLAMA: starting up 17 s");
    assert_string_equal(row_with(s, "usual"), "usual 45–90 s (6 starts)");
    panel_make(&s->panel, &s->view, 45, 58);
    assert_string_equal(row_with(s, "usual"), "LLAMA: starting up 17 s, usual 45–90 s (6 starts)");
    s->facts.brain[BRAIN_LLAMA].cold_starts =
        (struct cold_starts){.count = 1, .low_us = 82000000, .high_us = 82000000};
    strip_make(&s->panel, &s->view, 4, 80);
    assert_non_null(row_with(s, "starting up 17 s, usual 82 s (1 start)"));
    strip_make(&s->panel, &s->view, 1, 80);
    assert_non_null(row_with(s, "starting up 17 s"));
}

static void
a_warm_up_is_told_after_a_second_and_its_failure_until_there_is_something_newer(void **state)
{
    struct scene *s = *state;
    struct answer woken;
    answer_init(&woken, BRAIN_LLAMA);
    woken.started_us = 1000000;
    s->turn->answers[BRAIN_LLAMA].status = STATUS_COMPLETE;
    s->facts.brain[BRAIN_LLAMA].warm_up = &woken;
    s->view.now_us = 1900000; /* a server that is awake answers before anybody could read of it */
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "starting up"));
    uint64_t before = panel_signature(&s->view);
    s->view.now_us = 4000000;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "LLAMA: starting up 3 s"));
    s->view.turn = NULL;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "LLAMA: starting up 3 s"));
    woken.status = STATUS_FAILED;
    woken.error.kind = ERR_AUTH;
    woken.error.http_status = 401;
    s->view.turn = s->turn;
    assert_true(panel_signature(&s->view) != before);
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "starting up"));
    assert_non_null(row_with(s, "LLAMA was not woken: the key was not"));
    assert_null(row_with(s, "failed"));
    s->view.turn = NULL;
    strip_make(&s->panel, &s->view, 4, 80);
    assert_non_null(row_with(s, "not woken: the key was not accepted (HTTP 401)"));
    s->view.turn = s->turn;
    woken.error.kind = ERR_CANCELLED;
    woken.status = STATUS_CANCELLED;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "woken"));
    s->turn->answers[BRAIN_LLAMA].status = STATUS_RUNNING; /* what is asked now counts */
    woken.status = STATUS_RUNNING;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "starting up"));
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            how_long_a_server_starts_up_stands_beside_how_long_it_usually_takes, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_warm_up_is_told_after_a_second_and_its_failure_until_there_is_something_newer, setup,
            teardown),
        cmocka_unit_test_setup_teardown(what_warm_ups_have_cost_stands_beside_the_month, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_first_token_is_said_in_milliseconds_at_the_right_edge,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_slow_first_token_stays_in_milliseconds, setup, teardown),
        cmocka_unit_test_setup_teardown(
            costs_of_a_row_have_the_same_places_and_what_is_printed_adds_up, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_row_has_one_unit_and_a_median_says_of_what_and_from_how_many, setup, teardown),
        cmocka_unit_test_setup_teardown(
            the_last_first_tokens_are_bars_in_one_scale_and_none_without_figures, setup, teardown),
        cmocka_unit_test_setup_teardown(a_stream_that_stands_still_says_stalled_and_has_no_speed,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(no_total_runs_before_anything_has_come, setup, teardown),
        cmocka_unit_test_setup_teardown(
            scores_of_few_words_are_not_shown_as_scores_nor_weights_as_shares, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_failure_says_its_cause_in_words_and_cannot_write_to_the_terminal, setup, teardown),
        cmocka_unit_test_setup_teardown(a_long_failure_ends_with_a_sign_that_there_is_more, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(every_row_fits_and_the_first_token_outlives_all_others,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(running_totals_change_no_signature_but_a_state_does, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_strip_has_the_labels_once_over_a_line_a_brain, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_context_is_seen_to_be_awaited_and_then_where_it_came_from,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_cancelled_wait_is_not_shown_to_go_on, setup, teardown),
        cmocka_unit_test_setup_teardown(a_long_figure_does_not_run_into_its_label, setup, teardown),
        cmocka_unit_test_setup_teardown(a_shadow_is_named_with_the_key_that_shows_it, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_brain_that_was_not_asked_has_dashes_beside_the_other,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            the_last_line_of_the_strip_tells_route_shadow_and_context_on_eighty_columns, setup,
            teardown),
        cmocka_unit_test_setup_teardown(a_small_screen_compares_both_in_a_table, setup, teardown),
        cmocka_unit_test_setup_teardown(the_session_has_no_heading_without_figures, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(session_and_month_share_a_row_where_there_is_room, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(unknown_costs_are_marked_and_nothing_is_said_of_nothing,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_hidden_shadow_shows_no_score_before_it_is_revealed, setup,
                                        teardown),
        cmocka_unit_test(figures_read_as_a_person_writes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
