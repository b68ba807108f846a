/* Some of the pairs that a report counts, for a reader to look at: drawn by a seed, so that the same evidence gives the same
 * pairs, and at least SAMPLE_EACH_LEAST of each outcome where there are so many. Thread: the store's. */
#ifndef BERDUA_REPORT_REPORT_SAMPLE_H
#define BERDUA_REPORT_REPORT_SAMPLE_H

#include "berdua/chat/terms.h"
#include "berdua/chat/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct store;

enum { SAMPLE_MOST = 24, SAMPLE_EACH_LEAST = 4 };

struct sample_pair {
    int64_t n; /* of the verdict, in the store */
    uint64_t drawn;
    int64_t at_us;
    enum verdict_kind kind;
    int category, language; /* -1: not classified */
    enum brain_id left;
    bool blind;
    unsigned flags;
    char *id;
    char *message, *answers[BRAIN_COUNT]; /* NULL: not wanted */
};

struct report_sample {
    uint64_t seed;
    size_t count;
    struct sample_pair pairs[SAMPLE_MOST]; /* by outcome, then time */
};

/* texts: message and answers too. */
bool report_sample_read(struct report_sample *out, struct store *s, int64_t since_us, uint64_t seed,
                        bool texts, struct err *err);
void report_sample_clear(struct report_sample *s);

#endif
