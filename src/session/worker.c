#include "session_parts.h"

#include <stdlib.h>

#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/pool.h"
#include "berdua/knowledge/knowledge.h"
#include "berdua/net/http.h"

/* Connections are made at the first call: loading the network library must not delay the first paint. */
static void *
open_worker(void *arg)
{
    (void)arg;
    return xcalloc(1, sizeof(struct worker));
}

static void
close_worker(void *local)
{
    struct worker *w = local;
    knowledge_close(&w->knowledge);
    store_close(&w->contexts);
    http_destroy(&w->http);
    free(w);
}

const struct pool_ops worker_ops = {.open = open_worker, .close = close_worker};

struct http *
worker_http(struct worker *w)
{
    struct err err = {0};
    if (!w->http)
        w->http = http_create(&err);
    if (!w->http)
        log_msg(LOG_ERROR, "%s", err.text);
    return w->http;
}

static void
keep_task(struct task *t)
{
    (void)t;
}

void
session_task_start(const struct session_env *env, struct task *t,
                   void (*run)(struct task *t, void *local), void (*done)(struct task *t),
                   enum pool_priority priority)
{
    t->run = run;
    t->done = done;
    t->drop = keep_task;
    t->priority = priority;
    pool_start(env->pool, t);
}

static void
warm_up_http(struct task *t, void *local)
{
    (void)t;
    worker_http(local);
}

static void
free_task(struct task *t)
{
    free(t);
}

void
worker_warm_up(const struct session_env *env)
{
    bool needed = false;
    for (int b = 0; b < BRAIN_COUNT; b++)
        needed = needed || env->config->brains[b].provider != PROVIDER_PLAYBACK;
    if (!needed)
        return;
    struct task *t = xcalloc(1, sizeof *t);
    *t = (struct task){.run = warm_up_http, .drop = free_task, .priority = PRIO_ANALYSIS};
    pool_start(env->pool, t);
}
