#include "route_now.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/conf/config.h"
#include "berdua/route/crisis.h"

bool
route_now_load(struct route_now *now, struct store *store, const struct config *config,
               int64_t wall_us, bool takes_steps, struct err *err)
{
    struct breaker breakers[BRAIN_COUNT];
    *now = (struct route_now){.wall_us = wall_us, .limits = rollout_limits(config)};
    if (!rollout_store_breakers(store, breakers, err) ||
        !(takes_steps ? rollout_refresh(store, config, wall_us, &now->rollout, err)
                      : rollout_read(store, &now->rollout, err)))
        return false;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        breaker_check_target(&breakers[b], &config->brains[b]);
        now->breakers[b] = breaker_state(&breakers[b], breaker_limits(config), wall_us);
        now->available[b] = breaker_would_allow(&breakers[b], breaker_limits(config), wall_us);
    }
    return true;
}

void
route_now_look(const struct route_now *now, struct rollout_view out[CATEGORY_COUNT])
{
    rollout_look(now->rollout, &now->limits, now->breakers[BRAIN_LLAMA], now->wall_us, out);
}

void
route_now_decision(const struct rollout_view *v, char *out, size_t size)
{
    if (isnan(v->to))
        snprintf(out, size, "%s", decision_name(v->decision));
    else
        snprintf(out, size, "%s to %g %%", decision_name(v->decision), v->to);
}

const char *
route_now_steps(const struct route_now *now)
{
    return now->limits.automatic ? "taken automatically when the verdicts allow it"
                                 : "apply one with `berdua route set CATEGORY PERCENT`";
}

bool
route_explain(struct store *store, const struct config *config, const struct measure *measure,
              const struct crisis *crisis, const char *message, size_t n, struct explanation *e,
              struct err *err)
{
    measure_classify(measure, message, n, NULL, -1, &e->kind);
    e->crisis = crisis_find(crisis, message, n);
    bool ok = route_now_load(&e->now, store, config, clock_wall_us(), true, err);
    if (ok) {
        struct route_question q = {.category = e->kind.category,
                                   .crisis = e->crisis,
                                   .user = e->user,
                                   .percent = rollout_percent(e->now.rollout, e->kind.category)};
        memcpy(q.available, e->now.available, sizeof q.available);
        route_decide(config, &q, &e->decision);
    }
    rollout_destroy(&e->now.rollout);
    return ok;
}
