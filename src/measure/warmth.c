#include <math.h>
#include <stddef.h>
#include <string.h>

#include "considerate.h"
#include "measure_private.h"
#include "scorer_private.h"

enum { POLITENESS, EMPATHY, AFFECTION, CONSIDERATION, PARTS };

/* How much of the warm words a text without sense loses. */
#define HOLLOW 0.6

/* Divides the logit, which keeps most scores away from 0 and 1. */
#define SPREAD 3

/* The weight of each sign in a score's logit, per saturated sentence; cold signs are positive sums too. Set by hand,
 * then adjusted on tests/data/triples/dev.tsv. Columns: politeness, empathy, affection. Those of consideration are
 * trained (weights/considerate_mix.txt). */
static const double warm_weight[SIGN_WARMTH_COUNT][CONSIDERATION] = {
    [SIGN_VALIDATION] = {0.8, 2.4, 1.6},  [SIGN_EMPATHY] = {0.4, 3.2, 0.8},
    [SIGN_REASSURANCE] = {0.6, 2.4, 0.8}, [SIGN_AFFECTION] = {0.6, 1.0, 2.4},
    [SIGN_GRATITUDE] = {1.8, 0.3, 1.6},   [SIGN_OFFER] = {0.9, 1.2, 0},
    [SIGN_APOLOGY] = {1.0, 1.0, 0},       [SIGN_REQUEST] = {1.2, 0, 0},
    [SIGN_KIN] = {0.8, 0, 1.2},           [SIGN_PARTICLE] = {0.3, 0, 0.5},
    [SIGN_QUESTION] = {0, 0.4, 0},        [SIGN_LIVELY] = {0.4, 0, 0.6},
};

/* base: the logit without evidence. The other columns: the weights of the four heads and of cold signs. share: how much
 * the part counts in the composite, which is the weighted mean of the parts; fitted to the order of the triples of five
 * hands, each scored by a head that had not seen it. */
static const struct {
    double base, polite, affect, care, manner, cold, share;
} parts[PARTS] = {
    [POLITENESS] = {0, 1.5, 0.2, 0, 0, 0.6, 0.05},
    [EMPATHY] = {-0.8, 0, 0, 0.25, 0.7, 0.3, 0.15},
    [AFFECTION] = {-1.0, 0.1, 3, 0, 0, 0.8, 0.12},
    [CONSIDERATION] = {.share = 0.68},
};

static const double cold_weight[SIGN_WARMTH_COUNT] = {
    [SIGN_BLAME] = 2.4,   [SIGN_CONTEMPT] = 2.4,     [SIGN_DISMISSAL] = 2.4, [SIGN_REFUSAL] = 1.6,
    [SIGN_ORDER] = 1.2,   [SIGN_BUREAUCRATIC] = 0.8, [SIGN_THREAT] = 1.8,    [SIGN_FORMAL] = 1.4,
    [SIGN_SARCASM] = 2.6, [SIGN_TERSE] = 0.4,
};

static const size_t place[PARTS] = {
    [POLITENESS] = offsetof(struct scores, polite),
    [EMPATHY] = offsetof(struct scores, empathic),
    [AFFECTION] = offsetof(struct scores, affectionate),
    [CONSIDERATION] = offsetof(struct scores, considerate),
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
double
warmth_kept(const struct shown *s)
{
    double glue = (s->small_words + 0.5) / (0.1 * s->words + 0.3);
    return honest_share(s->warm_phrases, s->words) * (glue >= 1 ? 1 : glue);
}

/* The logit of a head; repeated words move a good one towards neutral. Training divides by the root of the number of
 * features; beyond a limit the sum is divided by the number itself, because length must not raise the score. */
static double
head_logit(const struct linear *l, const struct head_sum *h, int class, double usual, double beside)
{
    if (!l || h->fresh <= 0)
        return 0;
    double n = h->fresh + beside;
    double z = l->bias[class] +
               l->scale * (double)h->sum[class] / (n <= usual ? sqrt(n) : n / sqrt(usual));
    return z > 0 ? z * h->fresh / h->features : z;
}

double
manner_logit(const struct shown *s, const struct measure *m, enum language language)
{
    return head_logit(m->considerate, &s->considerate, (int)language, 1000, 800);
}

struct heads {
    double polite, affect, care, manner;
};

double
warmth_often(const struct shown *s, int sign)
{
    double most = 0.8 + 0.2 * s->sentences, x = s->sum[sign];
    return x > 0 ? -most * expm1(-x / most) : x;
}

/* meant: how much of the warm signs is believed; answered: of the heads, which know no answers. */
static double
part_score(const struct shown *s, const struct heads *h, double meant, double answered, int p)
{
    /* One neutral sentence is added to those of the answer (see measure.md). */
    double n = s->sentences + 1.0, warm = 0, cold = 0;
    for (int i = 0; i < SIGN_WARMTH_COUNT; i++) {
        double y = warm_weight[i][p] * (i < SIGN_FIRST_COLD ? warmth_often(s, i) : s->sum[i]);
        warm += y > 0 ? y : 0;
        cold += y < 0 ? -y : 0;
        cold += parts[p].cold * cold_weight[i] * s->sum[i];
    }
    warm *= meant;
    double heads = parts[p].polite * h->polite + parts[p].affect * h->affect +
                   parts[p].care * h->care + parts[p].manner * h->manner;
    double kept = warmth_kept(s);
    double z = 2 * (warm * kept - cold) / n + heads * (heads > 0 ? kept * answered : 1);
    if (s->refuses && !s->offers)
        z -= 0.5 * parts[p].cold;
    return 1 / (1 + exp(-(parts[p].base + z / SPREAD)));
}

double
warmth_share(size_t offset)
{
    for (int p = 0; p < PARTS; p++)
        if (place[p] == offset)
            return parts[p].share;
    return 0;
}

void
warmth_of(const struct shown *s, const struct measure *m, const struct asked *asked,
          struct scores *out)
{
    out->words = s->words;
    bool empty = s->words + s->sense.emoji == 0;
    out->warmth = empty ? NAN : 0;
    /* Emoji alone answer no message, but where none is known they say all that they mean. */
    bool wordless = s->words == 0 && !asked->kind.any;
    out->sense = empty ? NAN : wordless ? 1 : sense_of(&s->sense, asked->kind);
    struct heads h = {head_logit(m->polite, &s->polite, 0, 450, 0),
                      head_logit(m->affect, &s->affect, 0, 450, 0),
                      head_logit(m->care, &s->care, 0, 450, 0), manner_logit(s, m, out->language)};
    double meant = 1 - HOLLOW * (1 - out->sense);
    for (int p = 0; p < PARTS; p++) {
        double score = empty ? NAN
                       : p == CONSIDERATION
                           ? considerate_score(s, m, out->language, meant) * out->sense
                           : part_score(s, &h, meant, asked->kind.any ? meant : 1, p);
        memcpy((char *)out + place[p], &score, sizeof score);
        out->warmth += parts[p].share * score;
    }
}
