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
#include "berdua/session/stored_evidence.h"
#include "berdua/session/rollout_apply.h"
#include "berdua/store/rollout_store.h"

enum { NEWS_BYTES = 1024 };

struct rollout_watch {
    const struct session_env *env;
    bool looking;
    bool only_reads; /* this look is the first, for the figures alone */
    bool asked;      /* for the figures; not again when they cannot be read */
    bool known;      /* `seen` holds what the verdicts said at the last look */
    struct stored_evidence seen;
    bool again;       /* something came meanwhile */
    bool judged;      /* a verdict came since the last look began … */
    bool told_saved;  /* … or had come before it: the news follows "saved" */
    uint64_t request; /* that writes a watched turn's last answer; 0: none is out */
    /* While it looks the worker has what follows. */
    struct task task;
    bool done; /* false: the store could not be read */
    double percent[CATEGORY_COUNT];
    double proposed[CATEGORY_COUNT]; /* what the operator has been told of; NAN: nothing */
    struct buf news;                 /* one piece after the other, "; " between */
    struct stored_evidence now;
    int steps, told; /* while the history is read: its rows, and how many are no news */
};

struct rollout_watch *
rollout_watch_create(const struct session_env *env)
{
    struct rollout_watch *p = xcalloc(1, sizeof *p);
    p->env = env;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        p->proposed[c] = NAN;
    buf_init(&p->news, NEWS_BYTES);
    return p;
}

void
rollout_watch_destroy(struct rollout_watch **p)
{
    if (*p)
        buf_finish(&(*p)->news);
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
add_news(struct rollout_watch *p, const char *name, double from, double to, const char *by)
{
    const char *sep = p->news.len ? "; " : "";
    if (by)
        buf_printf(&p->news, "%s%s: rollout %g → %g %% (%s)", sep, name, from, to, by);
    else
        buf_printf(&p->news, "%s%s: proposes %g → %g %%; berdua route set %s %g confirms", sep,
                   name, from, to, name, to);
}

static bool
count_step(void *arg, const struct rollout_step *step)
{
    (void)step;
    ((struct rollout_watch *)arg)->told++;
    return true;
}

static bool
note_step(void *arg, const struct rollout_step *step)
{
    struct rollout_watch *p = arg;
    if (p->steps++ >= p->told)
        add_news(p, category_name(step->category), step->from, step->to, step->by);
    return true;
}

/* A step that waits for a hand is told once. What a breaker holds up comes back by itself. */
static void
note_proposals(struct rollout_watch *p)
{
    const struct rollout_limits limits = rollout_limits(p->env->config);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        const struct rollout_view *v = &p->now.stages[c];
        bool proposes = v->decision == DECISION_PROMOTE || v->decision == DECISION_DEMOTE;
        double to = proposes ? v->to : NAN;
        if (proposes && !limits.automatic && p->proposed[c] != to)
            add_news(p, category_name((enum category)c), v->percent, to, NULL);
        p->proposed[c] = to;
    }
}

static void
take_evidence(struct rollout_watch *p, const struct rollout *r, int64_t wall_us)
{
    const struct rollout_limits limits = rollout_limits(p->env->config);
    p->now.read_wall_us = wall_us;
    rollout_evidence(r, &p->now.said);
    rollout_look(r, &limits, BREAKER_CLOSED, wall_us, p->now.stages);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        p->percent[c] = p->now.stages[c].percent;
        p->now.stages[c].model = NULL; /* the rollout's, which is gone then */
    }
}

static void
run_look(struct task *t, void *local)
{
    struct rollout_watch *p = TASK_OWNER(t, struct rollout_watch, task);
    const struct config *config = p->env->config;
    struct err err = {0};
    (void)local;
    struct rollout *r = NULL;
    int64_t now = clock_wall_us();
    struct store *s = store_open(config->store_url, &err);
    if (s)
        store_through(s, p->env->writer);
    if (s && config->demo)
        store_count_simulated(s);
    if (p->only_reads)
        p->done = s && rollout_read(s, &r, &err);
    else
        p->done = s && rollout_store_steps(s, count_step, p, &err) &&
                  rollout_refresh(s, config, now, &r, &err) &&
                  rollout_store_steps(s, note_step, p, &err);
    if (p->done)
        take_evidence(p, r, now);
    if (p->done && !p->only_reads)
        note_proposals(p);
    if (!p->done)
        log_msg(LOG_INFO, "rollout: %s", err.text);
    rollout_destroy(&r);
    store_close(&s);
}

/* ---- on the main thread ---- */

static void look(struct rollout_watch *p);

/* "saved" stays to be read: the news comes right behind it, in its place. */
static void
take_look(struct task *t)
{
    struct rollout_watch *p = TASK_OWNER(t, struct rollout_watch, task);
    struct jobs jobs = {0};
    const bool done = p->done; /* look() may start a worker that writes it */
    p->looking = false;
    if (done) {
        memcpy(engine_set(p->env->engine)->stage, p->percent, sizeof p->percent);
        p->seen = p->now;
        p->known = true;
        if (p->news.len)
            jobs_notice(&jobs, NOTIFY_NOTICE, "%s%s", p->told_saved ? "saved; " : "", p->news.p);
    }
    p->only_reads = false;
    if (p->again)
        look(p);
    runner_carry_out(p->env->runner, &jobs);
    if (done)
        runner_note_change(p->env->runner);
}

static void
look(struct rollout_watch *p)
{
    p->again = p->looking;
    if (p->looking)
        return;
    p->looking = true;
    p->only_reads = p->only_reads || p->env->config->demo; /* recorded verdicts move nothing */
    p->told_saved = p->judged;
    p->judged = false;
    p->steps = p->told = 0;
    buf_clear(&p->news);
    session_task_start(p->env, &p->task, run_look, take_look, PRIO_SHADOW);
}

void
rollout_watch_read(struct rollout_watch *p)
{
    if (p->asked)
        return;
    p->asked = true;
    p->only_reads = !p->looking;
    if (!p->looking)
        look(p);
}

const struct stored_evidence *
rollout_watch_evidence(const struct rollout_watch *p)
{
    return p->known ? &p->seen : NULL;
}

void
rollout_watch_judged(struct rollout_watch *p)
{
    p->judged = true;
    look(p);
}

void
rollout_watch_others(struct rollout_watch *p)
{
    look(p);
}

void
rollout_watch_written(struct rollout_watch *p, const struct turn *t, const struct answer *a,
                      uint64_t request)
{
    bool routed = t->mode == MODE_ROUTE || t->mode == MODE_FULL;
    if (routed && t->route.percent > 0 && t->route.percent < 100 && a->status != STATUS_RUNNING)
        p->request = request;
}

void
rollout_watch_stored(struct rollout_watch *p, uint64_t request)
{
    if (p->request != request)
        return;
    p->request = 0;
    look(p);
}
