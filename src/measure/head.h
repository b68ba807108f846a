/* Features of the trained heads of warmth, the same in training and in use: words, pairs of words, and marks that
 * end a sentence. Politeness and affect know English only, tone all three languages. */
#ifndef BERDUA_MEASURE_HEAD_H
#define BERDUA_MEASURE_HEAD_H

#include <stddef.h>
#include <stdint.h>

#include "linear_model.h"

struct token;

enum {
    HEAD_POLITENESS_FEATURES = FEATURE_WORD | FEATURE_PAIR | FEATURE_GRAMS,
    HEAD_AFFECT_FEATURES = FEATURE_WORD | FEATURE_PAIR | FEATURE_GRAMS,
    HEAD_TONE_FEATURES = FEATURE_WORD
};

/* Features of one token into out[FEATURES_MAX]; prev as in feature_word. */
size_t head_token(unsigned features, const struct token *t, uint32_t *prev, uint32_t *out);

#endif
