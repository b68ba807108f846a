/* Carries out what the engine decides: worker pool, mailbox, writer, timers. The same for the chat
 * and for `ask`; they differ only in what they do when told something. Thread: main. */
#ifndef BERDUA_SESSION_RUNNER_H
#define BERDUA_SESSION_RUNNER_H

#include "berdua/engine/engine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cold_starts;
struct err;
struct loop;
struct runner;
struct team_news;
struct unsaved;
struct workshop;

struct runner_opts {
    const struct config *config; /* outlives the runner */
    struct loop *loop;
    struct workshop *workshop; /* shared with other runners; outlives them; NULL: one of its own */
    const char *user;
    const char *record_dir; /* NULL: no recording */
    uint64_t seed;
    bool analyses; /* conversations that are queued, when nothing else is to be done */
    /* Every JOB_NOTIFY, in order, right after the engine took the input. Gives no input itself: it notes what is to
     * be done, and does it from the loop. */
    void (*on_notice)(void *arg, const struct job *job);
    /* Nothing can be saved now and it is tried again; or never in this session (UNSAVED_LOST: damage, a newer format, a file
     * that was deleted); or it can be again. May be NULL; so may the next. */
    void (*on_unsaved)(void *arg, const struct unsaved *now);
    /* With a team (config), its store is kept up while the runner lives, and this says how that stands; NULL: it is not. */
    void (*on_team)(void *arg, const struct team_news *n);
    /* A line for the operator while the runner is destroyed: what is still not saved, and where it is put. */
    void (*on_close)(void *arg, const char *line);
    void *arg;
};

struct runner *runner_create(const struct runner_opts *opts, struct err *err);
/* Ends what runs, writes what is queued (for a bounded time) and closes the store. The conversation can still be read;
 * otherwise only runner_destroy may follow. false: something that was given to the store in this session is not in it. Where
 * the workshop is shared this does nothing: workshop_save ends all of its runners. */
bool runner_save(struct runner *r);
/* As runner_save, then frees everything; the same result. */
bool runner_destroy(struct runner **r);
const struct engine *runner_engine(const struct runner *r);
/* NULL until the first message. */
const struct measure *runner_measure(const struct runner *r);

/* Somebody types: what the first message needs is read meanwhile, in a worker, and a server that sleeps is woken where
 * the configuration wants it. */
void runner_prepare(struct runner *r);
/* Wakes servers where the configuration wants it; at a key runner_prepare does. */
void runner_warm_up(struct runner *r, enum warm_up_cause cause);
/* How long this brain's server took to start up before. */
const struct cold_starts *runner_cold_starts(const struct runner *r, enum brain_id b);
/* Sent as soon as what it needs has been read from the store; an error after that comes as a notice. */
bool runner_submit(struct runner *r, const char *message, unsigned brains, struct err *err);
/* A message waits to be sent. */
bool runner_starting(const struct runner *r);
void runner_cancel(struct runner *r);
/* About the turn of that id, NULL: there is none yet; as the engine's of the same names. */
bool runner_regenerate(struct runner *r, const char *turn_id, unsigned brains, struct err *err);
bool runner_verdict(struct runner *r, const char *turn_id, const struct verdict *v,
                    struct err *err);
bool runner_set_aside(struct runner *r, const char *turn_id, struct err *err);
bool runner_reveal(struct runner *r, const char *turn_id, struct err *err);
/* Pairs without names from the next message on; only mode parallel shows pairs. */
bool runner_set_blind(struct runner *r, bool on, struct err *err);
bool runner_set_mode(struct runner *r, enum chat_mode mode, struct err *err);
/* For context and history, which may change at any time. */
struct engine_settings *runner_set(struct runner *r);
/* Takes c (NULL: a new session). */
bool runner_take_conversation(struct runner *r, struct conversation *c, struct err *err);
/* What is inferred about the user (Pattern 5): takes them out, or lets them in again. Durable soon. */
bool runner_set_memory(struct runner *r, bool in, struct err *err);
/* Asks the store for turns before the first one shown; they appear when they are there. */
void runner_load_older(struct runner *r);
/* Nothing runs and everything given to the store is durable. */
bool runner_quiet(const struct runner *r);
/* Nothing runs, and what is not durable cannot become so at the moment: there is nothing to wait for. */
bool runner_done(const struct runner *r);
/* What waits to be saved: all of it, and those that cannot be saved now with the reason. */
size_t runner_unsaved(const struct runner *r, struct unsaved *now);

#endif
