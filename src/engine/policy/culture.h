/* The cultural context of a turn, for the patterns that give one to Claude: asked of LLAMA and looked up at submit,
 * waited for until the grace is over, chosen, and kept when it comes late. Thread: main. */
#ifndef BERDUA_ENGINE_CULTURE_H
#define BERDUA_ENGINE_CULTURE_H

#include "engine/state.h"

/* Would this message profit from one, by policy and by kind? Never in a crisis, nor when Claude cannot be asked. */
bool culture_wanted(const struct engine *e, const struct turn *t, struct moment at);
/* Asks and looks up; Claude is asked, as `choice` says, as soon as the best there can be is there, and at the latest
 * when the grace is over. shadow: LLAMA is then asked too, as Claude's shadow. */
void culture_begin(struct engine *e, struct turn *t, const struct choice *choice, bool shadow,
                   struct moment at, struct jobs *out);
/* Only looks up, for the case that Claude has to take over from LLAMA. */
void culture_look_up(struct engine *e, struct turn *t, struct moment at, struct jobs *out);
/* Claude takes over now: what the look-up found so far becomes its context. */
void culture_take_over(struct engine *e, struct turn *t, struct moment at, struct jobs *out);
/* The look-up has ended; what it found is moved out of *found. */
void culture_found(struct engine *e, uint32_t look_up, struct lookup_result *found,
                   struct moment at, struct jobs *out);
/* LLAMA's call for it has ended, after_us after the submit. */
void culture_call_ended(struct engine *e, struct turn *t, int64_t after_us, struct moment at,
                        struct jobs *out);
/* The grace is over. */
void culture_deadline(struct engine *e, struct moment at, struct jobs *out);
/* Claude waits no longer, and is not asked. */
void culture_cancel(struct engine *e, struct moment at, struct jobs *out);
/* Calls for the context of turns other than t. */
void culture_cancel_stale(struct engine *e, const struct turn *t, struct jobs *out);
/* The conversation is another one. */
void culture_forget(struct engine *e);

#endif
