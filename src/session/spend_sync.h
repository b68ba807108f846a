/* What this month has cost, read from the store for the engine. Private to the runner's files. Thread: main. */
#ifndef BERDUA_SESSION_SPEND_SYNC_H
#define BERDUA_SESSION_SPEND_SYNC_H

#include "session_env.h"

struct spend_sync;

struct spend_sync *spend_sync_create(const struct session_env *env);
void spend_sync_destroy(struct spend_sync **p);
/* In a worker and once, for the screen. */
void spend_sync_begin(struct spend_sync *p);
/* Here and now, where there is a budget: other instances spend too. */
void spend_sync_refresh(struct spend_sync *p);

#endif
