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
struct prepare;

/* e gets the measure as soon as it is there. */
struct prepare *prepare_create(struct engine *e);
void prepare_destroy(struct prepare **p);
/* The operator's own lexicons are checked before anything is asked; the built-in ones wait. */
bool prepare_check(struct prepare *p, struct err *err);
/* In a worker, unless it has been done or is being done. */
void prepare_begin(struct prepare *p, struct pool *pool, struct mailbox *mb);
/* What came with PREPARED. Takes m, which may be NULL. */
void prepare_take(struct prepare *p, struct measure *m);
/* Here and now, when it is not there. */
bool prepare_finish(struct prepare *p, struct err *err);
/* NULL: not read yet. */
const struct measure *prepare_measure(const struct prepare *p);

#endif
