#include "route_explain.h"

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "berdua/route/crisis.h"
#include "berdua/session/rollout_apply.h"
#include "berdua/store/rollout_store.h"

static bool
decide(struct rollout_store *store, const struct config *config, struct explanation *e,
       struct err *err)
{
    struct breaker breakers[BRAIN_COUNT];
    struct breaker_limits limits = breaker_limits(config);
    struct rollout *rollout = NULL;
    int64_t now = clock_wall_us();
    if (!rollout_store_breakers(store, breakers, err) ||
        !rollout_refresh(store, config, now, &rollout, err))
        return false;
    struct route_question q = {.category = e->kind.category,
                               .crisis = e->crisis,
                               .user = e->user,
                               .percent = rollout_percent(rollout, e->kind.category)};
    for (int b = 0; b < BRAIN_COUNT; b++) {
        breaker_check_target(&breakers[b], &config->brains[b]);
        q.available[b] = breaker_would_allow(&breakers[b], limits, now);
        e->breakers[b] = breaker_state(&breakers[b], limits, now);
    }
    route_decide(config, &q, &e->decision);
    rollout_destroy(&rollout);
    return true;
}

bool
route_explain(struct rollout_store *store, const struct config *config,
              const struct measure *measure, const struct crisis *crisis, const char *message,
              size_t n, struct explanation *e, struct err *err)
{
    measure_classify(measure, message, n, NULL, -1, &e->kind);
    e->crisis = crisis_find(crisis, message, n);
    return decide(store, config, e, err);
}
