/* What is inferred about the user, inside the engine: told to Claude, and queued for analysis when the conversation
 * has ended. Thread: main. */
#ifndef BERDUA_ENGINE_JIWA_H
#define BERDUA_ENGINE_JIWA_H

#include "engine/state.h"

struct buf;

/* Appends the user's profile to Claude's system prompt, as background. */
void jiwa_append(const struct engine *e, struct buf *system);
/* A message was sent, and its row is on its way to the store. */
void jiwa_said(struct engine *e, struct moment at, struct jobs *out);
/* Something else was said or done in the conversation. */
void jiwa_active(struct engine *e, struct moment at);
/* Queues the conversation once nothing has happened for memory.idle_s. */
void jiwa_tick(struct engine *e, struct moment at, struct jobs *out);
/* Another conversation is in place, in which nothing was said yet. */
void jiwa_begin_session(struct engine *e);

#endif
