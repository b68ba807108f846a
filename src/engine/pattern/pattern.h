/* A pattern decides which brains are called for a message and when. One file each; engine.c drives them.
 * Thread: main. */
#ifndef BERDUA_ENGINE_PATTERN_H
#define BERDUA_ENGINE_PATTERN_H

#include "engine/state.h"

struct pattern_ops {
    /* The turn is new and appended; starts calls with engine_start_call. */
    void (*submit)(struct engine *e, struct turn *t, unsigned brains, struct moment at,
                   struct jobs *out);
    /* An answer of the turn has ended and its fields are final: engine_serve, or another call, may follow. */
    void (*ended)(struct engine *e, struct turn *t, enum brain_id b, struct moment at,
                  struct jobs *out);
};

extern const struct pattern_ops pattern_parallel, pattern_shadow, pattern_context, pattern_route,
    pattern_jiwa, pattern_full;

/* One draw per turn: the same names always give the same. percent: 0..100. */
bool shadow_sampled(const char *user, const char *session, const char *turn_id, double percent);

/* The turn is drawn for a shadow, and not too many shadows run. */
bool shadow_wanted(const struct engine *e, const struct turn *t);

struct route_decision;
/* Decides who serves and records it in the turn; nobody is asked yet. */
void route_take(struct engine *e, struct turn *t, unsigned brains, struct moment at,
                struct route_decision *d);
/* Asks the chosen brain and, with route.hedge, its fallback. */
void route_start(struct engine *e, struct turn *t, const struct route_decision *d, struct moment at,
                 struct jobs *out);

/* NULL for no mode. */
const struct pattern_ops *pattern_for(enum chat_mode mode);

#endif
