/* How often the scores of warmth and cultural fit say the same as people (measure.md, "Warmth"): of decisive observations
 * whose two scores differ, how often the winner has the higher one. Who sees a score before judging is led by it, so what
 * is said of a score counts blind verdicts alone. Pure. Thread: any. */
#ifndef BERDUA_STATS_SCORE_AGREEMENT_H
#define BERDUA_STATS_SCORE_AGREEMENT_H

#include "berdua/chat/observation.h"
#include "berdua/stats/mixture.h"

enum score_kind { SCORE_WARMTH, SCORE_CULTURAL, SCORE_KINDS };
enum { SCORES_LEAST = 200 }; /* below so many verdicts a score is only called heuristic */
enum score_state { SCORE_HEURISTIC, SCORE_PREDICTIVE, SCORE_NOT_PREDICTIVE };
const char *score_state_name(enum score_state s);

struct score_count {
    int64_t agreed, n;
};
/* Counts an observation; every other verdict is passed over. */
void score_count_add(struct score_count of[SCORE_KINDS], const struct verdict_row *row);

struct score_agreement {
    int64_t agreed, n;
    double rate; /* NAN: n is 0 */
    struct interval interval;
    enum score_state state;
};
struct score_agreement score_agreement(struct score_count c);

#endif
