#include "measure/head.h"

#include <string.h>

#include "measure/tokens.h"

size_t
head_token(unsigned features, const struct token *t, uint32_t *prev, uint32_t *out)
{
    switch (t->kind) {
    case TOKEN_WORD:
        return feature_word(features, t->text, t->len, prev, out);
    case TOKEN_NUMBER:
        return feature_word(features & ~(unsigned)FEATURE_GRAMS, "#", 1, prev, out);
    default:
        return feature_word(features & ~(unsigned)FEATURE_GRAMS, t->text, t->len, prev, out);
    }
}

struct gather {
    unsigned features;
    uint32_t prev;
    uint32_t *out;
    size_t n, cap;
};

static void
take(void *ctx, const struct token *t)
{
    struct gather *g = ctx;
    uint32_t found[FEATURES_MAX];
    size_t n = head_token(g->features, t, &g->prev, found);
    if (n > g->cap - g->n)
        n = g->cap - g->n;
    memcpy(g->out + g->n, found, n * sizeof *found);
    g->n += n;
}

size_t
head_features(unsigned features, const char *text, size_t n, uint32_t *out, size_t cap)
{
    struct gather g = {.features = features, .out = out, .cap = cap};
    struct tokens t;
    tokens_init(&t);
    tokens_feed(&t, text, n, take, &g);
    tokens_end(&t, take, &g);
    return g.n;
}
