/* The evidence in a form that is read quickly: what the report and the rollout need of every turn, its answers and its
 * verdicts, packed in blocks of turns (table `evidence`). It is derived, and made anew for the turns of a block when
 * something about one of them has changed: triggers note the block, the next commit makes it, and who reads before that
 * makes it for itself. Texts are not in it; an answer's length and Markdown are counted here, once, and kept in its row.
 * Thread: the store's. */
#ifndef BERDUA_STORE_EVIDENCE_STORE_H
#define BERDUA_STORE_EVIDENCE_STORE_H

#include "berdua/chat/observation.h"
#include "berdua/route/simulate.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/* One try of one brain that has ended. */
struct evidence_answer {
    enum brain_id brain;
    int attempt, status; /* enum answer_status */
    bool shadow, cold, simulated;
    int64_t ttft_us, total_us; /* UNKNOWN: none; at most 71 minutes */
    double cost_usd;           /* NAN: not known */
    int64_t code_points, headers, lists, bold;
    const char *model, *score_rules; /* NULL: none */
};

struct evidence_verdict {
    struct verdict_row row; /* without the ids of verdict, turn and session; asked is 1 or NAN */
    const struct evidence_answer *seen[BRAIN_COUNT]; /* NULL: none, or not ended */
};

/* Pointers live until `each` returns. */
struct evidence_turn {
    int64_t at_us;
    uint64_t id, session;         /* numbers for them */
    int category, language, mode; /* -1: not known */
    bool simulated;
    int64_t shown; /* pairs of two stored answers */
    const struct evidence_answer *answers;
    size_t answer_count;
    const struct evidence_verdict *verdicts; /* judgements, in the order of time, then id */
    size_t verdict_count;
};

/* Every turn of which something is not older than since_us (INT64_MIN: all), in no order; `each` returns false to stop. */
bool evidence_store_turns(struct store *s, int64_t since_us,
                          bool (*each)(void *arg, const struct evidence_turn *t), void *arg,
                          struct err *err);
/* Their verdicts. */
bool evidence_store_verdicts(struct store *s,
                             bool (*each)(void *arg, const struct verdict_row *row), void *arg,
                             struct err *err);
/* Pairs of two complete answers that were shown together (not by a mode that routes, and not simulated), judged or not.
 * Those whose message was not classified are skipped. */
bool evidence_store_pairs(struct store *s, bool (*each)(void *arg, const struct whole_pair *pair),
                          void *arg, struct err *err);

#endif
