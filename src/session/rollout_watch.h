/* The rollout after a verdict: a worker looks whether a step is due, takes it where that is allowed, and the
 * operator is told. Verdicts that come while it looks make it look once more. Private to the runner.
 * Thread: main. */
#ifndef BERDUA_SESSION_ROLLOUT_WATCH_H
#define BERDUA_SESSION_ROLLOUT_WATCH_H

#include "ticket.h"

#include <stdbool.h>

struct config;
struct engine;
struct jobs;
struct mailbox;
struct pool;
struct progress;

/* All of them outlive it. */
struct progress *progress_create(const struct config *config, struct pool *pool,
                                 struct mailbox *mb);
/* Before the pool: what is found after that is not told. */
void progress_destroy(struct progress **p);
/* A verdict is durable. p may be NULL: the session is over. */
void progress_judged(struct progress *p);
/* What came with PROGRESSED (its data): the stages in force go to the engine, news to the operator. */
void progress_take(struct progress *p, const void *data, struct engine *e, struct jobs *out);
/* A look is under way. p may be NULL. */
bool progress_busy(const struct progress *p);

#endif
