/* Stored verdicts as evidence, and the pairs that they are about. Thread: the store's. */
#ifndef BERDUA_STORE_VERDICT_STORE_H
#define BERDUA_STORE_VERDICT_STORE_H

#include "berdua/chat/observation.h"
#include "berdua/route/simulate.h"
#include "berdua/store/store.h"

#include <stdbool.h>

struct err;

/* Every judgement, flagged ones too, in the order of time, then id; `each` returns false to stop. */
bool verdict_store_rows(struct store *s, bool (*each)(void *arg, const struct verdict_row *row),
                        void *arg, struct err *err);

/* The texts of the two answers that a verdict is about, NULL where there is none; new. */
bool verdict_store_texts(struct store *s, int64_t n, char *out[BRAIN_COUNT], struct err *err);

/* Pairs of two complete answers that were shown together (not by a mode that routes, and not simulated), judged or not, in
 * the order of time. Those whose message was not classified are skipped. */
bool verdict_store_pairs(struct store *s, bool (*each)(void *arg, const struct whole_pair *pair),
                         void *arg, struct err *err);

#endif
