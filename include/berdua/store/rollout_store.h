/* What routing remembers and learns from: stages and their append-only history, routed turns with what followed them, and
 * breakers. Thread: the store's. */
#ifndef BERDUA_STORE_ROLLOUT_STORE_H
#define BERDUA_STORE_ROLLOUT_STORE_H

#include "berdua/chat/terms.h"
#include "berdua/route/rollout.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

/* Oldest first; each returns false to stop. Steps of categories that this version does not know are skipped. */
bool rollout_store_steps(struct store *s, bool (*each)(void *arg, const struct rollout_step *step),
                         void *arg, struct err *err);
/* Between begin and commit. seen_verdict_n is filled in here. */
bool rollout_store_add_step(struct store *s, const struct rollout_step *step, struct err *err);

/* Turns of a mode that routes which have ended, from since_us on (INT64_MAX: none), in the order of time. Those whose message
 * names its brain were not routed. */
bool rollout_store_turns(struct store *s, int64_t since_us,
                         bool (*each)(void *arg, const struct routed_turn *turn), void *arg,
                         struct err *err);

bool rollout_store_breakers(struct store *s, struct breaker out[BRAIN_COUNT], struct err *err);
/* Between begin and commit. */
bool rollout_store_put_breaker(struct store *s, enum brain_id brain, const struct breaker *b,
                               int64_t wall_us, struct err *err);

#endif
