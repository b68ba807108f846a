/* Which language a text is in, from its words so far: plain sums, alike however the text was cut. */
#ifndef BERDUA_MEASURE_LANGUAGE_H
#define BERDUA_MEASURE_LANGUAGE_H

#include "berdua/measure/measure.h"
#include "measure/linear.h"

struct token;

struct language_sum {
    struct linear_sum sum;
};
void language_add(const struct measure *m, struct language_sum *s, const struct token *t);
/* The likeliest, and how sure (0..1). session: what the session speaks, -1 unknown; it is followed when the text
 * alone leaves doubt (below .9). */
enum language language_get(const struct measure *m, const struct language_sum *s, int session,
                           double *confidence);

#endif
