#include "report_count.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/chat/answer.h"
#include "berdua/stats/percentiles.h"

const int report_edges_ms[REPORT_EDGES] = {100,   150,   200,   300,   400,   600,   800,
                                           1000,  1500,  2000,  3000,  4000,  6000,  8000,
                                           10000, 15000, 20000, 30000, 60000, 120000};

/* ---- verdicts ---- */

static void
count_kind(struct tally *t, const struct verdict_row *row)
{
    t->w += row->kind == VERDICT_LLAMA;
    t->l += row->kind == VERDICT_CLAUDE;
    t->t += row->kind == VERDICT_TIE;
    t->b += row->kind == VERDICT_BOTH_BAD;
    t->asked += row->acceptable[BRAIN_LLAMA] != OPINION_NONE;
    t->accepted += row->acceptable[BRAIN_LLAMA] == OPINION_YES;
}

static void
count_score(struct report_rate *rate, int higher, enum verdict_kind kind)
{
    rate->n += higher != 0;
    rate->k += higher != 0 && (higher > 0) == (kind == VERDICT_LLAMA);
}

static void
add_sample(struct report_count *c, const struct evidence_verdict *v)
{
    static const struct evidence_answer none;
    const struct evidence_answer *l = v->seen[BRAIN_LLAMA] ? v->seen[BRAIN_LLAMA] : &none,
                                 *a = v->seen[BRAIN_CLAUDE] ? v->seen[BRAIN_CLAUDE] : &none;
    c->samples = xgrow(c->samples, c->sample_count, sizeof *c->samples);
    c->samples[c->sample_count++] = (struct style_sample){
        .llama_won = v->row.kind == VERDICT_LLAMA,
        .x = {[STYLE_SIDE] = v->row.left == BRAIN_LLAMA ? 1 : -1,
              [STYLE_LENGTH] = style_difference((double)l->code_points, (double)a->code_points),
              [STYLE_HEADERS] = style_difference((double)l->headers, (double)a->headers),
              [STYLE_LISTS] = style_difference((double)l->lists, (double)a->lists),
              [STYLE_BOLD] = style_difference((double)l->bold, (double)a->bold)}};
}

static void
count_observation(struct report_count *c, const struct evidence_verdict *v)
{
    struct report *r = c->report;
    const struct verdict_row *row = &v->row;
    r->flow.counted++;
    count_kind(&r->overall.tally, row);
    count_kind(&r->sight.tally[row->blind], row);
    if (row->category >= 0)
        count_kind(&r->categories[row->category].tally, row);
    if (row->language >= 0)
        count_kind(&r->languages[row->language].tally, row);
    series_add(c->series, row->at_us, row->category, row->kind);
    r->asked_drawn += row->asked > 0;
    r->asked_answered += row->asked > 0 && row->acceptable[BRAIN_LLAMA] != OPINION_NONE;
    if (row->kind != VERDICT_LLAMA && row->kind != VERDICT_CLAUDE)
        return;
    enum brain_id winner = row->kind == VERDICT_LLAMA ? BRAIN_LLAMA : BRAIN_CLAUDE;
    r->side_bias.n++;
    r->side_bias.k += winner == row->left;
    count_score(&r->scores[0].agree, row->warmer, row->kind);
    count_score(&r->scores[1].agree, row->closer, row->kind);
    add_sample(c, v);
}

static void
count_guess(struct report *r, const struct verdict_row *row)
{
    bool right = (row->guess == GUESS_LEFT) == (row->left == BRAIN_CLAUDE);
    if (row->guess == GUESS_DONT_KNOW)
        r->blindness.dont_know++;
    else if (row->guess != GUESS_NONE)
        ++*(right ? &r->blindness.right : &r->blindness.wrong);
}

static void
count_person(struct report_count *c, const struct evidence_turn *t, const struct verdict_row *row)
{
    if (t->session != c->session)
        id_set_add(&c->sessions, t->session);
    if (row->rater_id != c->rater)
        id_set_add(&c->raters, row->rater_id);
    c->session = t->session;
    c->rater = row->rater_id;
    /* Of one verdict alone nothing need be remembered. */
    c->report->flow.pairs += t->verdict_count == 1 || id_set_add(&c->pairs, row->pair);
}

static void
count_verdict(struct report_count *c, const struct evidence_turn *t,
              const struct evidence_verdict *v)
{
    struct report *r = c->report;
    const struct verdict_row *row = &v->row;
    if (row->at_us < r->since_us || row->judge || row->drawn_by == DRAW_NONE)
        return;
    for (int f = 0; row->flags >> f; f++)
        r->flagged[f] += row->flags >> f & 1;
    count_person(c, t, row);
    r->flow.verdicts++;
    if (row->flags & FLAGS_LEFT_OUT) {
        r->flow.left_out++;
        return;
    }
    count_guess(r, row);
    if (row->drawn_by == DRAW_DISPUTE)
        r->flow.dispute++;
    else if (row->observed)
        count_observation(c, v);
    else
        r->flow.later++;
}

/* ---- answers ---- */

static void
count_duration(struct durations *warm, struct report_histogram *h, bool cold, int64_t us)
{
    size_t bin = 0;
    if (us < 0)
        return;
    for (size_t step = 16; step; step /= 2)
        if (bin + step <= REPORT_EDGES &&
            us >= report_edges_ms[bin + step - 1] * (int64_t)US_PER_MS)
            bin += step;
    (cold ? h->cold : h->warm)[bin]++;
    if (cold)
        return;
    warm->us = xgrow(warm->us, warm->n, sizeof *warm->us);
    warm->us[warm->n++] = us;
}

static void
count_answer(struct report_count *c, const struct evidence_turn *t, const struct evidence_answer *a)
{
    struct report *r = c->report;
    struct report_brain *b = &r->brains[a->brain];
    bool complete = a->status == STATUS_COMPLETE;
    if (a->simulated)
        return;
    b->answers++;
    b->complete += complete;
    b->shadow += a->shadow;
    b->shadow_complete += a->shadow && complete;
    b->cold += a->cold;
    b->cost_usd += isnan(a->cost_usd) ? 0 : a->cost_usd;
    count_duration(&c->ttft[a->brain], &b->ttft_histogram, a->cold, a->ttft_us);
    count_duration(&c->total[a->brain], &b->total_histogram, a->cold, a->total_us);
    if (!a->score_rules || (r->score_rules && t->at_us < c->rules_us))
        return;
    c->rules_us = t->at_us;
    if (!r->score_rules || strcmp(r->score_rules, a->score_rules) != 0) {
        free(r->score_rules);
        r->score_rules = xstrdup(a->score_rules);
    }
}

bool
report_count_turn(void *counts, const struct evidence_turn *t)
{
    struct report_count *c = counts;
    if (t->at_us >= c->report->since_us && !t->simulated) {
        c->report->flow.shown += t->shown;
        for (size_t i = 0; i < t->answer_count; i++)
            count_answer(c, t, &t->answers[i]);
    }
    for (size_t i = 0; i < t->verdict_count; i++)
        count_verdict(c, t, &t->verdicts[i]);
    if (t->verdict_count)
        agreement_count_turn(&c->agreement, c->report, t);
    return true;
}

/* ---- what they add up to ---- */

static struct report_times
times_of(struct durations *d)
{
    static const double percent[] = {50, 95, 99};
    int64_t us[ARRAY_LEN(percent)];
    stats_percentiles(d->us, d->n, percent, ARRAY_LEN(percent), UNKNOWN, us);
    free(d->us);
    return (struct report_times){us[0] < 0 ? NAN : (double)us[0] / US_PER_MS,
                                 us[1] < 0 ? NAN : (double)us[1] / US_PER_MS,
                                 us[2] < 0 ? NAN : (double)us[2] / US_PER_MS};
}

void
report_count_finish(struct report_count *c)
{
    struct report *r = c->report;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        r->brains[b].ttft = times_of(&c->ttft[b]);
        r->brains[b].total = times_of(&c->total[b]);
    }
    r->flow.sessions = (int64_t)c->sessions.count;
    r->flow.raters = (int64_t)c->raters.count;
    style_fit(c->samples, c->sample_count, &r->style);
    agreement_finish(&c->agreement, r);
    series_find(c->series, r);
    series_destroy(&c->series);
    id_set_finish(&c->sessions);
    id_set_finish(&c->raters);
    id_set_finish(&c->pairs);
    free(c->samples);
}
