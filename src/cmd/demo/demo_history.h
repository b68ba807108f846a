/* A month of simulated conversations, verdicts, rollout steps and memory, so that every page of the demo has something to
 * show. The same every time but for its dates, which end yesterday. All of it is stored as simulated. Thread: main. */
#ifndef BERDUA_CMD_DEMO_HISTORY_H
#define BERDUA_CMD_DEMO_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

struct demo_exchanges;
struct err;

/* Fills the database of the demo unless the history is there. */
bool demo_history_fill(const char *store_url, const struct demo_exchanges *x, int64_t wall_us,
                       struct err *err);

#endif
