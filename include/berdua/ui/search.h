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
/* From *at on (inclusive), forward or backward, once around. A turn's parts come in the order message,
 * left, right. */
bool search_conversation(const struct conversation *c, const char *needle, bool forward,
                         struct search_place *at);

#endif
