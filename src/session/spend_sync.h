/* What this month has cost, read from the store for the engine. Private to the runner's files. Thread: main. */
#ifndef BERDUA_SESSION_SPEND_SYNC_H
#define BERDUA_SESSION_SPEND_SYNC_H

#include "session_env.h"

struct spend_sync;

struct spend_sync *spend_sync_create(const struct session_env *env);
void spend_sync_destroy(struct spend_sync **p);
/* Begins to read it in a worker: once for the screen, and each time where there is a budget, since other instances
 * spend too. */
void spend_sync_read(struct spend_sync *p);
/* It is being read, and a budget waits for it. */
bool spend_sync_reading(const struct spend_sync *p);

#endif
