#include "berdua/report/report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "berdua/route/rollout.h"
#include "berdua/store/evidence_store.h"
#include "berdua/store/rollout_store.h"
#include "report_count.h"

static void
find_rate(struct report_rate *rate)
{
    struct counts c = {.w = (double)rate->k, .l = (double)(rate->n - rate->k)};
    rate->rate = rate->n ? c.w / (double)rate->n : NAN;
    rate->interval = mixture_interval(c);
}

static void
find_cell(struct report_cell *c, double level, int min_verdicts)
{
    c->win_rate = verdicts_win_rate(&c->tally, level);
    c->quality = verdicts_quality(&c->tally, min_verdicts);
}

static void
find_cells(struct report *r, int min_verdicts)
{
    struct tally six[CATEGORY_COUNT];
    double levels[CATEGORY_COUNT];
    for (int c = 0; c < CATEGORY_COUNT; c++)
        six[c] = r->categories[c].tally;
    verdicts_levels(six, CATEGORY_COUNT, levels);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        find_cell(&r->categories[c], levels[c], min_verdicts);
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        find_cell(&r->languages[l], EVIDENCE_ENOUGH, min_verdicts);
    find_cell(&r->overall, EVIDENCE_ENOUGH, min_verdicts);
}

static bool
read_stages(struct report *r, struct store *s, struct err *err)
{
    struct rollout *rollout = rollout_create();
    bool ok = rollout_store_steps(s, rollout_add_step, rollout, err);
    r->overall.stage = NAN;
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        r->languages[l].stage = NAN;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        r->categories[c].stage = rollout_percent(rollout, (enum category)c);
    rollout_destroy(&rollout);
    return ok;
}

/* Verdicts given blind and those given with the names in sight. */
static void
find_sight(struct report *r)
{
    const struct tally *open = &r->sight.tally[0], *blind = &r->sight.tally[1];
    for (int i = 0; i < 2; i++)
        r->sight.rate[i] = verdicts_win_rate(&r->sight.tally[i], EVIDENCE_ENOUGH);
    r->sight.difference = r->sight.rate[1].value - r->sight.rate[0].value;
    r->sight.interval = mixture_difference(verdicts_counts(blind, 1), verdicts_counts(open, 1));
}

struct interval
report_point_interval(const struct report_point *p)
{
    return mixture_interval(verdicts_counts(&p->tally, 1));
}

bool
report_read(struct report *r, struct store *s, int64_t since_us, int min_verdicts, struct err *err)
{
    *r = (struct report){.since_us = since_us};
    struct evidence_sums sums = {.rules_us = 0};
    bool ok = evidence_store_sums(s, since_us, &sums, err) && read_stages(r, s, err);
    if (ok) {
        report_count(&sums, r);
        find_cells(r, min_verdicts);
        find_sight(r);
        find_rate(&r->side_bias);
        r->blindness.index =
            blindness_index(r->blindness.right, r->blindness.wrong, r->blindness.dont_know);
    } else {
        report_clear(r);
    }
    evidence_sums_finish(&sums);
    return ok;
}

void
report_clear(struct report *r)
{
    free(r->judge.model);
    free(r->judge.prompt);
    free(r->score_rules);
    *r = (struct report){0};
}

static const char *
plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

const char *
report_say_flow(const struct report *r, char out[REPORT_WORDS])
{
    int64_t v = r->flow.verdicts, raters = r->flow.raters, pairs = r->flow.pairs;
    snprintf(out, REPORT_WORDS, "%lld verdict%s by %lld rater%s on %lld pair%s", (long long)v,
             plural(v), (long long)raters, plural(raters), (long long)pairs, plural(pairs));
    return out;
}
