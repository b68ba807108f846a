/* Finding text in the conversation, without regard to case. Pure. Thread: main. */
#ifndef BERDUA_UI_SEARCH_H
#define BERDUA_UI_SEARCH_H

#include "berdua/chat/conversation.h"

#include <stdbool.h>
#include <stddef.h>

struct search_place {
    size_t turn;         /* index */
    enum brain_id brain; /* BRAIN_NONE: the message */
    size_t offset;
};

/* First occurrence of needle in the n bytes at p, from `from` on; its length in *len. SIZE_MAX: none. */
size_t search_text(const char *p, size_t n, size_t from, const char *needle, size_t *len);
/* How many there are in the conversation, and in *index which of them begins at `at`, counted from the newest, from 1. */
size_t search_count(const struct conversation *c, const char *needle, const struct search_place *at,
                    size_t *index);
/* From *at on (inclusive), forward or backward, once around. A turn's parts come in the order message,
 * left, right; an answer that is hidden has no text. */
bool search_conversation(const struct conversation *c, const char *needle, bool forward,
                         struct search_place *at);

#endif
