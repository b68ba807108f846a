/* Stages of the rollout as they change in the store: the steps that are due, and those by hand. Waits for the disk.
 * Thread: a worker, or a command's. */
#ifndef BERDUA_SESSION_ROLLOUT_APPLY_H
#define BERDUA_SESSION_ROLLOUT_APPLY_H

#include "berdua/route/rollout.h"
#include "berdua/store/rollout_store.h"

#include <stdbool.h>
#include <stdint.h>

struct config;
struct err;

/* Reads everything, takes the steps that are due (to 0 after a safety flag; with `auto` what is proven), once
 * even when several instances look at the same moment, and leaves what then holds in *out. Called when the
 * status is read and after each merge or verdict. */
bool rollout_refresh(struct store *store, const struct config *config, int64_t wall_us,
                     struct rollout **out, struct err *err);
/* The same without taking a step. */
bool rollout_read(struct store *store, struct rollout **out, struct err *err);
/* By hand: obeyed at once, whatever the evidence. category CATEGORY_COUNT: all. reason may be NULL. from: where
 * each stage was, or NULL. */
bool rollout_set(struct store *store, int category, double percent, const char *reason,
                 int64_t wall_us, double from[CATEGORY_COUNT], struct err *err);

#endif
