/* The rollout after verdicts of a review: the steps that are due are taken (session/rollout_apply.h), in a worker. The rater
 * is not told, since a step tells who leads. Owner: the sitting. Thread: main. */
#ifndef BERDUA_REVIEW_STAGES_H
#define BERDUA_REVIEW_STAGES_H

struct config;
struct pool;
struct stages;
struct writer;

struct stages *stages_create(const struct config *config, struct pool *pool, struct writer *w);
void stages_destroy(struct stages **s);
/* A verdict is durable. A look at all the evidence takes its time: verdicts that come soon after it share the next. */
void stages_judged(struct stages *s);
/* The pool has stopped: what came since the last look is looked at now, or, where a look takes long, by whoever looks next. */
void stages_finish(struct stages *s);

#endif
