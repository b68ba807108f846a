#include "stages.h"

#include <stddef.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/pool.h"
#include "berdua/session/rollout_apply.h"

/* Between two looks at least so many times what the last one took. */
enum { REST = 10, SHORT_US = 1000000 };

struct stages {
    const struct config *config;
    struct pool *pool;
    struct writer *writer;
    bool looking, due;
    int64_t next_us;
    struct task task;
    int64_t took_us; /* the worker's while it looks */
};

struct stages *
stages_create(const struct config *config, struct pool *pool, struct writer *w)
{
    struct stages *s = xcalloc(1, sizeof *s);
    *s = (struct stages){.config = config, .pool = pool, .writer = w};
    return s;
}

void
stages_destroy(struct stages **s)
{
    free(*s);
    *s = NULL;
}

static void
look(const struct stages *s)
{
    struct err err = {0};
    struct rollout *r = NULL;
    struct store *store = store_open(s->config->store_url, &err);
    if (store)
        store_through(store, s->writer);
    if (!store || !rollout_refresh(store, s->config, clock_wall_us(), &r, &err))
        log_msg(LOG_INFO, "rollout: %s", err.text);
    rollout_destroy(&r);
    store_close(&store);
}

static void
run_look(struct task *t, void *local)
{
    struct stages *s = (struct stages *)(void *)((char *)t - offsetof(struct stages, task));
    int64_t began_us = clock_us();
    (void)local;
    look(s);
    s->took_us = clock_us() - began_us;
}

static void
done_look(struct task *t)
{
    struct stages *s = (struct stages *)(void *)((char *)t - offsetof(struct stages, task));
    s->looking = false;
    s->next_us = clock_us() + REST * s->took_us;
}

static void
drop_look(struct task *t)
{
    struct stages *s = (struct stages *)(void *)((char *)t - offsetof(struct stages, task));
    s->due = true; /* it was not looked at */
}

void
stages_judged(struct stages *s)
{
    s->due = true;
    if (s->looking || clock_us() < s->next_us)
        return;
    s->looking = true;
    s->due = false;
    s->task = (struct task){.run = run_look, .done = done_look, .drop = drop_look};
    s->task.priority = PRIO_SHADOW;
    pool_start(s->pool, &s->task);
}

void
stages_finish(struct stages *s)
{
    if (s->due && s->took_us < SHORT_US)
        look(s);
}
