#include "session_parts.h"

#include <stdlib.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/measure/measure.h"

struct measure_loader {
    const struct session_env *env;
    char *lexicons;
    struct measure *measure; /* NULL until it is needed */
    bool reading;            /* a worker does */
};

struct measure_loader *
measure_loader_create(const struct session_env *env)
{
    struct measure_loader *p = xcalloc(1, sizeof *p);
    p->env = env;
    p->lexicons = path_config("lexicon");
    return p;
}

void
measure_loader_destroy(struct measure_loader **pp)
{
    struct measure_loader *p = *pp;
    *pp = NULL;
    if (!p)
        return;
    measure_destroy(&p->measure);
    free(p->lexicons);
    free(p);
}

static void
set_measure(struct measure_loader *p, struct measure *m)
{
    if (p->measure || !m) {
        measure_destroy(&m);
        return;
    }
    p->measure = m;
    engine_set(p->env->engine)->measure = m;
}

bool
measure_loader_check(struct measure_loader *p, struct err *err)
{
    if (access(p->lexicons, F_OK) == 0)
        set_measure(p, measure_create(p->lexicons, err));
    return p->measure || access(p->lexicons, F_OK) != 0;
}

bool
measure_loader_reading(const struct measure_loader *p)
{
    return p->reading;
}

const struct measure *
measure_loader_measure(const struct measure_loader *p)
{
    return p->measure;
}

struct measure_task {
    struct task task;
    struct measure_loader *loader;
    struct measure *measure;
};

static void
drop_measure_task(struct task *t)
{
    struct measure_task *m = (struct measure_task *)t;
    measure_destroy(&m->measure);
    free(m);
}

static void
read_measure(struct task *t, void *local)
{
    struct measure_task *m = (struct measure_task *)t;
    (void)local;
    m->measure = measure_create(m->loader->lexicons, NULL);
}

static void
take_measure(struct task *t)
{
    struct measure_task *m = (struct measure_task *)t;
    struct measure_loader *p = m->loader;
    set_measure(p, m->measure);
    m->measure = NULL;
    p->reading = false;
    drop_measure_task(t);
    runner_read_done(p->env->runner);
}

void
measure_loader_begin(struct measure_loader *p)
{
    if (p->measure || p->reading)
        return;
    p->reading = true;
    struct measure_task *m = xcalloc(1, sizeof *m);
    m->task = (struct task){.run = read_measure,
                            .done = take_measure,
                            .drop = drop_measure_task,
                            .priority = PRIO_ANSWER};
    m->loader = p;
    pool_start(p->env->pool, &m->task);
}
