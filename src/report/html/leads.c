/* Who is better at what, how good LLAMA's answers are, and how that came about. */
#include <math.h>
#include <stdio.h>

#include "berdua/base/mem.h"
#include "berdua/route/rollout.h"
#include "chart.h"
#include "html_markup.h"
#include "sections.h"

enum { CELLS = CATEGORY_COUNT + LANGUAGE_COUNT + 1 };

const char *
category_title(enum category c)
{
    static const char *const titles[CATEGORY_COUNT] = {
        [CATEGORY_GREETING] = "Greeting",
        [CATEGORY_EMOTIONAL] = "Emotional",
        [CATEGORY_CULTURAL] = "Cultural",
        [CATEGORY_BUSINESS_SIMPLE] = "Business, simple",
        [CATEGORY_BUSINESS_COMPLEX] = "Business, complex",
        [CATEGORY_GENERAL] = "General",
    };
    return titles[c];
}

const char *
language_title(enum language l)
{
    static const char *const titles[LANGUAGE_COUNT] = {
        [LANGUAGE_ID] = "Indonesian", [LANGUAGE_EN] = "English", [LANGUAGE_IT] = "Italian"};
    return titles[l];
}

static const char *
lead_words(enum lead lead)
{
    return lead == LEAD_LLAMA ? "LLAMA leads" : lead == LEAD_CLAUDE ? "Claude leads" : "no leader";
}

static enum chart_tone
lead_tone(enum lead lead)
{
    return lead == LEAD_LLAMA ? TONE_LLAMA : lead == LEAD_CLAUDE ? TONE_CLAUDE : TONE_PLAIN;
}

/* All cells of the report: categories, languages, all together. */
static size_t
list_cells(const struct report *r, const struct report_cell *cells[CELLS], const char *names[CELLS])
{
    size_t n = 0;
    for (int c = 0; c < CATEGORY_COUNT; c++, n++) {
        cells[n] = &r->categories[c];
        names[n] = category_title((enum category)c);
    }
    for (int l = 0; l < LANGUAGE_COUNT; l++, n++) {
        cells[n] = &r->languages[l];
        names[n] = language_title((enum language)l);
    }
    cells[n] = &r->overall;
    names[n++] = "All messages";
    return n;
}

static void
leads_table(struct buf *o, const struct report_cell *const *cells, const char *const *names,
            size_t count)
{
    html_table_begin(o, "Verdicts and LLAMA's share of the comparisons",
                     "Kind of message|Leader|LLAMA's share|95 % interval|Compared|LLAMA "
                     "better|Claude better|Tie|Both bad|Evidence e|Verdicts until a leader",
                     true);
    for (size_t i = 0; i < count; i++) {
        const struct win_rate *w = &cells[i]->win_rate;
        const struct tally *t = &cells[i]->tally;
        char text[HTML_FIGURE];
        html_row_begin(o, names[i]);
        html_cell(o, lead_words(w->state));
        html_cell(o, html_percent(text, w->value));
        html_cell(o, html_range(text, w->interval));
        html_cell_int(o, w->n);
        html_cell_int(o, t->w);
        html_cell_int(o, t->l);
        html_cell_int(o, t->t);
        html_cell_int(o, t->b);
        snprintf(text, sizeof text, "%.3g", w->e);
        html_cell(o, text);
        snprintf(text, sizeof text, "%lld", (long long)w->needed);
        html_cell(o, w->needed < 0 ? "none at these rates" : text);
        html_row_end(o);
    }
    html_table_end(o, true);
}

void
section_leads(struct buf *o, const struct report_page *p)
{
    const struct report_cell *cells[CELLS];
    const char *names[CELLS];
    char notes[CELLS][96];
    struct chart_interval rows[CELLS];
    size_t count = list_cells(p->report, cells, names);
    for (size_t i = 0; i < count; i++) {
        const struct win_rate *w = &cells[i]->win_rate;
        char value[HTML_FIGURE];
        snprintf(notes[i], sizeof notes[i], "%s · %s · n %lld", html_percent(value, w->value),
                 lead_words(w->state), (long long)w->n);
        rows[i] = (struct chart_interval){.name = names[i],
                                          .note = w->n ? notes[i] : "no verdicts yet",
                                          .value = w->value,
                                          .low = w->interval.low,
                                          .high = w->interval.high,
                                          .mark = p->limits->guard,
                                          .tone = lead_tone(w->state)};
    }
    html_section_begin(o, "leads", "Who is better at what",
                       "LLAMA's share of the comparisons for each kind of message. Where the bar "
                       "crosses the middle line, there is no leader yet.");
    chart_intervals(
        o,
        &(struct chart){
            "leads-chart", "Share of comparisons that LLAMA wins",
            "One row for each category and language: a dot for the share, a bar for its "
            "95 % interval, a dashed line at one half, a short line at the guard."},
        &(struct chart_scale){0, 1, .5, "← Claude better", "LLAMA better →"}, rows, count);
    leads_table(o, cells, names, count);
    html_definition(
        o, "What is the share?",
        "(LLAMA better + half of the ties) / (LLAMA better + Claude better + ties). Pairs "
        "where both are bad are not compared. A pair counts once, by its first verdict "
        "that is not flagged and was drawn to count.");
    html_definition(o, "What is the interval, and when does somebody lead?",
                    "The interval holds with 95 % however often one looks. A leader needs ten "
                    "decisive verdicts and evidence e of 20; the six categories are looked at "
                    "together (e-BH), so that among all six a false lead is rare.");
    char guard[160];
    snprintf(guard, sizeof guard,
             "A category takes a step up only when the lower bound of LLAMA's share is at least "
             "%.2f.",
             p->limits->guard);
    html_definition(o, "What is the short line (the guard)?", guard);
    html_section_end(o);
}

/* ---- quality ---- */

static void
quality_table(struct buf *o, const struct report *r, const struct rollout_limits *limits)
{
    html_table_begin(o, "Quality score of LLAMA's answers",
                     "Category|Quality score|Upper bound|Good answers|Asked or judged|What is "
                     "counted|Stage|Gate of the next stage",
                     true);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        const struct report_cell *cell = &r->categories[c];
        const struct quality *q = &cell->quality;
        char text[HTML_FIGURE];
        html_row_begin(o, category_title((enum category)c));
        html_cell(o, html_decimal(text, q->score));
        html_cell(o, html_decimal(text, q->upper));
        html_cell_int(o, q->k);
        html_cell_int(o, q->n);
        html_cell(o, q->basis == QUALITY_ACCEPTABLE ? "would be sent as it is" : "not worse");
        snprintf(text, sizeof text, "%g %%", cell->stage);
        html_cell(o, text);
        html_cell(o, html_decimal(text, rollout_next_gate(limits, cell->stage)));
        html_row_end(o);
    }
    html_table_end(o, true);
}

void
section_quality(struct buf *o, const struct report_page *p)
{
    struct chart_interval rows[CATEGORY_COUNT];
    char notes[CATEGORY_COUNT][96];
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        const struct report_cell *cell = &p->report->categories[c];
        double gate = rollout_next_gate(p->limits, cell->stage);
        char score[HTML_FIGURE];
        if (isnan(gate))
            snprintf(notes[c], sizeof notes[c], "stage %g %%, the top", cell->stage);
        else
            snprintf(notes[c], sizeof notes[c], "%s of %.2f · stage %g %% · n %lld",
                     html_decimal(score, cell->quality.score), gate, cell->stage,
                     (long long)cell->quality.n);
        rows[c] =
            (struct chart_interval){.name = category_title((enum category)c),
                                    .note = notes[c],
                                    .value = cell->quality.score,
                                    .low = cell->quality.score,
                                    .high = cell->quality.upper,
                                    .mark = gate,
                                    .tone = cell->quality.score >= gate ? TONE_GOOD : TONE_PLAIN};
    }
    html_section_begin(o, "quality", "Is LLAMA good enough for the next step?",
                       "The lower bound of how many of LLAMA's answers are good enough, beside the "
                       "gate that the next stage of the rollout asks for.");
    chart_intervals(
        o,
        &(struct chart){"quality-chart", "Quality score and the gate of the next stage",
                        "One row for each category: a dot for the quality score, which "
                        "is the lower bound, a bar up to the upper bound, a short line "
                        "at the gate."},
        &(struct chart_scale){0, 1, NAN, "0: no good answer", "1: every answer is good"}, rows,
        CATEGORY_COUNT);
    quality_table(o, p->report, p->limits);
    html_definition(o, "What is the quality score?", quality_definition(QUALITY_NOT_WORSE));
    html_definition(o, "And where people were asked?", quality_definition(QUALITY_ACCEPTABLE));
    html_definition(
        o, "What is the gate?",
        "A step up needs the quality of the evidence since the stage began to reach the "
        "gate. This page counts all evidence of the period; `berdua route status` shows "
        "exactly what a step waits for.");
    html_section_end(o);
}

/* ---- over time ---- */

static void
time_table(struct buf *o, const struct report *r)
{
    html_table_begin(
        o, "LLAMA's share of all comparisons up to each time",
        "Up to|Compared|All messages|95 % interval|Greeting|Emotional|Cultural|Business, "
        "simple|Business, complex|General",
        true);
    for (size_t i = 0; i < r->overall_series.count; i++) {
        const struct report_point *p = &r->overall_series.points[i];
        char text[HTML_FIGURE];
        html_row_begin(o, html_day(text, p->until_us));
        html_cell_int(o, p->tally.w + p->tally.l + p->tally.t);
        html_cell(o, html_percent(text, p->value));
        html_cell(o, html_range(text, report_point_interval(p)));
        for (int c = 0; c < CATEGORY_COUNT; c++)
            html_cell(o, html_percent(text, r->category_series[c].points[i].value));
        html_row_end(o);
    }
    html_table_end(o, true);
}

void
section_time(struct buf *o, const struct report_page *p)
{
    html_section_begin(o, "time", "How the picture became clearer",
                       "LLAMA's share of all comparisons up to each time, with its interval: it "
                       "narrows as verdicts come in.");
    chart_running(o,
                  &(struct chart){"time-chart", "LLAMA's running share, all messages",
                                  "A line for the share of all verdicts so far, a band for its "
                                  "interval, a dashed line at one half."},
                  &p->report->overall_series);
    time_table(o, p->report);
    html_definition(o, "What do the points stand for?",
                    "Every point counts all verdicts of the period up to it. The interval of each "
                    "holds however often one looks, so it may be read at any of them.");
    html_section_end(o);
}
