/* What is inferred about the user: Claude is told it, and ended conversations are queued for analysis. Thread: main. */
#ifndef BERDUA_ENGINE_MEMORY_H
#define BERDUA_ENGINE_MEMORY_H

#include "engine/state.h"

struct buf;

/* Appends the user's profile to Claude's system prompt, marked as background. */
void memory_append(const struct engine *e, struct buf *system);
/* A message was sent; its row comes before the jobs added here. */
void memory_message_sent(struct engine *e, struct moment at, struct jobs *out);
/* Something else happened in the conversation: memory.idle_s counts anew. */
void memory_keep_awake(struct engine *e, struct moment at);
/* Queues the conversation for analysis when nothing has happened for memory.idle_s. */
void memory_tick(struct engine *e, struct moment at, struct jobs *out);
/* Another conversation is in place, in which nothing was said yet. */
void memory_begin_session(struct engine *e);

#endif
