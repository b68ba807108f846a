/* The rollout after a verdict: a worker looks whether a step is due, takes it where that is allowed, and the
 * operator is told. Verdicts that come while it looks make it look once more. Thread: main. */
#ifndef BERDUA_SESSION_ROLLOUT_WATCH_H
#define BERDUA_SESSION_ROLLOUT_WATCH_H

#include "session_env.h"

struct rollout_watch;

struct rollout_watch *rollout_watch_create(const struct session_env *env);
/* After the pool has stopped. */
void rollout_watch_destroy(struct rollout_watch **p);
/* A verdict is durable. */
void rollout_watch_judged(struct rollout_watch *p);
/* A look is under way. */
bool rollout_watch_busy(const struct rollout_watch *p);

#endif
