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
struct rollout_watch;

/* All of them outlive it. */
struct rollout_watch *rollout_watch_create(const struct config *config, struct pool *pool,
                                           struct mailbox *mb);
/* Before the pool: what is found after that is not told. */
void rollout_watch_destroy(struct rollout_watch **p);
/* A verdict is durable. p may be NULL: the session is over. */
void rollout_watch_judged(struct rollout_watch *p);
/* What came with ROLLOUT_WATCHED (its data): the stages in force go to the engine, news to the operator. */
void rollout_watch_take(struct rollout_watch *p, const void *data, struct engine *e,
                        struct jobs *out);
/* A look is under way. p may be NULL. */
bool rollout_watch_busy(const struct rollout_watch *p);

#endif
