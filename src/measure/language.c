#include "measure/language.h"

#include "measure/measure_private.h"
#include "measure/tokens.h"

void
language_add(const struct measure *m, struct language_sum *s, const struct token *t)
{
    if (t->kind == TOKEN_WORD)
        linear_add_word(m->language, &s->sum, t->text, t->len);
}

enum language
language_get(const struct measure *m, const struct language_sum *s, int session, double *confidence)
{
    double p[LINEAR_CLASSES];
    enum language best = LANGUAGE_ID;
    linear_probs(m->language, &s->sum, p);
    if (s->sum.features == 0)
        p[LANGUAGE_ID] = p[LANGUAGE_EN] = p[LANGUAGE_IT] = 1.0 / LANGUAGE_COUNT;
    for (int l = 1; l < LANGUAGE_COUNT; l++)
        if (p[l] > p[best])
            best = (enum language)l;
    if (p[best] < 0.9 && session >= 0 && session < LANGUAGE_COUNT)
        best = (enum language)session;
    *confidence = p[best];
    return best;
}
