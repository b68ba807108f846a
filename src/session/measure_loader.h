/* Lexicons and weights, read in a worker while the operator types the first message. Private to the runner's
 * files. Thread: main. */
#ifndef BERDUA_SESSION_MEASURE_LOADER_H
#define BERDUA_SESSION_MEASURE_LOADER_H

#include "ticket.h"

#include <stdbool.h>

struct engine;
struct err;
struct mailbox;
struct measure;
struct pool;
struct measure_loader;

/* e gets the measure as soon as it is there. */
struct measure_loader *measure_loader_create(struct engine *e);
void measure_loader_destroy(struct measure_loader **p);
/* The operator's own lexicons are checked before anything is asked; the built-in ones wait. */
bool measure_loader_check(struct measure_loader *p, struct err *err);
/* In a worker, unless it has been done or is being done. */
void measure_loader_begin(struct measure_loader *p, struct pool *pool, struct mailbox *mb);
/* What came with MEASURE_LOADED. Takes m, which may be NULL. */
void measure_loader_take(struct measure_loader *p, struct measure *m);
/* Here and now, when it is not there. */
bool measure_loader_finish(struct measure_loader *p, struct err *err);
/* NULL: not read yet. */
const struct measure *measure_loader_measure(const struct measure_loader *p);

#endif
