/* A transaction that reads and decides, for a worker of a chat: its body runs in the writer thread. Thread: a worker. */
#ifndef BERDUA_STORE_WORK_H
#define BERDUA_STORE_WORK_H

#include <stdbool.h>

struct connection;
struct err;
struct writer;

/* Waits until it is committed; a lock or a full disk is waited for a bounded time, and not at all once the program ends.
 * body may run more than once (the commit failed for a passing reason); it returns false to take everything back.
 * writer NULL: on h, between begin and commit. */
bool work_run(struct writer *w, struct connection *h,
              bool (*body)(struct connection *inside, void *arg, struct err *err), void *arg,
              struct err *err);

#endif
