/* What a worker of the pool keeps between jobs, and the calls it makes. Private to the runner's files. */
#ifndef BERDUA_SESSION_WORKER_H
#define BERDUA_SESSION_WORKER_H

#include "berdua/core/pool.h"
#include "lookup.h"

struct call_spec;
struct config;
struct mailbox;

/* A pool job's `local`. Thread: that worker only. */
struct worker {
    struct lookup_handles lookup;
    struct http *http; /* its connections; made at its first call; NULL: not yet, or it cannot be */
};

extern const struct pool_ops worker_ops;

/* The worker's connections, made now when there are none. NULL: the network library is missing. */
struct http *worker_http(struct worker *w);
/* Runs the call and tells mb of it. Takes spec. */
void worker_call(struct pool *pool, struct call_spec *spec, struct mailbox *mb,
                 enum pool_priority priority);
/* Loads the network library in a worker, so that the first message finds it there. */
void worker_warm_up(struct pool *pool, const struct config *config);
/* For a job that owns nothing. */
void worker_drop_nothing(void *arg);

#endif
