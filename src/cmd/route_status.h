/* `berdua route status`: stages, evidence, the next step, breakers, history. */
#ifndef BERDUA_CMD_ROUTE_STATUS_H
#define BERDUA_CMD_ROUTE_STATUS_H

#include <stdbool.h>
#include <stdint.h>

struct config;
struct err;
struct rollout_store;

bool route_status(struct rollout_store *store, const struct config *config, bool json,
                  int64_t wall_us, struct err *err);

#endif
