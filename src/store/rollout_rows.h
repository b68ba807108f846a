/* What the lane and a handle of its own both do with stages and breakers. Thread: the handle's. */
#ifndef BERDUA_STORE_ROLLOUT_ROWS_H
#define BERDUA_STORE_ROLLOUT_ROWS_H

#include "berdua/store/rollout_store.h"

struct db;

bool rollout_read_state(struct db *db, struct rollout_state *out, struct err *err);
bool rollout_read_breakers(struct db *db, struct breaker out[BRAIN_COUNT], struct err *err);
bool rollout_write_breaker(struct db *db, enum brain_id brain, const struct breaker *b,
                           int64_t wall_us, struct err *err);

#endif
