/* What the store remembers for routing: rollout stages and breakers, read before a routed message, and a
 * breaker's change written back by a worker. Private to the runner. Thread: main. */
#ifndef BERDUA_SESSION_ROUTING_STATE_H
#define BERDUA_SESSION_ROUTING_STATE_H

#include "session_env.h"

struct routing_state;

struct routing_state *routing_state_create(const struct session_env *env);
/* After the pool has stopped. */
void routing_state_destroy(struct routing_state **s);
/* Opens the store in a worker, so that the first message finds it open. */
void routing_state_begin(struct routing_state *s);
/* Reads stages and breakers into the engine. Where the store cannot be read the engine keeps what it has. */
void routing_state_load(struct routing_state *s);
/* Writes the breakers that have changed since they were read or written. */
void routing_state_save(struct routing_state *s);

#endif
