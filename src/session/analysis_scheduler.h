/* Analyses conversations that have ended, one at a time, when nobody waits for anything else. It wakes up for
 * nothing but that: once after the start, and when something is due. Private to the runner. Thread: main. */
#ifndef BERDUA_SESSION_ANALYSIS_SCHEDULER_H
#define BERDUA_SESSION_ANALYSIS_SCHEDULER_H

#include "ticket.h"

#include <stdbool.h>

struct analysis_scheduler;
struct config;
struct engine;
struct jobs;
struct keyring;
struct loop;
struct mailbox;
struct pool;

struct analysis_scheduler_opts {
    const struct config *config;
    struct loop *loop;
    struct pool *pool;
    struct mailbox *mailbox;
    struct keyring *keyring;
    struct engine *engine;
    bool (*quiet)(void *arg); /* nothing else runs */
    void *arg;
    bool works; /* false: it only knows the user, and leaves the queue to others */
};

/* Never NULL; without memory.enabled it does nothing. */
struct analysis_scheduler *analysis_scheduler_create(const struct analysis_scheduler_opts *opts);
/* After the pool has been destroyed. */
void analysis_scheduler_destroy(struct analysis_scheduler **a);
/* Reads what is known about the user into the engine. A read of one row, before a session's first message. */
void analysis_scheduler_load(struct analysis_scheduler *a);
/* Something is in the queue. */
void analysis_scheduler_queued(struct analysis_scheduler *a);
/* Something was done: the quiet begins anew. */
void analysis_scheduler_active(struct analysis_scheduler *a);
/* A running analysis is stopped, to be begun again later. */
void analysis_scheduler_cancel(struct analysis_scheduler *a);
/* What came with ANALYSED (its data); tells the operator. */
void analysis_scheduler_take(struct analysis_scheduler *a, const void *data, struct jobs *out);

#endif
