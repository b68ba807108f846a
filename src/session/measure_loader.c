#include "measure_loader.h"

#include <stdlib.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/core/event.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/measure/measure.h"

struct measure_loader {
    struct engine *engine;
    char *lexicons;
    struct measure *measure; /* NULL until it is needed */
    bool reading;            /* a worker does */
};

struct measure_loader *
measure_loader_create(struct engine *e)
{
    struct measure_loader *p = xcalloc(1, sizeof *p);
    p->engine = e;
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

void
measure_loader_take(struct measure_loader *p, struct measure *m)
{
    if (p->measure || !m) {
        measure_destroy(&m);
        return;
    }
    p->measure = m;
    engine_set_measure(p->engine, m);
}

bool
measure_loader_finish(struct measure_loader *p, struct err *err)
{
    if (!p->measure)
        measure_loader_take(p, measure_create(p->lexicons, err));
    return p->measure != NULL;
}

bool
measure_loader_check(struct measure_loader *p, struct err *err)
{
    return access(p->lexicons, F_OK) != 0 || measure_loader_finish(p, err);
}

const struct measure *
measure_loader_measure(const struct measure_loader *p)
{
    return p->measure;
}

struct reading {
    struct mailbox *mailbox;
    char *lexicons;
};

static void
free_measure(void *m)
{
    struct measure *measure = m;
    measure_destroy(&measure);
}

static void
drop_reading(void *arg)
{
    struct reading *r = arg;
    free(r->lexicons);
    free(r);
}

static void
run_reading(void *arg, void *local)
{
    struct reading *r = arg;
    struct event *ev = event_create(EV_LOADED, 0, 0);
    (void)local;
    ev->num = MEASURE_LOADED;
    ev->data = measure_create(r->lexicons, NULL);
    ev->free_data = free_measure;
    mailbox_push(r->mailbox, &ev, NULL);
    drop_reading(r);
}

void
measure_loader_begin(struct measure_loader *p, struct pool *pool, struct mailbox *mb)
{
    if (p->measure || p->reading)
        return;
    p->reading = true;
    struct reading *r = xmalloc(sizeof *r);
    *r = (struct reading){mb, xstrdup(p->lexicons)};
    pool_push(pool,
              &(struct pool_job){
                  .run = run_reading, .drop = drop_reading, .arg = r, .priority = PRIO_ANSWER});
}
