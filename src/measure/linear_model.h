/* A linear model over hashed features with int8 weights, read from a text file that names its sources. Immutable
 * once loaded: any thread may read. */
#ifndef BERDUA_MEASURE_LINEAR_MODEL_H
#define BERDUA_MEASURE_LINEAR_MODEL_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct buf;
struct token;

/* LINEAR_BUCKETS: of a model whose file names no other number. */
enum { LINEAR_BUCKETS = 1 << 14, LINEAR_CLASSES = 8, FEATURES_MAX = 320 };

/* Which features a model sees. */
enum { FEATURE_WORD = 1, FEATURE_GRAMS = 2, FEATURE_PAIR = 4 };
/* Those of the trained heads of warmth, which share the hashes of a token: politeness and affect know English only,
 * considerate has a class for each language. */
enum { HEAD_FEATURES = FEATURE_WORD | FEATURE_PAIR | FEATURE_GRAMS };

struct linear {
    int classes; /* with two classes one column stands for the second against the first: classes is 1 */
    char names[LINEAR_CLASSES][24];
    unsigned features; /* FEATURE_… */
    uint32_t buckets;  /* a power of two */
    double bias[LINEAR_CLASSES];
    double scale;   /* of one int8 step */
    int8_t *weight; /* [bucket * classes + class] */
};
/* name: for the reason of a failure. */
struct linear *linear_load(const char *name, const char *text, size_t n, struct err *err);
void linear_destroy(struct linear **l);
/* The file's text; notes: comment lines without "# ", ending in newlines. */
void linear_print(const struct linear *l, const char *notes, struct buf *out);

uint32_t feature_hash(uint32_t seed, const void *p, size_t n);
/* The features of one token into out[FEATURES_MAX]: itself, pieces of 3 to 5 characters of "<word>", and the pair with
 * the token before (its FEATURE_WORD hash in *prev, 0: none, updated). Numbers are alike and, as marks, have no pieces.
 * Returns how many. */
size_t feature_token(unsigned which, const struct token *t, uint32_t *prev, uint32_t *out);

/* The pair of two words, by their FEATURE_WORD hashes. */
uint32_t feature_pair(uint32_t before, uint32_t word);

/* Sums of the weights of the features so far; integers, so that order and chunking do not matter. */
struct linear_sum {
    int32_t sum[LINEAR_CLASSES];
    uint32_t features;
    uint32_t prev;
};
void linear_add(const struct linear *l, struct linear_sum *s, const uint32_t *hashes, size_t n);
void linear_add_word(const struct linear *l, struct linear_sum *s, const char *word, size_t len);
/* Logits: bias + scale * sum / sqrt(features); 0 features give the bias. */
void linear_logits(const struct linear *l, const struct linear_sum *s, double *out);

#endif
