#include "language.h"

#include <math.h>

#include "berdua/base/mem.h"
#include "measure_private.h"
#include "tokens.h"

/* "haha", "hehehe": laughter is alike in all languages. */
static bool
is_laughter(const struct token *t)
{
    static const char *const laughs[] = {"ha", "he", "hi", "ho"};
    if (t->len < 4)
        return false;
    for (size_t l = 0; l < ARRAY_LEN(laughs); l++) {
        size_t i = 0;
        while (i < t->len && (t->text[i] == laughs[l][0] || t->text[i] == laughs[l][1]))
            i++;
        if (i == t->len)
            return true;
    }
    return false;
}

void
language_add(const struct measure *m, struct language_sum *s, const struct token *t)
{
    if (t->kind == TOKEN_SENTENCE)
        s->inside = false;
    if (t->kind != TOKEN_WORD || is_laughter(t))
        return;
    linear_add_word(m->language, s->inside && t->capital ? &s->names : &s->words, t->text, t->len);
    s->inside = true;
}

void
language_vote(const struct measure *m, struct language_sum *s, const struct match *match)
{
    if (match->entry->group == m->language_group)
        s->votes[match->entry->language]++;
}

/* Sums the evidence of words and names. A message of names only is judged by them. */
static void
logits_of(const struct measure *m, const struct language_sum *s, double *logit)
{
    double share = s->words.features ? 0.25 : 1;
    double features = s->words.features + share * s->names.features;
    double norm = features > 0 ? m->language->scale / sqrt(features) : 0;
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        logit[l] = m->language->bias[l] + norm * (s->words.sum[l] + share * s->names.sum[l]);
}

enum language
language_get(const struct measure *m, const struct language_sum *s, int session, double *confidence)
{
    /* English titles, names and terms are common in Indonesian and Italian texts, but hardly the other way round. */
    bool borrowed = s->votes[LANGUAGE_ID] + s->votes[LANGUAGE_IT] > 0;
    const double trust[LANGUAGE_COUNT] = {
        [LANGUAGE_ID] = 1, [LANGUAGE_EN] = borrowed ? 0.6 : 1, [LANGUAGE_IT] = 1};
    double p[LANGUAGE_COUNT], total = 0, votes = 0;
    enum language best = LANGUAGE_ID;
    logits_of(m, s, p);
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        votes += s->votes[l];
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        total += p[l] = exp(p[l] + (votes > 0 ? 3 * trust[l] * s->votes[l] / sqrt(votes) : 0));
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        p[l] = s->words.features + s->names.features ? p[l] / total : 1.0 / LANGUAGE_COUNT;
        if (p[l] > p[best])
            best = (enum language)l;
    }
    if (p[best] < 0.9 && session >= 0 && session < LANGUAGE_COUNT)
        best = (enum language)session;
    *confidence = p[best];
    return best;
}
