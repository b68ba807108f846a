#include "berdua/session/judge_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"

enum {
    REPLY_TOKENS = 3000, /* evidence, scores, and what a model thinks before that */
    USUAL_TOKENS = 350,  /* a reply takes so many before any has been seen */
    BYTES_PER_TOKEN = 4,
    FRAME_BYTES = 600 /* around the texts, with some of the history */
};

/* The most that the size of a question may be off. */
#define MARGIN 1.5

struct judge_choice
judge_choose(const struct config *config)
{
    const struct brain_conf *conf = &config->brains[config->judge.brain];
    const char *tier = config->judge.model;
    struct judge_choice c = {.brain = config->judge.brain,
                             .conf = conf,
                             .model = config_model(conf, tier && *tier ? tier : conf->model),
                             .simulated = conf->provider == PROVIDER_PLAYBACK};
    judge_version(c.prompt);
    return c;
}

int
judge_max_tokens(const struct judge_choice *c)
{
    bool left_out = config_max_tokens(c->conf, c->model, NULL) == CONFIG_LEFT_OUT;
    return left_out ? CONFIG_LEFT_OUT : REPLY_TOKENS;
}

/* ---- the estimate ---- */

static double
token_price(const struct judge_choice *c, double in, double out)
{
    const struct price_conf *price = &c->model->price;
    return (in * price->input + out * price->output) / 1e6; /* NAN without a price */
}

/* NAN: there is no price, or no time is known. */
static double
estimate_usd(const struct judge_estimate *e, const struct judge_choice *c, int64_t question_bytes)
{
    double usd = token_price(c, (double)question_bytes * e->tokens_in_a_byte, e->tokens_out);
    return isnan(c->model->price.per_second_usd) ? usd : e->usd_a_call;
}

double
judge_most_usd(const struct judge_estimate *e, const struct judge_choice *c, int64_t question_bytes)
{
    double out = fmax(judge_max_tokens(c), e->tokens_out);
    double usd = token_price(c, MARGIN * (double)question_bytes * e->tokens_in_a_byte, out);
    return isnan(c->model->price.per_second_usd) ? usd : e->usd_a_call;
}

int64_t
judge_question_bytes(const struct judge_pair *p)
{
    static const char rubric[] = "src/judge/rubric.txt";
    return (int64_t)strlen(embedded_text(rubric)) + (int64_t)strlen(judge_schema()) + FRAME_BYTES +
           p->bytes;
}

static bool
read_estimate(struct judge_estimate *e, struct store *s, const struct judge_choice *c,
              struct err *err)
{
    struct judge_usage usage;
    double rate;
    *e = (struct judge_estimate){.source = ESTIMATE_LENGTH,
                                 .tokens_in_a_byte = 1.0 / BYTES_PER_TOKEN,
                                 .tokens_out = USUAL_TOKENS,
                                 .usd_a_call = NAN};
    if (!judge_store_usage(s, c->model->id, c->prompt, &usage, err) ||
        !judge_store_token_rate(s, c->brain, &rate, err))
        return false;
    if (rate > 0) {
        e->source = ESTIMATE_ANSWERS;
        e->tokens_in_a_byte = rate;
    }
    if (usage.calls > 0 && usage.bytes > 0) {
        e->source = ESTIMATE_CALLS;
        e->samples = usage.calls;
        e->tokens_in_a_byte = (double)usage.tokens_in / (double)usage.bytes;
        e->tokens_out = (double)usage.tokens_out / (double)usage.calls;
        e->usd_a_call = usage.usd / (double)usage.calls;
    }
    return true;
}

/* ---- the pairs ---- */

struct ranked {
    uint64_t rank;
    struct judge_pair pair;
};

struct reading {
    struct judge_plan *plan;
    struct ranked *v;
    size_t count, cap;
};

static bool
take_pair(void *arg, const struct judge_pair *pair)
{
    struct reading *r = arg;
    r->plan->judged += pair->judged;
    r->plan->no_vote += !pair->judged && pair->no_vote;
    if (pair->judged || pair->no_vote)
        return true;
    if (r->count == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 256;
        r->v = xreallocarray(r->v, r->cap, sizeof *r->v);
    }
    uint64_t seed = (uint64_t)pair->attempt;
    r->v[r->count++] =
        (struct ranked){.rank = hash_bytes(pair->turn, strlen(pair->turn), seed), .pair = *pair};
    return true;
}

static int
by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return strcmp(x->pair.turn, y->pair.turn);
}

/* A part of the pairs stands for all of them, and the next run goes on with the same. */
static void
choose_pairs(struct reading *r, const struct judge_choice *c, size_t limit)
{
    struct judge_plan *p = r->plan;
    if (r->count)
        qsort(r->v, r->count, sizeof *r->v, by_rank);
    p->count = limit && limit < r->count ? limit : r->count;
    p->pairs = xreallocarray(NULL, p->count + 1, sizeof *p->pairs);
    for (size_t i = 0; i < p->count; i++) {
        const struct judge_pair *pair = &r->v[i].pair;
        size_t calls = (pair->said[BRAIN_CLAUDE] == VERDICT_NONE) +
                       (size_t)(pair->said[BRAIN_LLAMA] == VERDICT_NONE);
        p->pairs[i] = *pair;
        p->calls += calls;
        p->usd += (double)calls * estimate_usd(&p->estimate, c, judge_question_bytes(pair));
    }
}

bool
judge_plan_read(struct judge_plan *p, struct store *s, const struct judge_choice *c,
                int64_t since_us, size_t limit, struct err *err)
{
    struct reading r = {.plan = p};
    struct judge_search search = {.model = c->model->id,
                                  .prompt = c->prompt,
                                  .since_us = since_us,
                                  .simulated = c->simulated};
    *p = (struct judge_plan){.usd = 0};
    bool ok =
        read_estimate(&p->estimate, s, c, err) && judge_store_pairs(s, &search, take_pair, &r, err);
    if (ok)
        choose_pairs(&r, c, limit);
    free(r.v);
    return ok;
}

void
judge_plan_finish(struct judge_plan *p)
{
    free(p->pairs);
    *p = (struct judge_plan){.usd = 0};
}
