/* The look-up behind a turn's cultural context, in a worker: what the knowledge base says, and what LLAMA once
 * wrote for a message like it. Private to the runner's files. */
#ifndef BERDUA_SESSION_LOOKUP_H
#define BERDUA_SESSION_LOOKUP_H

#include <stdint.h>

struct config;
struct context_store;
struct job;
struct keyring;
struct knowledge;
struct mailbox;
struct pool;

/* What a worker keeps for it. Thread: that worker. */
struct lookup_handles {
    struct knowledge *knowledge; /* NULL: not opened yet, or it cannot be */
    struct context_store *contexts;
};
void lookup_close(struct lookup_handles *h);

struct lookup_env { /* outlives the pool */
    const struct config *config;
    struct keyring *keyring;
    struct mailbox *mailbox;
    const char *user;
};

/* Opens the handles in the worker that will look up, so that the grace is not spent on it. */
void lookup_warm_up(struct pool *pool, const struct lookup_env *env);
/* Carries out JOB_LOOK_UP; comes back as EV_LOOKED_UP, also when nothing is found. */
void lookup_start(struct pool *pool, const struct lookup_env *env, const struct job *job);

#endif
