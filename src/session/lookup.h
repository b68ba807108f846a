/* The look-up behind a turn's cultural context, in a worker: what the knowledge base says, and what LLAMA once
 * wrote for a message like it. Private to the runner's files. */
#ifndef BERDUA_SESSION_LOOKUP_H
#define BERDUA_SESSION_LOOKUP_H

#include "session_env.h"

struct context_store;
struct job;
struct knowledge;

/* What a worker keeps for it. Thread: that worker. */
struct lookup_handles {
    struct knowledge *knowledge; /* NULL: not opened yet, or it cannot be */
    struct context_store *contexts;
};
void lookup_close(struct lookup_handles *h);

/* Opens the handles in the worker that will look up, so that the grace is not spent on it. */
void lookup_warm_up(const struct session_env *env);
/* Carries out JOB_LOOK_UP; comes back through engine_looked_up, also when nothing is found. */
void lookup_start(const struct session_env *env, const struct job *job);

#endif
