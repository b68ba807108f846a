/* How far people, or a person with themselves, agree; and how blind they were (measure.md). Pure. Thread: any. */
#ifndef BERDUA_STATS_AGREEMENT_H
#define BERDUA_STATS_AGREEMENT_H

#include <stddef.h>
#include <stdint.h>

#include "berdua/stats/mixture.h"

/* LLAMA better, Claude better, tie, both bad, in any order. */
enum { AGREEMENT_LABELS = 4 };

/* Cohen's κ (Educ. Psychol. Meas. 20, 1960) of a table [first label][second label]; NAN when it is empty or chance alone
 * agrees always. */
double cohen_kappa(int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS]);

/* Krippendorff's α (Content Analysis, 2004), nominal: of each pair how many raters gave each label; pairs with one rater
 * say nothing. NAN when nothing can be compared or there is one label alone. Zeroes are no pairs. */
struct krippendorff {
    double of[AGREEMENT_LABELS], differ;
};
void krippendorff_add(struct krippendorff *k, const int64_t pair[AGREEMENT_LABELS]);
double krippendorff_alpha(const struct krippendorff *k);

/* Answers to "which is Claude?". index (right - wrong) / n: 0 blind, 1 open (Bang, Ni and Davis, Control. Clin. Trials 25,
 * 2004); its interval is that of the rate with "don't know" as ties, stretched to -1 … 1. NAN without any. */
struct blindness {
    int64_t n;
    double index;
    struct interval interval;
};
struct blindness blindness_index(int64_t right, int64_t wrong, int64_t dont_know);

#endif
