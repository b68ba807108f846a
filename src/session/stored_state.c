#include "session_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/store/cold_starts_store.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/spend_store.h"
#include "berdua/store/writer.h"

struct stored_state {
    const struct session_env *env;
    /* While a task runs its worker has what stands beside it. The stores are NULL while they are not open. */
    struct {
        struct task task;
        struct store *store;
        double percent[CATEGORY_COUNT];
        struct breaker breakers[BRAIN_COUNT];
        struct cold_starts cold_starts[BRAIN_COUNT];
        bool ok;
    } routing;
    struct {
        struct task task;
        struct spend_store *store; /* knows what need not be read again */
        int64_t
            since_us; /* from the main thread: the C library has one time zone for all threads */
        struct spend spend;
        bool ok;
    } month;
    bool reading_routing, reading_spend, spend_read;
    uint64_t saving[BRAIN_COUNT]; /* the request that writes a brain's breaker; 0: none is out */
    struct cold_starts cold_starts[BRAIN_COUNT];
    struct breaker known[BRAIN_COUNT]; /* as last read, or given to the writer */
};

struct stored_state *
stored_state_create(const struct session_env *env)
{
    struct stored_state *s = xcalloc(1, sizeof *s);
    s->env = env;
    return s;
}

void
stored_state_destroy(struct stored_state **sp)
{
    struct stored_state *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    store_close(&s->routing.store);
    spend_store_close(&s->month.store);
    free(s);
}

bool
stored_state_reading(const struct stored_state *s)
{
    return s->reading_routing || (s->reading_spend && !isnan(s->env->config->budget.usd_per_month));
}

/* ---- stages and breakers ---- */

static bool
read_stages(struct stored_state *s, struct err *err)
{
    struct rollout *r = rollout_create();
    bool ok = rollout_store_steps(s->routing.store, rollout_add_step, r, err);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        s->routing.percent[c] = rollout_percent(r, (enum category)c);
    rollout_destroy(&r);
    return ok;
}

static void
read_routing(struct task *t, void *local)
{
    struct stored_state *s = TASK_OWNER(t, struct stored_state, routing.task);
    struct err err = {0};
    (void)local;
    if (!s->routing.store)
        s->routing.store = store_open(s->env->config->store_url, &err);
    s->routing.ok = s->routing.store && read_stages(s, &err) &&
                    rollout_store_breakers(s->routing.store, s->routing.breakers, &err) &&
                    cold_starts_read(s->routing.store, s->routing.cold_starts, &err);
    if (!s->routing.ok)
        log_msg(LOG_INFO, "stages and breakers: %s", err.text);
}

/* What this session has not written yet is newer than what was read. */
static void
take_breakers(struct stored_state *s, const struct breaker now[BRAIN_COUNT])
{
    struct engine *e = s->env->engine;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct breaker *own = engine_breaker(e, (enum brain_id)b);
        if (s->saving[b] || memcmp(own, &s->known[b], sizeof *own) != 0)
            continue;
        engine_set_breaker(e, (enum brain_id)b, &now[b]);
        s->known[b] = now[b];
    }
}

static void
take_routing(struct task *t)
{
    struct stored_state *s = TASK_OWNER(t, struct stored_state, routing.task);
    struct engine *e = s->env->engine;
    s->reading_routing = false;
    if (s->routing.ok) {
        memcpy(engine_set(e)->stage, s->routing.percent, sizeof s->routing.percent);
        take_breakers(s, s->routing.breakers);
        memcpy(s->cold_starts, s->routing.cold_starts, sizeof s->cold_starts);
    }
    /* A handle that found no file would never see it come. */
    if (!s->routing.ok || !engine_routes(e) || !store_is_there(s->routing.store))
        store_close(&s->routing.store);
    runner_read_done(s->env->runner);
}

void
stored_state_read_routing(struct stored_state *s)
{
    if (s->reading_routing)
        return;
    s->reading_routing = true;
    session_task_start(s->env, &s->routing.task, read_routing, take_routing, PRIO_CONTEXT);
}

const struct cold_starts *
stored_state_cold_starts(const struct stored_state *s, enum brain_id b)
{
    return &s->cold_starts[b];
}

/* ---- breakers, written back ---- */

void
stored_state_save(struct stored_state *s)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct breaker now = *engine_breaker(s->env->engine, (enum brain_id)b);
        if (memcmp(&now, &s->known[b], sizeof now) == 0)
            continue;
        s->known[b] = now;
        s->saving[b] = writer_put_breaker(s->env->writer, (enum brain_id)b, &now, clock_wall_us());
        runner_expect(s->env->runner);
    }
}

void
stored_state_saved(struct stored_state *s, uint64_t request)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (s->saving[b] == request)
            s->saving[b] = 0;
}

/* ---- the month's spend ---- */

static void
read_spend(struct task *t, void *local)
{
    struct stored_state *s = TASK_OWNER(t, struct stored_state, month.task);
    const struct config *config = s->env->config;
    struct err err = {0};
    (void)local;
    if (!s->month.store)
        s->month.store = spend_store_open(config->store_url, &err);
    s->month.ok =
        s->month.store && spend_since(s->month.store, s->month.since_us,
                                      config->budget.usd_per_month, &s->month.spend, &err);
    if (!s->month.ok)
        log_msg(LOG_INFO, "what this month has cost: %s", err.text);
}

static void
take_spend(struct task *t)
{
    struct stored_state *s = TASK_OWNER(t, struct stored_state, month.task);
    if (s->month.ok)
        engine_set_spend(s->env->engine, &s->month.spend, clock_moment());
    if (isnan(s->env->config->budget.usd_per_month) || !s->month.ok)
        spend_store_close(&s->month.store);
    s->reading_spend = false;
    runner_note_change(s->env->runner);
    runner_read_done(s->env->runner);
}

void
stored_state_read_spend(struct stored_state *s)
{
    if (s->reading_spend || (s->spend_read && isnan(s->env->config->budget.usd_per_month)))
        return;
    s->spend_read = s->reading_spend = true;
    s->month.since_us = month_start(clock_wall_us());
    session_task_start(s->env, &s->month.task, read_spend, take_spend, PRIO_CONTEXT);
}
