/* Words of the cultural context: what LLAMA is asked, what of its reply can be used, what the knowledge base says
 * instead, and under which key a text is kept. Pure. Thread: any. */
#ifndef BERDUA_ENGINE_CONTEXT_TEXT_H
#define BERDUA_ENGINE_CONTEXT_TEXT_H

#include "berdua/chat/context.h"
#include "berdua/chat/conversation.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct prompt;

/* The longest context that Claude is told, and the part of LLAMA's reply that is read. */
enum { CONTEXT_MAX_BYTES = 2000, CONTEXT_REPLY_BYTES = 4 * CONTEXT_MAX_BYTES };

/* The prompt for LLAMA about t. before: the turn before (NULL: none), which is shown with a short message. */
void context_prompt(const struct turn *t, const struct turn *before, struct prompt *out);
/* The usable part of LLAMA's reply, new; NULL: none. It ends where the reply begins to leak its prompt or to
 * repeat itself, and with a whole sentence when `cut` says that the reply was cut off; sentences with prices or
 * long numbers go. */
char *context_clean(const char *reply, bool cut);
/* The best of the insights as one text, new; NULL: there are none. */
char *context_baseline(const struct context_insight *insights, size_t count);
/* The text may hold something personal about the author of the message, and is never shared with others (in doubt: true):
 * it has three digits or more in a row (separators do not count), '@', an address of the web, the user's name, a
 * capitalised word inside a sentence that stands in the message too, or four words in the order of the message. */
bool personal_detail(const char *text, const char *message, const char *user);
/* Appends to a system prompt what a context is. It stands there, and not beside each context, since the system prompt is
 * read from the server's cache and what follows the last message is not. */
void context_announce(struct buf *system);
/* Appends the text, fenced, to what follows the last message. */
bool context_append(struct buf *aside, const char *text);

#endif
