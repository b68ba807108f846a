/* Under which key a cultural context is stored and looked up. Pure. Thread: any. */
#ifndef BERDUA_ENGINE_CONTEXT_KEY_H
#define BERDUA_ENGINE_CONTEXT_KEY_H

#include "berdua/chat/context.h"

#include <stdbool.h>
#include <stddef.h>

/* The message's topic: of the best insight when it is near enough, else the category. Borrowed from the insights. */
const char *context_topic(const struct context_insight *insights, size_t count, int category);
/* The key under which contexts of a topic are stored, new. Recorded answers have keys of their own: a real Claude is never
 * told of them. */
char *context_key(const char *topic, bool simulated);
/* The language part of the key: "id", "en", "it", or "" while unknown. */
const char *context_language(int language);

#endif
