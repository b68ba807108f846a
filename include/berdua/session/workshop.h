/* What sessions that run at once have in common: worker pool, mailbox, writer, keys. Each session is a runner of its own;
 * a chat and `ask` have one, `eval` one for each row that is under way. Thread: main. */
#ifndef BERDUA_SESSION_WORKSHOP_H
#define BERDUA_SESSION_WORKSHOP_H

#include <stdbool.h>

struct config;
struct err;
struct loop;
struct workshop;
struct writer;

struct workshop_opts {
    const struct config *config; /* outlives it */
    struct loop *loop;
    int sessions; /* that run at once; workers are made for so many */
    /* A line for the operator while it is saved: what is still not saved, and where it is put. May be NULL. */
    void (*on_close)(void *arg, const char *line);
    void *arg;
};

struct workshop *workshop_create(const struct workshop_opts *opts, struct err *err);
/* Ends what runs in every runner, writes what is queued (for a bounded time) and closes the store; the runners can be
 * looked at, and otherwise only destroyed. false: something that was given to the store is not in it. */
bool workshop_save(struct workshop *w);
/* After its runners. */
void workshop_destroy(struct workshop **w);
/* For store_through; NULL once it is saved. */
struct writer *workshop_writer(const struct workshop *w);

#endif
