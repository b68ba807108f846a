/* Stored verdicts one by one, with all that a record of them says. What only counts them reads the evidence
 * (evidence_store.h). Thread: the store's. */
#ifndef BERDUA_STORE_VERDICT_STORE_H
#define BERDUA_STORE_VERDICT_STORE_H

#include "berdua/chat/observation.h"
#include "berdua/store/store.h"

#include <stdbool.h>

struct err;

/* Every judgement, flagged ones too, in the order of time, then id; `each` returns false to stop. */
bool verdict_store_rows(struct store *s, bool (*each)(void *arg, const struct verdict_row *row),
                        void *arg, struct err *err);

#endif
