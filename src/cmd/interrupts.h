/* How a long command ends early: the first interrupt lets what runs end, for it is paid; the second, and any other signal to
 * end, does not wait for it. Thread: main. */
#ifndef BERDUA_CMD_INTERRUPTS_H
#define BERDUA_CMD_INTERRUPTS_H

#include <stdbool.h>

#include "progress_line.h"

struct err;
struct loop;

struct interrupts {
    const char *what; /* that runs: "rows" */
    struct progress_line *view;
    void (*stop)(void *arg, bool at_once);
    void *arg;
    int signo; /* that ended it, 0: none */
};

/* The loop gives INT, TERM and HUP to it; it must outlive the loop. */
bool interrupts_watch(struct interrupts *i, struct loop *loop, struct err *err);

#endif
