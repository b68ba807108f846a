/* Evidence in a message, gathered from the lexicons; category.c turns it into a category. */
#ifndef BERDUA_MEASURE_EVIDENCE_H
#define BERDUA_MEASURE_EVIDENCE_H

#include "berdua/measure/measure.h"
#include "language.h"
#include "lexicon.h"
#include "measure_private.h"

enum {
    FRAME_WORDS = 96, /* a longer message is no greeting */
    PENDING = 256, /* matches of one sentence; when there are more they are resolved in portions */
    SEEN = 1024,   /* distinct phrases; a message with more of them is decided already */
};

/* Counts and sums over one message. */
struct evidence {
    const struct measure *m;
    struct language_sum language;
    struct linear_sum said; /* for the model of words */
    struct matcher matcher;
    struct match pending[PENDING]; /* first and last count words, not tokens */
    size_t pending_len;
    uint32_t seen[SEEN], seen_len; /* phrase and group, hashed; 0: free */
    double sum[MESSAGE_GROUPS];
    unsigned distinct[MESSAGE_GROUPS];
    double follow;       /* weight of a follow-up cue that begins the message */
    double complex_most; /* the strongest single cue of complex business */
    uint32_t words;      /* with emoji and numbers */
    /* words, of the first FRAME_WORDS, that stand in no list: a topic of its own */
    uint32_t unknown;
    uint32_t questions, clauses;
    uint32_t first_ask; /* the word at which a question or a wish begins; UINT32_MAX: none */
    uint8_t cover[FRAME_WORDS];
};

void evidence_gather(struct evidence *e, const struct measure *m, const char *text, size_t n);
/* The number of words without the forms of address, courtesies and emoji at either end. */
uint32_t evidence_core(const struct evidence *e);
/* Maps a sum of evidence to 0..1 with diminishing returns. */
double evidence_level(double sum);
/* The evidence as numbers of about 0..1 (some reach 6), in the order of evidence_feature_names. */
void evidence_features(const struct evidence *e, double out[MIX_FEATURES]);
extern const char *const evidence_feature_names[MIX_FEATURES];

#endif
