/* Analyses conversations that have ended, one at a time, when nobody waits for anything else. It wakes up for
 * nothing but that: once after the start, and when something is due. Private to the runner. Thread: main. */
#ifndef BERDUA_SESSION_ANALYSIS_SCHEDULER_H
#define BERDUA_SESSION_ANALYSIS_SCHEDULER_H

#include "ticket.h"

#include <stdbool.h>

struct analyst;
struct config;
struct engine;
struct jobs;
struct keyring;
struct loop;
struct mailbox;
struct pool;

struct analyst_opts {
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
struct analyst *analyst_create(const struct analyst_opts *opts);
/* After the pool has been destroyed. */
void analyst_destroy(struct analyst **a);
/* Reads what is known about the user into the engine. A read of one row, before a session's first message. */
void analyst_load(struct analyst *a);
/* Something is in the queue. */
void analyst_queued(struct analyst *a);
/* Something was done: the quiet begins anew. */
void analyst_active(struct analyst *a);
/* A running analysis is stopped, to be begun again later. */
void analyst_cancel(struct analyst *a);
/* What came with ANALYSED (its data); tells the operator. */
void analyst_take(struct analyst *a, const void *data, struct jobs *out);

#endif
