#include "routing_state.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/core/event.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/route/rollout.h"
#include "berdua/store/rollout_store.h"

struct routing_state {
    char *url;
    struct pool *pool;
    struct rollout_store *store; /* for reading; NULL: not opened yet, or it cannot be */
    bool opening;                /* a worker does */
    bool read;                   /* once at least */
    struct mailbox *mailbox;
    unsigned saving;                   /* brains whose breaker is being written, a bit each */
    struct breaker known[BRAIN_COUNT]; /* as last read, or given to a worker to write */
    struct breaker now[BRAIN_COUNT];   /* as the engine last had it */
};

struct routing_state *
routing_state_create(const char *store_url, struct pool *pool, struct mailbox *mb)
{
    struct routing_state *s = xcalloc(1, sizeof *s);
    s->url = xstrdup(store_url);
    s->pool = pool;
    s->mailbox = mb;
    return s;
}

struct opening {
    struct mailbox *mailbox;
    char *url;
};

static void
close_store(void *arg)
{
    struct rollout_store *store = arg;
    rollout_store_close(&store);
}

static void
drop_opening(void *arg)
{
    struct opening *o = arg;
    free(o->url);
    free(o);
}

static void
run_opening(void *arg, void *local)
{
    struct opening *o = arg;
    struct breaker unused[BRAIN_COUNT] = {{0}};
    struct event *ev = event_create(EV_LOADED, 0, 0);
    (void)local;
    ev->num = ROUTING_STATE_OPEN;
    struct rollout_store *store = rollout_store_open(o->url, NULL);
    /* The first read is the slow one: it reads the schema. */
    if (store && !rollout_store_breakers(store, unused, NULL))
        rollout_store_close(&store);
    ev->data = store;
    ev->free_data = close_store;
    mailbox_push(o->mailbox, &ev, NULL);
    drop_opening(o);
}

void
routing_state_begin(struct routing_state *s)
{
    if (s->store || s->opening)
        return;
    s->opening = true;
    struct opening *o = xmalloc(sizeof *o);
    *o = (struct opening){s->mailbox, xstrdup(s->url)};
    pool_push(s->pool,
              &(struct pool_job){
                  .run = run_opening, .drop = drop_opening, .arg = o, .priority = PRIO_ANALYSIS});
}

void
routing_state_take(struct routing_state *s, struct rollout_store *store)
{
    s->opening = false;
    /* One that found no file would never see it come. */
    if (store && !s->store && !s->read && rollout_store_there(store))
        s->store = store;
    else
        rollout_store_close(&store);
}

static bool
read_stages(struct routing_state *s, struct engine *e, struct err *err)
{
    struct rollout *r = rollout_create();
    bool ok = rollout_store_steps(s->store, rollout_add_step, r, err);
    for (int c = 0; ok && c < CATEGORY_COUNT; c++)
        engine_set_stage(e, (enum category)c, rollout_percent(r, (enum category)c));
    rollout_destroy(&r);
    return ok;
}

void
routing_state_load(struct routing_state *s, struct engine *e)
{
    struct err err = {0};
    struct breaker now[BRAIN_COUNT] = {{0}};
    if (!s->store)
        s->store = rollout_store_open(s->url, &err);
    if (!s->store || !read_stages(s, e, &err) || !rollout_store_breakers(s->store, now, &err)) {
        log_msg(LOG_INFO, "stages and breakers: %s", err.text);
        return;
    }
    for (int b = 0; b < BRAIN_COUNT; b++) {
        /* What this session has not written yet is newer than what was read. */
        const struct breaker *own = engine_breaker(e, (enum brain_id)b);
        if ((s->saving & (1u << b)) || memcmp(own, &s->known[b], sizeof *own) != 0)
            continue;
        engine_set_breaker(e, (enum brain_id)b, &now[b]);
        s->known[b] = s->now[b] = now[b];
    }
    s->read = true;
    /* It will not be asked again soon; or it found no file, and would not see it come. */
    if (!engine_routes(e) || !rollout_store_there(s->store))
        rollout_store_close(&s->store);
}

/* ---- breakers, written back ---- */

/* One at a time, so that an older state never comes after a newer one. */
struct save {
    char *url;
    struct mailbox *mailbox;
    unsigned brains; /* a bit per brain */
    struct breaker breakers[BRAIN_COUNT];
};

static void
write_breakers(const struct save *job)
{
    struct err err = {0};
    int64_t now = clock_wall_us();
    struct rollout_store *store = rollout_store_open(job->url, &err);
    bool ok = store && rollout_store_begin(store, &err);
    for (int b = 0; ok && b < BRAIN_COUNT; b++)
        if (job->brains & (1u << b))
            ok = rollout_store_put_breaker(store, (enum brain_id)b, &job->breakers[b], now, &err);
    if (!ok || !rollout_store_commit(store, &err))
        log_msg(LOG_INFO, "breakers not saved: %s", err.text);
    rollout_store_close(&store);
}

static void
drop_save(void *arg)
{
    struct save *job = arg;
    write_breakers(job);
    free(job->url);
    free(job);
}

static void
run_save(void *arg, void *local)
{
    struct mailbox *mb = ((struct save *)arg)->mailbox;
    struct event *ev = event_create(EV_LOADED, 0, 0);
    (void)local;
    drop_save(arg);
    ev->num = ROUTING_STATE_SAVED;
    mailbox_push(mb, &ev, NULL);
}

/* What differs from what was read or written last; NULL: nothing. */
static struct save *
changes(struct routing_state *s)
{
    struct save job = {.brains = 0};
    for (int b = 0; b < BRAIN_COUNT; b++) {
        if (memcmp(&s->now[b], &s->known[b], sizeof s->now[b]) != 0)
            job.brains |= 1u << b;
        job.breakers[b] = s->known[b] = s->now[b];
    }
    if (!job.brains)
        return NULL;
    struct save *out = xmalloc(sizeof *out);
    *out = job;
    out->url = xstrdup(s->url);
    out->mailbox = s->mailbox;
    return out;
}

void
routing_state_save(struct routing_state *s, const struct engine *e)
{
    if (!s) /* the session is over */
        return;
    for (int b = 0; b < BRAIN_COUNT; b++)
        s->now[b] = *engine_breaker(e, (enum brain_id)b);
    struct save *job = s->saving ? NULL : changes(s);
    if (!job)
        return;
    s->saving = job->brains;
    pool_push(s->pool,
              &(struct pool_job){
                  .run = run_save, .drop = drop_save, .arg = job, .priority = PRIO_ANSWER});
}

void
routing_state_saved(struct routing_state *s, const struct engine *e)
{
    if (!s)
        return;
    s->saving = 0;
    routing_state_save(s, e);
}

void
routing_state_destroy(struct routing_state **sp)
{
    struct routing_state *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    struct save *job = changes(s); /* came while the one before was being written */
    if (job)
        drop_save(job);
    rollout_store_close(&s->store);
    free(s->url);
    free(s);
}
