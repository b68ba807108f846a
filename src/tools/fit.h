/* Fits the weights of a linear model (measure/linear_model.h): logistic regression by averaged stochastic gradient
 * descent in a fixed order. For `make train` only. The same examples give the same bits on every machine: of the C
 * library only sqrt is used, and products are not fused with sums (see the Makefile). */
#ifndef BERDUA_TOOLS_FIT_H
#define BERDUA_TOOLS_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct linear;
struct fit;

struct fit_options {
    int classes; /* 1: a yes-or-no model */
    const char *const *names;
    unsigned features; /* FEATURE_… */
    uint32_t buckets;  /* 0: LINEAR_BUCKETS */
    bool marks;        /* see also numbers and the marks between words (linear_model.h) */
    int epochs;
    double rate; /* of the first step; falls with the root of the steps */
    double l2;   /* shrinks the weights: per step, relative to the rate */
    uint64_t seed;
};

struct fit *fit_create(const struct fit_options *o);
void fit_destroy(struct fit **f);
/* One example of n bytes of text. target: the class, or with one class how much yes it is (0..1). weight: how much it
 * counts. Text without a word is left out. */
void fit_add(struct fit *f, const char *text, size_t n, double target, double weight);
/* One pair of texts of the class: the first is more of it than the second. Only what they do not share teaches. A fit
 * of pairs has no single examples, its classes are independent of each other, and it has no bias. */
void fit_add_pair(struct fit *f, const char *more, size_t more_len, const char *less,
                  size_t less_len, int class, double weight);
/* Each class gets the same total weight (a yes-or-no model: targets above and below one half). */
void fit_balance(struct fit *f);
/* The caller destroys the model. */
struct linear *fit_run(struct fit *f);
/* e to the power of x, the same on every machine. */
double fit_exp(double x);

#endif
