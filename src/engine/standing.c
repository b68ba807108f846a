#include "standing.h"

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
#include "berdua/store/rollout.h"

struct standing {
    char *url;
    struct pool *pool;
    struct rollout_store *store; /* for reading; NULL: not opened yet, or it cannot be */
    bool opening;                /* a worker does */
    bool read;                   /* once at least */
    struct breaker known[BRAIN_COUNT];
};

struct standing *
standing_create(const char *store_url, struct pool *pool)
{
    struct standing *s = xcalloc(1, sizeof *s);
    s->url = xstrdup(store_url);
    s->pool = pool;
    return s;
}

void
standing_destroy(struct standing **sp)
{
    struct standing *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    rollout_store_close(&s->store);
    free(s->url);
    free(s);
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
    ev->num = STANDING_OPEN;
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
standing_begin(struct standing *s, struct mailbox *mb)
{
    if (s->store || s->opening)
        return;
    s->opening = true;
    struct opening *o = xmalloc(sizeof *o);
    *o = (struct opening){mb, xstrdup(s->url)};
    pool_push(s->pool,
              &(struct pool_job){
                  .run = run_opening, .drop = drop_opening, .arg = o, .priority = PRIO_ANALYSIS});
}

void
standing_take(struct standing *s, struct rollout_store *store)
{
    s->opening = false;
    /* One that found no file would never see it come. */
    if (store && !s->store && !s->read && rollout_store_there(store))
        s->store = store;
    else
        rollout_store_close(&store);
}

static bool
read_stages(struct standing *s, struct engine *e, struct err *err)
{
    struct rollout *r = rollout_create();
    bool ok = rollout_store_steps(s->store, rollout_add_step, r, err);
    for (int c = 0; ok && c < CATEGORY_COUNT; c++)
        engine_set_stage(e, (enum category)c, rollout_percent(r, (enum category)c));
    rollout_destroy(&r);
    return ok;
}

void
standing_load(struct standing *s, struct engine *e)
{
    struct err err = {0};
    struct breaker now[BRAIN_COUNT] = {{0}};
    if (!s->store)
        s->store = rollout_store_open(s->url, &err);
    if (!s->store || !read_stages(s, e, &err) || !rollout_store_breakers(s->store, now, &err)) {
        log_msg(LOG_INFO, "stages and breakers: %s", err.text);
        return;
    }
    for (int b = 0; b < BRAIN_COUNT; b++)
        engine_set_breaker(e, (enum brain_id)b, &now[b]);
    memcpy(s->known, now, sizeof now);
    s->read = true;
    /* It will not be asked again soon; or it found no file, and would not see it come. */
    if (!engine_routes(e) || !rollout_store_there(s->store))
        rollout_store_close(&s->store);
}

struct save {
    char *url;
    enum brain_id brain;
    struct breaker breaker;
    int64_t wall_us;
};

static void
save_now(void *arg)
{
    struct save *job = arg;
    struct err err = {0};
    struct rollout_store *store = rollout_store_open(job->url, &err);
    if (!store || !rollout_store_begin(store, &err) ||
        !rollout_store_put_breaker(store, job->brain, &job->breaker, job->wall_us, &err) ||
        !rollout_store_commit(store, &err))
        log_msg(LOG_INFO, "breaker of %s not saved: %s", brain_id_name(job->brain), err.text);
    rollout_store_close(&store);
    free(job->url);
    free(job);
}

static void
run_save(void *arg, void *local)
{
    (void)local;
    save_now(arg);
}

void
standing_save(struct standing *s, const struct engine *e)
{
    if (!s) /* the session is over */
        return;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct breaker *now = engine_breaker(e, (enum brain_id)b);
        if (memcmp(now, &s->known[b], sizeof *now) == 0)
            continue;
        s->known[b] = *now;
        struct save *job = xmalloc(sizeof *job);
        *job = (struct save){xstrdup(s->url), (enum brain_id)b, *now, clock_wall_us()};
        pool_push(s->pool,
                  &(struct pool_job){
                      .run = run_save, .drop = save_now, .arg = job, .priority = PRIO_ANSWER});
    }
}
