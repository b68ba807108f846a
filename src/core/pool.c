#include "berdua/core/pool.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/thread.h"

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
    struct waiting *given; /* handed over while idle; taken by the worker itself */
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
    struct worker *workers; /* never moved: their threads point there */
    int count;
    int rising; /* started, with no job given, and not yet looking for one */
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

static void
count_idle(struct worker *w)
{
    w->idle = true;
    w->idle_since = ++w->pool->idle_clock;
}

/* Under the lock; drops it while waiting. NULL: nothing to do now but what changed is to be looked at. */
static struct waiting *
wait_job(struct worker *w)
{
    struct pool *p = w->pool;
    struct waiting *job = w->given ? NULL : next_job(p);
    if (!job && !w->given) {
        count_idle(w);
        pthread_cond_wait(&w->wake, &p->lock);
    }
    w->idle = false;
    if (!job) {
        job = w->given;
        w->given = NULL;
    }
    return job;
}

static void *
work(void *arg)
{
    struct worker *w = arg;
    struct pool *p = w->pool;
    void *local = NULL;
    bool opened = false;

    pthread_mutex_lock(&p->lock);
    p->rising -= !w->given;
    while (!p->stopping) {
        struct waiting *job = wait_job(w);
        if (p->stopping) {
            w->given = job; /* dropped by pool_destroy */
            break;
        }
        if (!job)
            continue;
        if (job->job.affinity)
            w->affinity = job->job.affinity;
        pthread_mutex_unlock(&p->lock);
        if (!opened && p->ops.open)
            local = p->ops.open(p->ops.arg);
        opened = true;
        job->job.run(job->job.arg, local);
        pthread_mutex_lock(&p->lock);
        count_idle(w);
        if (job->job.after) {
            pthread_mutex_unlock(&p->lock);
            job->job.after(job->job.arg);
            pthread_mutex_lock(&p->lock);
        }
        free(job);
    }
    pthread_mutex_unlock(&p->lock);
    if (opened && p->ops.close)
        p->ops.close(local);
    return NULL;
}

/* Under the lock. 0, or why the thread did not start. given: its first job, or NULL. */
static int
add_worker(struct pool *p, struct waiting *given)
{
    struct worker *w = &p->workers[p->count];
    *w = (struct worker){.pool = p, .given = given};
    pthread_cond_init(&w->wake, NULL);
    int rc = thread_start(&w->thread, work, w);
    if (rc != 0) {
        pthread_cond_destroy(&w->wake);
        return rc;
    }
    p->count++;
    p->rising += !given;
    return 0;
}

struct pool *
pool_create(int workers, const struct pool_ops *ops, struct err *err)
{
    struct pool *p = xcalloc(1, sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
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

/* Under the lock. How well an idle worker suits: its connections fit, it has none yet, or else. */
static int
suits(const struct worker *w, unsigned affinity)
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
        if (!w->idle || w->given)
            continue;
        int better = best ? suits(w, affinity) - suits(best, affinity) : 1;
        if (better > 0 || (better == 0 && w->idle_since > best->idle_since))
            best = w;
    }
    return best;
}

static void
enqueue(struct queue *q, struct waiting *item)
{
    if (q->tail)
        q->tail->next = item;
    else
        q->head = item;
    q->tail = item;
}

void
pool_push(struct pool *p, const struct pool_job *job)
{
    struct waiting *item = xcalloc(1, sizeof *item);
    item->job = *job;
    pthread_mutex_lock(&p->lock);
    struct worker *w = pick_idle(p, job->affinity);
    bool grow = job->priority <= PRIO_CONTEXT && !p->rising && p->count < p->ops.most_workers;
    if (w) {
        w->given = item;
    } else if (!grow || add_worker(p, item) != 0) {
        enqueue(&p->queues[job->priority], item);
    }
    pthread_mutex_unlock(&p->lock);
    if (w) /* after the lock, which it takes first of all */
        pthread_cond_signal(&w->wake);
}

static void
wake_all(struct pool *p)
{
    for (int i = 0; i < p->count; i++)
        pthread_cond_signal(&p->workers[i].wake);
}

static void
drop_job(struct waiting *item)
{
    if (item && item->job.drop)
        item->job.drop(item->job.arg);
    free(item);
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
    wake_all(p);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->count; i++)
        pthread_join(p->workers[i].thread, NULL);
    struct waiting *item;
    while ((item = next_job(p)))
        drop_job(item);
    for (int i = 0; i < p->count; i++) {
        drop_job(p->workers[i].given);
        pthread_cond_destroy(&p->workers[i].wake);
    }
    free(p->workers);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
