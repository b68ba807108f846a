/* What the store remembers for routing: rollout stages and breakers, read before a routed message, and a
 * breaker's change given to the writer. Private to the runner. Thread: main. */
#ifndef BERDUA_SESSION_ROUTING_STATE_H
#define BERDUA_SESSION_ROUTING_STATE_H

#include <stdint.h>

#include "session_env.h"

struct routing_state;

struct routing_state *routing_state_create(const struct session_env *env);
/* After the pool has stopped. */
void routing_state_destroy(struct routing_state **s);
/* Begins to read stages and breakers into the engine, in a worker. Where the store cannot be read the engine keeps what
 * it has. */
void routing_state_read(struct routing_state *s);
bool routing_state_reading(const struct routing_state *s);
/* Gives the writer the breakers that have changed since they were read or written. */
void routing_state_save(struct routing_state *s);
/* The request is answered. */
void routing_state_saved(struct routing_state *s, uint64_t request);

#endif
