/* Work for a worker of the pool whose result is wanted on the main thread: `run` there, then `done` here.
 * Whoever makes a task embeds it in a struct with what the work needs and finds.
 * Owner: the pool from pool_start on; `done` or `drop`, of which exactly one is called, frees it. */
#ifndef BERDUA_CORE_TASK_H
#define BERDUA_CORE_TASK_H

#include "berdua/core/mailbox.h"

enum pool_priority { PRIO_ANSWER, PRIO_CONTEXT, PRIO_SHADOW, PRIO_ANALYSIS, PRIO_COUNT };

struct task {
    struct mail mail; /* the pool's */
    /* In a worker. local: what pool_ops.open made for that worker. */
    void (*run)(struct task *t, void *local);
    /* On the main thread, once run has returned and the worker is free again. NULL: nobody waits for it, and
     * drop is called in the worker. */
    void (*done)(struct task *t);
    /* Instead of done: the pool or the mailbox ended first. Any thread. */
    void (*drop)(struct task *t);
    /* Run by the same worker after done was posted, before the worker is free; may be NULL. Set by run. */
    struct task *then;
    enum pool_priority priority;
    /* Tasks of equal affinity go to the same worker when it is idle, since it holds a warm connection;
     * 0: no preference. */
    unsigned affinity;
};

#endif
