/* What the store remembers that the engine needs before a message: rollout stages, breakers, and what this month has
 * cost; and a breaker's change given to the writer. Private to the runner. Thread: main. */
#ifndef BERDUA_SESSION_STORED_STATE_H
#define BERDUA_SESSION_STORED_STATE_H

#include <stdint.h>

#include "session_env.h"

struct stored_state;

struct stored_state *stored_state_create(const struct session_env *env);
/* After the pool has stopped. */
void stored_state_destroy(struct stored_state **s);
/* Begins to read stages and breakers into the engine, in a worker; what cannot be read stays. So in the next. */
void stored_state_read_routing(struct stored_state *s);
/* The month's spend: once for the screen, and each time where there is a budget, since other instances spend too. */
void stored_state_read_spend(struct stored_state *s);
/* Something is being read that a message waits for: stages and breakers, or the spend where there is a budget. */
bool stored_state_reading(const struct stored_state *s);
/* Gives the writer the breakers that have changed since they were read or written. */
void stored_state_save(struct stored_state *s);
/* The request is answered. */
void stored_state_saved(struct stored_state *s, uint64_t request);

#endif
