/* How often LLAMA would win if its answers looked like Claude's (measure.md, "Style"): a logistic regression of decisive
 * verdicts on side, length and Markdown, as Chatbot Arena's style control does (Bradley-Terry with covariates), with a
 * ridge and a sandwich variance. Style is a mediator, so this corrects nothing and never gates. Pure. Thread: any. */
#ifndef BERDUA_STATS_STYLE_H
#define BERDUA_STATS_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "berdua/stats/mixture.h"

enum style_feature {
    STYLE_SIDE, /* +1 LLAMA stood left, -1 right */
    STYLE_LENGTH,
    STYLE_HEADERS,
    STYLE_LISTS,
    STYLE_BOLD,
    STYLE_FEATURES
};

/* One decisive observation; of a million the fit reads each some times. */
struct style_sample {
    float x[STYLE_FEATURES];
    uint32_t llama_won; /* 0, 1 */
};
/* What x holds of two figures, LLAMA's and Claude's: (a-b)/(a+b), 0 when both are 0. */
float style_difference(double llama, double claude);

struct style_fit {
    int64_t n;
    double raw;               /* w / (w+l) */
    double adjusted;          /* logistic(b0) */
    struct interval interval; /* of it */
    double coefficients[STYLE_FEATURES];
};
/* false: fewer than ASYMPTOTIC_LEAST samples, and nothing is said. */
bool style_fit(const struct style_sample *samples, size_t n, struct style_fit *out);

#endif
