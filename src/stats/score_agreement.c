#include "berdua/stats/score_agreement.h"

#include <math.h>

#include "berdua/base/names.h"

static const char *const score_states[] = {"heuristic", "predictive", "not_predictive"};
NAMES_DEFINE_NAME(score_state, score_states)

void
score_count_add(struct score_count of[SCORE_KINDS], const struct verdict_row *row)
{
    const int higher[SCORE_KINDS] = {[SCORE_WARMTH] = row->warmer, [SCORE_CULTURAL] = row->closer};
    if (!row->observed || (row->kind != VERDICT_LLAMA && row->kind != VERDICT_CLAUDE))
        return;
    for (int s = 0; s < SCORE_KINDS; s++) {
        of[s].n += higher[s] != 0;
        of[s].agreed += higher[s] != 0 && (higher[s] > 0) == (row->kind == VERDICT_LLAMA);
    }
}

struct score_agreement
score_agreement(struct score_count c)
{
    struct score_agreement a = {.agreed = c.agreed, .n = c.n};
    a.rate = a.n ? (double)a.agreed / (double)a.n : NAN;
    a.interval =
        mixture_interval((struct counts){.w = (double)a.agreed, .l = (double)(a.n - a.agreed)});
    a.state = a.n < SCORES_LEAST    ? SCORE_HEURISTIC
              : a.interval.low > .5 ? SCORE_PREDICTIVE
                                    : SCORE_NOT_PREDICTIVE;
    return a;
}
