/* The evidence in a form that is read quickly: what the report and the rollout need of every turn, its answers and its
 * verdicts, packed in blocks of turns (table `evidence`). It is derived, and made anew for the turns of a block when
 * something about one of them has changed: triggers note the block, the next commit makes it, and who reads before that
 * makes it for itself. Texts are not in it; an answer's length and Markdown are counted here, once, and kept in its row.
 * Thread: the store's. */
#ifndef BERDUA_STORE_EVIDENCE_STORE_H
#define BERDUA_STORE_EVIDENCE_STORE_H

#include "berdua/chat/evidence_turn.h"
#include "berdua/route/simulate.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct evidence_sums;

/* Every turn of which something is not older than since_us (INT64_MIN: all), in no order; `each` returns false to stop. */
bool evidence_store_turns(struct store *s, int64_t since_us,
                          bool (*each)(void *arg, const struct evidence_turn *t), void *arg,
                          struct err *err);
/* What they add up to, of answers and verdicts from since_us on; *out holds nothing yet. Each block's sums are kept with it. */
bool evidence_store_sums(struct store *s, int64_t since_us, struct evidence_sums *out,
                         struct err *err);
/* Their verdicts. */
bool evidence_store_verdicts(struct store *s,
                             bool (*each)(void *arg, const struct verdict_row *row), void *arg,
                             struct err *err);
/* Pairs of two complete answers that were shown together (not by a mode that routes), judged or not. Those whose message
 * was not classified are skipped. */
struct evidence_pair {
    int attempt;   /* the try of the two */
    uint64_t pair; /* of observation_pair, as its verdicts have it */
    const struct evidence_answer *answers[BRAIN_COUNT];
};
/* Of one turn; `each` returns false to stop. false: it did. */
bool evidence_turn_pairs(const struct evidence_turn *t,
                         bool (*each)(void *arg, const struct evidence_turn *t,
                                      const struct evidence_pair *p),
                         void *arg);
/* Those that are not simulated, for `route simulate`. */
bool evidence_store_pairs(struct store *s, bool (*each)(void *arg, const struct whole_pair *pair),
                          void *arg, struct err *err);

#endif
