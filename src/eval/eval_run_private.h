/* The run of a batch, shared by eval_run.c (life; what is written), eval_lane.c (one row after the other) and eval_reach.c
 * (servers that ask to wait, or cannot be reached) only. Thread: main. */
#ifndef BERDUA_EVAL_RUN_PRIVATE_H
#define BERDUA_EVAL_RUN_PRIVATE_H

#include "berdua/eval/eval_run.h"

struct answer;
struct conversation;
struct eval_row;
struct job;
struct json;
struct runner;
struct turn;
struct unsaved;

/* A lane takes one row after the other. */
struct lane {
    struct eval_run *run;
    struct runner *runner;
    enum { LANE_IDLE, LANE_ASKING, LANE_HELD, LANE_SAVING } state;
    const struct eval_row *row;
    unsigned asking;                /* brains that were asked last */
    unsigned again;                 /* brains to ask once the wait is over */
    bool ended;                     /* nothing of the turn runs */
    bool probed;                    /* it was asked again although its brain was left alone */
    bool unsent;                    /* the message could not be sent, and it was said why */
    unsigned brains;                /* that were asked now */
    double before_usd[BRAIN_COUNT]; /* what their tries of an earlier run have cost */
};

/* A row of which some answers are in the store. */
struct stored_row {
    const struct eval_row *row;
    struct conversation *session;
    unsigned missing;
};

/* A row that one brain could not be reached for: written when all others are, unless the run stops for that cause. */
struct doubt {
    struct json *result;
    struct eval_progress counts;
};

struct eval_run {
    struct eval_run_opts opts;
    struct workshop *workshop;
    struct stored_row *parts; /* that an earlier run has begun, by row */
    size_t part_count, next_part;
    struct lane *lanes;
    int lane_count;
    size_t next; /* row */
    struct eval_progress now;
    struct doubt *doubts;
    size_t doubt_count;
    int limited[BRAIN_COUNT]; /* waits in a row */
    int down[BRAIN_COUNT];    /* rows in a row */
    bool unsaved_said, lost, closing;
};

/* ---- eval_run.c ---- */
void eval_say(struct eval_run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The row's turn is over and stored: it is written, or kept until its brain was reached again. */
void eval_end_row(struct eval_run *r, const struct eval_row *row, const struct conversation *c);

/* ---- eval_lane.c ---- */
/* true: the lane may go on at once. */
bool lane_step(struct lane *l);
/* Told by the lane's runner. */
void lane_notice(void *arg, const struct job *job);
void lane_unsaved(void *arg, const struct unsaved *now);

/* ---- eval_reach.c ---- */
/* Waits as long as the server asks; false: too long, or too often. */
bool eval_wait_for_server(struct eval_run *r, const struct answer *a);
/* false: a brain was not reached; after many rows in a row the run stops. */
bool eval_note_reached(struct eval_run *r, const struct turn *t);

#endif
