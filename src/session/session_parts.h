/* The parts of a session, what they share, and what they tell the runner. Private to src/session. Owner: the runner,
 * which outlives them; the pool has stopped when a part is destroyed. Thread: main, unless said otherwise. */
#ifndef BERDUA_SESSION_SESSION_PARTS_H
#define BERDUA_SESSION_SESSION_PARTS_H

#include "berdua/chat/terms.h"
#include "berdua/core/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answer;
struct call_event;
struct call_spec;
struct cold_starts;
struct config;
struct engine;
struct err;
struct http;
struct job;
struct jobs;
struct keyring;
struct knowledge;
struct loop;
struct measure;
struct pool;
struct runner;
struct store;
struct stored_evidence;
struct turn;
struct writer;

struct session_env {
    const struct config *config;
    const char *user;
    struct loop *loop;
    struct pool *pool;
    struct mailbox *mailbox;
    struct writer *writer;
    struct keyring *keyring;
    struct engine *engine;
    struct runner *runner;
};

/* Does what the engine decided, and empties jobs. */
void runner_carry_out(struct runner *r, struct jobs *jobs);
/* Counts a request that was given to the writer: it will be acknowledged. */
void runner_expect(struct runner *r);
/* Something has been read: the message that waited for it is sent. */
void runner_read_done(struct runner *r);
/* Something that the panel shows has changed. */
void runner_note_change(struct runner *r);
/* A call's event, which the engine gets. */
void runner_hear_call(struct runner *r, const struct call_event *ev);

/* Starts a task that is a member of what waits for it: one at a time, freed with its owner. */
void session_task_start(const struct session_env *env, struct task *t,
                        void (*run)(struct task *t, void *local), void (*done)(struct task *t),
                        enum pool_priority priority);
/* What the task is a member of. */
#define TASK_OWNER(t, type, member) ((type *)(void *)((char *)(t)-offsetof(type, member)))

/* What a worker of the pool keeps between tasks: a task's `local`. Thread: that worker. */
struct worker {
    struct knowledge *knowledge; /* NULL: not opened yet, or it cannot be; so the next */
    struct store *contexts;
    struct http *http; /* made at its first call; NULL: not yet, or no network library */
};
extern const struct pool_ops worker_ops;
/* The worker's connections, made now when there are none. NULL: the network library is missing. */
struct http *worker_http(struct worker *w);
/* Loads the network library in a worker, so that the first message finds it there. */
void worker_warm_up(const struct session_env *env);

/* A call of a brain in a worker: its text is measured there, and what it reports goes to the runner in order, ending
 * with CALL_DONE once the worker is free. Takes *spec. measure: scores the text as it comes; NULL: nobody does. */
void call_task_start(const struct session_env *env, struct call_spec **spec,
                     const struct measure *measure, enum pool_priority priority);

/* The look-up behind a turn's cultural context: what the knowledge base says, and what LLAMA once wrote for a message
 * like it. Opens what it needs in the worker that will look up, so that the grace is not spent on it. */
void lookup_warm_up(const struct session_env *env);
/* Carries out JOB_LOOK_UP; comes back through engine_looked_up, also when nothing is found. */
void lookup_start(const struct session_env *env, const struct job *job);

/* Lexicons and weights, read in a worker while the operator types the first message; then the engine gets them. */
struct measure_loader *measure_loader_create(const struct session_env *env);
void measure_loader_destroy(struct measure_loader **p);
/* The operator's own lexicons are checked before anything is asked; the built-in ones wait. */
bool measure_loader_check(struct measure_loader *p, struct err *err);
/* In a worker, unless it has been done or is being done. */
void measure_loader_begin(struct measure_loader *p);
bool measure_loader_reading(const struct measure_loader *p);
/* NULL: not read yet. */
const struct measure *measure_loader_measure(const struct measure_loader *p);

/* What the store remembers that the engine needs before a message: rollout stages, breakers, and what this month has
 * cost; how long servers took to start up; and a breaker's change given to the writer. */
struct stored_state *stored_state_create(const struct session_env *env);
void stored_state_destroy(struct stored_state **s);
/* Begins to read stages and breakers into the engine, and the cold starts, in a worker; what cannot be read stays. So in the next. */
void stored_state_read_routing(struct stored_state *s);
/* The month's spend: once for the screen, and each time where there is a budget, since other instances spend too. */
void stored_state_read_spend(struct stored_state *s);
/* Something is being read that a message waits for: stages and breakers, or the spend where there is a budget. */
bool stored_state_reading(const struct stored_state *s);
/* As last read. */
const struct cold_starts *stored_state_cold_starts(const struct stored_state *s, enum brain_id b);
/* Gives the writer the breakers that have changed since they were read or written. */
void stored_state_save(struct stored_state *s);
/* The request is answered. */
void stored_state_saved(struct stored_state *s, uint64_t request);

/* The rollout after a verdict, and after a routed turn that guardrails watch: a worker looks whether a step is due, takes
 * it where that is allowed, and the operator is told. What comes while it looks makes it look once more. */
struct rollout_watch *rollout_watch_create(const struct session_env *env);
void rollout_watch_destroy(struct rollout_watch **p);
/* Begins to read what the verdicts say, unless that was done: no step is taken, and nothing is told. */
void rollout_watch_read(struct rollout_watch *p);
/* NULL: not read yet. */
const struct stored_evidence *rollout_watch_evidence(const struct rollout_watch *p);
/* A verdict is durable; others' verdicts or steps came. */
void rollout_watch_judged(struct rollout_watch *p);
void rollout_watch_others(struct rollout_watch *p);
/* This request writes an answer of the turn. */
void rollout_watch_written(struct rollout_watch *p, const struct turn *t, const struct answer *a,
                           uint64_t request);
/* The request is answered. */
void rollout_watch_stored(struct rollout_watch *p, uint64_t request);
bool rollout_watch_busy(const struct rollout_watch *p);

/* Analyses conversations that have ended, one at a time, when nobody waits for anything else. It wakes up for nothing but
 * that: once after the start, and when something is due. */
/* Without memory.enabled it does nothing. works: false: it only knows the user, and leaves the queue to others. */
struct analysis_scheduler *analysis_scheduler_create(const struct session_env *env, bool works);
void analysis_scheduler_destroy(struct analysis_scheduler **a);
/* Begins to read what is known about the user into the engine, in a worker; before a session's first message. */
void analysis_scheduler_read(struct analysis_scheduler *a);
bool analysis_scheduler_reading(const struct analysis_scheduler *a);
/* The operator has taken the user out, or lets them in: that holds whatever is read later. */
void analysis_scheduler_enable(struct analysis_scheduler *a, bool in);
/* Something is in the queue. */
void analysis_scheduler_queued(struct analysis_scheduler *a);
/* Something was done: the quiet begins anew. */
void analysis_scheduler_active(struct analysis_scheduler *a);
/* A running analysis is stopped, to be begun again later. */
void analysis_scheduler_cancel(struct analysis_scheduler *a);

#endif
