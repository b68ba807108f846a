/* Seeded runs of verdicts in six categories, stored as they come, and whether somebody seems to lead: by the definition
 * (measure.md, "Leads"), and as the program says it from the store. For tests and benches. */
#ifndef TESTS_UNIT_FAIR_RUNS_H
#define TESTS_UNIT_FAIR_RUNS_H

#include <math.h>

#include "berdua/base/random.h"
#include "berdua/stats/verdicts.h"
#include "unit/store/past.h"

/* ln M(½), the sign test; nothing below ten decisive ones. */
static inline double
fair_log_e(const struct tally *t)
{
    double w = (double)t->w, l = (double)t->l;
    if (w + l < 10)
        return -INFINITY;
    return lgamma(w + 0.5) + lgamma(l + 0.5) - lgamma(w + l + 1) + (w + l) * log(2) - log(acos(-1));
}

/* How many lead: the k largest e, k the greatest with e_(k) ≥ 120 / k. */
static inline int
fair_leaders(const struct tally cells[CATEGORY_COUNT])
{
    int leaders = 0;
    for (int k = 1; k <= CATEGORY_COUNT; k++) {
        int reach = 0;
        for (int c = 0; c < CATEGORY_COUNT; c++)
            reach += fair_log_e(&cells[c]) >= log(120.0 / k);
        if (reach >= k)
            leaders = k;
    }
    return leaders;
}

struct fair_rules {
    int categories;     /* that get verdicts, one after the other */
    int each;           /* pairs of a category */
    int raters;         /* of a pair, one after the other */
    double ties, llama; /* shares: of ties; of LLAMA among the decisive */
};

static inline enum verdict_kind
fair_draw(struct rng *rng, const struct fair_rules *r)
{
    if (rng_unit(rng) < r->ties)
        return VERDICT_TIE;
    return rng_unit(rng) < r->llama ? VERDICT_LLAMA : VERDICT_CLAUDE;
}

static inline void
fair_count(struct tally *t, enum verdict_kind kind)
{
    t->w += kind == VERDICT_LLAMA;
    t->l += kind == VERDICT_CLAUDE;
    t->t += kind == VERDICT_TIE;
}

/* What a run came to. */
struct fair_end {
    bool leads;    /* somebody led, by the definition; the run ends there */
    int64_t pairs; /* of the category that was judged last */
    int disagreed; /* looks at which the program said something else than the definition */
};

/* look: how many categories lead, as the program says. It is asked when the definition sees the first leader, one pair
 * before that, when the count of all raters' verdicts would, and at the end. */
static inline struct fair_end
fair_run(const char *path, struct rng *rng, const struct fair_rules *rules, int (*look)(void *arg),
         void *arg)
{
    static const char *const raters[] = {"ann", "bob", "eve"};
    struct tally first[CATEGORY_COUNT] = {{0}}, every[CATEGORY_COUNT] = {{0}};
    struct fair_end end = {false, 0, 0};
    struct past p = past_begin(path);
    int64_t at_us = 1000 * (int64_t)US_PER_S;
    bool naive = false;
    for (int i = 0; i < rules->each * rules->categories && !end.leads; i++) {
        int c = i % rules->categories;
        enum verdict_kind truth = fair_draw(rng, rules);
        struct tally after[CATEGORY_COUNT];
        char turn[32];
        memcpy(after, first, sizeof after);
        fair_count(&after[c], truth);
        end.pairs = verdicts_total(&after[c]);
        end.leads = fair_leaders(after) > 0;
        if (end.leads) { /* one before: nobody does */
            past_end(&p);
            end.disagreed += look(arg) != 0;
            p = past_begin(path);
        }
        past_turn(&p, &(struct past_turn){.category = (enum category)c, .at_us = at_us}, turn);
        for (int r = 0; r < rules->raters; r++) {
            bool agrees = r == 0 || rng_unit(rng) < 0.8;
            enum verdict_kind kind = agrees ? truth : fair_draw(rng, rules);
            past_verdict(&p, &(struct past_verdict){.turn = turn,
                                                    .at_us = at_us,
                                                    .kind = kind,
                                                    .rater = raters[r],
                                                    .origin = "review",
                                                    .drawn_by = "random"});
            fair_count(&every[c], kind);
            at_us++;
        }
        memcpy(first, after, sizeof first);
        bool last = i + 1 == rules->each * rules->categories;
        if (end.leads || last || (!naive && fair_leaders(every) > 0)) {
            naive = naive || fair_leaders(every) > 0;
            past_end(&p);
            end.disagreed += look(arg) != fair_leaders(first);
            p = past_begin(path);
        }
    }
    past_end(&p);
    return end;
}

#endif
