/* The runner's state, shared by session/runner.c (life, what comes back), session/workshop.c (where several work at once),
 * session/runner_jobs.c (what the engine decided) and session/runner_inputs.c (what the operator wants) only. Thread: main. */
#ifndef BERDUA_SESSION_RUNNER_PRIVATE_H
#define BERDUA_SESSION_RUNNER_PRIVATE_H

#include "berdua/engine/jobs.h"
#include "berdua/session/runner.h"
#include "berdua/store/writer.h"
#include "session_parts.h"

#include <stddef.h>
#include <stdint.h>

struct token {
    uint32_t call;
    struct cancel *cancel;
};

struct runner {
    struct runner_opts opts;
    bool carrying_out;      /* jobs are being walked: no watcher may give an input now */
    struct session_env env; /* what the parts share; the engine is the runner's */
    struct workshop *workshop, *own_workshop; /* own: the runner's alone, NULL: it shares one */
    char *record_dir;
    struct crisis *crisis;
    struct measure_loader *measure_loader;
    struct stored_state *stored_state;
    struct rollout_watch *rollout_watch;
    struct analysis_scheduler *analysis_scheduler;
    struct team *team;   /* NULL: none is used */
    bool network_warmed; /* the network library is there, or being read */
    bool store_read; /* what the store remembers for routing and the budget, or it is being read */
    bool lookup_warmed;       /* a worker has opened what a look-up needs, or is about to */
    bool memory_loaded;       /* what is known about the user has been read for this session */
    bool memory_notice_shown; /* the operator knows that there is no memory */
    struct loop_timer *timer;
    struct {           /* a message that is sent once what it needs has been read */
        char *message; /* NULL: none */
        unsigned brains;
        struct loop_timer *timer;
    } starting;
    unsigned
        waking; /* why servers may have to be woken once what is being read is there; a bit per warm_up_cause */
    struct token *tokens;
    size_t token_count;
    size_t unacknowledged;         /* requests that the writer has not answered */
    int64_t waiting_since_wall_us; /* when the first of them was given; all answered: nothing */
    struct unsaved unsaved;
    size_t refused_count;
    char *refused;   /* why the first request that was refused was; NULL: none was */
    bool store_lost; /* nothing is saved any more */
    struct {         /* turns before the first one shown, read in a worker */
        struct task task;
        bool loading;
        char session[27];
        int64_t before_seq;
        struct conversation *page; /* NULL: it could not be read */
    } older;
};

void runner_notify_line(struct runner *r, enum notice_kind kind, const char *before,
                        const char *line);
/* The message waits for long. arg: the runner. */
void runner_say_reading(void *arg);

#endif
