#include "head.h"

#include "tokens.h"

size_t
head_token(unsigned features, const struct token *t, uint32_t *prev, uint32_t *out)
{
    if (t->kind == TOKEN_WORD)
        return feature_word(features, t->text, t->len, prev, out);
    bool number = t->kind == TOKEN_NUMBER;
    return feature_word(features & ~(unsigned)FEATURE_GRAMS, number ? "#" : t->text,
                        number ? 1 : t->len, prev, out);
}
