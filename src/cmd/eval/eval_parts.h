/* The parts of `berdua eval`: what is wanted, what is shown on the way, and the table at the end. Thread: main. */
#ifndef BERDUA_CMD_EVAL_PARTS_H
#define BERDUA_CMD_EVAL_PARTS_H

#include "berdua/eval/eval_run.h"
#include "cmd/interrupts.h"

struct eval_job {
    const char *file, *output, *user;
    int jobs;
    size_t limit; /* 0: all */
    bool resume, quiet;
    const struct config *config;
    struct loop *loop;
    struct eval_rows rows;
    struct eval_output out;
    struct measure *measure;
    struct eval_run *run;
    struct progress_line view;
    struct eval_progress done;
    bool saved;
    struct interrupts interrupts;
};

/* ---- eval_print.c ---- */
void eval_progress_show(struct eval_job *j, const struct eval_progress *p);
/* On stdout where the rows go to a file, else on stderr. */
void eval_print_end(const struct eval_job *j);

#endif
