#include "berdua/stats/guardrail.h"

#include <math.h>

#include "berdua/base/names.h"

/* How much worse LLAMA's arm may be, and from how many of its users on the observed difference alone holds a step up. */
#define TOLERATED 0.10
enum { HOLD_USERS = 20 };
/* 97.5 %: two bounds make one difference of 95 %. */
#define ARM_ENOUGH 40.0
/* Weight of the expected share in the mixture, and the evidence that raises the alarm. */
#define SRM_WEIGHT 10.0
#define SRM_ALARM  1000.0

static const char *const states[GUARDRAIL_STATE_COUNT] = {
    [GUARDRAIL_OK] = "ok",
    [GUARDRAIL_HOLD] = "hold",
    [GUARDRAIL_ROLL_BACK] = "roll_back",
    [GUARDRAIL_INCONCLUSIVE] = "inconclusive",
};
NAMES_DEFINE_NAME(guardrail_state, states)

static struct counts
bad_rate(struct arm_count a)
{
    return (struct counts){(double)a.bad, (double)(a.users - a.bad), 0};
}

struct interval
guardrail_difference(struct arm_count claude, struct arm_count llama)
{
    struct counts c = bad_rate(claude), l = bad_rate(llama);
    return (struct interval){mixture_lower(l, ARM_ENOUGH) - mixture_upper(c, ARM_ENOUGH),
                             mixture_upper(l, ARM_ENOUGH) - mixture_lower(c, ARM_ENOUGH)};
}

enum guardrail_state
guardrail_state(struct arm_count claude, struct arm_count llama)
{
    struct interval d = guardrail_difference(claude, llama);
    if (d.low > 0)
        return GUARDRAIL_ROLL_BACK;
    if (d.high <= TOLERATED)
        return GUARDRAIL_OK;
    if (llama.users < HOLD_USERS || claude.users == 0)
        return GUARDRAIL_INCONCLUSIVE;
    double observed =
        (double)llama.bad / (double)llama.users - (double)claude.bad / (double)claude.users;
    return observed > TOLERATED ? GUARDRAIL_HOLD : GUARDRAIL_INCONCLUSIVE;
}

struct srm
srm_check(int64_t n, int64_t k, double p0)
{
    double a = SRM_WEIGHT * p0, b = SRM_WEIGHT * (1 - p0), others = (double)(n - k);
    double log_e = log_beta((double)k + a, others + b) - log_beta(a, b) - (double)k * log(p0) -
                   others * log(1 - p0);
    return (struct srm){.n = n,
                        .k = k,
                        .p0 = p0,
                        .e = exp(fmin(log_e, log(1e300))),
                        .alarm = log_e >= log(SRM_ALARM)};
}
