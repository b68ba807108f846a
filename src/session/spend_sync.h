/* What this month has cost, read from the store for the engine. Private to the runner's files. Thread: main. */
#ifndef BERDUA_SESSION_SPEND_SYNC_H
#define BERDUA_SESSION_SPEND_SYNC_H

#include "ticket.h"

struct config;
struct engine;
struct mailbox;
struct pool;
struct purse;

/* config outlives the purse. */
struct purse *purse_create(const struct config *config, struct engine *e);
void purse_destroy(struct purse **p);
/* In a worker and once, for the screen. */
void purse_begin(struct purse *p, struct pool *pool, struct mailbox *mb);
/* What came with PURSE_READ; it stays the event's. */
void purse_take(struct purse *p, void *data);
/* Here and now, where there is a budget: other instances spend too. */
void purse_refresh(struct purse *p);

#endif
