/* A batch at work: several rows at once, each a session of its own with one turn, asked as `ask` asks. A row is written once
 * its answers are durable. What ends the run early loses nothing: with resume, what stands is not asked again, and whole
 * answers are taken from the store. Thread: main; the callbacks, too. */
#ifndef BERDUA_EVAL_EVAL_RUN_H
#define BERDUA_EVAL_EVAL_RUN_H

#include "berdua/chat/terms.h"
#include "berdua/eval/eval_output.h"
#include "berdua/eval/eval_rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct config;
struct err;
struct eval_run;
struct loop;
struct measure;

struct eval_count {
    size_t met, of;
};

struct eval_progress {
    size_t rows;    /* of the file */
    size_t stood;   /* that stood in the result before */
    size_t written; /* now */
    size_t stored;  /* of these, the ones whose answers all were in the store */
    size_t failed;  /* of these, rows with an answer that failed */
    size_t answers[BRAIN_COUNT], complete[BRAIN_COUNT];
    struct eval_count expected[EXPECT_COUNT][BRAIN_COUNT];
    double usd;            /* spent now, as far as it is known */
    int64_t wait_until_us; /* a server asks to wait; 0: none does */
    bool simulated;
    bool stopped; /* no further row is begun, and it was said why */
};

struct eval_run_opts {
    const struct config *config; /* outlives the run, as does the rest */
    struct loop *loop;           /* which the run stops when it has ended */
    const char *user;
    const struct eval_rows *rows;
    struct eval_output *output;
    const struct measure *measure; /* for expectations of a language */
    int jobs;
    bool resume;
    void (*changed)(void *arg, const struct eval_progress *p);
    /* A line for the operator. */
    void (*say)(void *arg, const char *line);
    void *arg;
};

/* Opens the store for writing; what an earlier run could not save is taken up. */
struct eval_run *eval_run_create(const struct eval_run_opts *opts, struct err *err);
/* Begins no further row; at_once: and cancels the calls that run. */
void eval_run_stop(struct eval_run *r, bool at_once);
/* Writes what waits, ends the threads. false: something is not in the store, and it was said why. */
bool eval_run_finish(struct eval_run *r, struct eval_progress *out);
void eval_run_destroy(struct eval_run **r);

#endif
