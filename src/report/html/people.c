/* Where the verdicts come from, and how far they can be believed. */
#include <math.h>
#include <stdio.h>

#include "berdua/base/mem.h"
#include "chart.h"
#include "html_markup.h"
#include "sections.h"

enum { AMOUNTS_MOST = 8 + FLAG_COUNT };

/* ---- flow ---- */

static size_t
list_flow(const struct report *r, struct chart_amount rows[AMOUNTS_MOST])
{
    static const char *const flags[FLAG_COUNT] = {
        [FLAG_INTERRUPTED] = "the program ended meanwhile",
        [FLAG_ERRORED] = "an answer failed",
        [FLAG_TRUNCATED] = "an answer was cut off",
        [FLAG_LEAK] = "an answer named its model",
        [FLAG_UNDONE] = "taken back",
        [FLAG_SIMULATED] = "simulated",
        [FLAG_SAFETY] = "flagged as unsafe",
    };
    size_t n = 0;
    rows[n++] = (struct chart_amount){"Pairs of answers stored", r->flow.shown, TONE_PLAIN, 0};
    rows[n++] = (struct chart_amount){"Pairs judged", r->flow.pairs, TONE_PLAIN, 0};
    rows[n++] = (struct chart_amount){"Verdicts of people", r->flow.verdicts, TONE_PLAIN, 0};
    rows[n++] = (struct chart_amount){"Left out by a flag", r->flow.left_out, TONE_BAD, 1};
    for (int f = 0; f < FLAG_COUNT; f++)
        if (flags[f] && r->flagged[f])
            rows[n++] = (struct chart_amount){flags[f], r->flagged[f], TONE_BAD, 2};
    rows[n++] =
        (struct chart_amount){"On disputes: for export only", r->flow.dispute, TONE_FAINT, 1};
    rows[n++] =
        (struct chart_amount){"Later ones on a pair: agreement only", r->flow.later, TONE_FAINT, 1};
    rows[n++] = (struct chart_amount){"Counted", r->flow.counted, TONE_GOOD, 1};
    return n;
}

void
section_flow(struct buf *o, const struct report_page *p)
{
    struct chart_amount rows[AMOUNTS_MOST];
    const struct report *r = p->report;
    size_t n = list_flow(r, rows);
    html_section_begin(o, "flow", "From answers to evidence",
                       "Not every verdict counts: what was left out, and why.");
    chart_amounts(
        o,
        &(struct chart){"flow-chart", "What became of the verdicts",
                        "Bars from the pairs that were stored to the verdicts that count, "
                        "with the reasons why others do not."},
        rows, n);
    html_table_begin(o, "What became of the verdicts", "Step|Number", true);
    for (size_t i = 0; i < n; i++) {
        html_row_begin(o, rows[i].name);
        html_cell_int(o, rows[i].n);
        html_row_end(o);
    }
    for (int f = FLAG_COLD; f < FLAG_COUNT; f++) {
        char name[64];
        snprintf(name, sizeof name, "for information: %s", verdict_flag_name((enum verdict_flag)f));
        html_row_begin(o, name);
        html_cell_int(o, r->flagged[f]);
        html_row_end(o);
    }
    html_row_begin(o, "raters");
    html_cell_int(o, r->flow.raters);
    html_row_end(o);
    html_row_begin(o, "sessions");
    html_cell_int(o, r->flow.sessions);
    html_row_end(o);
    html_table_end(o, true);
    html_definition(
        o, "What counts?",
        "Of each pair the first verdict by time that has no flag which leaves it out, came "
        "from the chat or was drawn at random or by need, and compares side by side. "
        "Verdicts = left out + disputes + later ones + counted. One verdict may have "
        "several flags.");
    html_section_end(o);
}

/* ---- raters ---- */

enum { CHECKS = 6 };

static void
list_checks(const struct report *r, struct chart_interval rows[CHECKS], char notes[CHECKS][80])
{
    static const char *const names[] = {"Left won", "Warmer won, blind",
                                        "Culturally closer won, blind"};
    static const char *const states[] = {[SCORE_HEURISTIC] = "heuristic",
                                         [SCORE_PREDICTIVE] = "predictive",
                                         [SCORE_NOT_PREDICTIVE] = "not predictive here"};
    const struct score_agreement *warm = &r->scores.blind[SCORE_WARMTH],
                                 *close = &r->scores.blind[SCORE_CULTURAL];
    const struct report_rate rates[] = {
        r->side_bias,
        {.n = warm->n, .k = warm->agreed, .rate = warm->rate, .interval = warm->interval},
        {.n = close->n, .k = close->agreed, .rate = close->rate, .interval = close->interval}};
    const char *more[] = {"", states[warm->state], states[close->state]};
    for (int i = 0; i < 3; i++) {
        char value[HTML_FIGURE];
        snprintf(notes[i], sizeof notes[i], "%s%s%s · n %lld", html_percent(value, rates[i].rate),
                 i ? " · " : "", more[i], (long long)rates[i].n);
        rows[i] = (struct chart_interval){.name = names[i],
                                          .note = notes[i],
                                          .value = rates[i].rate,
                                          .low = rates[i].interval.low,
                                          .high = rates[i].interval.high,
                                          .mark = NAN};
    }
    bool styled = r->style.n >= ASYMPTOTIC_LEAST;
    if (styled)
        snprintf(notes[3], sizeof notes[3], "%.0f %% · n %lld", 100 * r->style.adjusted,
                 (long long)r->style.n);
    else
        snprintf(notes[3], sizeof notes[3], "from n 100 on; now %lld", (long long)r->side_bias.n);
    rows[3] = (struct chart_interval){.name = "LLAMA, styles alike",
                                      .note = notes[3],
                                      .value = styled ? r->style.adjusted : NAN,
                                      .low = styled ? r->style.interval.low : NAN,
                                      .high = styled ? r->style.interval.high : NAN,
                                      .mark = NAN};
    for (int i = 0; i < 2; i++) {
        const struct win_rate *w = &r->sight.rate[i];
        char value[HTML_FIGURE];
        snprintf(notes[4 + i], sizeof notes[4 + i], "%s · n %lld", html_percent(value, w->value),
                 (long long)w->n);
        rows[4 + i] =
            (struct chart_interval){.name = i ? "LLAMA, judged blind" : "LLAMA, names in sight",
                                    .note = notes[4 + i],
                                    .value = w->value,
                                    .low = w->interval.low,
                                    .high = w->interval.high,
                                    .mark = NAN,
                                    .tone = TONE_LLAMA};
    }
}

static void
add_coefficient(struct buf *o, const char *name, double v)
{
    char text[HTML_FIGURE];
    html_row_begin(o, name);
    html_cell(o, html_decimal(text, v));
    html_cell(o, "coefficient of the style regression");
    html_cell(o, "");
    html_row_end(o);
}

static void
checks_table(struct buf *o, const struct report *r, const struct chart_interval *rows)
{
    static const char *const features[STYLE_FEATURES] = {
        "style: side", "style: length", "style: headers", "style: lists", "style: bold"};
    const int64_t n[CHECKS] = {r->side_bias.n,
                               r->scores.blind[SCORE_WARMTH].n,
                               r->scores.blind[SCORE_CULTURAL].n,
                               r->style.n,
                               r->sight.rate[0].n,
                               r->sight.rate[1].n};
    char text[HTML_FIGURE];
    html_table_begin(o, "How far the verdicts can be believed", "Figure|Value|95 % interval|n",
                     true);
    for (int i = 0; i < CHECKS; i++) {
        html_row_begin(o, rows[i].name);
        html_cell(o, html_percent(text, rows[i].value));
        html_cell(o, html_range(text, (struct interval){rows[i].low, rows[i].high}));
        html_cell_int(o, n[i]);
        html_row_end(o);
    }
    if (!isnan(r->sight.difference)) {
        char low[HTML_FIGURE], high[HTML_FIGURE], both[2 * HTML_FIGURE];
        snprintf(both, sizeof both, "%s to %s", html_points(low, r->sight.interval.low),
                 html_points(high, r->sight.interval.high));
        html_row_begin(o, "blind less in sight, points");
        html_cell(o, html_points(text, r->sight.difference));
        html_cell(o, both);
        html_cell_int(o, r->sight.rate[0].n + r->sight.rate[1].n);
        html_row_end(o);
    }
    if (r->style.n >= ASYMPTOTIC_LEAST) {
        html_row_begin(o, "LLAMA, as judged");
        html_cell(o, html_percent(text, r->style.raw));
        html_cell(o, "");
        html_cell_int(o, r->style.n);
        html_row_end(o);
    }
    for (int f = 0; f < STYLE_FEATURES && r->style.n >= ASYMPTOTIC_LEAST; f++)
        add_coefficient(o, features[f], r->style.coefficients[f]);
    html_table_end(o, true);
}

struct fact {
    const char *name, *value, *note, *meaning;
};

static void
add_facts(struct buf *o, const struct fact *facts, size_t count)
{
    html_put(o, "<div class=\"cards\">");
    for (size_t i = 0; i < count; i++) {
        html_put(o, "<div class=\"card\"><p class=\"name\">");
        html_text(o, facts[i].name);
        html_put(o, "</p><p class=\"value\">");
        html_text(o, facts[i].value);
        html_put(o, "</p><p class=\"note\">");
        html_text(o, facts[i].note);
        html_put(o, "</p>");
        html_definition(o, "What is this?", facts[i].meaning);
        html_put(o, "</div>");
    }
    html_put(o, "</div>\n");
}

static void
rater_facts(struct buf *o, const struct report *r)
{
    char self[HTML_FIGURE], alpha[HTML_FIGURE], index[HTML_FIGURE], asked[HTML_FIGURE];
    char notes[4][120];
    snprintf(notes[0], sizeof notes[0], "%lld pairs judged twice by one rater",
             (long long)r->self.n);
    snprintf(notes[1], sizeof notes[1], "%lld pairs judged by several raters",
             (long long)r->raters.pairs);
    if (r->blindness.index.n)
        snprintf(notes[2], sizeof notes[2],
                 "%lld guesses: %lld right, %lld wrong, %lld don't know; "
                 "interval %.2f to %.2f",
                 (long long)r->blindness.index.n, (long long)r->blindness.right,
                 (long long)r->blindness.wrong, (long long)r->blindness.dont_know,
                 r->blindness.index.interval.low, r->blindness.index.interval.high);
    else
        snprintf(notes[2], sizeof notes[2], "nobody was asked yet");
    snprintf(asked, sizeof asked, "%lld of %lld", (long long)r->asked_answered,
             (long long)r->asked_drawn);
    snprintf(notes[3], sizeof notes[3], "counted pairs whose question was drawn");
    const struct fact facts[] = {
        {"A rater agrees with themselves", html_decimal(self, r->self.kappa), notes[0],
         "Cohen's kappa over four outcomes between a rater's first and second verdict on the same "
         "pair: 1 is always the same, 0 no more than chance."},
        {"Raters agree with one another", html_decimal(alpha, r->raters.alpha), notes[1],
         "Krippendorff's alpha (nominal) over each rater's first verdict on a pair: 1 is always "
         "the "
         "same, 0 no more than chance."},
        {"Blindness index", html_decimal(index, r->blindness.index.index), notes[2],
         "(right − wrong) / n of the guesses which answer is Claude's: 0 is blind, 1 is open."},
        {"“Send as it is?” answered", asked, notes[3],
         "After a verdict a seeded share of the pairs is asked whether each answer could be sent "
         "as "
         "it is."},
    };
    add_facts(o, facts, ARRAY_LEN(facts));
}

void
section_raters(struct buf *o, const struct report_page *p)
{
    struct chart_interval rows[CHECKS];
    char notes[CHECKS][80];
    list_checks(p->report, rows, notes);
    html_section_begin(
        o, "raters", "Can the verdicts be believed?",
        "Whether raters favour a side, recognise the brains or agree, and whether the "
        "program's own scores say the same as people.");
    rater_facts(o, p->report);
    chart_intervals(o,
                    &(struct chart){"raters-chart", "Side, scores, style and names",
                                    "Rates with their intervals: how often the left, the warmer "
                                    "and the culturally closer answer won, and LLAMA's share when "
                                    "style is held equal."},
                    &(struct chart_scale){0, 1, .5, "never", "always"}, rows, CHECKS);
    checks_table(o, p->report, rows);
    html_definition(
        o, "What are these rates?",
        "All look at decisive verdicts only. Left: 50 % means no side is favoured. Warmer "
        "and culturally closer: how often the winner of a blind verdict has the higher "
        "score; below 200 of them the scores are called heuristic.");
    html_definition(o, "Why are blind verdicts apart?",
                    "Who knows which answer is whose may judge otherwise. Where both intervals "
                    "overlap, the names made no difference that could be seen; the table holds the "
                    "difference with its interval.");
    html_definition(
        o, "What does “styles alike” mean?",
        "A logistic regression of the winner on side, length and Markdown: LLAMA's share "
        "if both answers looked alike. Style is a part of what people judge, so this "
        "corrects nothing and opens no gate.");
    html_section_end(o);
}

/* ---- judge ---- */

static void
judge_votes(struct buf *o, const char *name, const struct tally *t)
{
    char text[HTML_FIGURE];
    const int64_t counts[] = {t->w, t->l, t->t, t->b};
    html_row_begin(o, name);
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        snprintf(text, sizeof text, "%lld", (long long)counts[i]);
        html_cell(o, text);
    }
    html_cell(o, html_percent(text, verdicts_rate(t)));
    html_row_end(o);
}

static void
judge_table(struct buf *o, const struct report *r)
{
    html_table_begin(o, "The judge's own votes",
                     "Category|LLAMA better|Claude better|Tie|Both bad|LLAMA's share", false);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        judge_votes(o, category_title((enum category)c), &r->judge.categories[c]);
    judge_votes(o, "All messages", &r->judge.votes);
    html_table_end(o, false);
}

void
section_judge(struct buf *o, const struct report_page *p)
{
    const struct report *r = p->report;
    const struct judge_fit *f = &r->judge.fit;
    char text[HTML_FIGURE];
    html_section_begin(
        o, "judge", "What a model says as judge",
        "In a column of its own: it is never added to people's verdicts and opens no "
        "gate.");
    if (!r->judge.model) {
        html_put(o, "<p class=\"none\">No model has judged yet.</p>\n");
        html_section_end(o);
        return;
    }
    html_put(o, "<p>Model <strong>");
    html_text(o, r->judge.model);
    html_put(o, "</strong>");
    if (r->judge.prompt) {
        html_put(o, ", prompt ");
        html_text(o, r->judge.prompt);
    }
    html_put(o, f->calibrated ? ": calibrated." : ": not calibrated below 100 shared pairs.");
    if (r->judge.contestant >= 0)
        html_put(o, " It judges its own brain's answers, too.");
    html_put(o, "</p>\n");
    html_table_begin(o, "The judge beside people", "Figure|Value", false);
    const struct {
        const char *name;
        double v;
        bool share;
    } rows[] = {{"pairs judged by both", (double)f->n, false},
                {"same outcome", r->judge.agreement, true},
                {"Cohen's kappa", r->judge.kappa, false},
                {"correlation ρ", f->rho, false},
                {"of these drawn at random", (double)f->n_random, false},
                {"judged by the model alone", (double)f->unlabelled, false},
                {"effective number of verdicts", f->n_eff, false},
                {"estimate of people's mean (PPI++)", f->estimate, true}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        html_row_begin(o, rows[i].name);
        bool whole = rows[i].v == floor(rows[i].v) && !rows[i].share;
        if (whole)
            snprintf(text, sizeof text, "%.0f", rows[i].v);
        html_cell(o, whole           ? text
                     : rows[i].share ? html_percent(text, rows[i].v)
                                     : html_decimal(text, rows[i].v));
        html_row_end(o);
    }
    html_row_begin(o, "its 95 % interval");
    html_cell(o, isnan(f->estimate) ? "from 100 random pairs on" : html_range(text, f->interval));
    html_row_end(o);
    html_table_end(o, false);
    judge_table(o, r);
    html_section_end(o);
}
