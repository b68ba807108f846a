#include "berdua/core/pool.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/thread.h"

struct queue {
    struct task *head, *tail;
};

struct worker {
    struct pool *pool;
    pthread_t thread;
    pthread_cond_t wake;
    struct task *handoff; /* given to it while it was idle; it takes it itself */
    bool idle;
    uint64_t idle_since; /* order of going idle; the latest has the warmest caches */
    unsigned affinity;   /* of its last job that had one */
};

struct pool {
    pthread_mutex_t lock;
    struct queue queues[PRIO_COUNT]; /* only filled while no worker is idle */
    uint64_t idle_clock;
    bool stopping;
    struct pool_ops ops;
    struct mailbox *mailbox;
    struct worker *workers; /* never moved: their threads point there */
    int count;
    int starting; /* threads that were started without a task and do not look for one yet */
};

/* Under the lock. NULL: nothing waits. */
static struct task *
next_task(struct pool *p)
{
    for (int i = 0; i < PRIO_COUNT; i++) {
        struct queue *q = &p->queues[i];
        struct task *t = q->head;
        if (!t)
            continue;
        q->head = (struct task *)t->mail.next;
        if (!q->head)
            q->tail = NULL;
        return t;
    }
    return NULL;
}

static void
count_idle(struct worker *w)
{
    w->idle = true;
    w->idle_since = ++w->pool->idle_clock;
}

/* Under the lock; drops it while waiting. NULL: nothing to do now but what changed is to be looked at. */
static struct task *
wait_task(struct worker *w)
{
    struct pool *p = w->pool;
    struct task *t = w->handoff ? NULL : next_task(p);
    if (!t && !w->handoff) {
        count_idle(w);
        pthread_cond_wait(&w->wake, &p->lock);
    }
    w->idle = false;
    if (!t) {
        t = w->handoff;
        w->handoff = NULL;
    }
    return t;
}

/* A task is its own mail, first in the struct. */
static void
deliver_task(struct mail *m)
{
    struct task *t = (struct task *)m;
    t->done(t);
}

static void
drop_task(struct mail *m)
{
    struct task *t = (struct task *)m;
    t->drop(t);
}

/* The task is its receiver's, or gone, after this. */
static void
finish_task(struct pool *p, struct task *t)
{
    if (!t->done) {
        t->drop(t);
        return;
    }
    t->mail = (struct mail){.deliver = deliver_task, .drop = drop_task};
    mailbox_push(p->mailbox, &t->mail, NULL);
}

/* The worker counts as idle before the result is posted: whoever gets it finds the worker free. */
static void
run_task(struct worker *w, struct task *t, void *local)
{
    t->run(t, local);
    while (t->then) {
        struct task *then = t->then;
        finish_task(w->pool, t);
        t = then;
        t->run(t, local);
    }
    pthread_mutex_lock(&w->pool->lock);
    count_idle(w);
    pthread_mutex_unlock(&w->pool->lock);
    finish_task(w->pool, t);
}

static void *
work(void *arg)
{
    struct worker *w = arg;
    struct pool *p = w->pool;
    void *local = NULL;
    bool opened = false;

    pthread_mutex_lock(&p->lock);
    p->starting -= !w->handoff;
    while (!p->stopping) {
        struct task *t = wait_task(w);
        if (p->stopping) {
            w->handoff = t; /* dropped by pool_destroy */
            break;
        }
        if (!t)
            continue;
        if (t->affinity)
            w->affinity = t->affinity;
        pthread_mutex_unlock(&p->lock);
        if (!opened && p->ops.open)
            local = p->ops.open(p->ops.arg);
        opened = true;
        run_task(w, t, local);
        pthread_mutex_lock(&p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    if (opened && p->ops.close)
        p->ops.close(local);
    return NULL;
}

/* Under the lock. 0, or why the thread did not start. given: its first job, or NULL. */
static int
add_worker(struct pool *p, struct task *handoff)
{
    struct worker *w = &p->workers[p->count];
    *w = (struct worker){.pool = p, .handoff = handoff};
    pthread_cond_init(&w->wake, NULL);
    int rc = thread_start(&w->thread, work, w);
    if (rc != 0) {
        pthread_cond_destroy(&w->wake);
        return rc;
    }
    p->count++;
    p->starting += !handoff;
    return 0;
}

struct pool *
pool_create(int workers, const struct pool_ops *ops, struct mailbox *mb, struct err *err)
{
    struct pool *p = xcalloc(1, sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    p->mailbox = mb;
    if (ops)
        p->ops = *ops;
    int most = p->ops.most_workers > workers ? p->ops.most_workers : workers;
    p->workers = xcalloc((size_t)(most > 0 ? most : 1), sizeof *p->workers);
    int rc = 0;
    pthread_mutex_lock(&p->lock);
    while (p->count < workers && rc == 0)
        rc = add_worker(p, NULL);
    pthread_mutex_unlock(&p->lock);
    if (rc != 0 && p->count == 0) {
        err_set(err, "cannot start a worker thread: %s", strerror(rc));
        pool_destroy(&p);
    }
    return p;
}

/* Under the lock. How well an idle worker fits: 2, it holds the right connections; 1, none yet; 0, others. */
static int
affinity_of(const struct worker *w, unsigned affinity)
{
    if (w->affinity == affinity)
        return 2;
    return w->affinity == 0 ? 1 : 0;
}

static struct worker *
pick_idle(struct pool *p, unsigned affinity)
{
    struct worker *best = NULL;
    for (int i = 0; i < p->count; i++) {
        struct worker *w = &p->workers[i];
        if (!w->idle || w->handoff)
            continue;
        int better = best ? affinity_of(w, affinity) - affinity_of(best, affinity) : 1;
        if (better > 0 || (better == 0 && w->idle_since > best->idle_since))
            best = w;
    }
    return best;
}

static void
enqueue(struct queue *q, struct task *t)
{
    if (q->tail)
        q->tail->mail.next = &t->mail;
    else
        q->head = t;
    q->tail = t;
}

void
pool_start(struct pool *p, struct task *t)
{
    t->mail.next = NULL;
    pthread_mutex_lock(&p->lock);
    bool stopped = p->stopping;
    struct worker *w = stopped ? NULL : pick_idle(p, t->affinity);
    bool grow = t->priority <= PRIO_CONTEXT && !p->starting && p->count < p->ops.most_workers;
    if (w)
        w->handoff = t;
    else if (!stopped && (!grow || add_worker(p, t) != 0))
        enqueue(&p->queues[t->priority], t);
    pthread_mutex_unlock(&p->lock);
    if (w) /* after the lock, which it takes first of all */
        pthread_cond_signal(&w->wake);
    if (stopped)
        t->drop(t);
}

void
pool_stop(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    for (int i = 0; i < p->count; i++)
        pthread_cond_signal(&p->workers[i].wake);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->count; i++)
        pthread_join(p->workers[i].thread, NULL);
    struct task *t;
    while ((t = next_task(p)))
        t->drop(t);
    for (int i = 0; i < p->count; i++) {
        t = p->workers[i].handoff;
        if (t)
            t->drop(t);
        pthread_cond_destroy(&p->workers[i].wake);
    }
    p->count = 0;
}

void
pool_destroy(struct pool **pp)
{
    struct pool *p = *pp;
    *pp = NULL;
    if (!p)
        return;
    pool_stop(p);
    free(p->workers);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
