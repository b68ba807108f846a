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

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct queue queues[PRIO_COUNT];
    bool warm;
    bool stopping;
    struct pool_ops ops;
    pthread_t *threads;
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

static bool
any_waiting(const struct pool *p)
{
    for (int i = 0; i < PRIO_COUNT; i++)
        if (p->queues[i].head)
            return true;
    return false;
}

static void *
worker(void *arg)
{
    struct pool *p = arg;
    void *local = NULL;
    bool opened = false;

    pthread_mutex_lock(&p->lock);
    while (!p->stopping) {
        if (!opened && (p->warm || any_waiting(p))) {
            opened = true;
            if (p->ops.open) {
                pthread_mutex_unlock(&p->lock);
                local = p->ops.open(p->ops.arg);
                pthread_mutex_lock(&p->lock);
                continue;
            }
        }
        struct waiting *w = next_job(p);
        if (!w) {
            pthread_cond_wait(&p->changed, &p->lock);
            continue;
        }
        pthread_mutex_unlock(&p->lock);
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
    pthread_cond_init(&p->changed, NULL);
    if (ops)
        p->ops = *ops;
    p->threads = xcalloc((size_t)(workers > 0 ? workers : 1), sizeof *p->threads);
    sigset_t old;
    block_signals(&old); /* a new thread inherits the mask, so there is no moment without it */
    int rc = 0;
    while (p->count < workers && rc == 0) {
        rc = pthread_create(&p->threads[p->count], NULL, worker, p);
        if (rc == 0)
            p->count++;
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (rc != 0 && p->count == 0) {
        err_set(err, "cannot start a worker thread: %s", strerror(rc));
        pool_destroy(&p);
    }
    return p;
}

void
pool_push(struct pool *p, const struct pool_job *job)
{
    struct waiting *w = xcalloc(1, sizeof *w);
    w->job = *job;
    pthread_mutex_lock(&p->lock);
    struct queue *q = &p->queues[job->priority];
    if (q->tail)
        q->tail->next = w;
    else
        q->head = w;
    q->tail = w;
    pthread_cond_signal(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

void
pool_warm(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->warm = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
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
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->count; i++)
        pthread_join(p->threads[i], NULL);
    struct waiting *w;
    while ((w = next_job(p))) {
        if (w->job.drop)
            w->job.drop(w->job.arg);
        free(w);
    }
    free(p->threads);
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
