#include "spend_sync.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/event.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/store/spend_store.h"

struct spend_sync {
    const struct config *config;
    struct engine *engine;
    struct spend_store *store; /* NULL: not opened yet, or it cannot be */
    bool begun;
};

struct spend_sync *
spend_sync_create(const struct config *config, struct engine *e)
{
    struct spend_sync *p = xcalloc(1, sizeof *p);
    p->config = config;
    p->engine = e;
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

void
spend_sync_refresh(struct spend_sync *p)
{
    struct spend spend;
    double cap = p->config->budget.usd_per_month;
    struct moment at = clock_moment();
    if (!isnan(cap) &&
        read_month(&p->store, p->config->store_url, month_start(at.wall_us), cap, &spend))
        engine_set_spend(p->engine, &spend, at);
}

/* What a worker has read, with the handle, which knows by now what need not be read again. */
struct month_spend {
    struct spend_store *store;
    struct spend spend;
    bool ok;
};

static void
free_month_spend(void *data)
{
    struct month_spend *f = data;
    spend_store_close(&f->store);
    free(f);
}

void
spend_sync_take(struct spend_sync *p, void *data)
{
    struct month_spend *f = data;
    if (f->ok)
        engine_set_spend(p->engine, &f->spend, clock_moment());
    if (!p->store && !isnan(p->config->budget.usd_per_month)) {
        p->store = f->store;
        f->store = NULL;
    }
}

struct reading {
    struct mailbox *mailbox;
    char *url;
    int64_t
        since_us; /* found on the main thread: the time zone is the C library's one state for all */
    double cap;
};

static void
drop_reading(void *arg)
{
    struct reading *r = arg;
    free(r->url);
    free(r);
}

static void
run_reading(void *arg, void *local)
{
    struct reading *r = arg;
    struct month_spend *f = xcalloc(1, sizeof *f);
    struct event *ev = event_create(EV_LOADED, 0, 0);
    (void)local;
    f->ok = read_month(&f->store, r->url, r->since_us, r->cap, &f->spend);
    ev->num = SPEND_SYNC_READ;
    ev->data = f;
    ev->free_data = free_month_spend;
    mailbox_push(r->mailbox, &ev, NULL);
    drop_reading(r);
}

void
spend_sync_begin(struct spend_sync *p, struct pool *pool, struct mailbox *mb)
{
    if (p->begun)
        return;
    p->begun = true;
    struct reading *r = xmalloc(sizeof *r);
    *r = (struct reading){mb, xstrdup(p->config->store_url), month_start(clock_wall_us()),
                          p->config->budget.usd_per_month};
    pool_push(pool,
              &(struct pool_job){
                  .run = run_reading, .drop = drop_reading, .arg = r, .priority = PRIO_ANALYSIS});
}
