#include "purse.h"

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
#include "berdua/store/spend.h"

struct purse {
    const struct config *config;
    struct engine *engine;
    struct spend_store *store; /* NULL: not opened yet, or it cannot be */
    bool begun;
};

struct purse *
purse_create(const struct config *config, struct engine *e)
{
    struct purse *p = xcalloc(1, sizeof *p);
    p->config = config;
    p->engine = e;
    return p;
}

void
purse_destroy(struct purse **pp)
{
    struct purse *p = *pp;
    *pp = NULL;
    if (!p)
        return;
    spend_store_close(&p->store);
    free(p);
}

static bool
read_month(struct spend_store **store, const char *url, double cap, struct spend *out)
{
    struct err err = {0};
    if (!*store)
        *store = spend_store_open(url, &err);
    if (*store && spend_since(*store, month_start(clock_wall_us()), cap, out, &err))
        return true;
    log_msg(LOG_INFO, "what this month has cost: %s", err.text);
    return false;
}

void
purse_refresh(struct purse *p)
{
    struct spend spend;
    double cap = p->config->budget.usd_per_month;
    if (!isnan(cap) && read_month(&p->store, p->config->store_url, cap, &spend))
        purse_take(p, &spend);
}

void
purse_take(struct purse *p, const struct spend *spend)
{
    if (spend)
        engine_set_spend(p->engine, spend, clock_wall_us());
}

struct reading {
    struct mailbox *mailbox;
    char *url;
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
    struct spend_store *store = NULL;
    struct spend *spend = xcalloc(1, sizeof *spend);
    struct event *ev = event_create(EV_LOADED, 0, 0);
    (void)local;
    ev->num = PURSE_READ;
    ev->free_data = free;
    if (read_month(&store, r->url, r->cap, spend))
        ev->data = spend;
    else
        free(spend);
    spend_store_close(&store);
    mailbox_push(r->mailbox, &ev, NULL);
    drop_reading(r);
}

void
purse_begin(struct purse *p, struct pool *pool, struct mailbox *mb)
{
    if (p->begun)
        return;
    p->begun = true;
    struct reading *r = xmalloc(sizeof *r);
    *r = (struct reading){mb, xstrdup(p->config->store_url), p->config->budget.usd_per_month};
    pool_push(pool,
              &(struct pool_job){
                  .run = run_reading, .drop = drop_reading, .arg = r, .priority = PRIO_ANALYSIS});
}
