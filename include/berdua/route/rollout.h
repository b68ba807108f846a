/* The rollout of LLAMA per category: what the observations since a stage began say about the next step, and what routed
 * turns say against it (measure.md, "Quality score and rollout"; schemas.md, `route status`). Pure: stages, verdicts and
 * turns are fed in, figures come out. Owner: the caller. Thread: the caller's. */
#ifndef BERDUA_ROUTE_ROLLOUT_H
#define BERDUA_ROUTE_ROLLOUT_H

#include "berdua/chat/observation.h"
#include "berdua/chat/terms.h"
#include "berdua/route/breaker.h"
#include "berdua/route/guard_arms.h"
#include "berdua/stats/score_agreement.h"
#include "berdua/stats/verdicts.h"

struct config;

struct rollout_step {
    int64_t at_us;
    enum category category;
    double from, to;        /* percent */
    const char *by;         /* hand, auto, safety, breaker, model */
    const char *reason;     /* NULL: none */
    int64_t seen_verdict_n; /* the last verdict known when it was taken */
};

struct rollout_limits {
    bool automatic;
    bool blind_only; /* only blind observations are evidence */
    int min_verdicts;
    int64_t dwell_us;
    double gates[3]; /* of 10, 25 and 50 % */
    double guard;    /* least one-sided lower bound of the win rate for a step up */
};
struct rollout_limits rollout_limits(const struct config *config);
/* The stage after this percentage, and its gate; NAN at the top. */
double rollout_next_stage(double percent);
double rollout_next_gate(const struct rollout_limits *limits, double percent);

enum decision { DECISION_HOLD, DECISION_PROMOTE, DECISION_DEMOTE, DECISION_STOP };
const char *decision_name(enum decision d);

enum block {
    BLOCK_MIN_VERDICTS,
    BLOCK_DWELL,
    BLOCK_GATE,
    BLOCK_GUARD,
    BLOCK_GUARDRAIL,
    BLOCK_SRM,
    BLOCK_TOP,
    BLOCK_COUNT
};
const char *block_name(enum block b);

struct rollout_view {
    double percent, effective;
    int64_t since_us;  /* when the stage began; 0: it has not */
    const char *model; /* whose answers the evidence is about, NULL: none yet; the rollout's */
    struct tally tally;
    struct quality quality;
    struct win_rate win_rate; /* its lead is that of six categories looked at together */
    double guard_low;         /* one-sided bound of the win rate, which the guard is about */
    struct {
        double gate;    /* of the next stage; NAN: at the top */
        int64_t needed; /* further observations at the present rates; -1: none would do */
        double days;    /* at today's pace, and until the dwell is over; NAN with needed */
    } gate;
    bool guarded; /* 0 < percent < 100: there are guardrails */
    struct guardrails guardrails;
    enum decision decision;
    double to;        /* NAN: nowhere */
    unsigned blocked; /* a bit per block, when it holds */
    bool unsafe;      /* a verdict was flagged `safety` since the stage began */
    char reason[240];
};

struct rollout;
struct rollout *rollout_create(void);
void rollout_destroy(struct rollout **r);
/* First the steps in the order of the history, then verdicts in any order and turns in the order of time. Copies. Their
 * shape is that of the store's `each`. */
bool rollout_add_step(void *rollout, const struct rollout_step *step);
bool rollout_add_verdict(void *rollout, const struct verdict_row *row);
bool rollout_add_turn(void *rollout, const struct routed_turn *turn);
/* Turns before that are of no stage that is guarded; INT64_MAX: none is. */
int64_t rollout_turns_since(const struct rollout *r);
double rollout_percent(const struct rollout *r, enum category category);
/* What the same verdicts say besides: every observation, whatever the stage, and the blind ones against the scores. */
struct rollout_evidence {
    struct tally categories[CATEGORY_COUNT];
    struct score_agreement scores[SCORE_KINDS];
};
void rollout_evidence(const struct rollout *r, struct rollout_evidence *out);
/* All six, since their leads are looked at together. */
void rollout_look(const struct rollout *r, const struct rollout_limits *limits,
                  enum breaker_state llama, int64_t wall_us,
                  struct rollout_view out[CATEGORY_COUNT]);

#endif
