/* `berdua judge` at work: questions to a model on several workers at once, each answer in the store before it counts. What
 * ends the run early loses nothing: the next one asks only what has no answer yet.
 * Owner: the command. Thread: main; the callbacks, too. */
#ifndef BERDUA_SESSION_JUDGE_RUN_H
#define BERDUA_SESSION_JUDGE_RUN_H

#include "berdua/session/judge_plan.h"

#include <stdbool.h>
#include <stdint.h>

struct err;
struct judge_run;
struct loop;

/* Why no more is asked. */
enum judge_stop {
    JUDGE_STOP_NONE,
    JUDGE_STOP_CAP,         /* the next call might cost more than is left */
    JUDGE_STOP_FAILED,      /* the server cannot be asked, or fails again and again */
    JUDGE_STOP_STORE,       /* nothing can be saved */
    JUDGE_STOP_INTERRUPTED, /* judge_run_stop */
    JUDGE_STOP_COUNT
};

struct judge_progress {
    size_t pairs;                      /* of the plan */
    size_t done;                       /* with a vote, or with none for good */
    size_t votes[VERDICT_KIND_COUNT];  /* of pairs that got theirs now */
    size_t inconsistent;               /* of these */
    size_t no_vote[JUDGE_STATE_COUNT]; /* by cause; [JUDGE_VOTED]: the pair is no longer there */
    size_t failed;                     /* pairs left to the next run since a call failed */
    size_t calls;                      /* that were answered */
    double usd;                        /* that is known to be spent */
    bool usd_unknown;                  /* some calls cost what nobody knows */
    bool simulated;
    size_t unsaved;        /* answers that are not in the store yet, or never will be */
    int64_t wait_until_us; /* the server asks to wait; 0: it does not */
    enum judge_stop stop;
};

struct judge_run_opts {
    const struct config *config;
    const struct judge_choice *choice;
    struct loop *loop; /* which the run stops when it has ended */
    /* Something has moved. May be NULL. */
    void (*changed)(void *arg, const struct judge_progress *p);
    /* A line for the operator. */
    void (*say)(void *arg, const char *line);
    void *arg;
};
/* Opens the store for writing; what an earlier run could not save is taken up. */
struct judge_run *judge_run_create(const struct judge_run_opts *opts, struct err *err);
/* Before the loop runs: what there is to do, once an earlier run's rest is saved and something could be written. s: any
 * connection. */
bool judge_run_plan(struct judge_run *r, struct store *s, int64_t since_us, size_t limit,
                    struct judge_plan *out, struct err *err);
/* jobs: calls at once. cap_usd: NAN: none. The plan outlives the run. */
bool judge_run_start(struct judge_run *r, const struct judge_plan *plan, int jobs, double cap_usd,
                     struct err *err);
/* Asks nothing more; at_once: and ends the calls that run. */
void judge_run_stop(struct judge_run *r, bool at_once);
/* Writes what waits, ends the threads. false: something is not in the store, and it was said why. */
bool judge_run_finish(struct judge_run *r, struct judge_progress *out);
void judge_run_destroy(struct judge_run **r);

#endif
