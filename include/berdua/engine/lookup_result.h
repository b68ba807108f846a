/* What a look-up for a turn's cultural context found. Plain data. */
#ifndef BERDUA_ENGINE_LOOKUP_RESULT_H
#define BERDUA_ENGINE_LOOKUP_RESULT_H

#include "berdua/chat/context.h"

struct lookup_result {
    char *saved;                      /* LLAMA's text of an earlier turn; NULL: none */
    struct context_insight *insights; /* from the knowledge base, best first */
    size_t count;
    bool opted_out; /* the user is taken out of memory */
};

/* Frees what it holds and leaves it empty. */
void lookup_result_clear(struct lookup_result *f);

#endif
