/* Which language a text is in, from its words so far: plain sums, alike however the text was cut. */
#ifndef BERDUA_MEASURE_LANGUAGE_H
#define BERDUA_MEASURE_LANGUAGE_H

#include "berdua/measure/measure.h"
#include "linear_model.h"

struct token;
struct match;

struct language_sum {
    struct linear_sum words, names; /* names: capitals inside a sentence, which say less */
    uint32_t votes[LANGUAGE_COUNT];
    bool inside; /* a sentence has begun */
};
/* Every token, breaks too. */
void language_add(const struct measure *m, struct language_sum *s, const struct token *t);
/* Every match of the lexicon; those of other sections are ignored. */
void language_vote(const struct measure *m, struct language_sum *s, const struct match *match);
/* The likeliest, and how sure (0..1). session: what the session speaks, -1 unknown; it is followed when the text
 * alone leaves doubt (below .9). */
enum language language_get(const struct measure *m, const struct language_sum *s, int session,
                           double *confidence);

#endif
