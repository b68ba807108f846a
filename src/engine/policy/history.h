/* The conversation as one brain shall see it. Pure. */
#ifndef BERDUA_ENGINE_HISTORY_H
#define BERDUA_ENGINE_HISTORY_H

#include "berdua/brain/prompt.h"
#include "berdua/chat/conversation.h"

#include <stdbool.h>

/* Turns before `t`, then t's message, between the system prompt and the aside of take_head, which is moved out or freed.
 * Canonical: of each turn the answer that continues the conversation; own: the brain's own answer where it is valid,
 * else the canonical one. A turn without a valid answer is left out whole, so roles alternate. Oldest turns are left out
 * while the estimate exceeds budget_tokens (0: no limit), and out->truncated says so; a quarter of the budget at a time,
 * so that the prompt begins alike for several turns. false: the message alone does not fit, and *need_tokens is its
 * estimate. */
bool history_prompt(const struct conversation *c, const struct turn *t, enum brain_id brain,
                    enum history_policy policy, struct prompt *take_head, long budget_tokens,
                    struct prompt *out, long *need_tokens);

#endif
