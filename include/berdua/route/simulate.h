/* What a distribution of the traffic would have been worth (measure.md and schemas.md, `route simulate`): each pair holds
 * both brains' answers to one message, so the value of any stages is a weighted mean over the pairs. Pure. Owner: the
 * caller. Thread: the caller's. */
#ifndef BERDUA_ROUTE_SIMULATE_H
#define BERDUA_ROUTE_SIMULATE_H

#include "berdua/chat/observation.h"
#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stdint.h>

/* Two whole answers that were shown together. Pointers live until `add` returns. */
struct whole_pair {
    uint64_t pair; /* as in a verdict's row */
    int64_t at_us;
    enum category category;
    const char *llama_model;
    int64_t ttft_us[BRAIN_COUNT]; /* UNKNOWN: not known */
    double cost_usd[BRAIN_COUNT]; /* NAN: not known */
};

/* NAN where nothing is known; low and high also below 100 observations. */
struct simulated_rate {
    double value, low, high;
    int64_t n;
};

struct simulated_row {
    double llama_share;
    struct simulated_rate acceptability, not_worse;
    double cost_per_1000, ttft_p95_ms;
};

struct simulation;
struct simulation *simulation_create(void);
void simulation_destroy(struct simulation **s);
/* First every verdict, then the pairs, each in any order. Copies. */
bool simulation_add_verdict(void *simulation, const struct verdict_row *row);
bool simulation_add_pair(void *simulation, const struct whole_pair *pair);
/* Of the pairs with LLAMA's newest model: how often each category comes; all 0 without pairs. */
void simulation_weights(const struct simulation *s, double out[CATEGORY_COUNT]);
/* percent: of each category to LLAMA; NULL: each pair gets its better answer, Claude's when neither is. */
void simulation_row(const struct simulation *s, const double percent[CATEGORY_COUNT],
                    struct simulated_row *out);

#endif
