#include "stored_health.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/chat/answer.h"
#include "berdua/conf/config.h"
#include "berdua/route/breaker.h"
#include "berdua/store/rollout_store.h"

bool
stored_health_open(const struct config *config, enum brain_id b, int64_t *until_us, char *why,
                   size_t size)
{
    struct breaker now[BRAIN_COUNT] = {{0}};
    struct breaker_limits limits = breaker_limits(config);
    int64_t wall_us = clock_wall_us();
    struct rollout_store *s = rollout_store_open(config->store_url, NULL);
    bool known = s && rollout_store_breakers(s, now, NULL);
    rollout_store_close(&s);
    breaker_check_target(&now[b], &config->brains[b]);
    if (!known || breaker_would_allow(&now[b], limits, wall_us))
        return false;
    breaker_why(&now[b], limits, brain_id_name(b), wall_us, why, size);
    /* Half open, somebody tries it now: that is over in a while, too. */
    int64_t opened_us = now[b].opened_at_us + limits.cool_us;
    *until_us = opened_us > wall_us ? opened_us : wall_us + limits.cool_us;
    return true;
}

void
stored_health_report(const struct config *config, const struct answer *a)
{
    struct err err = {0};
    struct breaker now[BRAIN_COUNT] = {{0}};
    int64_t wall_us = clock_wall_us();
    struct rollout_store *s = rollout_store_open(config->store_url, &err);
    bool ok = s && rollout_store_begin(s, &err) && rollout_store_breakers(s, now, &err);
    struct breaker before = now[a->brain];
    breaker_check_target(&now[a->brain], &config->brains[a->brain]);
    breaker_report(&now[a->brain], config, a, wall_us);
    if (ok && memcmp(&before, &now[a->brain], sizeof before) != 0)
        ok = rollout_store_put_breaker(s, a->brain, &now[a->brain], wall_us, &err) &&
             rollout_store_commit(s, &err);
    if (!ok)
        log_msg(LOG_INFO, "breaker not saved: %s", err.text);
    if (s)
        rollout_store_rollback(s);
    rollout_store_close(&s);
}
