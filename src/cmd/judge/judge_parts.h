/* The parts of `berdua judge`: what is wanted, what is shown on the way, and what is printed at the end. Thread: main. */
#ifndef BERDUA_CMD_JUDGE_PARTS_H
#define BERDUA_CMD_JUDGE_PARTS_H

#include "berdua/session/judge_run.h"
#include "cmd/cmd.h"
#include "cmd/interrupts.h"

struct judge_wish {
    int64_t since_us; /* INT64_MIN: everything */
    size_t limit;     /* 0: all */
    int jobs;         /* 0: as configured */
    bool yes, dry_run, json;
};

/* ---- the whole of it ---- */

struct judge_job {
    struct judge_wish wish;
    bool quiet;
    const struct config *config;
    struct judge_choice choice;
    struct loop *loop;
    struct judge_run *run;
    struct judge_plan plan;
    struct progress_line view;
    int jobs;
    double cap_usd;
    const char *cap_key; /* what sets it */
    struct interrupts interrupts;
    struct judge_progress done;
    bool saved;
};

/* ---- judge_progress.c ---- */
void judge_progress_show(struct judge_job *j, const struct judge_progress *p);

/* ---- judge_print.c ---- */

/* On stderr: pairs, calls, cost, and whose votes these are. */
void judge_say_plan(const struct judge_job *j);
/* The same as the result of --dry-run. */
void judge_print_plan(const struct judge_job *j);
/* Asks on the terminal; only y and yes go on. */
bool judge_confirm(void);
/* The result on stdout; why it ended early on stderr. */
void judge_print_end(const struct judge_job *j);
/* "$0.0123" */
enum { JUDGE_USD_BYTES = 32 };
const char *judge_usd(double usd, char out[JUDGE_USD_BYTES]);

#endif
