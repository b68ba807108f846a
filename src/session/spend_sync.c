#include "spend_sync.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/store/spend_store.h"

struct spend_sync {
    const struct session_env *env;
    struct spend_store *store; /* NULL: not opened yet, it cannot be, or a worker has it */
    bool read, reading;
};

struct spend_sync *
spend_sync_create(const struct session_env *env)
{
    struct spend_sync *p = xcalloc(1, sizeof *p);
    p->env = env;
    return p;
}

void
spend_sync_destroy(struct spend_sync **pp)
{
    struct spend_sync *p = *pp;
    *pp = NULL;
    if (!p)
        return;
    spend_store_close(&p->store);
    free(p);
}

static bool
read_month(struct spend_store **store, const char *url, int64_t since_us, double cap,
           struct spend *out)
{
    struct err err = {0};
    if (!*store)
        *store = spend_store_open(url, &err);
    if (*store && spend_since(*store, since_us, cap, out, &err))
        return true;
    log_msg(LOG_INFO, "what this month has cost: %s", err.text);
    return false;
}

/* The reading of a month in a worker, with the handle, which knows by now what need not be read again. */
struct spend_task {
    struct task task;
    struct spend_sync *sync;
    /* Found on the main thread: the time zone is one state of the C library for all threads. */
    int64_t since_us;
    struct spend_store *store;
    struct spend spend;
    bool ok;
};

static void
drop_spend_task(struct task *t)
{
    struct spend_task *s = (struct spend_task *)t;
    spend_store_close(&s->store);
    free(s);
}

static void
read_spend(struct task *t, void *local)
{
    struct spend_task *s = (struct spend_task *)t;
    const struct config *config = s->sync->env->config;
    (void)local;
    s->ok = read_month(&s->store, config->store_url, s->since_us, config->budget.usd_per_month,
                       &s->spend);
}

static void
take_spend(struct task *t)
{
    struct spend_task *s = (struct spend_task *)t;
    struct spend_sync *p = s->sync;
    if (s->ok)
        engine_set_spend(p->env->engine, &s->spend, clock_moment());
    if (!isnan(p->env->config->budget.usd_per_month)) {
        p->store = s->store;
        s->store = NULL;
    }
    p->reading = false;
    p->env->changed(p->env->arg);
    drop_spend_task(t);
    p->env->read_done(p->env->arg);
}

void
spend_sync_read(struct spend_sync *p)
{
    if (p->reading || (p->read && isnan(p->env->config->budget.usd_per_month)))
        return;
    p->read = p->reading = true;
    struct spend_task *s = xcalloc(1, sizeof *s);
    s->task = (struct task){
        .run = read_spend, .done = take_spend, .drop = drop_spend_task, .priority = PRIO_CONTEXT};
    s->sync = p;
    s->since_us = month_start(clock_wall_us());
    s->store = p->store;
    p->store = NULL;
    pool_start(p->env->pool, &s->task);
}

bool
spend_sync_reading(const struct spend_sync *p)
{
    return p->reading && !isnan(p->env->config->budget.usd_per_month);
}
