#include "berdua/report/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/random.h"
#include "berdua/chat/answer.h"
#include "berdua/route/rollout.h"
#include "berdua/stats/markdown_counts.h"
#include "berdua/stats/percentiles.h"
#include "berdua/store/answer_store.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/verdict_store.h"

enum { SCORES_LEAST = 200 }; /* measure.md, Thresholds */

static const char *const score_states[] = {"heuristic", "predictive", "not_predictive"};
NAMES_DEFINE_NAME(score_state, score_states)

/* One verdict, as far as agreement needs it. */
struct said {
    uint64_t pair, rater;
    uint64_t judge; /* of a judge's vote: its model and prompt */
    uint32_t order; /* in time */
    uint8_t label;
    int8_t category; /* -1: none */
    bool observed, random;
    bool inconsistent; /* of a judge's vote */
};

struct gather {
    struct report *r;
    struct observations *observations;
    struct said *said;
    size_t count, cap;
    uint64_t *sessions, *raters, *pairs; /* hashes, with repeats */
    size_t people, people_cap;
    struct store *store;
    struct style_sample *samples; /* of decisive observations */
    size_t sample_count, sample_cap;
    struct err *err;
    bool failed;
    uint64_t judge_kind; /* model and prompt of the newest vote */
};

static uint64_t
hash_text(const char *s)
{
    return hash_bytes(s ? s : "", s ? strlen(s) : 0, 0);
}

static double
vote_of(uint8_t label)
{
    return label == VERDICT_LLAMA ? 1 : label == VERDICT_CLAUDE ? 0 : .5;
}

/* ---- one verdict after the other, in time ---- */

static void
count_label(struct tally *t, int label)
{
    t->w += label == VERDICT_LLAMA;
    t->l += label == VERDICT_CLAUDE;
    t->t += label == VERDICT_TIE;
    t->b += label == VERDICT_BOTH_BAD;
}

static void
count_kind(struct tally *t, const struct verdict_row *row)
{
    count_label(t, (int)row->kind);
    t->asked += row->acceptable[BRAIN_LLAMA] != OPINION_NONE;
    t->accepted += row->acceptable[BRAIN_LLAMA] == OPINION_YES;
}

static void
count_score(struct report_rate *rate, const double score[BRAIN_COUNT], enum verdict_kind kind)
{
    double claude = score[BRAIN_CLAUDE], llama = score[BRAIN_LLAMA];
    if (isnan(claude) || isnan(llama) || claude == llama)
        return;
    rate->n++;
    rate->k += (llama > claude) == (kind == VERDICT_LLAMA);
}

static void
style_of(const char *text, double out[STYLE_FEATURES])
{
    size_t n = text ? strlen(text) : 0;
    struct markdown_counts c = markdown_count(text ? text : "", n);
    out[STYLE_LENGTH] = (double)code_points(text ? text : "", n);
    out[STYLE_HEADERS] = 0;
    for (size_t i = 0; i < ARRAY_LEN(c.headers); i++)
        out[STYLE_HEADERS] += (double)c.headers[i];
    out[STYLE_LISTS] = (double)(c.ordered + c.unordered);
    out[STYLE_BOLD] = (double)(c.stars + c.underscores);
}

static void
add_sample(struct gather *g, const struct verdict_row *row)
{
    char *texts[BRAIN_COUNT];
    double claude[STYLE_FEATURES], llama[STYLE_FEATURES];
    if (!verdict_store_texts(g->store, row->n, texts, g->err)) {
        g->failed = true;
        return;
    }
    if (g->sample_count == g->sample_cap) {
        g->sample_cap = g->sample_cap ? 2 * g->sample_cap : 256;
        g->samples = xreallocarray(g->samples, g->sample_cap, sizeof *g->samples);
    }
    struct style_sample *s = &g->samples[g->sample_count++];
    s->llama_won = row->kind == VERDICT_LLAMA;
    s->x[STYLE_SIDE] = row->left == BRAIN_LLAMA ? 1 : -1;
    style_of(texts[BRAIN_CLAUDE], claude);
    style_of(texts[BRAIN_LLAMA], llama);
    for (int f = STYLE_LENGTH; f < STYLE_FEATURES; f++)
        s->x[f] = style_difference(llama[f], claude[f]);
    free(texts[BRAIN_CLAUDE]);
    free(texts[BRAIN_LLAMA]);
}

static void
count_observation(struct gather *g, const struct verdict_row *row)
{
    struct report *r = g->r;
    r->flow.counted++;
    count_kind(&r->overall.tally, row);
    if (row->category >= 0)
        count_kind(&r->categories[row->category].tally, row);
    if (row->language >= 0)
        count_kind(&r->languages[row->language].tally, row);
    r->asked_drawn += row->asked > 0;
    r->asked_answered += row->asked > 0 && row->acceptable[BRAIN_LLAMA] != OPINION_NONE;
    if (row->kind != VERDICT_LLAMA && row->kind != VERDICT_CLAUDE)
        return;
    enum brain_id winner = row->kind == VERDICT_LLAMA ? BRAIN_LLAMA : BRAIN_CLAUDE;
    r->side_bias.n++;
    r->side_bias.k += winner == row->left;
    count_score(&r->scores[0].agree, row->warmth, row->kind);
    count_score(&r->scores[1].agree, row->cultural, row->kind);
    add_sample(g, row);
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

static struct said *
add_said(struct gather *g, const struct verdict_row *row)
{
    if (g->count == g->cap) {
        g->cap = g->cap ? 2 * g->cap : 1024;
        g->said = xreallocarray(g->said, g->cap, sizeof *g->said);
    }
    struct said *s = &g->said[g->count++];
    *s = (struct said){.pair = observation_pair(row->turn, row->attempt),
                       .rater = hash_text(row->rater),
                       .order = (uint32_t)g->count,
                       .label = (uint8_t)row->kind,
                       .category = (int8_t)row->category};
    return s;
}

static void
add_person(struct gather *g, const struct verdict_row *row, const struct said *s)
{
    if (g->people == g->people_cap) {
        g->people_cap = g->people_cap ? 2 * g->people_cap : 1024;
        g->sessions = xreallocarray(g->sessions, g->people_cap, sizeof *g->sessions);
        g->raters = xreallocarray(g->raters, g->people_cap, sizeof *g->raters);
        g->pairs = xreallocarray(g->pairs, g->people_cap, sizeof *g->pairs);
    }
    g->sessions[g->people] = hash_text(row->session);
    g->raters[g->people] = s->rater;
    g->pairs[g->people++] = s->pair;
}

/* Of several judges the newest model and prompt alone count. */
static void
add_judge(struct gather *g, const struct verdict_row *row)
{
    struct json *j = row->judge ? json_parse(row->judge, strlen(row->judge), NULL) : NULL;
    const char *model = json_get_str(j, "model"), *prompt = json_get_str(j, "prompt");
    uint64_t kind = hash_text(model) ^ ~hash_text(prompt);
    if (row->flags & FLAGS_LEFT_OUT) {
        json_free(j);
        return;
    }
    if (kind != g->judge_kind) {
        free(g->r->judge.model);
        free(g->r->judge.prompt);
        g->r->judge.model = xstrdup(model ? model : row->rater);
        g->r->judge.prompt = xstrdup(prompt);
        g->r->judge.contestant = brain_id_parse(json_get_str(j, "brain"));
        g->judge_kind = kind;
    }
    bool consistent = true;
    json_get_bool(j, "consistent", &consistent);
    struct said *s = add_said(g, row);
    s->judge = kind;
    s->inconsistent = !consistent;
    s->rater = 0; /* nobody's */
    json_free(j);
}

static bool
gather_row(void *arg, const struct verdict_row *row)
{
    struct gather *g = arg;
    struct report *r = g->r;
    bool judge = row->judge || row->drawn_by == DRAW_NONE;
    bool observed = !judge && observations_take(g->observations, row);
    if (row->at_us < r->since_us)
        return true;
    if (judge) {
        add_judge(g, row);
        return true;
    }
    bool out = row->flags & FLAGS_LEFT_OUT;
    for (int f = 0; f < FLAG_COUNT; f++)
        r->flagged[f] += row->flags >> f & 1;
    struct said *s = add_said(g, row);
    add_person(g, row, s);
    s->observed = observed;
    s->random = row->drawn_by == DRAW_RANDOM;
    r->flow.verdicts++;
    r->flow.left_out += out;
    if (out) {
        g->count--;
        return true;
    }
    count_guess(r, row);
    if (row->drawn_by == DRAW_DISPUTE) {
        r->flow.dispute++;
        g->count--;
    } else if (observed) {
        count_observation(g, row);
    } else {
        r->flow.later++;
    }
    return !g->failed;
}

/* ---- what they add up to ---- */

static int
by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static int64_t
distinct(uint64_t *v, size_t n)
{
    int64_t count = 0;
    if (n)
        qsort(v, n, sizeof *v, by_number);
    for (size_t i = 0; i < n; i++)
        count += i == 0 || v[i] != v[i - 1];
    return count;
}

static int
by_pair(const void *a, const void *b)
{
    const struct said *x = a, *y = b;
    if (x->pair != y->pair)
        return x->pair < y->pair ? -1 : 1;
    if (x->rater != y->rater)
        return x->rater < y->rater ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

struct agreement {
    int64_t self[AGREEMENT_LABELS][AGREEMENT_LABELS], judge[AGREEMENT_LABELS][AGREEMENT_LABELS];
    int64_t (*pairs)[AGREEMENT_LABELS];
    size_t pair_count;
    struct judge_sample *samples;
    size_t sample_count;
    int64_t same;
};

/* The verdicts of one pair, by rater, then time. newest: of the judges the one that counts. */
static void
take_pair(struct agreement *a, struct report *r, const struct said *s, size_t n, uint64_t newest)
{
    int64_t labels[AGREEMENT_LABELS] = {0}, raters = 0;
    const struct said *judge = NULL, *human = NULL;
    for (size_t i = 0, k = 0; i < n; i++) {
        k = i > 0 && s[i].rater == s[i - 1].rater ? k + 1 : 0;
        if (s[i].rater == 0 && s[i].judge == newest && !judge)
            judge = &s[i];
        if (s[i].observed)
            human = &s[i];
        if (s[i].rater == 0)
            continue;
        if (k == 0) {
            labels[s[i].label - VERDICT_CLAUDE]++;
            raters++;
        } else if (k == 1) {
            a->self[s[i - 1].label - VERDICT_CLAUDE][s[i].label - VERDICT_CLAUDE]++;
            r->self.n++;
        }
    }
    if (raters > 1) {
        memcpy(a->pairs[a->pair_count++], labels, sizeof labels);
        r->raters.n += raters;
    }
    if (!judge)
        return;
    count_label(&r->judge.votes, judge->label);
    if (judge->category >= 0)
        count_label(&r->judge.categories[judge->category], judge->label);
    r->judge.inconsistent += judge->inconsistent;
    a->samples[a->sample_count++] =
        (struct judge_sample){.judge = vote_of(judge->label),
                              .human = human ? vote_of(human->label) : NAN,
                              .random = human && human->random};
    if (human) {
        a->judge[human->label - VERDICT_CLAUDE][judge->label - VERDICT_CLAUDE]++;
        a->same += human->label == judge->label;
    }
}

static void
find_agreement(struct gather *g)
{
    struct report *r = g->r;
    struct agreement a = {.pairs = xreallocarray(NULL, g->count + 1, sizeof *a.pairs),
                          .samples = xreallocarray(NULL, g->count + 1, sizeof *a.samples)};
    if (g->count)
        qsort(g->said, g->count, sizeof *g->said, by_pair);
    for (size_t i = 0, j; i < g->count; i = j) {
        for (j = i + 1; j < g->count && g->said[j].pair == g->said[i].pair;)
            j++;
        take_pair(&a, r, g->said + i, j - i, g->judge_kind);
    }
    r->self.kappa = cohen_kappa(a.self);
    r->raters.pairs = (int64_t)a.pair_count;
    r->raters.alpha = krippendorff_alpha((const int64_t(*)[AGREEMENT_LABELS])a.pairs, a.pair_count);
    r->judge.fit = judge_fit(a.samples, a.sample_count);
    r->judge.agreement = r->judge.fit.n ? (double)a.same / (double)r->judge.fit.n : NAN;
    r->judge.kappa = cohen_kappa(a.judge);
    free(a.pairs);
    free(a.samples);
}

static void
find_rate(struct report_rate *rate)
{
    struct counts c = {.w = (double)rate->k, .l = (double)(rate->n - rate->k)};
    rate->rate = rate->n ? c.w / (double)rate->n : NAN;
    rate->interval = mixture_interval(c);
}

static void
find_cell(struct report_cell *c, double level, int min_verdicts)
{
    c->win_rate = verdicts_win_rate(&c->tally, level);
    c->quality = verdicts_quality(&c->tally, min_verdicts);
}

static void
find_cells(struct report *r, int min_verdicts)
{
    struct tally six[CATEGORY_COUNT];
    double levels[CATEGORY_COUNT];
    for (int c = 0; c < CATEGORY_COUNT; c++)
        six[c] = r->categories[c].tally;
    verdicts_levels(six, CATEGORY_COUNT, levels);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        find_cell(&r->categories[c], levels[c], min_verdicts);
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        find_cell(&r->languages[l], EVIDENCE_ENOUGH, min_verdicts);
    find_cell(&r->overall, EVIDENCE_ENOUGH, min_verdicts);
}

static void
find_scores(struct report *r)
{
    for (int i = 0; i < 2; i++) {
        struct report_rate *agree = &r->scores[i].agree;
        find_rate(agree);
        r->scores[i].state = agree->n < SCORES_LEAST    ? SCORE_HEURISTIC
                             : agree->interval.low > .5 ? SCORE_PREDICTIVE
                                                        : SCORE_NOT_PREDICTIVE;
    }
}

static bool
read_stages(struct report *r, struct store *s, struct err *err)
{
    struct rollout *rollout = rollout_create();
    bool ok = rollout_store_steps(s, rollout_add_step, rollout, err);
    r->overall.stage = NAN;
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        r->languages[l].stage = NAN;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        r->categories[c].stage = rollout_percent(rollout, (enum category)c);
    rollout_destroy(&rollout);
    return ok;
}

/* ---- answers ---- */

struct durations {
    int64_t *us;
    size_t n, cap;
};

struct answer_sums {
    struct report *r;
    struct durations ttft[BRAIN_COUNT], total[BRAIN_COUNT];
};

static void
add_duration(struct durations *d, int64_t us)
{
    if (us < 0)
        return;
    if (d->n == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 1024;
        d->us = xreallocarray(d->us, d->cap, sizeof *d->us);
    }
    d->us[d->n++] = us;
}

static bool
sum_answer(void *arg, const struct answer_figures *a)
{
    struct answer_sums *s = arg;
    struct report_brain *b = &s->r->brains[a->brain];
    b->answers++;
    b->complete += a->complete;
    b->cold += a->cold;
    b->cost_usd += isnan(a->cost_usd) ? 0 : a->cost_usd;
    if (!a->cold) {
        add_duration(&s->ttft[a->brain], a->ttft_us);
        add_duration(&s->total[a->brain], a->total_us);
    }
    if (a->score_rules) {
        free(s->r->score_rules);
        s->r->score_rules = xstrdup(a->score_rules);
    }
    return true;
}

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

static bool
read_answers(struct report *r, struct store *s, struct err *err)
{
    struct answer_sums sums = {.r = r};
    bool ok = answer_store_pairs(s, r->since_us, &r->flow.shown, err) &&
              answer_store_figures(s, r->since_us, sum_answer, &sums, err);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        r->brains[b].ttft = times_of(&sums.ttft[b]);
        r->brains[b].total = times_of(&sums.total[b]);
    }
    return ok;
}

bool
report_read(struct report *r, struct store *s, int64_t since_us, int min_verdicts, struct err *err)
{
    *r = (struct report){.since_us = since_us};
    struct gather g = {.r = r, .store = s, .err = err, .observations = observations_create()};
    bool ok = verdict_store_rows(s, gather_row, &g, err) && read_stages(r, s, err) &&
              read_answers(r, s, err);
    ok = ok && !g.failed;
    if (ok) {
        style_fit(g.samples, g.sample_count, &r->style);
        r->flow.sessions = distinct(g.sessions, g.people);
        r->flow.raters = distinct(g.raters, g.people);
        r->flow.pairs = distinct(g.pairs, g.people);
        find_cells(r, min_verdicts);
        find_agreement(&g);
        find_scores(r);
        find_rate(&r->side_bias);
        r->blindness.index =
            blindness_index(r->blindness.right, r->blindness.wrong, r->blindness.dont_know);
    }
    observations_destroy(&g.observations);
    free(g.said);
    free(g.samples);
    free(g.sessions);
    free(g.raters);
    free(g.pairs);
    if (!ok)
        report_clear(r);
    return ok;
}

void
report_clear(struct report *r)
{
    free(r->judge.model);
    free(r->judge.prompt);
    free(r->score_rules);
    *r = (struct report){0};
}
