/* The rollout of LLAMA per category: what the verdicts since a stage began say about the next step (measure.md,
 * "Quality score and rollout"; schemas.md, `route status`). Stages and verdicts are fed in, figures come out;
 * rollout_refresh alone touches the store. Owner: the caller. Thread: the caller's. */
#ifndef BERDUA_ROUTE_ROLLOUT_H
#define BERDUA_ROUTE_ROLLOUT_H

#include "berdua/chat/health.h"
#include "berdua/stats/verdicts.h"
#include "berdua/route/breaker.h"
#include "berdua/store/rollout_store.h"

struct config;
struct err;

struct rollout_limits {
    bool automatic;
    int min_verdicts;
    int64_t dwell_us;
    double gates[3]; /* of 10, 25 and 50 % */
    double guard;    /* least lower bound of the win rate for a step up */
};
struct rollout_limits rollout_limits(const struct config *config);

enum decision { DECISION_HOLD, DECISION_PROMOTE, DECISION_DEMOTE, DECISION_STOP };
const char *decision_name(enum decision d);

enum block { BLOCK_MIN_VERDICTS, BLOCK_DWELL, BLOCK_GATE, BLOCK_GUARD, BLOCK_TOP, BLOCK_COUNT };
const char *block_name(enum block b);

struct rollout_view {
    double percent, effective;
    int64_t since_us;  /* when the stage began; 0: it has not */
    const char *model; /* whose answers the evidence is about, NULL: none yet; the rollout's */
    struct tally tally;
    struct quality quality;
    struct win_rate win_rate;
    enum decision decision;
    double to;        /* NAN: nowhere */
    unsigned blocked; /* a bit per block, when it holds */
    bool unsafe;      /* a verdict was flagged `safety` since the stage began */
    char reason[240];
};

struct rollout;
struct rollout *rollout_create(void);
void rollout_destroy(struct rollout **r);
/* In the order of the history; verdicts in the order of n. Copies. Their shape is that of the store's `each`. */
bool rollout_add_step(void *rollout, const struct rollout_step *step);
bool rollout_add_verdict(void *rollout, const struct verdict_row *row);
double rollout_percent(const struct rollout *r, enum category category);
void rollout_look(const struct rollout *r, enum category category,
                  const struct rollout_limits *limits, enum breaker_state llama, int64_t wall_us,
                  struct rollout_view *out);

/* Reads everything, takes the steps that are due (to 0 after a safety flag; with `auto` what is proven), once
 * even when several instances look at the same moment, and leaves what then holds in *out. Called when the
 * status is read and after each merge or verdict. */
bool rollout_refresh(struct rollout_store *store, const struct config *config, int64_t wall_us,
                     struct rollout **out, struct err *err);
/* By hand: obeyed at once, whatever the evidence. category CATEGORY_COUNT: all. reason may be NULL. from: where
 * each stage was, or NULL. */
bool rollout_set(struct rollout_store *store, int category, double percent, const char *reason,
                 int64_t wall_us, double from[CATEGORY_COUNT], struct err *err);

#endif
