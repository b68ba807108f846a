/* The cultural context of a turn, for the patterns that give one to Claude. At submit LLAMA is asked for one and the store
 * is looked up; Claude is asked when the best of them is there, at the latest after context.grace_ms. LLAMA's text that
 * comes later is stored for later messages. Thread: main. */
#ifndef BERDUA_ENGINE_CONTEXT_WAIT_H
#define BERDUA_ENGINE_CONTEXT_WAIT_H

#include "engine/state.h"

/* The message gets one, by policy and category: never in a crisis, nor when Claude cannot be asked. */
bool context_wanted(const struct engine *e, const struct turn *t, struct moment at);
/* Begins both; Claude is asked later, as `choice` says. shadow: LLAMA is asked with Claude, as its shadow. */
void context_begin(struct engine *e, struct turn *t, const struct choice *choice, bool shadow,
                   struct moment at, struct jobs *out);
/* Only looks up: LLAMA answers, and Claude may have to take over. */
void context_look_up(struct engine *e, struct turn *t, struct moment at, struct jobs *out);
/* Claude takes over: the result of the look-up, if it is there, becomes its context. */
void context_take_over(struct engine *e, struct turn *t, struct moment at, struct jobs *out);
/* The look-up has ended; its result is moved out of *found. */
void context_found(struct engine *e, uint32_t look_up, struct lookup_result *found,
                   struct moment at, struct jobs *out);
/* LLAMA's call for the context has ended, after_us after the submit. */
void context_call_ended(struct engine *e, struct turn *t, int64_t after_us, struct moment at,
                        struct jobs *out);
/* Claude is asked with the best context that is there: the grace is over. */
void context_start_claude(struct engine *e, struct moment at, struct jobs *out);
/* The operator cancelled: Claude is not asked. */
void context_cancel(struct engine *e, struct moment at, struct jobs *out);
/* Cancels LLAMA's calls for the context of earlier turns than t. */
void context_cancel_stale(struct engine *e, const struct turn *t, struct jobs *out);
/* Another conversation is in place. */
void context_forget(struct engine *e);

#endif
