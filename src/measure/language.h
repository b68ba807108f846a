/* The language of a text from its words so far. The sums are the same however the text was cut. */
#ifndef BERDUA_MEASURE_LANGUAGE_H
#define BERDUA_MEASURE_LANGUAGE_H

#include "berdua/measure/measure.h"
#include "linear_model.h"

struct token;
struct match;

struct language_sum {
    struct linear_sum words,
        names; /* names: words with a capital inside a sentence, which are weaker evidence */
    uint32_t votes[LANGUAGE_COUNT];
    bool inside; /* a sentence has begun */
};
/* To be called for every token, breaks included. */
void language_add(const struct measure *m, struct language_sum *s, const struct token *t);
/* To be called for every match of the lexicon; matches of other sections are ignored. */
void language_vote(const struct measure *m, struct language_sum *s, const struct match *match);
/* The most likely language and its confidence (0..1). session: the session's language, -1 unknown; it is returned
 * when the text's own confidence is below .9. */
enum language language_get(const struct measure *m, const struct language_sum *s, int session,
                           double *confidence);

#endif
