/* Who serves a turn. What the operator sees (the roles), what is stored as served and what continues the conversation are
 * one fact, which engine_serve alone sets. In the modes that show one brain, that brain is the turn's first; the other
 * is its fallback: asked when the first fails or is late, from the start as a hedge, or unseen as a shadow.
 * Thread: main. */
#ifndef BERDUA_ENGINE_SERVE_H
#define BERDUA_ENGINE_SERVE_H

#include "engine/state.h"

/* b's answer serves: its role and the other's, `served`, `canonical`, and the rows that say so. */
void engine_serve(struct engine *e, struct turn *t, enum brain_id b, struct jobs *out);
/* The turn begins: `first` is shown. to: the brain that serves when it fails, asked as `how` says; BRAIN_NONE: nobody.
 * deadline_us: until when the first has to show text, or NEVER_US. */
void serve_begin(struct engine *e, struct turn *t, enum brain_id first, enum brain_id to,
                 const struct choice *how, int64_t deadline_us);
/* The same where Claude alone is shown, and LLAMA serves when it fails: unless the message names one brain, or may be
 * about a life while Claude's money lasts. Returns the brain to ask. */
enum brain_id serve_begin_alone(struct engine *e, struct turn *t, unsigned brains,
                                struct moment at);
/* Asks the fallback at once, beside the first. */
void serve_hedge(struct engine *e, struct turn *t, struct moment at, struct jobs *out);
/* Asks b unseen, unless it is asked already. */
void serve_shadow(struct engine *e, struct turn *t, enum brain_id b, struct moment at,
                  struct jobs *out);
/* The first visible token of b's answer has come; and as `ended` of struct pattern_ops. */
void serve_first_token(struct engine *e, struct turn *t, enum brain_id b, struct jobs *out);
void serve_ended(struct engine *e, struct turn *t, enum brain_id b, struct moment at,
                 struct jobs *out);
/* The time for the first's visible text is over. */
void serve_deadline(struct engine *e, struct moment at, struct jobs *out);
/* The operator called the turn off: nobody is asked in place of what was cancelled. */
void serve_call_off(struct engine *e);
/* No answer of the turn runs any more: what did not serve is only compared. */
void serve_close(struct turn *t, struct jobs *out);

#endif
