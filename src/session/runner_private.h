/* The runner's state, shared by engine/runner.c (life, what comes back), engine/runner_jobs.c (what the engine
 * decided) and engine/runner_inputs.c (what the operator wants) only. Thread: main. */
#ifndef BERDUA_SESSION_RUNNER_PRIVATE_H
#define BERDUA_SESSION_RUNNER_PRIVATE_H

#include "berdua/engine/jobs.h"
#include "berdua/session/runner.h"
#include "lookup.h"

#include <stddef.h>
#include <stdint.h>

struct token {
    uint32_t call;
    struct cancel *cancel;
};

struct ticket {
    int64_t ticket;
    uint64_t cookie; /* 0: nobody waits for it */
};

struct runner {
    struct runner_opts opts;
    char *record_dir;
    struct engine *engine;
    struct mailbox *mailbox;
    struct pool *pool;
    struct writer *writer;
    struct keyring *keyring;
    struct measure_loader *measure_loader;
    struct spend_sync *spend_sync;
    struct crisis *crisis;
    struct routing_state *routing_state;
    struct rollout_watch *rollout_watch;
    bool warmed; /* the network library is there, or being read */
    bool stood;  /* what it remembers has been read */
    struct lookup_env lookup;
    bool looks; /* a worker has opened what a look-up needs, or is about to */
    struct analysis_scheduler *analysis_scheduler;
    bool remembered; /* what is known about the user has been read for this session */
    bool missed;     /* the operator knows that there is no memory */
    struct loop_timer *timer;
    struct token *tokens;
    size_t token_count;
    struct ticket *tickets; /* not yet answered by the store */
    size_t ticket_count;
    int64_t older_ticket; /* -1: none is out */
    bool
        store_works; /* it has answered well at least once; trouble after that is reported, not fatal */
    bool store_failed; /* it could not be opened */
};

/* Does what the engine decided, and empties jobs. */
void runner_carry_out(struct runner *r, struct jobs *jobs);
/* The store will answer the ticket; cookie 0: nobody waits for it. */
void runner_expect(struct runner *r, int64_t ticket, uint64_t cookie);
/* Its call is over. */
void runner_forget_call(struct runner *r, uint32_t call);

#endif
