/* The figures at a glance, what both brains took and cost, and how that stands beside what was expected. */
#include <math.h>
#include <stdio.h>

#include "berdua/base/mem.h"
#include "chart.h"
#include "html_markup.h"
#include "sections.h"

static double
success_of(const struct report_brain *b)
{
    return b->answers ? (double)b->complete / (double)b->answers : NAN;
}

/* ---- at a glance ---- */

static void
card_begin(struct buf *o, const char *name)
{
    html_putf(o, "<div class=\"card\"><p class=\"name\">%s</p>", name);
}

static void
card_end(struct buf *o, const char *meaning)
{
    html_definition(o, "What is this?", meaning);
    html_put(o, "</div>\n");
}

static void
lead_card(struct buf *o, const struct report_cell *c)
{
    char value[HTML_FIGURE], range[HTML_FIGURE];
    const struct win_rate *w = &c->win_rate;
    card_begin(o, "Over all messages");
    html_putf(o, "<p class=\"value %s\">%s</p>",
              w->state == LEAD_LLAMA    ? "llama"
              : w->state == LEAD_CLAUDE ? "claude"
                                        : "",
              w->state == LEAD_LLAMA    ? "LLAMA leads"
              : w->state == LEAD_CLAUDE ? "Claude leads"
                                        : "No leader yet");
    html_putf(o, "<p class=\"note\">LLAMA's share %s (%s), n %lld</p>",
              html_percent(value, w->value), html_range(range, w->interval), (long long)w->n);
    card_end(o,
             "Of the pairs that were judged, not of the traffic: (LLAMA better + half of the ties) "
             "/ all that were compared, with an interval that holds however often one looks.");
}

static void
both_card(struct buf *o, const char *name, const char *claude, const char *llama, const char *note,
          const char *meaning)
{
    card_begin(o, name);
    html_putf(o,
              "<p class=\"pair\"><span class=\"claude\">Claude <b>%s</b></span> <span "
              "class=\"llama\">LLAMA <b>%s</b></span></p><p class=\"note\">%s</p>",
              claude, llama, note);
    card_end(o, meaning);
}

void
section_glance(struct buf *o, const struct report_page *p)
{
    const struct report *r = p->report;
    const struct report_brain *b = r->brains;
    const struct quality *q = &r->overall.quality;
    char one[HTML_FIGURE], two[HTML_FIGURE], note[160];
    html_section_begin(o, "glance", "At a glance", NULL);
    html_put(o, "<div class=\"cards\">\n");
    lead_card(o, &r->overall);
    card_begin(o, "LLAMA's answers are good enough");
    if (q->n)
        html_putf(
            o,
            "<p class=\"value\">at least %s</p><p class=\"note\">and at most %s; %lld of %lld "
            "%s</p>",
            html_percent(one, q->score), html_percent(two, q->upper), (long long)q->k,
            (long long)q->n,
            q->basis == QUALITY_ACCEPTABLE ? "would be sent as they are" : "were not worse");
    else
        html_put(o, "<p class=\"value\">–</p><p class=\"note\">not known without verdicts</p>");
    card_end(o, quality_definition(q->basis));
    snprintf(note, sizeof note, "n %lld and %lld answers, cold starts left out",
             (long long)b[BRAIN_CLAUDE].answers, (long long)b[BRAIN_LLAMA].answers);
    both_card(o, "First token, median", html_ms(one, b[BRAIN_CLAUDE].ttft.p50_ms),
              html_ms(two, b[BRAIN_LLAMA].ttft.p50_ms), note,
              "From handing the request to the network to the first visible token.");
    snprintf(note, sizeof note, "%lld of %lld; %lld of %lld", (long long)b[BRAIN_CLAUDE].complete,
             (long long)b[BRAIN_CLAUDE].answers, (long long)b[BRAIN_LLAMA].complete,
             (long long)b[BRAIN_LLAMA].answers);
    both_card(o, "Answered completely", html_percent(one, success_of(&b[BRAIN_CLAUDE])),
              html_percent(two, success_of(&b[BRAIN_LLAMA])), note,
              "Answers that came to their own end, of all that were asked for.");
    both_card(o, "Cost", html_usd(one, b[BRAIN_CLAUDE].cost_usd),
              html_usd(two, b[BRAIN_LLAMA].cost_usd), "of all answers of the period",
              "Sums of every answer whose cost is known.");
    card_begin(o, "Evidence");
    html_putf(o,
              "<p class=\"value\">%lld pairs count</p><p class=\"note\">%lld verdicts by %lld "
              "raters in %lld sessions</p>",
              (long long)r->flow.counted, (long long)r->flow.verdicts, (long long)r->flow.raters,
              (long long)r->flow.sessions);
    card_end(o, "A pair counts once, by its first verdict without a flag that leaves it out.");
    html_put(o, "</div>\n");
    html_section_end(o);
}

/* ---- brains ---- */

static void
latency_table(struct buf *o, const char *caption, const struct duration_histogram *h)
{
    html_table_begin(o, caption, "Took less than|Answers|Cold starts", true);
    for (int b = 0; b < DURATION_BINS; b++) {
        char text[HTML_FIGURE];
        if (h->warm[b] + h->cold[b] == 0)
            continue;
        html_row_begin(o, b < DURATION_EDGES ? html_ms(text, duration_edges_ms[b]) : "any time");
        html_cell_int(o, h->warm[b]);
        html_cell_int(o, h->cold[b]);
        html_row_end(o);
    }
    html_table_end(o, true);
}

static void
latency_charts(struct buf *o, const struct report *r)
{
    static const struct {
        const char *id, *title;
        enum brain_id brain;
        bool total;
    } charts[] = {{"ttft-claude", "Claude: time to the first token", BRAIN_CLAUDE, false},
                  {"ttft-llama", "LLAMA: time to the first token", BRAIN_LLAMA, false},
                  {"total-claude", "Claude: time of the whole answer", BRAIN_CLAUDE, true},
                  {"total-llama", "LLAMA: time of the whole answer", BRAIN_LLAMA, true}};
    html_put(o, "<div class=\"charts\">\n");
    for (size_t i = 0; i < ARRAY_LEN(charts); i++) {
        const struct report_brain *b = &r->brains[charts[i].brain];
        const struct duration_histogram *h =
            charts[i].total ? &b->total_histogram : &b->ttft_histogram;
        html_put(o, "<div>");
        chart_latencies(o,
                        &(struct chart){charts[i].id, charts[i].title,
                                        "Columns from 0 to more than two minutes: how many answers "
                                        "took so long; cold starts are outlined on top."},
                        h, charts[i].brain == BRAIN_CLAUDE ? TONE_CLAUDE : TONE_LLAMA);
        latency_table(o, charts[i].title, h);
        html_put(o, "</div>\n");
    }
    html_put(o, "</div>\n");
}

static void
brain_row(struct buf *o, const char *name, const char *claude, const char *llama)
{
    html_row_begin(o, name);
    html_cell(o, claude);
    html_cell(o, llama);
    html_row_end(o);
}

static void
share_row(struct buf *o, const char *name, const int64_t k[BRAIN_COUNT],
          const int64_t n[BRAIN_COUNT])
{
    char text[BRAIN_COUNT][HTML_FIGURE + 48], share[HTML_FIGURE];
    for (int b = 0; b < BRAIN_COUNT; b++)
        snprintf(text[b], sizeof text[b], "%s (%lld of %lld)",
                 html_percent(share, n[b] ? (double)k[b] / (double)n[b] : NAN), (long long)k[b],
                 (long long)n[b]);
    brain_row(o, name, text[BRAIN_CLAUDE], text[BRAIN_LLAMA]);
}

static void
times_rows(struct buf *o, const char *what, const struct report_times *claude,
           const struct report_times *llama)
{
    static const char *const names[] = {"median", "p95", "p99"};
    const double ms[][BRAIN_COUNT] = {{claude->p50_ms, llama->p50_ms},
                                      {claude->p95_ms, llama->p95_ms},
                                      {claude->p99_ms, llama->p99_ms}};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char name[64], one[HTML_FIGURE], two[HTML_FIGURE];
        snprintf(name, sizeof name, "%s, %s", what, names[i]);
        brain_row(o, name, html_ms(one, ms[i][BRAIN_CLAUDE]), html_ms(two, ms[i][BRAIN_LLAMA]));
    }
}

static void
brains_table(struct buf *o, const struct report_brain *b)
{
    const struct report_brain *c = &b[BRAIN_CLAUDE], *l = &b[BRAIN_LLAMA];
    char one[HTML_FIGURE], two[HTML_FIGURE];
    html_table_begin(o, "Times, success and cost", "Figure|Claude|LLAMA", false);
    share_row(o, "Answered completely", (const int64_t[]){c->complete, l->complete},
              (const int64_t[]){c->answers, l->answers});
    share_row(o, "Of these unseen, in shadow",
              (const int64_t[]){c->shadow_complete, l->shadow_complete},
              (const int64_t[]){c->shadow, l->shadow});
    times_rows(o, "First token", &c->ttft, &l->ttft);
    times_rows(o, "Whole answer", &c->total, &l->total);
    snprintf(one, sizeof one, "%lld", (long long)c->cold);
    snprintf(two, sizeof two, "%lld", (long long)l->cold);
    brain_row(o, "Cold starts", one, two);
    brain_row(o, "Cost", html_usd(one, c->cost_usd), html_usd(two, l->cost_usd));
    html_table_end(o, false);
}

void
section_brains(struct buf *o, const struct report_page *p)
{
    const struct report *r = p->report;
    html_section_begin(
        o, "brains", "What both brains took and cost",
        "Cold starts of LLAMA's server are counted apart and left out of the times.");
    brains_table(o, r->brains);
    latency_charts(o, r);
    html_definition(
        o, "What is measured?",
        "First token: from handing the request to the network to the first visible token. "
        "Total: to the end of the answer. p95: 95 of 100 answers took no longer. A cold "
        "start is a server that had to wake up. Shadow: answers that the user did not see.");
    html_section_end(o);
}

/* ---- what was expected ---- */

/* LLAMA's share of the users, in the mean over categories, each as often as it was judged. */
static double
facing_share(const struct report *r)
{
    double sum = 0, n = 0;
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        double weight = (double)verdicts_total(&r->categories[c].tally);
        sum += weight * r->categories[c].stage / 100;
        n += weight;
    }
    if (n > 0)
        return sum / n;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        sum += r->categories[c].stage / 100;
    return sum / CATEGORY_COUNT;
}

static void
expected_row(struct buf *o, const char *const words[4], const char *measured, const char *how)
{
    html_row_begin(o, words[0]);
    for (int i = 1; i < 4; i++)
        html_cell(o, words[i]);
    html_put(o, "<td><strong>");
    html_text(o, measured);
    html_put(o, "</strong></td>");
    html_cell(o, how);
    html_row_end(o);
}

static void
share_words(char out[96], const struct report_cell *c)
{
    char value[HTML_FIGURE], range[HTML_FIGURE];
    if (c->win_rate.n == 0)
        snprintf(out, 96, "not yet: no verdicts");
    else
        snprintf(out, 96, "%s (%s), n %lld", html_percent(value, c->win_rate.value),
                 html_range(range, c->win_rate.interval), (long long)c->win_rate.n);
}

void
section_expected(struct buf *o, const struct report_page *p)
{
    static const char *const rows[][4] = {
        {"User latency", "200 ms", "200 ms", "200 ms"},
        {"LLAMA user-facing", "0 %", "5 %", "30–50 %"},
        {"Cultural intelligence", "3 of 5", "4 of 5", "5 of 5"},
        {"“Anima indonesiana”", "2 of 5", "4 of 5", "5 of 5"},
        {"Memory depth", "facts", "facts, some JIWA", "deep JIWA"},
        {"User personalization", "generic", "good", "excellent"},
    };
    const struct report *r = p->report;
    char text[HTML_FIGURE], measured[96];
    html_section_begin(o, "expected", "Expected, and what was measured",
                       "What was expected of the project when it began, week by week, beside the "
                       "figures of this report.");
    html_table_begin(o, "Expected performance",
                     "Metric|Week 1|Week 3|Week 6|Measured|How it is measured", false);
    expected_row(o, rows[0], html_ms(text, r->brains[BRAIN_CLAUDE].ttft.p50_ms),
                 "median first token of Claude, who answers users first");
    expected_row(o, rows[1], html_percent(text, facing_share(r)),
                 "share of users by the rollout's stages, categories weighted by their verdicts");
    share_words(measured, &r->categories[CATEGORY_CULTURAL]);
    expected_row(o, rows[2], measured, "LLAMA's share of comparisons on cultural messages");
    share_words(measured, &r->languages[LANGUAGE_ID]);
    expected_row(o, rows[3], measured, "LLAMA's share of comparisons in Indonesian");
    expected_row(o, rows[4], "not measured", "what memory holds: berdua memory show");
    expected_row(o, rows[5], "not measured", "no verdict asks about it");
    html_table_end(o, false);
    html_section_end(o);
}
