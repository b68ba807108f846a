/* Guardrails of routed traffic, valid however often one looks (measure.md, "Guardrails" and "Share of users"): two arms of
 * users compared by the bounds of each arm's bad rate, and whether the arms are as large as the bucket should make them.
 * The latter is a sequential test of the sample ratio (Lindon and Malek, NeurIPS 2022), for two arms. Pure. Thread: any. */
#ifndef BERDUA_STATS_GUARDRAIL_H
#define BERDUA_STATS_GUARDRAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/stats/mixture.h"

/* Users, and those whose first turn went badly. */
struct arm_count {
    int64_t users, bad;
};

enum guardrail_state {
    GUARDRAIL_OK,
    GUARDRAIL_HOLD,
    GUARDRAIL_ROLL_BACK,
    GUARDRAIL_INCONCLUSIVE, /* stops nothing */
    GUARDRAIL_STATE_COUNT
};
const char *guardrail_state_name(enum guardrail_state s);

/* Bounds of LLAMA's bad rate less Claude's, each arm's at 97.5 %. */
struct interval guardrail_difference(struct arm_count claude, struct arm_count llama);
enum guardrail_state guardrail_state(struct arm_count claude, struct arm_count llama);

/* k of n users are in LLAMA's arm, which the bucket puts there with chance p0 (0 < p0 < 1). */
struct srm {
    int64_t n, k;
    double p0, e; /* e: at most 1e300 */
    bool alarm;   /* the log or the bucket is at fault */
};
struct srm srm_check(int64_t n, int64_t k, double p0);

#endif
