/* What a model's votes say about people's (measure.md, "LLM judge"): how far they agree, and an estimate of people's mean
 * from few votes of people and many of the judge, by power-tuned prediction-powered inference (PPI++; Angelopoulos, Duchi
 * and Zrnic, arXiv 2311.01453). Pure. Thread: any. */
#ifndef BERDUA_STATS_JUDGE_H
#define BERDUA_STATS_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "berdua/stats/mixture.h"

/* One pair that the judge voted on. Both votes: LLAMA 1, tie and both bad ½, Claude 0. */
struct judge_sample {
    double judge;
    double human; /* NAN: no human judged it */
    bool random;  /* it was drawn at random for the human */
};

struct judge_fit {
    int64_t n;          /* pairs with both votes */
    double rho;         /* Pearson; NAN when one of them never varies */
    int64_t n_random;   /* r: of these, drawn at random */
    int64_t unlabelled; /* N: pairs that no human judged */
    double lambda, n_eff;
    double
        estimate; /* of people's mean; NAN, as its interval, below ASYMPTOTIC_LEAST random ones */
    struct interval interval;
    bool calibrated;
};
struct judge_fit judge_fit(const struct judge_sample *samples, size_t n);

#endif
