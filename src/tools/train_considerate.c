/* How considerate an answer is, in all three languages, from the triples in tests/data: the head of manner, and the
 * weights by which the head and the signs of warmth are mixed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/measure/measure.h"

#include "fit.h"
#include "measure/considerate.h"
#include "measure/linear_model.h"
#include "measure/measure_private.h"
#include "train.h"

const char *const considerate_hands[] = {"dev", "c", "d", "f", "g", "h", "i",
                                         "j",   "k", "l", "m", "o", "p", NULL};

/* The replies of the first hand are one sentence, not three, so they count less. */
#define ONE_SENTENCE 0.3

enum { REPLIES = 3, MESSAGE = REPLIES, FIELDS };

/* How much each pair of a triple counts: warm and neutral, neutral and cold, warm and cold. Warm and neutral replies are
 * the hardest to tell, and both ends are told by what the other pairs teach. */
static const double counts[REPLIES] = {1.8, 1, 0.5};

/* Calls back for each triple of a hand. */
static void
read_triples(const char *hand, row_sink sink, void *ctx)
{
    char file[32];
    snprintf(file, sizeof file, "triples/%s.tsv", hand);
    read_tsv("tests/data", file, 3, 0, sink, ctx);
}

/* The warm, the neutral and the cold reply, and the message ("": none), from neighbouring fields. */
static void
split(const char *text, const char *field[FIELDS], size_t len[FIELDS])
{
    for (int i = 0; i < FIELDS; i++) {
        field[i] = text;
        len[i] = strcspn(text, "\t\n");
        text += len[i] + (text[len[i]] == '\t');
    }
}

/* The replies of a pair: 0 warm and neutral, 1 neutral and cold, 2 warm and cold. */
static int
more_of(int pair)
{
    return pair == 1;
}

static int
less_of(int pair)
{
    return pair == 0 ? 1 : 2;
}

/* ---- the head of manner ---- */

struct lesson {
    struct fit *fit;
    double weight;
};

/* Each of the three pairs of a triple teaches, so that facts and register, which the three share, teach nothing. */
static void
learn_triple(void *ctx, const char *text, size_t n, const char *label)
{
    struct lesson *l = ctx;
    const char *reply[FIELDS];
    size_t len[FIELDS];
    int language = language_parse(label);
    (void)n;
    split(text, reply, len);
    for (int p = 0; p < REPLIES && language >= 0; p++)
        fit_add_pair(l->fit, reply[more_of(p)], len[more_of(p)], reply[less_of(p)], len[less_of(p)],
                     language, l->weight * counts[p]);
}

static bool
is_one(const char *hand, const char *a, const char *b)
{
    return (a && strcmp(hand, a) == 0) || (b && strcmp(hand, b) == 0);
}

/* The head without one hand, or two. */
static struct linear *
fit_head(const char *without, const char *nor)
{
    static const char *const names[LANGUAGE_COUNT] = {"id", "en", "it"};
    struct fit_options o = {.classes = LANGUAGE_COUNT,
                            .names = names,
                            .features = HEAD_FEATURES,
                            .buckets = 1 << 15,
                            .epochs = 20,
                            .rate = 2,
                            .l2 = 7e-4,
                            .seed = 5};
    struct lesson l = {fit_create(&o), ONE_SENTENCE};
    for (int i = 0; considerate_hands[i]; i++, l.weight = 1)
        if (!is_one(considerate_hands[i], without, nor))
            read_triples(considerate_hands[i], learn_triple, &l);
    struct linear *head = fit_run(l.fit);
    fit_destroy(&l.fit);
    return head;
}

/* ---- the mix ---- */

struct evidence {
    double x[REPLIES][CONSIDERATE_FEATURES];
};

struct table {
    struct measure *m;
    struct evidence *triples;
    size_t count;
};

static void
add_evidence(void *ctx, const char *text, size_t n, const char *label)
{
    struct table *t = ctx;
    const char *field[FIELDS];
    size_t len[FIELDS];
    (void)n;
    (void)label;
    split(text, field, len);
    t->triples = xgrow(t->triples, t->count, sizeof *t->triples);
    struct evidence *e = &t->triples[t->count++];
    for (int i = 0; i < REPLIES; i++) {
        struct scorer *s = scorer_create(t->m, field[MESSAGE], len[MESSAGE]);
        scorer_feed(s, field[i], len[i]);
        scorer_evidence(s, e->x[i]);
        scorer_destroy(&s);
    }
}

/* The difference of a feature between two replies of a triple. */
static double
difference(const struct evidence *e, int pair, int feature)
{
    return e->x[more_of(pair)][feature] - e->x[less_of(pair)][feature];
}

/* What the weights are drawn to: set by hand on single sentences, in which the signs stand that are rare in answers of
 * three. */
static const double prior[CONSIDERATE_FEATURES] = {
    [SIGN_VALIDATION] = 2.9, [SIGN_EMPATHY] = 3.2,         [SIGN_REASSURANCE] = 2.9,
    [SIGN_AFFECTION] = 2.4,  [SIGN_GRATITUDE] = 2,         [SIGN_OFFER] = 2.7,
    [SIGN_APOLOGY] = 1.6,    [SIGN_REQUEST] = 0.9,         [SIGN_KIN] = 1.9,
    [SIGN_PARTICLE] = 1.9,   [SIGN_QUESTION] = 1.6,        [SIGN_LIVELY] = 1.3,
    [SIGN_BLAME] = -3.2,     [SIGN_CONTEMPT] = -3.2,       [SIGN_DISMISSAL] = -3.2,
    [SIGN_REFUSAL] = -2.1,   [SIGN_ORDER] = -1.6,          [SIGN_BUREAUCRATIC] = -1.1,
    [SIGN_THREAT] = -2.4,    [SIGN_FORMAL] = -1.9,         [SIGN_SARCASM] = -3.5,
    [SIGN_TERSE] = -0.5,     [CONSIDERATE_REFUSES] = -0.3, [CONSIDERATE_HEAD] = 3,
};

/* No sign loses more of the weight set by hand than this leaves: one that is rare in the triples, as praise is, still
 * counts where it stands. */
#define LEAST 0.25

/* Pairwise logistic regression: the whole gradient in each step. The features are scaled to the same size, so that each
 * is held back alike. */
static void
descend(const struct table *t, double *w)
{
    enum { STEPS = 800 };
    static const double rate = 0.2, l2 = 0.1;
    double size[CONSIDERATE_FEATURES] = {0}, gradient[CONSIDERATE_FEATURES];
    size_t pairs = t->count * REPLIES;
    double *d = xcalloc(pairs * CONSIDERATE_FEATURES, sizeof *d);
    for (size_t i = 0; i < pairs; i++)
        for (int f = 0; f < CONSIDERATE_FEATURES; f++) {
            double x = difference(&t->triples[i / REPLIES], (int)(i % REPLIES), f);
            d[i * CONSIDERATE_FEATURES + (size_t)f] = x;
            size[f] += x * x / (double)pairs;
        }
    for (int f = 0; f < CONSIDERATE_FEATURES; f++) {
        size[f] = sqrt(size[f]);
        w[f] = prior[f];
    }
    for (int step = 0; step < STEPS; step++) {
        for (int f = 0; f < CONSIDERATE_FEATURES; f++)
            gradient[f] = -l2 * (w[f] - prior[f]) * size[f];
        for (size_t i = 0; i < pairs; i++) {
            const double *x = d + i * CONSIDERATE_FEATURES;
            double z = 0;
            for (int f = 0; f < CONSIDERATE_FEATURES; f++)
                z += w[f] * x[f];
            double error = counts[i % REPLIES] / (1 + fit_exp(z)) / (double)pairs;
            for (int f = 0; f < CONSIDERATE_FEATURES; f++)
                gradient[f] += size[f] > 0 ? error * x[f] / size[f] : 0;
        }
        for (int f = 0; f < CONSIDERATE_FEATURES; f++) {
            w[f] += size[f] > 0 ? rate * gradient[f] / size[f] : 0;
            double least = LEAST * prior[f];
            if (considerate_warms(f) ? w[f] < least : w[f] > least)
                w[f] = least;
        }
    }
    free(d);
}

/* Divides the weights, which keeps most scores away from 0 and 1. */
#define SPREAD 2

static struct considerate_mix
fit_mix(struct measure *m, const char *without)
{
    struct considerate_mix mix = {{0}, 0};
    struct table t = {.m = m};
    struct linear *keep = m->considerate;
    for (int i = 1; considerate_hands[i]; i++) {
        const char *hand = considerate_hands[i];
        if (is_one(hand, without, NULL))
            continue;
        m->considerate = fit_head(without, hand); /* no head has seen what it is weighed on */
        read_triples(hand, add_evidence, &t);
        linear_destroy(&m->considerate);
    }
    m->considerate = keep;
    descend(&t, mix.weight);
    for (int f = 0; f < CONSIDERATE_FEATURES; f++) {
        mix.weight[f] /= SPREAD;
        for (size_t i = 0; i < t.count; i++) /* neutral replies lie about one half */
            mix.base -= mix.weight[f] * t.triples[i].x[1][f] / (double)t.count;
    }
    free(t.triples);
    return mix;
}

/* ---- both ---- */

void
fit_considerate(struct measure *m, const char *without, struct considerate_fit *out)
{
    out->mix = fit_mix(m, without);
    out->head = fit_head(without, NULL);
}

struct linear *
train_considerate(const char *data, const char **notes)
{
    (void)data;
    *notes = "How considerate an answer is, warm against cold, in Indonesian, English and Italian. "
             "Made by `make\n"
             "train` from the triples in tests/data: dev.tsv and those of the hands C, D, F to M, "
             "O, P.\n";
    return fit_head(NULL, NULL);
}

void
train_considerate_mix(const char *data, struct buf *out)
{
    (void)data;
    struct err err;
    struct measure *m = measure_create_unmixed(&err);
    if (!m) {
        fprintf(stderr, "train: %s\n", err.text);
        exit(1);
    }
    struct considerate_mix mix = fit_mix(m, NULL);
    buf_append_str(out, "# How the head of manner and the signs of warmth are weighed in the part "
                        "considerate. Made by `make train`\n# from the triples in tests/data, each "
                        "hand by a head that was trained without it.\n");
    for (int f = 0; f < CONSIDERATE_FEATURES; f++)
        buf_printf(out, "%-20s %7.3f\n", considerate_names[f], mix.weight[f]);
    buf_printf(out, "%-20s %7.3f\n", "base", mix.base);
    measure_destroy(&m);
}
