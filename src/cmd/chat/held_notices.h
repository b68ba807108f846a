/* Notices that would tell what a blind pair hides (who failed, who reached a budget, whom the rollout favours): they wait
 * until its names are shown. Owner: the front end. Thread: main. */
#ifndef BERDUA_CMD_HELD_NOTICES_H
#define BERDUA_CMD_HELD_NOTICES_H

#include "berdua/engine/jobs.h"

/* All zero: none. */
struct held_notices {
    struct job *v; /* NOTIFY_NOTICE or NOTIFY_ERROR, with a text of their own */
    size_t count;
};

/* true: the notice waits, since the last turn is veiled and it may tell more. */
bool held_notices_take(struct held_notices *h, const struct job *job, const struct conversation *c);
/* Tells them in their order once nothing is veiled. */
void held_notices_release(struct held_notices *h, const struct conversation *c,
                          void (*notice)(void *arg, const struct job *job), void *arg);
void held_notices_finish(struct held_notices *h);

#endif
