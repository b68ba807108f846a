#include "berdua/route/simulate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/stats/asymptotic.h"

struct observed {
    uint64_t pair;
    enum verdict_kind kind;
    enum opinion acceptable[BRAIN_COUNT];
    bool chat;
};

struct pair {
    uint64_t key, model; /* model: a hash of its name */
    int64_t ttft_us[BRAIN_COUNT];
    double cost_usd[BRAIN_COUNT];
    enum category category;
    const struct observed *observed; /* NULL: nobody judged it */
};

struct simulation {
    struct observed *observed; /* sorted by pair before the first pair is added */
    size_t observed_count;
    struct pair *pairs;
    size_t count;
    bool sorted;
    bool judged; /* there is an observation, whose model is `model`; else it is the newest pair's */
    uint64_t model;    /* LLAMA's newest */
    int64_t newest_us; /* of what it was taken from */
};

/* ---- input ---- */

struct simulation *
simulation_create(void)
{
    struct simulation *s = xcalloc(1, sizeof *s);
    return s;
}

void
simulation_destroy(struct simulation **sp)
{
    struct simulation *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    free(s->observed);
    free(s->pairs);
    free(s);
}

static uint64_t
hash_name(const char *name)
{
    return name ? hash_bytes(name, strlen(name), 0) : 0;
}

bool
simulation_add_verdict(void *simulation, const struct verdict_row *row)
{
    struct simulation *s = simulation;
    if (!row->observed)
        return true;
    s->observed = xgrow(s->observed, s->observed_count, sizeof *s->observed);
    struct observed *o = &s->observed[s->observed_count++];
    *o =
        (struct observed){.pair = row->pair, .kind = row->kind, .chat = row->drawn_by == DRAW_CHAT};
    memcpy(o->acceptable, row->acceptable, sizeof o->acceptable);
    if (!s->judged || row->at_us >= s->newest_us) {
        s->newest_us = row->at_us;
        s->model = hash_name(row->llama_model);
    }
    s->judged = true;
    return true;
}

static int
by_pair(const void *a, const void *b)
{
    uint64_t x = ((const struct observed *)a)->pair, y = ((const struct observed *)b)->pair;
    return (x > y) - (x < y);
}

bool
simulation_add_pair(void *simulation, const struct whole_pair *w)
{
    struct simulation *s = simulation;
    if (!s->sorted && s->observed_count)
        qsort(s->observed, s->observed_count, sizeof *s->observed, by_pair);
    s->sorted = true;
    s->pairs = xgrow(s->pairs, s->count, sizeof *s->pairs);
    struct pair *p = &s->pairs[s->count++];
    *p = (struct pair){.key = w->pair, .model = hash_name(w->llama_model), .category = w->category};
    memcpy(p->ttft_us, w->ttft_us, sizeof p->ttft_us);
    memcpy(p->cost_usd, w->cost_usd, sizeof p->cost_usd);
    struct observed wanted = {.pair = p->key};
    if (s->observed_count)
        p->observed = bsearch(&wanted, s->observed, s->observed_count, sizeof wanted, by_pair);
    if (!s->judged && (s->count == 1 || w->at_us >= s->newest_us)) {
        s->newest_us = w->at_us;
        s->model = p->model;
    }
    return true;
}

/* ---- figures ---- */

void
simulation_weights(const struct simulation *s, double out[CATEGORY_COUNT])
{
    double chat[CATEGORY_COUNT] = {0}, every[CATEGORY_COUNT] = {0}, chats = 0, all = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct pair *p = &s->pairs[i];
        if (p->model != s->model)
            continue;
        every[p->category]++;
        all++;
        if (p->observed && p->observed->chat) {
            chat[p->category]++;
            chats++;
        }
    }
    for (int c = 0; c < CATEGORY_COUNT; c++)
        out[c] = chats > 0 ? chat[c] / chats : all > 0 ? every[c] / all : 0;
}

/* How much of the pair goes to LLAMA; NAN: nobody knows which answer is the better one. */
static double
share_of(const struct pair *p, const double *percent)
{
    if (percent)
        return percent[p->category] / 100;
    return p->observed ? p->observed->kind == VERDICT_LLAMA : NAN;
}

/* A figure of a pair under a distribution; NAN: it has none. */
typedef double (*figure_fn)(const struct pair *p, const double *percent);

static double
figure_share(const struct pair *p, const double *percent)
{
    return share_of(p, percent);
}

static double
figure_cost(const struct pair *p, const double *percent)
{
    double x = share_of(p, percent);
    return 1000 * (x * p->cost_usd[BRAIN_LLAMA] + (1 - x) * p->cost_usd[BRAIN_CLAUDE]);
}

static double
figure_acceptable(const struct pair *p, const double *percent)
{
    const struct observed *o = p->observed;
    if (!o || o->acceptable[BRAIN_CLAUDE] == OPINION_NONE ||
        o->acceptable[BRAIN_LLAMA] == OPINION_NONE)
        return NAN;
    bool claude = o->acceptable[BRAIN_CLAUDE] == OPINION_YES,
         llama = o->acceptable[BRAIN_LLAMA] == OPINION_YES;
    double x = percent ? percent[p->category] / 100 : llama;
    return percent ? x * llama + (1 - x) * claude : claude || llama;
}

/* Of a brain: neither beaten nor both bad. */
static double
figure_not_worse(const struct pair *p, const double *percent)
{
    const struct observed *o = p->observed;
    if (!o)
        return NAN;
    bool tie = o->kind == VERDICT_TIE, claude = tie || o->kind == VERDICT_CLAUDE,
         llama = tie || o->kind == VERDICT_LLAMA;
    double x = percent ? percent[p->category] / 100 : llama;
    return percent ? x * llama + (1 - x) * claude : o->kind != VERDICT_BOTH_BAD;
}

/* The mean over categories, each with its weight; those without a figure leave theirs to the others. */
static struct simulated_rate
weighted_mean(const struct simulation *s, const double *percent, figure_fn figure)
{
    double weights[CATEGORY_COUNT], n[CATEGORY_COUNT] = {0}, sum[CATEGORY_COUNT] = {0},
                                    squares[CATEGORY_COUNT] = {0}, all = 0;
    struct simulated_rate r = {.value = 0};
    simulation_weights(s, weights);
    for (size_t i = 0; i < s->count; i++) {
        const struct pair *p = &s->pairs[i];
        double v = p->model == s->model ? figure(p, percent) : NAN;
        if (isnan(v) || weights[p->category] <= 0)
            continue;
        n[p->category]++;
        sum[p->category] += v;
        squares[p->category] += v * v;
    }
    for (int c = 0; c < CATEGORY_COUNT; c++)
        all += n[c] > 0 ? weights[c] : 0;
    double variance = 0;
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        if (n[c] <= 0)
            continue;
        double weight = weights[c] / all, mean = sum[c] / n[c];
        /* One alone may vary as much as a share can. */
        double spread = n[c] > 1 ? (squares[c] - n[c] * mean * mean) / (n[c] - 1) : 0.25;
        r.value += weight * mean;
        r.n += (int64_t)n[c];
        variance += weight * weight * fmax(0, spread) / n[c];
    }
    double half = asymptotic_half(sqrt(variance), r.n);
    if (r.n == 0)
        r.value = NAN;
    r.low = isnan(half) ? NAN : fmax(0, r.value - half);
    r.high = isnan(half) ? NAN : fmin(1, r.value + half);
    return r;
}

/* ---- the first token ---- */

struct weighed {
    int64_t ttft_us;
    double weight;
};

static int
by_ttft(const void *a, const void *b)
{
    int64_t x = ((const struct weighed *)a)->ttft_us, y = ((const struct weighed *)b)->ttft_us;
    return (x > y) - (x < y);
}

/* The least first token that 95 % of the traffic does not exceed. */
static double
p95_ttft_ms(const struct simulation *s, const double *percent)
{
    double weights[CATEGORY_COUNT], n[CATEGORY_COUNT] = {0}, all = 0, so_far = 0, p95 = NAN;
    struct weighed *v = xcalloc(2 * s->count + 1, sizeof *v);
    size_t count = 0;
    simulation_weights(s, weights);
    for (size_t i = 0; i < s->count; i++)
        n[s->pairs[i].category] +=
            s->pairs[i].model == s->model && !isnan(share_of(&s->pairs[i], percent));
    for (size_t i = 0; i < s->count; i++) {
        const struct pair *p = &s->pairs[i];
        double x = p->model == s->model ? share_of(p, percent) : NAN;
        for (int b = 0; b < BRAIN_COUNT && !isnan(x); b++) {
            double weight = weights[p->category] * (b == BRAIN_LLAMA ? x : 1 - x) / n[p->category];
            if (weight <= 0 || p->ttft_us[b] < 0)
                continue;
            v[count++] = (struct weighed){p->ttft_us[b], weight};
            all += weight;
        }
    }
    qsort(v, count, sizeof *v, by_ttft);
    for (size_t i = 0; i < count && isnan(p95); i++) {
        so_far += v[i].weight;
        if (so_far >= 0.95 * all - 1e-12)
            p95 = (double)v[i].ttft_us / US_PER_MS;
    }
    free(v);
    return p95;
}

void
simulation_row(const struct simulation *s, const double percent[CATEGORY_COUNT],
               struct simulated_row *out)
{
    *out = (struct simulated_row){
        .llama_share = weighted_mean(s, percent, figure_share).value,
        .acceptability = weighted_mean(s, percent, figure_acceptable),
        .not_worse = weighted_mean(s, percent, figure_not_worse),
        .cost_per_1000 = weighted_mean(s, percent, figure_cost).value,
        .ttft_p95_ms = p95_ttft_ms(s, percent),
    };
}
