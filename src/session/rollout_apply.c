#include "berdua/session/rollout_apply.h"

#include <math.h>

#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "berdua/store/evidence_store.h"

/* false: *out is NULL. */
static bool
read_evidence(struct store *store, struct rollout **out, struct breaker breakers[BRAIN_COUNT],
              struct err *err)
{
    *out = rollout_create();
    if (rollout_store_steps(store, rollout_add_step, *out, err) &&
        evidence_store_verdicts(store, rollout_add_verdict, *out, err) &&
        rollout_store_turns(store, rollout_turns_since(*out), rollout_add_turn, *out, err) &&
        rollout_store_breakers(store, breakers, err))
        return true;
    rollout_destroy(out);
    return false;
}

/* The step that is due without the operator. An open breaker is no reason for one: it closes by itself. */
static bool
is_due(const struct rollout_view *v, const struct rollout_limits *limits, struct rollout_step *step)
{
    bool moves = v->decision == DECISION_PROMOTE || v->decision == DECISION_DEMOTE;
    if (v->unsafe && v->percent > 0)
        step->by = "safety";
    else if (limits->automatic && moves)
        step->by = "auto";
    else
        return false;
    step->from = v->percent;
    step->to = v->unsafe ? 0 : v->to;
    step->reason = v->reason;
    return true;
}

/* The number of steps that are due, which `take` stores; -1: the store failed. */
static int
due_steps(struct store *store, const struct config *config, const struct rollout *r,
          const struct breaker *llama, int64_t wall_us, bool take, struct err *err)
{
    struct rollout_limits limits = rollout_limits(config);
    enum breaker_state state = breaker_state(llama, breaker_limits(config), wall_us);
    struct rollout_view views[CATEGORY_COUNT];
    int count = 0;
    rollout_look(r, &limits, state, wall_us, views);
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        struct rollout_step step = {.at_us = wall_us, .category = (enum category)k};
        if (!is_due(&views[k], &limits, &step))
            continue;
        count++;
        if (take && !rollout_store_add_step(store, &step, err))
            return -1;
    }
    return count;
}

struct stage_change {
    const struct config *config;
    int64_t wall_us;
    /* by hand */
    int category;
    double percent;
    const char *reason;
    double *from;
};

/* Reads again under the lock: another instance may have taken the same steps. */
static bool
take_due_steps(struct store *inside, void *arg, struct err *err)
{
    const struct stage_change *c = arg;
    struct rollout *r = NULL;
    struct breaker breakers[BRAIN_COUNT];
    bool ok = read_evidence(inside, &r, breakers, err) &&
              due_steps(inside, c->config, r, &breakers[BRAIN_LLAMA], c->wall_us, true, err) >= 0;
    rollout_destroy(&r);
    return ok;
}

bool
rollout_read(struct store *store, struct rollout **out, struct err *err)
{
    struct breaker breakers[BRAIN_COUNT];
    return read_evidence(store, out, breakers, err);
}

bool
rollout_refresh(struct store *store, const struct config *config, int64_t wall_us,
                struct rollout **out, struct err *err)
{
    struct breaker breakers[BRAIN_COUNT];
    if (!read_evidence(store, out, breakers, err))
        return false;
    if (due_steps(store, config, *out, &breakers[BRAIN_LLAMA], wall_us, false, err) == 0)
        return true;
    struct stage_change change = {.config = config, .wall_us = wall_us};
    rollout_destroy(out);
    return store_write(store, take_due_steps, &change, err) &&
           read_evidence(store, out, breakers, err);
}

static bool
set_stages(struct store *inside, void *arg, struct err *err)
{
    const struct stage_change *c = arg;
    struct rollout *r = NULL;
    struct breaker breakers[BRAIN_COUNT];
    bool ok = read_evidence(inside, &r, breakers, err);
    for (int k = 0; ok && k < CATEGORY_COUNT; k++) {
        struct rollout_step step = {.at_us = c->wall_us,
                                    .category = (enum category)k,
                                    .from = rollout_percent(r, (enum category)k),
                                    .to = c->percent,
                                    .by = "hand",
                                    .reason = c->reason};
        bool meant = c->category == CATEGORY_COUNT || c->category == k;
        if (c->from)
            c->from[k] = step.from;
        /* A stage that stays where it is does not begin anew. */
        if (meant && fabs(step.from - step.to) > 1e-9)
            ok = rollout_store_add_step(inside, &step, err);
    }
    rollout_destroy(&r);
    return ok;
}

bool
rollout_set(struct store *store, int category, double percent, const char *reason, int64_t wall_us,
            double from[CATEGORY_COUNT], struct err *err)
{
    struct stage_change change = {.wall_us = wall_us,
                                  .category = category,
                                  .percent = percent,
                                  .reason = reason,
                                  .from = from};
    return store_write(store, set_stages, &change, err);
}
