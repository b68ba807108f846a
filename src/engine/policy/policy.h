/* Policies that the patterns and the engine's steps ask: the month's budget, what is inferred about the user, and the
 * cultural context. Thread: main. */
#ifndef BERDUA_ENGINE_POLICY_H
#define BERDUA_ENGINE_POLICY_H

#include "engine/state.h"

#include <stdbool.h>

struct buf;

/* ---- the month's spend, as the engine knows it, against budget.usd_per_month, by the local time zone ---- */

/* Why this brain may not be called this month, new; NULL: it may. */
char *budget_refusal(const struct engine *e, enum brain_id b, struct moment at);
bool budget_stops(const struct engine *e, enum brain_id b, struct moment at);
/* Adds the cost of an answer or side call that has ended. */
void budget_count(struct engine *e, const struct answer *a, struct moment at, struct jobs *out);
/* The same of a call that woke a server. */
void budget_count_warm_up(struct engine *e, const struct answer *a, struct moment at,
                          struct jobs *out);
/* Notifies once a month when 80 % of the cap are spent. */
void budget_warn(struct engine *e, struct moment at, struct jobs *out);

/* ---- what is inferred about the user: Claude is told it, and ended conversations are queued for analysis ---- */

/* Appends the user's profile to Claude's system prompt, marked as background. false: there is nothing to tell. */
bool memory_append(const struct engine *e, struct buf *system);
/* A message was sent; its row comes before the jobs added here. */
void memory_message_sent(struct engine *e, struct moment at, struct jobs *out);
/* Something else happened in the conversation: memory.idle_s counts anew. */
void memory_keep_awake(struct engine *e, struct moment at);
/* Queues the conversation for analysis when nothing has happened for memory.idle_s. */
void memory_tick(struct engine *e, struct moment at, struct jobs *out);
/* Another conversation is in place, in which nothing was said yet. */
void memory_begin_session(struct engine *e);

/* ---- the cultural context of a turn, for the patterns that give one to Claude ----
 * At submit LLAMA is asked for one and the store is looked up; Claude is asked when the best of them is there, at the
 * latest after context.grace_ms. LLAMA's text that comes later is stored for later messages. */

/* Messages may get one in this mode, by policy. */
bool context_expected(const struct engine *e, const struct turn *t);
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
