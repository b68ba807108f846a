/* What a worker of the pool keeps between tasks. Thread: that worker only. */
#ifndef BERDUA_SESSION_WORKER_H
#define BERDUA_SESSION_WORKER_H

#include "berdua/core/pool.h"
#include "lookup.h"
#include "session_env.h"

/* A task's `local`. */
struct worker {
    struct lookup_handles lookup;
    struct http *http; /* made at its first call; NULL: not yet, or no network library */
};

extern const struct pool_ops worker_ops;

/* The worker's connections, made now when there are none. NULL: the network library is missing. */
struct http *worker_http(struct worker *w);
/* Loads the network library in a worker, so that the first message finds it there. */
void worker_warm_up(const struct session_env *env);

#endif
