/* The verdicts that a rater gave in earlier sittings, the newest first, so that an undo reaches beyond this one. They are read
 * by a worker when they are asked for. Owner: the sitting, which destroys it after the pool has stopped. Thread: main. */
#ifndef BERDUA_REVIEW_EARLIER_H
#define BERDUA_REVIEW_EARLIER_H

#include "dealer.h"

struct earlier;
/* looked: they are read. opts outlive it. */
struct earlier *earlier_create(const struct review_opts *opts, struct pool *pool,
                               void (*looked)(void *arg), void *arg);
void earlier_destroy(struct earlier **e);

/* Begins to read them, unless they are read or being read. true: they are read. */
bool earlier_look(struct earlier *e);
/* The newest that was not taken yet, which stays its own; NULL: there is none. at_us: when it was given. */
const struct shown *earlier_next(const struct earlier *e, int64_t *at_us);
/* The same, now the caller's. */
struct shown *earlier_take(struct earlier *e);

#endif
