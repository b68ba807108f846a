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

/* What Claude is told of a context at most; and how much of a reply is looked at. */
enum { CONTEXT_MAX_BYTES = 2000, CONTEXT_REPLY_BYTES = 4 * CONTEXT_MAX_BYTES };

/* What LLAMA is asked about t: before is the turn before it (NULL: none), which a short message leans on. */
void context_prompt(const struct turn *t, const struct turn *before, struct prompt *out);
/* What can be used of LLAMA's reply, new; NULL: nothing. It ends where the reply begins to leak its prompt or to
 * repeat itself, and with a whole sentence when `cut` says that the reply was cut off; sentences with prices or
 * long numbers go. */
char *context_clean(const char *reply, bool cut);
/* The best of the insights as one text, new; NULL: there are none. */
char *context_baseline(const struct context_insight *insights, size_t count);
/* What the message is about, as a key: the best insight when it is near enough, else the category. Lives as long
 * as the insights. */
const char *context_topic(const struct context_insight *insights, size_t count, int category);
/* The topic as it is kept and looked up, new. What a tape says stays apart: no real Claude is ever told of it. */
char *context_key(const char *topic, bool simulated);
/* Part of the same key: "id", "en", "it", or "" while unknown. */
const char *context_language(int language);
/* Appends the text to a system prompt, as background that nobody may mistake for more. */
bool context_append(struct buf *system, const char *text);

#endif
