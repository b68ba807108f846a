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
#include "berdua/store/rollout_store.h"
#include "berdua/store/spend_store.h"
#include "berdua/store/writer.h"

struct stored_state {
    const struct session_env *env;
    /* For reading; NULL: not open, or a worker has it. The spend's knows what need not be read again. */
    struct store *rollout;
    struct spend_store *spend;
    bool reading_routing, reading_spend, spend_read;
    uint64_t saving[BRAIN_COUNT]; /* the request that writes a brain's breaker; 0: none is out */
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
    store_close(&s->rollout);
    spend_store_close(&s->spend);
    free(s);
}

/* A reading in a worker, with the handle it needs. */
struct state_task {
    struct task task;
    struct stored_state *state;
    struct store *rollout;
    double percent[CATEGORY_COUNT];
    struct breaker breakers[BRAIN_COUNT];
    struct spend_store *store;
    int64_t since_us; /* from the main thread: the C library has one time zone for all threads */
    struct spend spend;
    bool ok;
};

static void
drop_state_task(struct task *t)
{
    struct state_task *st = (struct state_task *)t;
    store_close(&st->rollout);
    spend_store_close(&st->store);
    free(st);
}

static struct state_task *
make_state_task(struct stored_state *s, void (*run)(struct task *t, void *local),
                void (*done)(struct task *t))
{
    struct state_task *st = xcalloc(1, sizeof *st);
    st->task =
        (struct task){.run = run, .done = done, .drop = drop_state_task, .priority = PRIO_CONTEXT};
    st->state = s;
    return st;
}

bool
stored_state_reading(const struct stored_state *s)
{
    return s->reading_routing || (s->reading_spend && !isnan(s->env->config->budget.usd_per_month));
}

/* ---- stages and breakers ---- */

static bool
read_stages(struct state_task *st, struct err *err)
{
    struct rollout *r = rollout_create();
    bool ok = rollout_store_steps(st->rollout, rollout_add_step, r, err);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        st->percent[c] = rollout_percent(r, (enum category)c);
    rollout_destroy(&r);
    return ok;
}

static void
read_routing(struct task *t, void *local)
{
    struct state_task *st = (struct state_task *)t;
    struct err err = {0};
    (void)local;
    if (!st->rollout)
        st->rollout = store_open(st->state->env->config->store_url, &err);
    st->ok = st->rollout && read_stages(st, &err) &&
             rollout_store_breakers(st->rollout, st->breakers, &err);
    if (!st->ok)
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
    struct state_task *st = (struct state_task *)t;
    struct stored_state *s = st->state;
    struct engine *e = s->env->engine;
    s->reading_routing = false;
    if (st->ok) {
        memcpy(engine_set(e)->stage, st->percent, sizeof st->percent);
        take_breakers(s, st->breakers);
        /* A handle that found no file would never see it come. */
        if (engine_routes(e) && store_is_there(st->rollout)) {
            s->rollout = st->rollout;
            st->rollout = NULL;
        }
    }
    drop_state_task(t);
    runner_read_done(s->env->runner);
}

void
stored_state_read_routing(struct stored_state *s)
{
    if (s->reading_routing)
        return;
    s->reading_routing = true;
    struct state_task *st = make_state_task(s, read_routing, take_routing);
    st->rollout = s->rollout;
    s->rollout = NULL;
    pool_start(s->env->pool, &st->task);
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
    struct state_task *st = (struct state_task *)t;
    const struct config *config = st->state->env->config;
    struct err err = {0};
    (void)local;
    if (!st->store)
        st->store = spend_store_open(config->store_url, &err);
    st->ok = st->store &&
             spend_since(st->store, st->since_us, config->budget.usd_per_month, &st->spend, &err);
    if (!st->ok)
        log_msg(LOG_INFO, "what this month has cost: %s", err.text);
}

static void
take_spend(struct task *t)
{
    struct state_task *st = (struct state_task *)t;
    struct stored_state *s = st->state;
    if (st->ok)
        engine_set_spend(s->env->engine, &st->spend, clock_moment());
    if (!isnan(s->env->config->budget.usd_per_month)) {
        s->spend = st->store;
        st->store = NULL;
    }
    s->reading_spend = false;
    runner_note_change(s->env->runner);
    drop_state_task(t);
    runner_read_done(s->env->runner);
}

void
stored_state_read_spend(struct stored_state *s)
{
    if (s->reading_spend || (s->spend_read && isnan(s->env->config->budget.usd_per_month)))
        return;
    s->spend_read = s->reading_spend = true;
    struct state_task *st = make_state_task(s, read_spend, take_spend);
    st->since_us = month_start(clock_wall_us());
    st->store = s->spend;
    s->spend = NULL;
    pool_start(s->env->pool, &st->task);
}
