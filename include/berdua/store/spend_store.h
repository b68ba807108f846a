/* What answers and side calls have cost, all instances together. A connection of its own, synchronous; a missing file reads
 * as nothing spent and is looked for again. Simulated calls cost nothing. Thread: the caller's, one at a time. */
#ifndef BERDUA_STORE_SPEND_STORE_H
#define BERDUA_STORE_SPEND_STORE_H

#include "berdua/chat/spend.h"

#include <stdbool.h>
#include <stdint.h>

struct err;
struct spend_store;

struct spend_store *spend_store_open(const char *url, struct err *err);
void spend_store_close(struct spend_store **s);
/* What was asked at or after from_wall_us. cap: the budget in USD, NAN: none. The same question again costs the last
 * hours only. */
bool spend_since(struct spend_store *s, int64_t from_wall_us, double cap, struct spend *out,
                 struct err *err);

#endif
