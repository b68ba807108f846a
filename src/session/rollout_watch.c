#include "rollout_watch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/event.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/route/rollout.h"
#include "berdua/store/rollout_store.h"

enum { NEWS_BYTES = 1024 };

struct rollout_watch {
    const struct config *config;
    struct pool *pool;
    struct mailbox *mailbox;
    bool looking;
    bool again;                      /* a verdict came meanwhile */
    double proposed[CATEGORY_COUNT]; /* what the operator has been told of; NAN: nothing */
};

/* A look, and what it found. The worker's until it is in the mailbox. */
struct look {
    const struct config *config;
    struct mailbox *mailbox;
    bool done; /* false: the store could not be read */
    double percent[CATEGORY_COUNT];
    double proposed[CATEGORY_COUNT];
    struct buf news;  /* one piece after the other, "; " between */
    int steps, known; /* while the history is read: its rows, and how many are no news */
};

struct rollout_watch *
rollout_watch_create(const struct config *config, struct pool *pool, struct mailbox *mb)
{
    struct rollout_watch *p = xmalloc(sizeof *p);
    *p = (struct rollout_watch){.config = config, .pool = pool, .mailbox = mb};
    for (int c = 0; c < CATEGORY_COUNT; c++)
        p->proposed[c] = NAN;
    return p;
}

void
rollout_watch_destroy(struct rollout_watch **p)
{
    free(*p);
    *p = NULL;
}

bool
rollout_watch_busy(const struct rollout_watch *p)
{
    return p && p->looking;
}

/* ---- in the worker ---- */

static void
free_look(void *arg)
{
    struct look *l = arg;
    buf_finish(&l->news);
    free(l);
}

static void
add_news(struct look *l, const char *name, double from, double to, const char *by)
{
    const char *sep = l->news.len ? "; " : "";
    if (by)
        buf_printf(&l->news, "%s%s: rollout %g → %g %% (%s)", sep, name, from, to, by);
    else
        buf_printf(&l->news, "%s%s: proposes %g → %g %%; berdua route set %s %g confirms", sep,
                   name, from, to, name, to);
}

static bool
count_step(void *arg, const struct rollout_step *step)
{
    (void)step;
    ((struct look *)arg)->known++;
    return true;
}

static bool
note_step(void *arg, const struct rollout_step *step)
{
    struct look *l = arg;
    if (l->steps++ >= l->known)
        add_news(l, category_name(step->category), step->from, step->to, step->by);
    return true;
}

/* A step that waits for a hand is told once. What a breaker holds up comes back by itself. */
static void
note_proposal(struct look *l, const struct rollout *r, int c, int64_t wall_us)
{
    struct rollout_limits limits = rollout_limits(l->config);
    struct rollout_view v;
    rollout_look(r, (enum category)c, &limits, BREAKER_CLOSED, wall_us, &v);
    l->percent[c] = v.percent;
    bool proposes = v.decision == DECISION_PROMOTE || v.decision == DECISION_DEMOTE;
    double to = proposes ? v.to : NAN;
    if (proposes && !limits.automatic && l->proposed[c] != to)
        add_news(l, category_name((enum category)c), v.percent, to, NULL);
    l->proposed[c] = to;
}

static void
look_now(struct look *l)
{
    struct err err = {0};
    struct rollout *r = NULL;
    int64_t now = clock_wall_us();
    struct rollout_store *s = rollout_store_open(l->config->store_url, &err);
    l->done = s && rollout_store_steps(s, count_step, l, &err) &&
              rollout_refresh(s, l->config, now, &r, &err) &&
              rollout_store_steps(s, note_step, l, &err);
    for (int c = 0; l->done && c < CATEGORY_COUNT; c++)
        note_proposal(l, r, c, now);
    if (!l->done)
        log_msg(LOG_INFO, "rollout after a verdict: %s", err.text);
    rollout_destroy(&r);
    rollout_store_close(&s);
}

static void
run_look(void *arg, void *local)
{
    struct look *l = arg;
    struct event *ev = event_create(EV_LOADED, 0, 0);
    (void)local;
    look_now(l);
    ev->num = ROLLOUT_WATCHED;
    ev->data = l;
    ev->free_data = free_look;
    mailbox_push(l->mailbox, &ev, NULL);
}

/* ---- on the main thread ---- */

void
rollout_watch_judged(struct rollout_watch *p)
{
    if (!p)
        return;
    p->again = p->looking;
    if (p->looking)
        return;
    p->looking = true;
    struct look *l = xcalloc(1, sizeof *l);
    l->config = p->config;
    l->mailbox = p->mailbox;
    memcpy(l->proposed, p->proposed, sizeof l->proposed);
    buf_init(&l->news, NEWS_BYTES);
    pool_push(p->pool, &(struct pool_job){
                           .run = run_look, .drop = free_look, .arg = l, .priority = PRIO_SHADOW});
}

void
rollout_watch_take(struct rollout_watch *p, const void *data, struct engine *e, struct jobs *out)
{
    const struct look *l = data;
    if (!p)
        return;
    p->looking = false;
    if (l->done) {
        memcpy(p->proposed, l->proposed, sizeof p->proposed);
        for (int c = 0; c < CATEGORY_COUNT; c++)
            engine_set_stage(e, (enum category)c, l->percent[c]);
        /* "saved" stays to be read: this comes right behind it, in its place. */
        if (l->news.len)
            jobs_notice(out, NOTIFY_NOTICE, "saved; %s", l->news.p);
    }
    if (p->again)
        rollout_watch_judged(p);
}
