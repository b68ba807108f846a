#include "report_count.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/id_set.h"
#include "berdua/base/mem.h"
#include "berdua/chat/answer.h"
#include "berdua/stats/percentiles.h"

static void
take_figures(const struct evidence_sums *s, struct report *r)
{
    const struct evidence_figures *f = &s->figures;
    r->flow.shown = f->shown;
    r->flow.verdicts = f->verdicts;
    r->flow.pairs = f->pairs;
    r->flow.left_out = f->left_out;
    r->flow.dispute = f->dispute;
    r->flow.later = f->later;
    r->flow.counted = f->counted;
    r->overall.tally = f->overall;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        r->categories[c].tally = f->categories[c];
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        r->languages[l].tally = f->languages[l];
    for (int i = 0; i < 2; i++)
        r->sight.tally[i] = f->sight[i];
    for (int i = 0; i < SCORE_KINDS; i++) {
        r->scores.all[i] = score_agreement(f->scores[i]);
        r->scores.blind[i] = score_agreement(f->blind_scores[i]);
    }
    for (int i = 0; i < FLAG_COUNT; i++)
        r->flagged[i] = f->flagged[i];
    r->asked_drawn = f->asked_drawn;
    r->asked_answered = f->asked_answered;
    r->side_bias.k = f->left_won;
    r->side_bias.n = f->decisive;
    r->blindness.right = f->guessed_right;
    r->blindness.wrong = f->guessed_wrong;
    r->blindness.dont_know = f->guessed_not;
    r->self.n = f->self_n;
    r->self.kappa = cohen_kappa((int64_t(*)[AGREEMENT_LABELS])(uintptr_t)f->self);
    r->raters.n = f->raters_n;
    r->raters.pairs = f->raters_pairs;
    r->raters.alpha = krippendorff_alpha(&s->among);
}

static int64_t
count_distinct(const struct evidence_column *c)
{
    struct id_set set = {NULL};
    for (size_t i = 0; i < c->count; i++)
        id_set_add(&set, ((const uint64_t *)c->v)[i]);
    int64_t n = (int64_t)set.count;
    id_set_finish(&set);
    return n;
}

/* ---- brains ---- */

static struct report_times
times_of(const struct evidence_column *c)
{
    static const double percent[] = {50, 95, 99};
    int64_t us[ARRAY_LEN(percent)];
    stats_percentiles(c->v, c->count, percent, ARRAY_LEN(percent), UNKNOWN, us);
    return (struct report_times){us[0] < 0 ? NAN : (double)us[0] / US_PER_MS,
                                 us[1] < 0 ? NAN : (double)us[1] / US_PER_MS,
                                 us[2] < 0 ? NAN : (double)us[2] / US_PER_MS};
}

static void
take_brains(const struct evidence_sums *s, struct report *r)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        r->brains[b] =
            (struct report_brain){.answers = s->figures.brains[b].answers,
                                  .complete = s->figures.brains[b].complete,
                                  .cold = s->figures.brains[b].cold,
                                  .shadow = s->figures.brains[b].shadow,
                                  .shadow_complete = s->figures.brains[b].shadow_complete,
                                  .cost_usd = s->cost_usd[b],
                                  .ttft = times_of(&s->columns[COLUMN_TTFT + b]),
                                  .total = times_of(&s->columns[COLUMN_TOTAL + b]),
                                  .ttft_histogram = s->figures.brains[b].ttft,
                                  .total_histogram = s->figures.brains[b].total};
    r->score_rules = xstrdup(s->rules);
}

/* ---- a model's votes ---- */

static double
vote_of(enum verdict_kind kind)
{
    return kind == VERDICT_NONE ? NAN : kind == VERDICT_LLAMA ? 1 : kind == VERDICT_CLAUDE ? 0 : .5;
}

static void
count_vote(struct tally *t, enum verdict_kind kind)
{
    t->w += kind == VERDICT_LLAMA;
    t->l += kind == VERDICT_CLAUDE;
    t->t += kind == VERDICT_TIE;
    t->b += kind == VERDICT_BOTH_BAD;
}

static void
take_judge(const struct evidence_sums *s, struct report *r)
{
    const struct evidence_column *c = &s->columns[COLUMN_VOTES];
    int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS] = {{0}}, same = 0;
    size_t n = 0;
    struct judge_sample *samples = xreallocarray(NULL, c->count + 1, sizeof *samples);
    for (size_t i = 0; i < c->count; i++) {
        const struct judge_vote *v = (const struct judge_vote *)c->v + i;
        enum verdict_kind judge = (enum verdict_kind)v->judge, human = (enum verdict_kind)v->human;
        if (v->kind != s->judge.kind)
            continue;
        samples[n++] = (struct judge_sample){
            .judge = vote_of(judge), .human = vote_of(human), .random = v->random};
        count_vote(&r->judge.votes, judge);
        if (v->category >= 0)
            count_vote(&r->judge.categories[v->category], judge);
        r->judge.inconsistent += !v->consistent;
        if (human == VERDICT_NONE)
            continue;
        table[human - VERDICT_CLAUDE][judge - VERDICT_CLAUDE]++;
        same += human == judge;
    }
    r->judge.model = xstrdup(s->judge.model);
    r->judge.prompt = xstrdup(s->judge.prompt);
    r->judge.contestant = s->judge.brain;
    r->judge.fit = judge_fit(samples, n);
    r->judge.agreement = r->judge.fit.n ? (double)same / (double)r->judge.fit.n : NAN;
    r->judge.kappa = cohen_kappa(table);
    free(samples);
}

/* ---- over time ---- */

static int
by_time(const void *a, const void *b)
{
    int64_t x = ((const struct evidence_quarter *)a)->number,
            y = ((const struct evidence_quarter *)b)->number;
    return (x > y) - (x < y);
}

/* Quarters of one number become one, in the order of time. */
static size_t
merge_quarters(struct evidence_quarter *q, size_t n)
{
    size_t kept = 0;
    if (n)
        qsort(q, n, sizeof *q, by_time);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || q[kept - 1].number != q[i].number) {
            q[kept++] = q[i];
            continue;
        }
        for (int c = 0; c < QUARTER_CELLS; c++)
            for (int k = 0; k < QUARTER_KINDS; k++)
                q[kept - 1].of[c][k] += q[i].of[c][k];
    }
    return kept;
}

static void
add_kinds(struct tally *t, const uint32_t kinds[QUARTER_KINDS])
{
    t->w += kinds[VERDICT_LLAMA - VERDICT_CLAUDE];
    t->l += kinds[0];
    t->t += kinds[VERDICT_TIE - VERDICT_CLAUDE];
    t->b += kinds[VERDICT_BOTH_BAD - VERDICT_CLAUDE];
}

static void
add_point(struct report_series *series, int64_t until_us, const struct tally *t)
{
    struct report_point *p = &series->points[series->count++];
    *p = (struct report_point){until_us, *t, verdicts_rate(t)};
}

/* Points after as many quarters each as can be: those in which somebody judged. */
static void
take_quarters(struct evidence_sums *s, struct report *r)
{
    struct tally sums[QUARTER_CELLS] = {{0}}, all = {0};
    struct evidence_quarter *q = s->columns[COLUMN_QUARTERS].v;
    size_t count = merge_quarters(q, s->columns[COLUMN_QUARTERS].count),
           points = count < REPORT_POINTS ? count : REPORT_POINTS, done = 0;
    s->columns[COLUMN_QUARTERS].count = count;
    for (size_t p = 1; p <= points; p++) {
        for (; done < count * p / points; done++)
            for (int c = 0; c < QUARTER_CELLS; c++) {
                add_kinds(&sums[c], q[done].of[c]);
                add_kinds(&all, q[done].of[c]);
            }
        int64_t until_us = (q[done - 1].number + 1) * QUARTER_US;
        add_point(&r->overall_series, until_us, &all);
        for (int c = 0; c < CATEGORY_COUNT; c++)
            add_point(&r->category_series[c], until_us, &sums[c]);
    }
}

void
report_count(struct evidence_sums *s, struct report *r)
{
    take_figures(s, r);
    r->flow.sessions = count_distinct(&s->columns[COLUMN_SESSIONS]);
    r->flow.raters = count_distinct(&s->columns[COLUMN_RATERS]);
    take_brains(s, r);
    take_judge(s, r);
    take_quarters(s, r);
    style_fit(s->columns[COLUMN_STYLE].v, s->columns[COLUMN_STYLE].count, &r->style);
}
