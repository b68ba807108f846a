/* Worker threads that run jobs in order of priority, then age. Every signal is blocked in them but
 * those a fault raises in the thread itself (SEGV, BUS, ABRT …).
 * Thread: all functions from the main thread; job callbacks run in a worker, unlocked. */
#ifndef BERDUA_CORE_POOL_H
#define BERDUA_CORE_POOL_H

#include <stdbool.h>

struct err;
struct pool;

enum pool_priority { PRIO_ANSWER, PRIO_CONTEXT, PRIO_SHADOW, PRIO_ANALYSIS, PRIO_COUNT };

struct pool_job {
    /* local: what pool_ops.open made for this worker. The job owns arg. */
    void (*run)(void *arg, void *local);
    /* After run, in the same worker, which counts as idle by then: whoever is told that the job is over
     * finds the worker free. May be NULL; then run frees arg. */
    void (*after)(void *arg);
    /* Called instead of run when the pool is destroyed first. */
    void (*drop)(void *arg);
    void *arg;
    enum pool_priority priority;
    /* Jobs of equal affinity go to the same worker when it is idle, since it holds a warm connection;
     * 0: no preference. */
    unsigned affinity;
};

struct pool_ops {
    void *(*open)(void *arg); /* in the new thread, before its first job; may return NULL */
    void (*close)(void *local);
    void *arg;
    /* A job of PRIO_ANSWER or PRIO_CONTEXT that finds every worker busy gets one more, up to this many
     * in all: somebody waits for it, and what runs may be in the background. 0: never. */
    int most_workers;
};

/* Starts `workers` threads. ops may be NULL. */
struct pool *pool_create(int workers, const struct pool_ops *ops, struct err *err);
void pool_push(struct pool *p, const struct pool_job *job);
/* Drops waiting jobs, waits for running ones (cancel them first), joins. */
void pool_destroy(struct pool **p);

#endif
