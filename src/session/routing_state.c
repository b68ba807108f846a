#include "routing_state.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/route/rollout.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/writer.h"

struct routing_state {
    const struct session_env *env;
    struct rollout_store *store; /* for reading; NULL: not open, or a worker has it */
    bool reading;
    uint64_t saving[BRAIN_COUNT]; /* the request that writes a brain's breaker; 0: none is out */
    struct breaker known[BRAIN_COUNT]; /* as last read, or given to the writer */
};

struct routing_state *
routing_state_create(const struct session_env *env)
{
    struct routing_state *s = xcalloc(1, sizeof *s);
    s->env = env;
    return s;
}

/* The reading in a worker, with the handle. */
struct routing_task {
    struct task task;
    struct routing_state *state;
    struct rollout_store *store;
    double percent[CATEGORY_COUNT];
    struct breaker breakers[BRAIN_COUNT];
    bool ok;
};

static void
drop_routing_task(struct task *t)
{
    struct routing_task *rt = (struct routing_task *)t;
    rollout_store_close(&rt->store);
    free(rt);
}

static bool
read_stages(struct routing_task *rt, struct err *err)
{
    struct rollout *r = rollout_create();
    bool ok = rollout_store_steps(rt->store, rollout_add_step, r, err);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        rt->percent[c] = rollout_percent(r, (enum category)c);
    rollout_destroy(&r);
    return ok;
}

static void
read_routing(struct task *t, void *local)
{
    struct routing_task *rt = (struct routing_task *)t;
    struct err err = {0};
    (void)local;
    if (!rt->store)
        rt->store = rollout_store_open(rt->state->env->config->store_url, &err);
    rt->ok =
        rt->store && read_stages(rt, &err) && rollout_store_breakers(rt->store, rt->breakers, &err);
    if (!rt->ok)
        log_msg(LOG_INFO, "stages and breakers: %s", err.text);
}

/* What this session has not written yet is newer than what was read. */
static void
take_breakers(struct routing_state *s, const struct breaker now[BRAIN_COUNT])
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
    struct routing_task *rt = (struct routing_task *)t;
    struct routing_state *s = rt->state;
    struct engine *e = s->env->engine;
    s->reading = false;
    if (rt->ok) {
        for (int c = 0; c < CATEGORY_COUNT; c++)
            engine_set_stage(e, (enum category)c, rt->percent[c]);
        take_breakers(s, rt->breakers);
        /* A handle that found no file would never see it come. */
        if (engine_routes(e) && rollout_store_there(rt->store)) {
            s->store = rt->store;
            rt->store = NULL;
        }
    }
    drop_routing_task(t);
    s->env->read_done(s->env->arg);
}

void
routing_state_read(struct routing_state *s)
{
    if (s->reading)
        return;
    s->reading = true;
    struct routing_task *rt = xcalloc(1, sizeof *rt);
    rt->task = (struct task){.run = read_routing,
                             .done = take_routing,
                             .drop = drop_routing_task,
                             .priority = PRIO_CONTEXT};
    rt->state = s;
    rt->store = s->store;
    s->store = NULL;
    pool_start(s->env->pool, &rt->task);
}

bool
routing_state_reading(const struct routing_state *s)
{
    return s->reading;
}

/* ---- breakers, written back ---- */

void
routing_state_save(struct routing_state *s)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct breaker now = *engine_breaker(s->env->engine, (enum brain_id)b);
        if (memcmp(&now, &s->known[b], sizeof now) == 0)
            continue;
        s->known[b] = now;
        s->saving[b] = writer_put_breaker(s->env->writer, (enum brain_id)b, &now, clock_wall_us());
        s->env->expect(s->env->arg);
    }
}

void
routing_state_saved(struct routing_state *s, uint64_t request)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (s->saving[b] == request)
            s->saving[b] = 0;
}

void
routing_state_destroy(struct routing_state **sp)
{
    struct routing_state *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    rollout_store_close(&s->store);
    free(s);
}
