#include "head.h"

#include "tokens.h"

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
