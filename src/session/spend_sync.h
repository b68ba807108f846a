/* What this month has cost, read from the store for the engine. Private to the runner's files. Thread: main. */
#ifndef BERDUA_SESSION_SPEND_SYNC_H
#define BERDUA_SESSION_SPEND_SYNC_H

#include "ticket.h"

struct config;
struct engine;
struct mailbox;
struct pool;
struct spend_sync;

/* config outlives the spend_sync. */
struct spend_sync *spend_sync_create(const struct config *config, struct engine *e);
void spend_sync_destroy(struct spend_sync **p);
/* In a worker and once, for the screen. */
void spend_sync_begin(struct spend_sync *p, struct pool *pool, struct mailbox *mb);
/* What came with SPEND_SYNC_READ; it stays the event's. */
void spend_sync_take(struct spend_sync *p, void *data);
/* Here and now, where there is a budget: other instances spend too. */
void spend_sync_refresh(struct spend_sync *p);

#endif
