#include "report_doc.h"

#include <math.h>
#include <stdio.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/route/rollout.h"

const char *
doc_share(char out[DOC_FIGURE], double share)
{
    if (isnan(share))
        return "–";
    snprintf(out, DOC_FIGURE, "%.2f", share);
    return out[0] == '0' ? out + 1 : out;
}

const char *
doc_ms(char out[DOC_FIGURE], double ms)
{
    if (isnan(ms))
        return "–";
    snprintf(out, DOC_FIGURE, ms < 1000 ? "%.0f ms" : "%.2f s", ms < 1000 ? ms : ms / 1000);
    return out;
}

const char *
doc_more(char out[DOC_FIGURE], int64_t needed)
{
    int64_t step = 1;
    while (needed / step >= 100)
        step *= 10;
    snprintf(out, DOC_FIGURE, "~%lld more", (long long)((needed + step / 2) / step * step));
    return out;
}

const char *
doc_lead(enum lead lead)
{
    return lead == LEAD_LLAMA ? "LLAMA leads" : lead == LEAD_CLAUDE ? "Claude leads" : "no leader";
}

static enum ink
lead_ink(enum lead lead)
{
    return lead == LEAD_LLAMA ? INK_LLAMA : lead == LEAD_CLAUDE ? INK_CLAUDE : INK_TEXT;
}

/* ---- who leads ---- */

static void
cell_row(struct doc *d, const char *name, const struct report_cell *c)
{
    const struct tally *t = &c->tally;
    char n[DOC_FIGURE], share[DOC_FIGURE], counts[96], quality[DOC_FIGURE], good[64],
        stage[DOC_FIGURE], needed[DOC_FIGURE];
    snprintf(n, sizeof n, "%lld", (long long)verdicts_total(t));
    snprintf(counts, sizeof counts, "%lld/%lld/%lld/%lld", (long long)t->w, (long long)t->l,
             (long long)t->t, (long long)t->b);
    snprintf(good, sizeof good, "%s%s", doc_share(quality, c->quality.score),
             c->quality.n > 0 && c->quality.basis == QUALITY_NOT_WORSE ? "*" : "");
    snprintf(stage, sizeof stage, "%g %%", c->stage);
    doc_picture(d,
                &(struct doc_picture){
                    .kind = PICTURE_INTERVAL,
                    .ink = lead_ink(c->win_rate.state),
                    .label = name,
                    .low = c->win_rate.interval.low,
                    .value = c->win_rate.value,
                    .high = c->win_rate.interval.high,
                    .mark = NAN,
                    .notes = {doc_lead(c->win_rate.state), doc_share(share, c->win_rate.value), n,
                              counts, good, isnan(c->stage) ? "" : stage,
                              c->win_rate.needed > 0 ? doc_more(needed, c->win_rate.needed) : ""}});
}

static void
leads_rows(struct doc *d, const struct report *r, int category)
{
    doc_heading(d, "Who is better at what");
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_SCALE,
                                         .label = "won by LLAMA",
                                         .notes = {"", "share", "n", "L/C/tie/bad", "good", "stage",
                                                   "a leader after"}});
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (category < 0 || category == c)
            cell_row(d, category_name((enum category)c), &r->categories[c]);
    if (category >= 0)
        return;
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        cell_row(d, language_name((enum language)l), &r->languages[l]);
    cell_row(d, "overall", &r->overall);
}

static void
gate_rows(struct doc *d, const struct report *r, const struct rollout_limits *limits, int category)
{
    doc_heading(d, "Good enough for the next stage?");
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_SCALE,
                                         .label = "quality, gate",
                                         .notes = {"", "quality", "at most", "gate", "n"}});
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        const struct quality *q = &r->categories[c].quality;
        double gate = rollout_next_gate(limits, r->categories[c].stage);
        char score[DOC_FIGURE], upper[DOC_FIGURE], of[DOC_FIGURE], n[DOC_FIGURE];
        bool reached = q->score >= gate;
        if (category >= 0 && category != c)
            continue;
        snprintf(n, sizeof n, "%lld", (long long)q->n);
        doc_picture(d, &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                             .ink = reached ? INK_DONE : INK_TEXT,
                                             .label = category_name((enum category)c),
                                             .low = q->score,
                                             .value = q->score,
                                             .high = q->upper,
                                             .mark = gate,
                                             .notes = {isnan(gate) ? "at the top"
                                                       : reached   ? "reached"
                                                                   : "below",
                                                       doc_share(score, q->score),
                                                       doc_share(upper, q->upper),
                                                       doc_share(of, gate), n}});
    }
}

/* ---- over time ---- */

static double
value_of(const struct report_point *p)
{
    return p->value;
}

static double
low_of(const struct report_point *p)
{
    return report_point_interval(p).low;
}

static double
high_of(const struct report_point *p)
{
    return report_point_interval(p).high;
}

static void
series_row(struct doc *d, const char *name, enum ink ink, const struct report_series *s,
           double (*of)(const struct report_point *p))
{
    double values[REPORT_POINTS];
    char first[DOC_FIGURE] = "", last[DOC_FIGURE];
    for (size_t i = 0; i < s->count; i++) {
        values[i] = of(&s->points[i]);
        if (!first[0] && !isnan(values[i]))
            snprintf(first, sizeof first, "%s", doc_share(last, values[i]));
    }
    if (!first[0])
        return;
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_LINE,
                                         .ink = ink,
                                         .label = name,
                                         .values = values,
                                         .count = s->count,
                                         .value = 1,
                                         .notes = {doc_share(last, values[s->count - 1]), first}});
}

static void
time_rows(struct doc *d, const struct report *r, int category)
{
    const struct report_series *s = &r->overall_series;
    char from[32], to[32];
    if (s->count == 0)
        return;
    doc_heading(d, "LLAMA's share over time: now, and at first");
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (category < 0 || category == c)
            series_row(d, category_name((enum category)c), INK_LLAMA, &r->category_series[c],
                       value_of);
    if (category < 0) {
        series_row(d, "overall", INK_LLAMA, s, value_of);
        series_row(d, "  at most", INK_DIM, s, high_of);
        series_row(d, "  at least", INK_DIM, s, low_of);
    }
    doc_remark(d, "From %s to %s; each column counts all until then.",
               clock_format(s->points[0].until_us, "%Y-%m-%d %H:%M", from, sizeof from),
               clock_format(s->points[s->count - 1].until_us, "%Y-%m-%d %H:%M", to, sizeof to));
}

/* ---- where the verdicts come from ---- */

static void
amount_row(struct doc *d, const char *name, int64_t n, int64_t most, enum ink ink)
{
    char text[DOC_FIGURE];
    snprintf(text, sizeof text, "%lld", (long long)n);
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_AMOUNT,
                                         .ink = ink,
                                         .label = name,
                                         .value = most > 0 ? (double)n / (double)most : 0,
                                         .notes = {text}});
}

static void
flow_rows(struct doc *d, const struct report *r)
{
    int64_t most = r->flow.shown > r->flow.verdicts ? r->flow.shown : r->flow.verdicts;
    doc_heading(d, "From answers to evidence");
    amount_row(d, "pairs shown", r->flow.shown, most, INK_TEXT);
    amount_row(d, "pairs judged", r->flow.pairs, most, INK_TEXT);
    amount_row(d, "verdicts", r->flow.verdicts, most, INK_TEXT);
    for (int f = 0; f < FLAG_COUNT; f++) {
        char name[32];
        if (!r->flagged[f] || !(FLAGS_LEFT_OUT >> f & 1))
            continue;
        snprintf(name, sizeof name, "  %s", verdict_flag_name((enum verdict_flag)f));
        amount_row(d, name, r->flagged[f], most, INK_WARNING);
    }
    amount_row(d, "  on disputes", r->flow.dispute, most, INK_DIM);
    amount_row(d, "  later ones", r->flow.later, most, INK_DIM);
    amount_row(d, "  counted", r->flow.counted, most, INK_DONE);
}

/* ---- raters ---- */

static void
rate_row(struct doc *d, const char *name, const struct report_rate *rate, const char *more)
{
    char n[DOC_FIGURE], value[DOC_FIGURE];
    snprintf(n, sizeof n, "%lld", (long long)rate->n);
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                         .label = name,
                                         .low = rate->interval.low,
                                         .value = rate->rate,
                                         .high = rate->interval.high,
                                         .mark = NAN,
                                         .notes = {doc_share(value, rate->rate), n, more}});
}

static void
agreement_row(struct doc *d, const char *name, double value, int64_t n, const char *what)
{
    char text[DOC_FIGURE];
    if (n > 0 && !isnan(value))
        doc_row(d, name, "%s of %lld (%s)", doc_share(text, value), (long long)n, what);
}

/* Apart, for whoever knows who answered may judge otherwise. */
static void
sight_rows(struct doc *d, const struct report *r)
{
    static const char *const names[] = {"LLAMA, in sight", "LLAMA, blind"};
    for (int i = 1; i >= 0; i--) {
        const struct win_rate *w = &r->sight.rate[i];
        const struct report_rate rate = {.n = w->n, .rate = w->value, .interval = w->interval};
        if (w->n > 0)
            rate_row(d, names[i], &rate, "");
    }
    if (!isnan(r->sight.difference))
        doc_row(d, "blind less in sight", "%+.0f points (%+.0f to %+.0f)",
                100 * r->sight.difference, 100 * r->sight.interval.low,
                100 * r->sight.interval.high);
}

/* How often the score agreed with people who saw neither it nor the names. */
static void
score_row(struct doc *d, const char *name, const struct score_agreement *a)
{
    static const char *const more[] = {[SCORE_HEURISTIC] = "heuristic below 200",
                                       [SCORE_PREDICTIVE] = "predictive",
                                       [SCORE_NOT_PREDICTIVE] = "not predictive here"};
    const struct report_rate rate = {.n = a->n, .rate = a->rate, .interval = a->interval};
    rate_row(d, name, &rate, more[a->state]);
}

static void
rater_rows(struct doc *d, const struct report *r)
{
    const struct report_rate style = {
        .n = r->style.n, .rate = r->style.adjusted, .interval = r->style.interval};
    if (r->side_bias.n == 0)
        return;
    doc_heading(d, "Can the verdicts be believed?");
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_SCALE, .label = "", .notes = {"", "n"}});
    rate_row(d, "left side won", &r->side_bias, "");
    score_row(d, "warmer won, blind", &r->scores.blind[SCORE_WARMTH]);
    score_row(d, "closer won, blind", &r->scores.blind[SCORE_CULTURAL]);
    if (r->style.n >= ASYMPTOTIC_LEAST)
        rate_row(d, "LLAMA, same style", &style, "");
    sight_rows(d, r);
    agreement_row(d, "same rater", r->self.kappa, r->self.n, "κ, asked twice");
    agreement_row(d, "raters", r->raters.alpha, r->raters.pairs, "α among themselves");
    agreement_row(d, "blindness", r->blindness.index.index, r->blindness.index.n,
                  "0 is blind, 1 is open");
}

/* ---- a model's votes, which count nowhere else ---- */

static void
vote_row(struct doc *d, const char *name, const struct tally *t)
{
    struct interval i = mixture_interval(verdicts_counts(t, 1));
    char n[DOC_FIGURE], share[DOC_FIGURE], counts[96];
    snprintf(n, sizeof n, "%lld", (long long)verdicts_total(t));
    snprintf(counts, sizeof counts, "%lld/%lld/%lld/%lld", (long long)t->w, (long long)t->l,
             (long long)t->t, (long long)t->b);
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                         .label = name,
                                         .low = i.low,
                                         .value = verdicts_rate(t),
                                         .high = i.high,
                                         .mark = NAN,
                                         .notes = {doc_share(share, verdicts_rate(t)), n, counts}});
}

static void
judge_rows(struct doc *d, const struct report *r)
{
    const struct judge_fit *f = &r->judge.fit;
    char value[DOC_FIGURE], low[DOC_FIGURE], high[DOC_FIGURE];
    if (!r->judge.model)
        return;
    doc_heading(d, "What a model says as judge");
    doc_row(d, "judge", "%s%s%s%s: %s", r->judge.model, r->judge.prompt ? ", " : "",
            r->judge.prompt ? r->judge.prompt : "",
            r->judge.contestant < 0 ? "" : ", which judges its own answers, too",
            f->calibrated ? "calibrated" : "not calibrated below 100 pairs of both");
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_SCALE,
                                         .label = "its votes",
                                         .notes = {"share", "n", "L/C/tie/bad"}});
    for (int c = 0; c < CATEGORY_COUNT; c++)
        vote_row(d, category_name((enum category)c), &r->judge.categories[c]);
    vote_row(d, "overall", &r->judge.votes);
    doc_row(d, "order decided", "%lld of %lld, each a tie", (long long)r->judge.inconsistent,
            (long long)verdicts_total(&r->judge.votes));
    agreement_row(d, "as people", r->judge.agreement, f->n, "the same outcome");
    agreement_row(d, "beyond chance", r->judge.kappa, f->n, "κ");
    agreement_row(d, "correlation", f->rho, f->n, "ρ");
    if (isnan(f->estimate))
        doc_row(d, "people's mean", "estimated with it from 100 random pairs on; there are %lld",
                (long long)f->n_random);
    else
        doc_row(d, "people's mean",
                "%s (%s to %s) with it, of %lld random pairs and %lld of its own: worth %.0f of "
                "people's",
                doc_share(value, f->estimate), doc_share(low, f->interval.low),
                doc_share(high, f->interval.high), (long long)f->n_random, (long long)f->unlabelled,
                f->n_eff);
}

/* ---- brains ---- */

/* How many answers took how long, on one scale for both brains; cold ones by themselves. */
static void
histogram_row(struct doc *d, const char *name, enum ink ink, const int64_t *bins, const char *p50,
              const char *p95)
{
    double values[DURATION_BINS];
    for (int b = 0; b < DURATION_BINS; b++)
        values[b] = (double)bins[b];
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_LINE,
                                         .ink = ink,
                                         .label = name,
                                         .values = values,
                                         .count = DURATION_BINS,
                                         .value = NAN,
                                         .notes = {p50, p95}});
}

static void
times_rows(struct doc *d, const struct report *r)
{
    static const enum ink inks[BRAIN_COUNT] = {INK_CLAUDE, INK_LLAMA};
    doc_heading(d, "First token, from 100 ms at the left to 2 minutes");
    for (int i = 0; i < BRAIN_COUNT; i++) {
        const struct report_brain *b = &r->brains[i];
        char p50[DOC_FIGURE], p95[DOC_FIGURE], text[2][DOC_FIGURE + 8];
        snprintf(text[0], sizeof text[0], "p50 %s", doc_ms(p50, b->ttft.p50_ms));
        snprintf(text[1], sizeof text[1], "p95 %s", doc_ms(p95, b->ttft.p95_ms));
        histogram_row(d, brain_title((enum brain_id)i), inks[i], b->ttft_histogram.warm, text[0],
                      text[1]);
        if (b->cold == 0)
            continue;
        snprintf(text[0], sizeof text[0], "%lld cold", (long long)b->cold);
        histogram_row(d, "  cold starts", INK_DIM, b->ttft_histogram.cold, text[0], "");
    }
}

static void
brain_rows(struct doc *d, const struct report *r)
{
    if (r->brains[BRAIN_CLAUDE].answers + r->brains[BRAIN_LLAMA].answers > 0)
        times_rows(d, r);
    doc_heading(d, "Success and cost");
    for (int i = 0; i < BRAIN_COUNT; i++) {
        const struct report_brain *b = &r->brains[i];
        char total[DOC_FIGURE], shadow[64] = "";
        if (b->answers == 0) {
            doc_row(d, brain_title((enum brain_id)i), "no answers yet");
            continue;
        }
        if (b->shadow)
            snprintf(shadow, sizeof shadow, "; %.1f %% of %lld in shadow",
                     100 * (double)b->shadow_complete / (double)b->shadow, (long long)b->shadow);
        doc_row(d, brain_title((enum brain_id)i), "%.1f %% of %lld complete%s; in all %s; $%.4f",
                100 * (double)b->complete / (double)b->answers, (long long)b->answers, shadow,
                doc_ms(total, b->total.p50_ms), b->cost_usd);
    }
}

static void
what_is_told(struct doc *d, const struct report *r)
{
    char day[32], flow[REPORT_WORDS];
    bool all = r->since_us == INT64_MIN;
    report_say_flow(r, flow);
    if (all)
        doc_add(d, DOC_TEXT, NULL, "Of everything stored: %s.", flow);
    else
        doc_add(d, DOC_TEXT, NULL, "Since %s: %s.",
                clock_format(r->since_us, "%Y-%m-%d %H:%M", day, sizeof day), flow);
    if (r->flagged[FLAG_SIMULATED])
        doc_warning(d, "",
                    "SIMULATED: %lld verdicts are about the demo's recorded answers and are "
                    "left out of every rate.",
                    (long long)r->flagged[FLAG_SIMULATED]);
    if (r->flow.counted == 0 && !all)
        doc_warning(d, "", "No verdict of that time counts; leave the time out to see all.");
    else if (r->flow.counted == 0)
        doc_warning(d, "",
                    "No verdicts yet: mark the better answer with Alt-1 to Alt-4, compare "
                    "without names with /blind, or run `berdua sessions merge FILE`.");
}

void
report_doc(struct doc *d, const struct report *r, const struct rollout_limits *limits, int category)
{
    what_is_told(d, r);
    if (r->flow.counted) {
        leads_rows(d, r, category);
        gate_rows(d, r, limits, category);
        time_rows(d, r, category);
    }
    if (category < 0) {
        if (r->flow.shown || r->flow.verdicts)
            flow_rows(d, r);
        rater_rows(d, r);
        judge_rows(d, r);
    }
    brain_rows(d, r);
    if (r->flow.counted == 0)
        return;
    doc_blank(d);
    doc_remark(d,
               "Intervals hold with 95 %% however often one looks. Quality is the lower bound of "
               "the share of LLAMA's answers that would be sent as they are (*: that are not worse "
               "than Claude's). `berdua report --html FILE` explains every figure.");
}
