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
    struct task task;
    struct measure *read; /* what the task has found; NULL: nothing */
    bool reading;
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
    measure_destroy(&p->read);
    free(p->lexicons);
    free(p);
}

bool
measure_loader_check(struct measure_loader *p, struct err *err)
{
    if (access(p->lexicons, F_OK) != 0)
        return true;
    engine_set(p->env->engine)->measure = p->measure = measure_create(p->lexicons, err);
    return p->measure != NULL;
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

static void
read_measure(struct task *t, void *local)
{
    struct measure_loader *p = TASK_OWNER(t, struct measure_loader, task);
    (void)local;
    p->read = measure_create(p->lexicons, NULL);
}

static void
take_measure(struct task *t)
{
    struct measure_loader *p = TASK_OWNER(t, struct measure_loader, task);
    engine_set(p->env->engine)->measure = p->measure = p->read;
    p->read = NULL;
    p->reading = false;
    runner_read_done(p->env->runner);
}

void
measure_loader_begin(struct measure_loader *p)
{
    if (p->measure || p->reading)
        return;
    p->reading = true;
    session_task_start(p->env, &p->task, read_measure, take_measure, PRIO_ANSWER);
}
