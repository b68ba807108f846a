/* Worker threads that run tasks in order of priority, then age. Every signal is blocked in them but those
 * that a fault raises in the thread itself (SEGV, BUS, ABRT …).
 * Thread: all functions from the main thread. */
#ifndef BERDUA_CORE_POOL_H
#define BERDUA_CORE_POOL_H

#include "berdua/core/task.h"

struct err;
struct pool;

struct pool_ops {
    void *(*open)(void *arg); /* in the new thread, before its first task; may return NULL */
    void (*close)(void *local);
    void *arg;
    /* A task of PRIO_ANSWER or PRIO_CONTEXT that finds every worker busy gets one more, up to this many in
     * all: somebody waits for it, and what runs may be in the background. 0: never. */
    int most_workers;
};

/* Starts `workers` threads. What tasks have done is posted to mb, which outlives the pool. ops may be NULL. */
struct pool *pool_create(int workers, const struct pool_ops *ops, struct mailbox *mb,
                         struct err *err);
/* Takes t. */
void pool_start(struct pool *p, struct task *t);
/* Waits for running tasks (cancel them first), joins the threads, drops the tasks that wait. What is started
 * after that is dropped at once. */
void pool_stop(struct pool *p);
void pool_destroy(struct pool **p);

#endif
