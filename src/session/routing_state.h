/* What the store remembers for routing: rollout stages and breakers, read before a routed message, and a
 * breaker's change written back by a worker. Private to the runner. Thread: main. */
#ifndef BERDUA_SESSION_ROUTING_STATE_H
#define BERDUA_SESSION_ROUTING_STATE_H

#include "ticket.h"

#include "berdua/chat/terms.h"
#include "berdua/chat/health.h"

struct engine;
struct mailbox;
struct pool;
struct rollout_store;
struct routing_state;

/* pool and mb outlive it but for routing_state_destroy, which comes after the pool's end and writes what is left. */
struct routing_state *routing_state_create(const char *store_url, struct pool *pool,
                                           struct mailbox *mb);
void routing_state_destroy(struct routing_state **s);
/* Opens the store in a worker, which takes longer than all reading after it. */
void routing_state_begin(struct routing_state *s);
/* What it brought; NULL: it could not. */
void routing_state_take(struct routing_state *s, struct rollout_store *store);
/* Reads what holds now into the engine; a store that cannot be read changes nothing. A read of a few rows
 * that are in memory, never a write, so it may stand before a message. */
void routing_state_load(struct routing_state *s, struct engine *e);
/* Writes the breakers that differ from what was read or written last. s may be NULL: the session is over. */
void routing_state_save(struct routing_state *s, const struct engine *e);
/* ROUTING_STATE_SAVED has come. s may be NULL. */
void routing_state_saved(struct routing_state *s, const struct engine *e);

#endif
