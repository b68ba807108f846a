/* The turn engine is a reducer: each function takes the state, one input and the input's time on both clocks, changes the
 * state (the conversation it owns) and appends the jobs that follow. It does no I/O, reads no clock and draws random
 * numbers only from its seed, so every order of arrival can be tested. One file per pattern behind struct pattern_ops
 * (src/engine/pattern/pattern.h). Thread: main. */
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
    struct moment at;              /* now */
    const struct crisis *crisis;   /* outlives the engine; NULL: no message counts as a crisis */
    const struct measure *measure; /* outlives the engine; NULL: nothing is classified or scored */
};

/* Does a message get a cultural context? Auto: when it profits from one. */
enum context_policy { CONTEXT_AUTO, CONTEXT_ON, CONTEXT_OFF };

/* What holds for every message from now on. */
struct engine_settings {
    enum chat_mode mode;
    enum history_policy history;
    enum context_policy context;
    const struct measure *measure; /* as in engine_opts */
    bool blind;                    /* pairs are compared without names, in mode parallel */
    double stage[CATEGORY_COUNT];  /* of the rollout, in percent */
};

struct engine *engine_create(const struct engine_opts *opts);
void engine_destroy(struct engine **e);
const struct conversation *engine_conversation(const struct engine *e);
/* A call is running, or Claude awaits a cultural context. */
bool engine_busy(const struct engine *e);

/* Which brains a message is for; a bit per brain_id. */
enum { BRAINS_BOTH = (1 << BRAIN_CLAUDE) | (1 << BRAIN_LLAMA) };

/* Is it a message at all, and may it be sent to whom it names? Nothing is changed. */
bool engine_check_message(const struct engine *e, const char *message, unsigned brains,
                          struct err *err);
/* A message of the operator. A leading "@claude ", "@llama " or "@both " sets `brains` and is stripped. While the last
 * turn runs and has no served answer, one message is queued and sent afterwards; a second one is refused. */
bool engine_submit(struct engine *e, const char *message, unsigned brains, struct moment at,
                   struct jobs *out, struct err *err);
/* An event of a call. Events of calls that are no longer current are ignored. */
void engine_event(struct engine *e, const struct call_event *ev, struct moment at,
                  struct jobs *out);
/* JOB_LOOK_UP has ended: its call and generation, and its result, which is moved out. */
void engine_looked_up(struct engine *e, uint32_t look_up, uint32_t generation,
                      struct lookup_result *found, struct moment at, struct jobs *out);
/* The write with this request_id is durable, or will never be: failure says why. seq: the turn's number, 0: unchanged. */
void engine_stored(struct engine *e, uint64_t request_id, int64_t seq, const char *failure,
                   struct jobs *out);
/* Before that: who stands at the left in the blind turn of this write. */
void engine_side_drawn(struct engine *e, uint64_t request_id, enum brain_id left, struct moment at,
                       struct jobs *out);
/* Stops every running call and drops the queued message. Nobody is asked in place of what was stopped. */
void engine_cancel(struct engine *e, struct moment at, struct jobs *out);
/* Of the following each is about the turn of that id; NULL: there is none yet.
 * Asks its brains again; the earlier try stays in the store. With an open breaker the call is its probe. */
bool engine_regenerate(struct engine *e, const char *turn_id, unsigned brains, struct moment at,
                       struct jobs *out, struct err *err);
/* UNDO of a blind pair that waits for its verdict withdraws the last verdict before it. kind: one of the four judgements, UNDO, NOTE, ADOPT (note: the brain's name), or REVEAL: the names
 * of a blind pair are shown, with what the rater answered before. Its time and flags are filled in here. A pair whose
 * names were shown is judged no more. */
bool engine_verdict(struct engine *e, const char *turn_id, const struct verdict *v,
                    struct moment at, struct jobs *out, struct err *err);
/* The pair cannot be judged, says the rater; it stays blind and is not waited for. */
bool engine_set_aside(struct engine *e, const char *turn_id, struct jobs *out, struct err *err);
/* Shows its hidden shadow; it can be judged from then on. */
bool engine_reveal(struct engine *e, const char *turn_id, struct jobs *out, struct err *err);
const struct engine_settings *engine_settings(const struct engine *e);
struct engine_settings *engine_set(struct engine *e);
/* Pairs are compared without names now: nothing may be done to one brain alone that the rater could notice. */
bool engine_blind(const struct engine *e);
/* The mode routes: a rollout stage that was just set decides the next message. */
bool engine_routes(const struct engine *e);
const struct breaker *engine_breaker(const struct engine *e, enum brain_id b);
void engine_set_breaker(struct engine *e, enum brain_id b, const struct breaker *breaker);
/* This month's spend of all instances, as stored. */
void engine_set_spend(struct engine *e, const struct spend *stored, struct moment at);
/* The same with what was spent here since; NULL until engine_set_spend. */
const struct spend *engine_spend(const struct engine *e);
/* A call that belongs to no turn (an analysis) has ended: its cost and its success count. */
void engine_side_call(struct engine *e, const struct answer *a, struct moment at, struct jobs *out);
/* Why a server may have to be woken: the chat has started, or a key was pressed. */
enum warm_up_cause { WARM_UP_AT_START, WARM_UP_AT_KEY };
/* Wakes a brain's server where brains.*.warm_up says so, unless it is awake, paused or too dear; one at a time. */
void engine_warm_up(struct engine *e, enum warm_up_cause cause, struct moment at, struct jobs *out);
/* The last call that woke this brain's server, or is about to; NULL: none since a message was sent to it. */
const struct answer *engine_warming(const struct engine *e, enum brain_id b);
/* Whether conversations of this user are analysed, and the profile that Claude is told (NULL: none). */
void engine_set_memory(struct engine *e, bool enabled, const char *text);
/* The same without a change of the profile. */
void engine_enable_memory(struct engine *e, bool enabled);
/* Something was said that is not queued for analysis: engine_leave would queue it. */
bool engine_unanalysed(const struct engine *e);
/* The conversation ends: it is queued for analysis if something new was said. */
void engine_leave(struct engine *e, struct jobs *out);
/* Only while nothing runs. Takes c; NULL begins a new session. */
bool engine_take_conversation(struct engine *e, struct conversation *c, struct moment at,
                              struct err *err);
/* Older turns of the same session, which were loaded later. Takes the page. */
void engine_take_older(struct engine *e, struct conversation *page);
/* When engine_tick has to be called: a checkpoint, a time-out, a grace or an idle conversation ends; or NEVER_US. */
int64_t engine_deadline(const struct engine *e);
void engine_tick(struct engine *e, struct moment at, struct jobs *out);

#endif
