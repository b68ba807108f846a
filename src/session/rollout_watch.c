#include "session_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/session/rollout_apply.h"
#include "berdua/store/rollout_store.h"

enum { NEWS_BYTES = 1024 };

struct rollout_watch {
    const struct session_env *env;
    bool looking;
    bool again;                      /* a verdict came meanwhile */
    double proposed[CATEGORY_COUNT]; /* what the operator has been told of; NAN: nothing */
};

/* A look in a worker, and what it found. */
struct look {
    struct task task;
    struct rollout_watch *watch;
    const struct config *config;
    bool done; /* false: the store could not be read */
    double percent[CATEGORY_COUNT];
    double proposed[CATEGORY_COUNT];
    struct buf news;  /* one piece after the other, "; " between */
    int steps, known; /* while the history is read: its rows, and how many are no news */
};

struct rollout_watch *
rollout_watch_create(const struct session_env *env)
{
    struct rollout_watch *p = xmalloc(sizeof *p);
    *p = (struct rollout_watch){.env = env};
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
    return p->looking;
}

/* ---- in the worker ---- */

static void
drop_look(struct task *t)
{
    struct look *l = (struct look *)t;
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
run_look(struct task *t, void *local)
{
    struct look *l = (struct look *)t;
    struct err err = {0};
    (void)local;
    struct rollout *r = NULL;
    int64_t now = clock_wall_us();
    struct store *s = store_open(l->config->store_url, &err);
    if (s)
        store_through(s, l->watch->env->writer);
    l->done = s && rollout_store_steps(s, count_step, l, &err) &&
              rollout_refresh(s, l->config, now, &r, &err) &&
              rollout_store_steps(s, note_step, l, &err);
    for (int c = 0; l->done && c < CATEGORY_COUNT; c++)
        note_proposal(l, r, c, now);
    if (!l->done)
        log_msg(LOG_INFO, "rollout after a verdict: %s", err.text);
    rollout_destroy(&r);
    store_close(&s);
}

/* ---- on the main thread ---- */

/* "saved" stays to be read: the news comes right behind it, in its place. */
static void
take_look(struct task *t)
{
    struct look *l = (struct look *)t;
    struct rollout_watch *p = l->watch;
    struct jobs jobs = {0};
    p->looking = false;
    if (l->done) {
        memcpy(p->proposed, l->proposed, sizeof p->proposed);
        memcpy(engine_set(p->env->engine)->stage, l->percent, sizeof l->percent);
        if (l->news.len)
            jobs_notice(&jobs, NOTIFY_NOTICE, "saved; %s", l->news.p);
    }
    drop_look(t);
    if (p->again)
        rollout_watch_judged(p);
    runner_carry_out(p->env->runner, &jobs);
}

void
rollout_watch_judged(struct rollout_watch *p)
{
    p->again = p->looking;
    if (p->looking)
        return;
    p->looking = true;
    struct look *l = xcalloc(1, sizeof *l);
    l->task = (struct task){
        .run = run_look, .done = take_look, .drop = drop_look, .priority = PRIO_SHADOW};
    l->watch = p;
    l->config = p->env->config;
    memcpy(l->proposed, p->proposed, sizeof l->proposed);
    buf_init(&l->news, NEWS_BYTES);
    pool_start(p->env->pool, &l->task);
}
