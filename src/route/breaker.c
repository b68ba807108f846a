#include "berdua/route/breaker.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/random.h"
#include "berdua/conf/config.h"

static const char *const states[] = {
    [BREAKER_CLOSED] = "closed", [BREAKER_OPEN] = "open", [BREAKER_HALF_OPEN] = "half_open"};
NAMES_DEFINE_NAME(breaker_state, states)

struct breaker_limits
breaker_limits(const struct config *config)
{
    return (struct breaker_limits){.failures = config->breaker.failures,
                                   .cool_us = (int64_t)config->breaker.cool_s * US_PER_S};
}

/* Since the wall clock may be set back, a moment that lies ahead counts as long past: otherwise a brain would
 * be left alone until that moment comes again. */
static bool
has_passed(int64_t at_us, int64_t span_us, int64_t wall_us)
{
    return wall_us < at_us || wall_us - at_us >= span_us;
}

enum breaker_state
breaker_state(const struct breaker *b, struct breaker_limits limits, int64_t wall_us)
{
    if (!b->opened_at_us)
        return BREAKER_CLOSED;
    return has_passed(b->opened_at_us, limits.cool_us, wall_us) ? BREAKER_HALF_OPEN : BREAKER_OPEN;
}

bool
breaker_would_allow(const struct breaker *b, struct breaker_limits limits, int64_t wall_us)
{
    enum breaker_state state = breaker_state(b, limits, wall_us);
    bool probing = b->probing_at_us && !has_passed(b->probing_at_us, limits.cool_us, wall_us);
    return state == BREAKER_CLOSED || (state == BREAKER_HALF_OPEN && !probing);
}

bool
breaker_allow(struct breaker *b, struct breaker_limits limits, int64_t wall_us)
{
    if (!breaker_would_allow(b, limits, wall_us))
        return false;
    if (b->opened_at_us)
        b->probing_at_us = wall_us;
    return true;
}

void
breaker_half_open(struct breaker *b, struct breaker_limits limits, int64_t wall_us)
{
    if (breaker_state(b, limits, wall_us) == BREAKER_OPEN)
        b->opened_at_us = wall_us - limits.cool_us;
}

void
breaker_success(struct breaker *b)
{
    *b = (struct breaker){0};
}

void
breaker_failure(struct breaker *b, struct breaker_limits limits, int64_t wall_us)
{
    if (b->failures < limits.failures)
        b->failures++;
    /* A call that ends while the breaker is open began before; it does not prolong the cooling. */
    bool left_alone = breaker_state(b, limits, wall_us) == BREAKER_OPEN;
    if (b->failures >= limits.failures && !left_alone) {
        b->opened_at_us = wall_us;
        b->probing_at_us = 0;
    }
}

void
breaker_no_news(struct breaker *b)
{
    b->probing_at_us = 0;
}

/* With the source of the key, never the key. */
static int64_t
breaker_target(const struct brain_conf *conf)
{
    const char *parts[] = {provider_name(conf->provider), conf->base_url, conf->api_key.env,
                           conf->api_key.file, conf->api_key.command};
    uint64_t hash = 1;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        hash = parts[i] ? hash_bytes(parts[i], strlen(parts[i]) + 1, hash) : hash * 31;
    for (size_t i = 0; i < conf->model_count; i++)
        hash = hash_bytes(conf->models[i].id, strlen(conf->models[i].id) + 1, hash);
    return (int64_t)(hash ? hash : 1);
}

void
breaker_check_target(struct breaker *b, const struct brain_conf *conf)
{
    if (b->target && b->target != breaker_target(conf))
        breaker_success(b);
}

void
breaker_report(struct breaker *b, const struct config *config, const struct answer *a,
               int64_t wall_us)
{
    bool works = a->status == STATUS_COMPLETE || a->status == STATUS_CUT ||
                 a->status == STATUS_REFUSED; /* it declines, but it works */
    bool fails = a->status == STATUS_FAILED || a->status == STATUS_TIMEOUT;
    bool ours = a->error.kind == ERR_CANCELLED || a->error.kind == ERR_BUDGET ||
                a->error.kind == ERR_BREAKER_OPEN || a->error.kind == ERR_CONTEXT_LENGTH ||
                config->brains[a->brain].provider == PROVIDER_PLAYBACK; /* no server is asked */
    if (works)
        breaker_success(b);
    else if (fails && !ours)
        breaker_failure(b, breaker_limits(config), wall_us);
    else
        breaker_no_news(b);
    if (fails)
        b->target = b->failures ? breaker_target(&config->brains[a->brain]) : 0;
}

void
breaker_why(const struct breaker *b, struct breaker_limits limits, const char *brain,
            int64_t wall_us, char *out, size_t size)
{
    int64_t left_us = b->opened_at_us + limits.cool_us - wall_us;
    char times[40] = "once";
    if (b->failures != 1)
        snprintf(times, sizeof times, "%d times in a row", b->failures);
    if (breaker_state(b, limits, wall_us) == BREAKER_OPEN)
        snprintf(out, size, "%s has failed %s; it is tried again in %lld s", brain, times,
                 (long long)((left_us + US_PER_S - 1) / US_PER_S));
    else
        snprintf(out, size, "%s has failed %s; one call is trying it now", brain, times);
}
