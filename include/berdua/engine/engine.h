/* The turn engine: a reducer. Each function takes the state, one input and the time, changes the state
 * (the conversation it owns) and appends the jobs that follow; it does no I/O, reads no clock and draws
 * random numbers only from its seed, so every order of arrival can be tested from a table.
 * One file per pattern behind struct pattern_ops (src/engine/pattern/pattern.h). Thread: main. */
#ifndef BERDUA_ENGINE_ENGINE_H
#define BERDUA_ENGINE_ENGINE_H

#include "berdua/base/clock.h"
#include "berdua/chat/conversation.h"
#include "berdua/conf/config.h"
#include "berdua/engine/jobs.h"

#include <stdbool.h>
#include <stdint.h>

struct breaker;
struct crisis;
struct engine;
struct err;
struct lookup_result;
struct measure;
struct spend;

struct engine_opts {
    const struct config *config; /* outlives the engine */
    const char *user;
    uint64_t seed;
    const struct crisis *crisis;   /* outlives the engine; NULL: nothing is looked for */
    const struct measure *measure; /* outlives the engine; NULL: nothing is classified or scored */
};

struct engine *engine_create(const struct engine_opts *opts);
void engine_destroy(struct engine **e);
const struct conversation *engine_conversation(const struct engine *e);
enum chat_mode engine_mode(const struct engine *e);
enum history_policy engine_history(const struct engine *e);
bool engine_busy(const struct engine *e); /* some call is running */

/* Does a message get a cultural context? Auto: when it profits from one. */
enum context_policy { CONTEXT_AUTO, CONTEXT_ON, CONTEXT_OFF };

/* Which brains a message is for; a bit per brain_id. */
enum { BRAINS_BOTH = (1 << BRAIN_CLAUDE) | (1 << BRAIN_LLAMA) };

/* A message of the operator. A leading "@claude ", "@llama " or "@both " sets `brains` and is
 * stripped. While the last turn runs and has no served answer yet, one message waits in the engine and
 * is sent as soon as it may; a second one is refused. */
bool engine_submit(struct engine *e, const char *message, unsigned brains, struct moment at,
                   struct jobs *out, struct err *err);
/* From a call. Events of calls that are no longer current are ignored. */
void engine_event(struct engine *e, const struct call_event *ev, struct moment at,
                  struct jobs *out);
/* JOB_LOOK_UP has been carried out: its call and generation, and what it found, which is moved out. */
void engine_looked_up(struct engine *e, uint32_t look_up, uint32_t generation,
                      struct lookup_result *found, struct moment at, struct jobs *out);
/* What a put job carried as request_id is durable, or could not be written (failure says why). */
void engine_stored(struct engine *e, uint64_t request_id, int64_t seq, const char *failure,
                   struct jobs *out);
/* Stops every running call, and drops a waiting message. */
void engine_cancel(struct engine *e, struct moment at, struct jobs *out);
/* Asks brains of the last turn again; the earlier try stays in the store. */
bool engine_regenerate(struct engine *e, unsigned brains, struct moment at, struct jobs *out,
                       struct err *err);
/* About the last turn. kind: one of the four judgements, UNDO, NOTE or ADOPT (note: the brain's name). */
bool engine_verdict(struct engine *e, enum verdict_kind kind, const char *note, struct moment at,
                    struct jobs *out, struct err *err);
/* Shows the hidden shadow of the last turn; a verdict may be given from then on. */
bool engine_reveal(struct engine *e, struct jobs *out, struct err *err);
/* The brain shown in the left or right column of the last turn; BRAIN_NONE when there is no turn. */
enum brain_id engine_side(const struct engine *e, bool left);
bool engine_set_mode(struct engine *e, enum chat_mode mode, struct err *err);
/* Does the mode route, and so obey stages at once? */
bool engine_routes(const struct engine *e);
/* The rollout stage of a category in percent (0 at the start), and what is known of a brain's health. */
void engine_set_stage(struct engine *e, enum category category, double percent);
const struct breaker *engine_breaker(const struct engine *e, enum brain_id b);
void engine_set_breaker(struct engine *e, enum brain_id b, const struct breaker *breaker);
/* What the store knows of this month's spend (all instances'); NULL: not told yet. */
void engine_set_spend(struct engine *e, const struct spend *stored, struct moment at);
const struct spend *engine_spend(const struct engine *e);
/* A call that no turn made has ended: what it cost, and what it says of the brain's health. */
void engine_side_call(struct engine *e, const struct answer *a, struct moment at, struct jobs *out);
void engine_set_measure(struct engine *e, const struct measure *m);
void engine_set_context(struct engine *e, enum context_policy policy);
enum context_policy engine_context(const struct engine *e);
void engine_set_history(struct engine *e, enum history_policy policy);
/* Is anything inferred about the user of this session, and what is known of them so far (NULL: nothing), which
 * Claude is told? */
void engine_set_memory(struct engine *e, bool in, const char *text);
bool engine_memory(const struct engine *e);
/* The same, what is known staying as it is. */
void engine_let_in(struct engine *e, bool in);
bool engine_unanalysed(const struct engine *e); /* would engine_leave queue it? */
/* The conversation ends here: it is to be analysed, if anything new was said. */
void engine_leave(struct engine *e, struct jobs *out);
/* Only while nothing runs. Takes c; NULL begins a new session. */
bool engine_take_conversation(struct engine *e, struct conversation *c, struct err *err);
/* Older turns of the same session, loaded later. Takes the page. */
void engine_take_older(struct engine *e, struct conversation *page);
/* When engine_tick wants to be called (checkpoints of running answers), or NEVER_US. */
int64_t engine_deadline(const struct engine *e);
void engine_tick(struct engine *e, struct moment at, struct jobs *out);

#endif
