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
    struct rollout_store *store;  /* for reading; NULL: not opened yet, or it cannot be */
    bool opening;                 /* a worker does */
    bool read;                    /* once at least */
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

struct open_task {
    struct task task;
    struct routing_state *state;
    struct rollout_store *store;
};

static void
drop_open_task(struct task *t)
{
    struct open_task *o = (struct open_task *)t;
    rollout_store_close(&o->store);
    free(o);
}

static void
open_store(struct task *t, void *local)
{
    struct open_task *o = (struct open_task *)t;
    struct breaker unused[BRAIN_COUNT] = {{0}};
    (void)local;
    o->store = rollout_store_open(o->state->env->config->store_url, NULL);
    /* The first read is the slow one: it reads the schema. */
    if (o->store && !rollout_store_breakers(o->store, unused, NULL))
        rollout_store_close(&o->store);
}

static void
take_store(struct task *t)
{
    struct open_task *o = (struct open_task *)t;
    struct routing_state *s = o->state;
    s->opening = false;
    /* A handle that found no file would never see it come. */
    if (o->store && !s->store && !s->read && rollout_store_there(o->store)) {
        s->store = o->store;
        o->store = NULL;
    }
    drop_open_task(t);
}

void
routing_state_begin(struct routing_state *s)
{
    if (s->store || s->opening)
        return;
    s->opening = true;
    struct open_task *o = xcalloc(1, sizeof *o);
    o->task = (struct task){
        .run = open_store, .done = take_store, .drop = drop_open_task, .priority = PRIO_ANALYSIS};
    o->state = s;
    pool_start(s->env->pool, &o->task);
}

static bool
read_stages(struct routing_state *s, struct err *err)
{
    struct rollout *r = rollout_create();
    bool ok = rollout_store_steps(s->store, rollout_add_step, r, err);
    for (int c = 0; ok && c < CATEGORY_COUNT; c++)
        engine_set_stage(s->env->engine, (enum category)c, rollout_percent(r, (enum category)c));
    rollout_destroy(&r);
    return ok;
}

void
routing_state_load(struct routing_state *s)
{
    struct engine *e = s->env->engine;
    struct err err = {0};
    struct breaker now[BRAIN_COUNT] = {{0}};
    if (!s->store)
        s->store = rollout_store_open(s->env->config->store_url, &err);
    if (!s->store || !read_stages(s, &err) || !rollout_store_breakers(s->store, now, &err)) {
        log_msg(LOG_INFO, "stages and breakers: %s", err.text);
        return;
    }
    for (int b = 0; b < BRAIN_COUNT; b++) {
        /* What this session has not written yet is newer than what was read. */
        const struct breaker *own = engine_breaker(e, (enum brain_id)b);
        if (s->saving[b] || memcmp(own, &s->known[b], sizeof *own) != 0)
            continue;
        engine_set_breaker(e, (enum brain_id)b, &now[b]);
        s->known[b] = now[b];
    }
    s->read = true;
    /* It will not be asked again soon; or it found no file, and would not see it come. */
    if (!engine_routes(e) || !rollout_store_there(s->store))
        rollout_store_close(&s->store);
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
