/* The part of warmth that is trained on replies: how considerate an answer is. */
#ifndef BERDUA_MEASURE_CONSIDERATE_H
#define BERDUA_MEASURE_CONSIDERATE_H

#include "scorer_private.h"

struct err;
struct scorer;

/* What it is weighed from: the sum of each sign of warmth for each sentence, a refusal without an offer, and the logit
 * of the trained head of manner. */
enum { CONSIDERATE_REFUSES = SIGN_WARMTH_COUNT, CONSIDERATE_HEAD, CONSIDERATE_FEATURES };
/* The category of a sign, "refuses", "head". */
extern const char *const considerate_names[CONSIDERATE_FEATURES];
/* May more of this evidence only make an answer more considerate? Else only less. */
bool considerate_warms(int feature);

struct considerate_mix {
    double weight[CONSIDERATE_FEATURES], base; /* base: the logit without evidence */
};
/* Reads "NAME WEIGHT" for each feature in order, then "base WEIGHT"; the caller frees. */
struct considerate_mix *considerate_load(const char *name, const char *text, size_t n,
                                         struct err *err);

void considerate_evidence(const struct shown *shown, const struct measure *m,
                          enum language language, double out[CONSIDERATE_FEATURES]);
/* 0..1. meant: how much of the warm signs is believed. */
double considerate_score(const struct shown *shown, const struct measure *m, enum language language,
                         double meant);
/* The evidence of the text so far, as if it ended here. */
void scorer_evidence(struct scorer *s, double out[CONSIDERATE_FEATURES]);

/* ---- shared with warmth.c and sentence.c ---- */

/* Factor 1..0: an ordinary sentence or answer has one warm phrase in four words; more count for less. */
double honest_share(double warm_phrases, uint32_t words);
/* How much of the warm signs and heads counts: less where warm phrases or repeats crowd. 0..1 */
double warmth_kept(const struct shown *s);
/* The sum of a warm sign over the sentences: the more of one kind, the less each counts. */
double warmth_often(const struct shown *s, int sign);
double manner_logit(const struct shown *s, const struct measure *m, enum language language);

#endif
