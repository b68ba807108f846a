#include "evidence_facts.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/session/stored_evidence.h"

static void
take_tally(struct ui_category *to, const struct tally *t)
{
    const struct win_rate rate = verdicts_win_rate(t, EVIDENCE_ENOUGH);
    to->n = rate.n;
    to->won = (double)t->w + (double)t->t / 2;
    to->share = rate.value;
    to->low = rate.interval.low;
    to->high = rate.interval.high;
}

static void
take_stage(struct ui_category *to, const struct rollout_view *v,
           const struct rollout_limits *limits, int64_t wall_us)
{
    to->percent = v->percent;
    to->next = rollout_next_stage(v->percent);
    to->quality = v->quality.score;
    to->upper = v->quality.upper;
    to->gate = v->gate.gate;
    to->verdicts = verdicts_total(&v->tally);
    to->least = limits->min_verdicts;
    to->hours = v->since_us ? (double)(wall_us - v->since_us) / US_PER_S / 3600 : NAN;
    to->dwell_h = (double)limits->dwell_us / US_PER_S / 3600;
}

void
evidence_facts(struct ui_evidence *out, const struct stored_evidence *e,
               const struct config *config)
{
    const struct rollout_limits limits = rollout_limits(config);
    *out = (struct ui_evidence){.known = e != NULL};
    if (!e)
        return;
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        take_tally(&out->categories[c], &e->said.categories[c]);
        take_stage(&out->categories[c], &e->stages[c], &limits, e->read_wall_us);
    }
    for (int s = 0; s < UI_SCORES; s++) {
        const struct score_agreement *a =
            &e->said.scores[s == UI_WARMTH ? SCORE_WARMTH : SCORE_CULTURAL];
        out->scores[s] = (struct ui_score_check){.agreed = a->agreed,
                                                 .n = a->n,
                                                 .low = a->interval.low,
                                                 .high = a->interval.high,
                                                 .heuristic = a->state == SCORE_HEURISTIC,
                                                 .predictive = a->state == SCORE_PREDICTIVE};
    }
}
