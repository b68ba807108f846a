/* The look-up for a turn's cultural context: under which key contexts are stored, and what was found. Thread: any. */
#ifndef BERDUA_ENGINE_CONTEXT_LOOKUP_H
#define BERDUA_ENGINE_CONTEXT_LOOKUP_H

#include "berdua/chat/context.h"

/* The message's topic: of the best insight when it is near enough, else the category. Borrowed from the insights. */
const char *context_topic(const struct context_insight *insights, size_t count, int category);
/* The key under which contexts of a topic are stored, new. Recorded answers, which no real Claude is told, have their own. */
char *context_key(const char *topic, bool simulated);
/* The language part of the key: "id", "en", "it", or "" while unknown. */
const char *context_language(int language);

struct lookup_result {
    char *saved;                      /* LLAMA's text of an earlier turn; NULL: none */
    struct context_insight *insights; /* from the knowledge base, best first */
    size_t count;
    bool opted_out; /* the user is taken out of memory */
};
/* Frees what it holds and leaves it empty. */
void lookup_result_clear(struct lookup_result *f);

#endif
