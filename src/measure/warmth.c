#include <math.h>

#include "scorer_private.h"
#include "measure_private.h"

/* The weight of each sign in a score's logit, per saturated sentence; cold signs are positive sums too. Set by hand,
 * then adjusted on tests/data/triples/dev.tsv. */
/* Divides the logit, which keeps most scores away from 0 and 1. */
#define SPREAD 3

struct part {
    double base, weight[SIGN_WARMTH_COUNT], polite, affect, tone, cold;
};

static const struct part composite = {
    .base = -0.6,
    .weight = {[SIGN_VALIDATION] = 2.2,
               [SIGN_EMPATHY] = 2.4,
               [SIGN_REASSURANCE] = 2.2,
               [SIGN_AFFECTION] = 1.8,
               [SIGN_GRATITUDE] = 1.5,
               [SIGN_OFFER] = 2.0,
               [SIGN_APOLOGY] = 1.2,
               [SIGN_REQUEST] = 0.7,
               [SIGN_KIN] = 1.4,
               [SIGN_PARTICLE] = 1.4,
               [SIGN_QUESTION] = 1.2,
               [SIGN_LIVELY] = 1.0},
    .polite = 0.2,
    .affect = 0.5,
    .tone = 2,
    .cold = 1,
};
static const struct part politeness = {
    .base = 0,
    .weight = {[SIGN_VALIDATION] = 0.8,
               [SIGN_EMPATHY] = 0.4,
               [SIGN_REASSURANCE] = 0.6,
               [SIGN_AFFECTION] = 0.6,
               [SIGN_GRATITUDE] = 1.8,
               [SIGN_OFFER] = 0.9,
               [SIGN_APOLOGY] = 1.0,
               [SIGN_REQUEST] = 1.2,
               [SIGN_KIN] = 0.8,
               [SIGN_PARTICLE] = 0.3,
               [SIGN_QUESTION] = 0.0,
               [SIGN_LIVELY] = 0.4},
    .polite = 1.5,
    .affect = 0.2,
    .tone = 0.3,
    .cold = 0.6,
};
static const struct part empathy = {
    .base = -1.0,
    .weight = {[SIGN_VALIDATION] = 2.4,
               [SIGN_EMPATHY] = 3.2,
               [SIGN_REASSURANCE] = 2.4,
               [SIGN_AFFECTION] = 1.0,
               [SIGN_GRATITUDE] = 0.3,
               [SIGN_OFFER] = 1.2,
               [SIGN_APOLOGY] = 1.0,
               [SIGN_QUESTION] = 1.2},
    .polite = 0.1,
    .affect = 0.1,
    .tone = 0.6,
    .cold = 0.5,
};
static const struct part affection = {
    .base = -1.0,
    .weight = {[SIGN_VALIDATION] = 1.6,
               [SIGN_EMPATHY] = 0.8,
               [SIGN_REASSURANCE] = 0.8,
               [SIGN_AFFECTION] = 2.4,
               [SIGN_GRATITUDE] = 1.6,
               [SIGN_KIN] = 1.2,
               [SIGN_PARTICLE] = 0.5,
               [SIGN_LIVELY] = 0.6},
    .polite = 0.1,
    .affect = 3,
    .tone = 0.2,
    .cold = 0.8,
};

static const double cold_weight[SIGN_WARMTH_COUNT] = {
    [SIGN_BLAME] = 2.4,   [SIGN_CONTEMPT] = 2.4,     [SIGN_DISMISSAL] = 2.4, [SIGN_REFUSAL] = 1.6,
    [SIGN_ORDER] = 1.2,   [SIGN_BUREAUCRATIC] = 0.8, [SIGN_THREAT] = 1.8,    [SIGN_FORMAL] = 1.4,
    [SIGN_SARCASM] = 2.6, [SIGN_TERSE] = 1.2,
};

double
honest_share(double warm_phrases, uint32_t words)
{
    double allowed = 2.4 + 0.24 * words;
    if (words > 12)
        allowed -= 0.08 * (words - 12);
    double share = allowed / (warm_phrases > 0 ? warm_phrases : 1);
    return share >= 1 ? 1 : share * share * share;
}

/* The same factor for the whole answer, which also contains small words between the phrases. */
static double
measure_kept(const struct shown *s)
{
    double glue = (s->small_words + 0.5) / (0.1 * s->words + 0.3);
    return honest_share(s->warm_phrases, s->words) * (glue >= 1 ? 1 : glue);
}

/* The logit of a head; repeated words move it towards neutral. Training divides by the root of the number of
 * features; beyond a limit the sum is divided by the number itself, because length must not raise the score. */
static double
head_logit(const struct linear *l, const struct head_sum *h, double usual, double beside)
{
    if (!l || h->fresh <= 0)
        return 0;
    double n = h->fresh + beside;
    double z = l->bias[0] + l->scale * (double)h->sum / (n <= usual ? sqrt(n) : n / sqrt(usual));
    return z * h->fresh / h->features;
}

struct heads {
    double polite, affect, tone;
};

static double
part_score(const struct shown *s, const struct heads *h, const struct part *p)
{
    /* One neutral sentence is added to those of the answer (see measure.md). */
    double n = s->sentences + 1.0, warm = 0, cold = 0;
    for (int i = 0; i < SIGN_WARMTH_COUNT; i++) {
        double y = p->weight[i] * s->sum[i];
        warm += y > 0 ? y : 0;
        cold += y < 0 ? -y : 0;
        cold += p->cold * cold_weight[i] * s->sum[i];
    }
    double heads = p->polite * h->polite + p->affect * h->affect + p->tone * h->tone;
    double kept = measure_kept(s);
    double z = 2 * (warm * kept - cold) / n + heads * (heads > 0 ? kept : 1);
    if (s->refuses && !s->offers)
        z -= 0.5 * p->cold;
    return 1 / (1 + exp(-(p->base + z / SPREAD)));
}

void
warmth_of(const struct shown *s, const struct measure *m, struct scores *out)
{
    out->words = s->words;
    if (s->words == 0) {
        out->warmth = out->polite = out->empathic = out->affectionate = NAN;
        return;
    }
    struct heads h = {head_logit(m->polite, &s->polite, 450, 0),
                      head_logit(m->affect, &s->affect, 450, 0),
                      head_logit(m->tone, &s->tone, 20, 4)};
    out->warmth = part_score(s, &h, &composite);
    out->polite = part_score(s, &h, &politeness);
    out->empathic = part_score(s, &h, &empathy);
    out->affectionate = part_score(s, &h, &affection);
}
