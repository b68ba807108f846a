/* How a brain is told to answer. What is the same in every turn stands before the conversation, so that the server can
 * keep the prompt up to the newest message; what the style of a message's category adds goes with that message. Pure. */
#ifndef BERDUA_ENGINE_INSTRUCTIONS_H
#define BERDUA_ENGINE_INSTRUCTIONS_H

#include "berdua/base/buf.h"
#include "berdua/conf/brain_conf.h"

/* The brain's `system`; without one, what the prompts of its styles begin with alike, up to the end of a sentence. */
void instructions_before(const struct brain_conf *conf, struct buf *out);
/* The rest of the style's prompt; nothing for a style without one. style may be NULL. For Claude in a tag, as its makers
 * advise; other models, above all those trained on conversations, may never have seen one, and get the plain text. */
void instructions_after(const struct brain_conf *conf, const struct style_conf *style,
                        struct buf *out);

#endif
