#include "berdua/core/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"

struct waiting {
    struct waiting *next;
    struct pool_job job;
};

struct queue {
    struct waiting *head, *tail;
};

struct worker {
    struct pool *pool;
    pthread_t thread;
    pthread_cond_t wake;
    bool idle;
    unsigned affinity;        /* of the last job that had one */
    struct waiting *assigned; /* given by pool_push while idle */
};

struct pool {
    pthread_mutex_t lock;
    struct queue queues[PRIO_COUNT];
    bool stopping;
    struct pool_ops ops;
    struct worker *workers;
    int count;
};

/* Under the lock. NULL: nothing waits. */
static struct waiting *
next_job(struct pool *p)
{
    for (int i = 0; i < PRIO_COUNT; i++) {
        struct queue *q = &p->queues[i];
        struct waiting *w = q->head;
        if (!w)
            continue;
        q->head = w->next;
        if (!q->head)
            q->tail = NULL;
        return w;
    }
    return NULL;
}

/* Under the lock: waits for a job of its own or from the queues; NULL when the pool stops. */
static struct waiting *
wait_for_job(struct worker *me)
{
    struct pool *p = me->pool;
    struct waiting *w = NULL;
    me->idle = true;
    while (!p->stopping) {
        w = me->assigned ? me->assigned : next_job(p);
        me->assigned = NULL;
        if (w)
            break;
        pthread_cond_wait(&me->wake, &p->lock);
    }
    me->idle = false;
    if (w && w->job.affinity)
        me->affinity = w->job.affinity;
    return w;
}

static void *
worker(void *arg)
{
    struct worker *me = arg;
    struct pool *p = me->pool;
    void *local = NULL;
    bool opened = false;

    pthread_mutex_lock(&p->lock);
    for (;;) {
        struct waiting *w = wait_for_job(me);
        if (!w)
            break;
        pthread_mutex_unlock(&p->lock);
        if (!opened && p->ops.open)
            local = p->ops.open(p->ops.arg);
        opened = true;
        w->job.run(w->job.arg, local);
        free(w);
        pthread_mutex_lock(&p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    if (opened && p->ops.close)
        p->ops.close(local);
    return NULL;
}

/* Signals that a fault raises in the thread itself stay deliverable: blocked, they would kill the
 * process before its handler has put the terminal right. */
static void
block_signals(sigset_t *old)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
    sigset_t all;
    sigfillset(&all);
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        sigdelset(&all, faults[i]);
    pthread_sigmask(SIG_SETMASK, &all, old);
}

struct pool *
pool_create(int workers, const struct pool_ops *ops, struct err *err)
{
    struct pool *p = xcalloc(1, sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    if (ops)
        p->ops = *ops;
    p->workers = xcalloc((size_t)(workers > 0 ? workers : 1), sizeof *p->workers);
    sigset_t old;
    block_signals(&old); /* a new thread inherits the mask, so there is no moment without it */
    int rc = 0;
    while (p->count < workers && rc == 0) {
        struct worker *w = &p->workers[p->count];
        w->pool = p;
        pthread_cond_init(&w->wake, NULL);
        rc = pthread_create(&w->thread, NULL, worker, w);
        if (rc == 0)
            p->count++;
        else
            pthread_cond_destroy(&w->wake);
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (rc != 0 && p->count == 0) {
        err_set(err, "cannot start a worker thread: %s", strerror(rc));
        pool_destroy(&p);
    }
    return p;
}

/* Under the lock: the idle worker that suits the job best, or NULL. */
static struct worker *
pick_worker(struct pool *p, unsigned affinity)
{
    struct worker *fresh = NULL, *any = NULL;
    for (int i = 0; i < p->count; i++) {
        struct worker *w = &p->workers[i];
        if (!w->idle || w->assigned)
            continue;
        if (affinity && w->affinity == affinity)
            return w;
        if (!fresh && !w->affinity)
            fresh = w;
        any = w;
    }
    return fresh ? fresh : any;
}

void
pool_push(struct pool *p, const struct pool_job *job)
{
    struct waiting *w = xcalloc(1, sizeof *w);
    w->job = *job;
    pthread_mutex_lock(&p->lock);
    struct worker *to = pick_worker(p, job->affinity);
    if (to) {
        to->assigned = w;
        pthread_cond_signal(&to->wake);
    } else { /* all are busy, or have not come up yet: each looks here before it waits */
        struct queue *q = &p->queues[job->priority];
        if (q->tail)
            q->tail->next = w;
        else
            q->head = w;
        q->tail = w;
    }
    pthread_mutex_unlock(&p->lock);
}

static void
drop(struct waiting *w)
{
    if (w && w->job.drop)
        w->job.drop(w->job.arg);
    free(w);
}

void
pool_destroy(struct pool **pp)
{
    struct pool *p = *pp;
    *pp = NULL;
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    for (int i = 0; i < p->count; i++)
        pthread_cond_signal(&p->workers[i].wake);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->count; i++) {
        pthread_join(p->workers[i].thread, NULL);
        pthread_cond_destroy(&p->workers[i].wake);
        drop(p->workers[i].assigned);
    }
    struct waiting *w;
    while ((w = next_job(p)))
        drop(w);
    free(p->workers);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
