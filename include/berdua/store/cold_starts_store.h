/* What the store knows about how long servers took to start up. Thread: the store's. */
#ifndef BERDUA_STORE_COLD_STARTS_STORE_H
#define BERDUA_STORE_COLD_STARTS_STORE_H

#include <stdbool.h>

#include "berdua/chat/cold_starts.h"
#include "berdua/chat/terms.h"
#include "berdua/store/store.h"

struct err;

/* Of each brain the newest 20 answers and warm-ups that found its server asleep; of these the range from the tenth to the
 * ninetieth hundredth. */
bool cold_starts_read(struct store *s, struct cold_starts out[BRAIN_COUNT], struct err *err);

#endif
