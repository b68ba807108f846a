/* The category of a message. evidence.c gathers what the lexicons find in it; a small table weighs that evidence,
 * and a model of words helps where the lexicons find nothing. Both are fitted to the project's own messages (make
 * train). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "evidence.h"

/* Weight of the word model relative to the evidence. */
static const double words_count = 0.6;

/* Reads a line for each feature: its name and a weight for each category. */
struct mix *
mix_load(const char *name, const char *text, size_t n, struct err *err)
{
    struct mix *x = xcalloc(1, sizeof *x);
    int line = 0, row = 0;
    bool ok = true;
    for (const char *p = text, *end = text + n; ok && p < end;) {
        const char *eol = memchr(p, '\n', (size_t)(end - p));
        size_t len = (size_t)((eol ? eol : end) - p);
        char copy[200], feature[40];
        double *w = row < MIX_FEATURES ? x->weight[row] : NULL;
        line++;
        if (len > 0 && *p != '#') {
            snprintf(copy, sizeof copy, "%.*s", (int)len, p);
            ok = w &&
                 sscanf(copy, "%39s %lf %lf %lf %lf %lf %lf", feature, &w[0], &w[1], &w[2], &w[3],
                        &w[4], &w[5]) == 7 &&
                 strcmp(feature, evidence_feature_names[row++]) == 0;
            for (int c = 0; ok && c < CATEGORY_COUNT; c++)
                ok = isfinite(w[c]);
        }
        p += len + 1;
    }
    if (!ok)
        err_set(err, "%s:%d:1: not the weights of a feature", name, line);
    else if (row == MIX_FEATURES)
        return x;
    else
        err_set(err, "%s: %d of %d features", name, row, MIX_FEATURES);
    free(x);
    return NULL;
}

/* Softmax: probabilities from logits of any size. */
static void
soften(double *z)
{
    double most = z[0], total = 0;
    for (int c = 1; c < CATEGORY_COUNT; c++)
        most = fmax(most, z[c]);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        total += z[c] = exp(z[c] - most);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        z[c] /= total;
}

static enum category
greatest(const double *w)
{
    enum category best = CATEGORY_GENERAL;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (w[c] > w[best])
            best = (enum category)c;
    return best;
}

/* A topic that the message contains keeps weight even when another category is greater: a feeling about a visa is
 * both emotional and business. */
static void
keep_topics(const struct evidence *e, double *p)
{
    double best = 0.9 * p[greatest(p)];
    double business = evidence_level(e->sum[MESSAGE_BUSINESS]);
    double both = p[CATEGORY_BUSINESS_SIMPLE] + p[CATEGORY_BUSINESS_COMPLEX] + 1e-9;
    const double level[CATEGORY_COUNT] = {
        [CATEGORY_EMOTIONAL] = evidence_level(e->sum[MESSAGE_EMOTIONAL]),
        [CATEGORY_CULTURAL] = evidence_level(e->sum[MESSAGE_CULTURAL]),
        [CATEGORY_BUSINESS_SIMPLE] = business * p[CATEGORY_BUSINESS_SIMPLE] / both,
        [CATEGORY_BUSINESS_COMPLEX] = business * p[CATEGORY_BUSINESS_COMPLEX] / both,
        [CATEGORY_GENERAL] = evidence_level(e->sum[MESSAGE_GENERAL]),
    };
    for (int c = 0; c < CATEGORY_COUNT; c++)
        p[c] = fmax(p[c], fmin(0.8 * level[c], best));
}

static void
weigh(const struct measure *m, const struct evidence *e, double *w)
{
    double features[MIX_FEATURES], said[LINEAR_CLASSES];
    evidence_features(e, features);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        w[c] = 0;
        for (int i = 0; i < MIX_FEATURES; i++)
            w[c] += features[i] * m->mix->weight[i][c];
    }
    if (e->said.features > 0) {
        linear_logits(m->category_words, &e->said, said);
        soften(said);
        for (int c = 0; c < CATEGORY_COUNT; c++)
            w[c] += words_count * log(said[c] + 1e-9);
    }
    soften(w);
    keep_topics(e, w);
}

static bool
is_business(enum category c)
{
    return c == CATEGORY_BUSINESS_SIMPLE || c == CATEGORY_BUSINESS_COMPLEX;
}

/* The evidence in the message for the topic of this category. */
static double
matter_of(const struct evidence *e, enum category c)
{
    return is_business(c)            ? e->sum[MESSAGE_BUSINESS]
           : c == CATEGORY_EMOTIONAL ? e->sum[MESSAGE_EMOTIONAL]
           : c == CATEGORY_CULTURAL  ? e->sum[MESSAGE_CULTURAL]
           : c == CATEGORY_GENERAL   ? e->sum[MESSAGE_GENERAL]
                                     : 0;
}

/* Is this short message a follow-up of the one before? A connecting word ("and", "what about") makes it one whatever
 * its topic; an incomplete question ("how long?") is one only when it names no topic of its own. */
static bool
follows(const struct evidence *e, const double *w, const struct classification *before)
{
    static const enum message_group groups[] = {MESSAGE_EMOTIONAL, MESSAGE_CULTURAL,
                                                MESSAGE_BUSINESS, MESSAGE_GENERAL};
    enum category own = greatest(w);
    uint32_t words = evidence_core(e);
    double most = 0;
    if (e->words == 0)
        return true;
    if (words > 10 || (own == CATEGORY_GREETING && e->sum[MESSAGE_GREETING] > 0))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(groups); i++)
        most = fmax(most, e->sum[groups[i]]);
    if (before->category == CATEGORY_GREETING && most > 0)
        return false;
    bool asks = e->questions > 0 || e->first_ask <= 4;
    if (own == CATEGORY_EMOTIONAL && e->sum[MESSAGE_EMOTIONAL] >= 3 &&
        (e->distinct[MESSAGE_SELF] > 0 || !asks))
        return before->category == own;
    bool kin = own == before->category || (is_business(own) && is_business(before->category)) ||
               (most > 0 && matter_of(e, before->category) >= most);
    /* A complete question that names its topic is no follow-up, even after a connecting word ("so how much is a
     * KITAS?"). */
    bool whole =
        (asks || e->distinct[MESSAGE_SIMPLE] > 0) && words >= 5 && most >= 3 && e->follow < 3;
    double lean = words <= 4 ? 1.7 : words <= 6 ? 1.1 : 0.4;
    lean += e->sum[MESSAGE_REFER] > 0 ? 0.5 : 0;
    lean += e->follow >= 2 ? 1.6 : e->follow > 0 ? 0.8 : 0;
    lean += kin ? 0.8 : 0;
    /* Words in no lexicon may be a topic of their own, but in a message of three or four words they seldom are. */
    lean -= words >= 5 && e->follow < 2 && e->unknown > 1 ? 0.4 * (e->unknown - 1) : 0;
    return lean - ((e->follow >= 2 && !whole) || most < 2 ? 0.3 : 0.6) * fmin(most, 5) >= 1;
}

/* The category of the message before gets the greatest weight; the message's own categories keep smaller ones. */
static void
inherit(struct classification *out, const struct classification *before)
{
    double own = out->weights[greatest(out->weights)],
           lead = fmax(0.6, before->weights[before->category]);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        out->weights[c] *= fmin(1, 0.8 * lead / own);
    out->weights[before->category] = lead;
    out->inherited = true;
}

void
measure_classify_after(const struct measure *m, const char *text, size_t n,
                       const struct classification *before, int session_language,
                       struct classification *out)
{
    struct evidence e;
    memset(out, 0, sizeof *out);
    evidence_gather(&e, m, text, n);
    out->language = language_get(m, &e.language, session_language, &out->language_confidence);
    weigh(m, &e, out->weights);
    if (before && follows(&e, out->weights, before))
        inherit(out, before);
    out->category = greatest(out->weights);
}

void
measure_classify(const struct measure *m, const char *text, size_t n, const char *prev,
                 int session_language, struct classification *out)
{
    struct classification before;
    bool any = prev && *prev;
    if (any)
        measure_classify_after(m, prev, strlen(prev), NULL, -1, &before);
    measure_classify_after(m, text, n, any ? &before : NULL, session_language, out);
}
