/* The side panel: how warm and fitting both answers are, how far that can be believed, and what the verdicts say. */
#include "panel_kit.h"

/* The ink in which the part stands in the row of this label. */
static enum ink
ink_of(struct scene *s, const char *label, const char *part)
{
    for (int i = 0; i < s->panel.count; i++) {
        const struct line *l = &s->panel.lines[i];
        const char *at = strstr(l->text.p, label) ? strstr(l->text.p, part) : NULL;
        size_t end = 0;
        for (size_t r = 0; at && r < l->run_count; r++) {
            end += l->runs[r].len;
            if ((size_t)(at - l->text.p) < end)
                return l->runs[r].ink;
        }
    }
    fail_msg("%s is not in the row of %s", part, label);
    return INK_TEXT;
}

static void
scores_of_few_words_are_grey_and_say_so_and_weights_are_no_shares(void **state)
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
    assert_string_equal(row_with(s, "warmth"), "warmth          .76?  ███│ –");
    assert_int_equal(ink_of(s, "warmth", ".76?"), INK_LABEL);
    assert_int_equal(ink_of(s, "warmth", "█"), INK_LABEL);
    assert_non_null(row_with(s, "? too short: below 40 words"));
    assert_null(row_with(s, "0.98"));
    assert_non_null(row_with(s, "emotional        █████████▊"));
    assert_non_null(row_with(s, "simple business  █████"));
    strip_make(&s->panel, &s->view, 4, 120);
    assert_non_null(row_with(s, ".76?"));
    assert_non_null(row_with(s, "? too short"));
    assert_null(row_with(s, "0.98"));
    a->words = 40;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_int_not_equal(ink_of(s, "warmth", ".76"), INK_LABEL);
    assert_null(row_with(s, "?"));
}

static void
make_scored(struct scene *s)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct answer *a = &s->turn->answers[b];
        a->status = STATUS_COMPLETE;
        a->words = 60;
        a->warmth = b ? .77 : .43;
        a->cultural = b ? .88 : .81;
        s->view.parts[b] = (struct panel_parts){.known = true, .of = {.5, .25, .75, 1}};
    }
    s->turn->kind.category = CATEGORY_EMOTIONAL;
}

static void
scores_grow_from_one_axis_with_their_parts_beneath(void **state)
{
    struct scene *s = *state;
    make_scored(s);
    panel_make(&s->panel, &s->view, 60, 42);
    assert_string_equal(row_with(s, "warmth"), "warmth          .43      ███│█████▌    .77");
    assert_string_equal(row_with(s, "polite"), "  polite        .50     ▐███│███▌      .50");
    assert_string_equal(row_with(s, "considerate"), "  considerate   1.0  ███████│███████   1.0");
    assert_non_null(row_with(s, "culture"));
    s->turn->left = BRAIN_LLAMA; /* the columns are those of the answers */
    panel_make(&s->panel, &s->view, 60, 42);
    assert_string_equal(row_with(s, "warmth"), "warmth          .77   ▐█████│███       .43");
    s->view.glyphs = &glyphs_ascii;
    panel_make(&s->panel, &s->view, 60, 42);
    assert_string_equal(row_with(s, "warmth"), "warmth          .77   =#####|###       .43");
}

static void
parts_of_warmth_have_their_rows_while_they_are_awaited(void **state)
{
    struct scene *s = *state;
    panel_make(&s->panel, &s->view, 60, 42);
    assert_non_null(row_with(s, "empathic"));
    make_scored(s);
    s->view.parts[BRAIN_CLAUDE].known = s->view.parts[BRAIN_LLAMA].known = false;
    panel_make(&s->panel, &s->view, 60, 42);
    assert_null(row_with(s, "empathic"));
}

static void
a_score_says_how_often_blind_verdicts_agreed_and_when_it_is_not_predictive(void **state)
{
    struct scene *s = *state;
    struct ui_score_check *c = s->facts.evidence.scores;
    make_scored(s);
    c[UI_WARMTH].heuristic = c[UI_CULTURE].heuristic = true;
    panel_make(&s->panel, &s->view, 60, 36);
    assert_non_null(row_with(s, "heuristic"));
    assert_null(row_with(s, "agree"));
    c[UI_WARMTH] = (struct ui_score_check){.agreed = 12, .n = 20, .heuristic = true};
    panel_make(&s->panel, &s->view, 60, 36);
    assert_string_equal(row_with(s, "agree"), "warmth: 12 of 20 blind agree");
    c[UI_WARMTH] = (struct ui_score_check){.agreed = 180, .n = 240, .predictive = true};
    c[UI_CULTURE] = (struct ui_score_check){.agreed = 120, .n = 240};
    panel_make(&s->panel, &s->view, 60, 36);
    assert_string_equal(row_with(s, "agree"), "warmth: 75 % of 240 blind agree");
    assert_string_equal(row_with(s, "predictive"), "culture not predictive here (n 240)");
    strip_make(&s->panel, &s->view, 4, 100);
    assert_non_null(row_with(s, "culture not predictive here"));
}

static void
verdicts_are_intervals_around_one_half_with_what_they_are_counted_from(void **state)
{
    struct scene *s = *state;
    struct ui_category *c = s->facts.evidence.categories;
    make_scored(s);
    panel_make(&s->panel, &s->view, 60, 42);
    assert_null(row_with(s, "VERDICTS"));
    s->facts.evidence.known = true;
    c[CATEGORY_EMOTIONAL] = (struct ui_category){.n = 12,
                                                 .won = 7.5,
                                                 .share = .625,
                                                 .low = .3,
                                                 .high = .9,
                                                 .percent = 0,
                                                 .next = 10,
                                                 .quality = .4,
                                                 .upper = .9,
                                                 .gate = .85,
                                                 .verdicts = 8,
                                                 .least = 50,
                                                 .hours = 31,
                                                 .dwell_h = 48};
    c[CATEGORY_GREETING] =
        (struct ui_category){.n = 3, .won = 1, .share = .33, .low = 0, .high = 1};
    panel_make(&s->panel, &s->view, 60, 42);
    assert_string_equal(row_with(s, "VERDICTS"), "VERDICTS         0     ½     1   LLAMA won");
    assert_string_equal(row_with(s, "½ of 12"), "emotional            ├─┼─■──┤     7½ of 12");
    assert_string_equal(row_with(s, "1 of 3"), "greeting         ├───■─┼─────┤      1 of 3");
    assert_string_equal(row_with(s, "ROLLOUT"), "ROLLOUT                 emotional 0 ▸ 10 %");
    assert_non_null(row_with(s, ".40 of .85"));
    assert_string_equal(row_with(s, "8 of 50"), "              8 of 50 verdicts, 31 of 48 h");
    c[CATEGORY_EMOTIONAL].next = NAN;
    panel_make(&s->panel, &s->view, 60, 42);
    assert_null(row_with(s, "quality"));
}

static int
place_of(struct scene *s, const char *part)
{
    panel_make(&s->panel, &s->view, 60, 42);
    for (int i = 0; i < s->panel.count; i++)
        if (strstr(s->panel.lines[i].text.p, part))
            return i;
    fail_msg("no row holds %s", part);
    return -1;
}

static void
the_rollout_stays_in_its_place_when_the_first_answer_has_its_figures(void **state)
{
    struct scene *s = *state;
    s->turn->kind.category = CATEGORY_EMOTIONAL;
    s->facts.evidence.known = true;
    s->facts.evidence.categories[CATEGORY_EMOTIONAL].next = NAN;
    int before = place_of(s, "ROLLOUT");
    struct brain_facts *f = &s->facts.brain[BRAIN_CLAUDE];
    f->n = f->tries = 1;
    f->p50_us = 212000;
    assert_true(place_of(s, "p50 1st token") > before);
    assert_int_equal(place_of(s, "ROLLOUT"), before);
    assert_null(row_with(s, "p95")); /* of one answer there is none */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PANEL_TEST(scores_of_few_words_are_grey_and_say_so_and_weights_are_no_shares),
        PANEL_TEST(scores_grow_from_one_axis_with_their_parts_beneath),
        PANEL_TEST(parts_of_warmth_have_their_rows_while_they_are_awaited),
        PANEL_TEST(a_score_says_how_often_blind_verdicts_agreed_and_when_it_is_not_predictive),
        PANEL_TEST(verdicts_are_intervals_around_one_half_with_what_they_are_counted_from),
        PANEL_TEST(the_rollout_stays_in_its_place_when_the_first_answer_has_its_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
