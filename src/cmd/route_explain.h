/* Explains which brain would be asked, and why, without asking: shared by `berdua route explain` and the screen.
 * Thread: one that may wait for the disk. */
#ifndef BERDUA_CMD_ROUTE_EXPLAIN_H
#define BERDUA_CMD_ROUTE_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "berdua/measure/measure.h"
#include "berdua/route/breaker.h"
#include "berdua/route/route.h"

struct config;
struct crisis;
struct err;
struct rollout_store;

struct explanation {
    struct classification kind;
    struct route_decision decision;
    const char *crisis; /* lives as long as what found it */
    const char *user;
    enum breaker_state breakers[BRAIN_COUNT];
};

/* e->user is set. */
bool route_explain(struct rollout_store *store, const struct config *config,
                   const struct measure *measure, const struct crisis *crisis, const char *message,
                   size_t n, struct explanation *e, struct err *err);

#endif
