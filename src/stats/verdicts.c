#include "berdua/stats/verdicts.h"

#include <math.h>

#include "berdua/base/mem.h"
#include "berdua/base/names.h"

int64_t
verdicts_total(const struct tally *t)
{
    return t->w + t->l + t->t + t->b;
}

struct counts
verdicts_counts(const struct tally *t, double times)
{
    return (struct counts){(double)t->w * times, (double)t->l * times, (double)t->t * times};
}

/* The least 1 ≤ m ≤ VERDICTS_NEEDED_MOST that is enough, where every larger one is, too; -1: none. */
static int64_t
least_enough(bool (*enough)(const void *arg, double more), const void *arg)
{
    int64_t little = 0, much = 1;
    while (much < VERDICTS_NEEDED_MOST && !enough(arg, (double)much)) {
        little = much;
        much *= 2;
    }
    if (much > VERDICTS_NEEDED_MOST)
        much = VERDICTS_NEEDED_MOST;
    if (much == VERDICTS_NEEDED_MOST && !enough(arg, (double)much))
        return -1;
    while (much - little > 1) {
        int64_t middle = little + (much - little) / 2;
        if (enough(arg, (double)middle))
            much = middle;
        else
            little = middle;
    }
    return much;
}

/* ---- who leads ---- */

static const char *const leads[] = {
    [LEAD_NONE] = "no_leader", [LEAD_LLAMA] = "llama_leads", [LEAD_CLAUDE] = "claude_leads"};
NAMES_DEFINE_NAME(lead, leads)

/* ln e, and nothing below the least number of decisive verdicts. */
static double
log_lead(struct counts c)
{
    return c.w + c.l < VERDICTS_LEAD_LEAST ? -INFINITY : mixture_log_half(c.w, c.l);
}

void
verdicts_levels(const struct tally *cells, size_t n, double *levels)
{
    for (size_t i = 0; i < n; i++) {
        levels[i] = EVIDENCE_ENOUGH * (double)n;
        /* Cell i leads among k when it and k - 1 of the others reach 20 n / k. */
        for (size_t k = 2; k <= n; k++) {
            double level = EVIDENCE_ENOUGH * (double)n / (double)k;
            size_t others = 0;
            for (size_t j = 0; j < n; j++)
                others += j != i && log_lead(verdicts_counts(&cells[j], 1)) >= log(level);
            if (others >= k - 1)
                levels[i] = level;
        }
    }
}

struct lead_aim {
    const struct tally *tally;
    double n, log_level;
};

/* At a fixed rate the evidence against one half falls at first and then rises for good. */
static bool
leads_with(const void *arg, double more)
{
    const struct lead_aim *a = arg;
    return log_lead(verdicts_counts(a->tally, 1 + more / a->n)) >= a->log_level;
}

double
verdicts_rate(const struct tally *t)
{
    int64_t n = t->w + t->l + t->t;
    return n ? ((double)t->w + (double)t->t / 2) / (double)n : NAN;
}

struct win_rate
verdicts_win_rate(const struct tally *t, double level)
{
    struct counts c = verdicts_counts(t, 1);
    struct win_rate r = {.n = t->w + t->l + t->t, .state = LEAD_NONE, .needed = -1};
    struct lead_aim aim = {.tally = t, .n = (double)r.n, .log_level = log(level)};
    r.value = verdicts_rate(t);
    r.interval = mixture_interval(c);
    r.e = exp(fmin(mixture_log_half(c.w, c.l), log(1e300)));
    if (log_lead(c) >= aim.log_level)
        r.needed = 0;
    else if (t->w != t->l)
        r.needed = least_enough(leads_with, &aim);
    if (r.needed == 0)
        r.state = c.w > c.l ? LEAD_LLAMA : LEAD_CLAUDE;
    return r;
}

/* ---- how good LLAMA's answers are ---- */

struct quality
verdicts_quality(const struct tally *t, int min_verdicts)
{
    struct quality q = {.score = NAN, .upper = NAN, .basis = QUALITY_NOT_WORSE};
    q.k = t->w + t->t;
    q.n = verdicts_total(t);
    if (t->asked > 0 && t->asked >= min_verdicts) {
        q.basis = QUALITY_ACCEPTABLE;
        q.k = t->accepted;
        q.n = t->asked;
    }
    if (q.n > 0) {
        struct counts c = {(double)q.k, (double)(q.n - q.k), 0};
        q.score = mixture_lower(c, EVIDENCE_ENOUGH);
        q.upper = mixture_upper(c, EVIDENCE_ENOUGH);
    }
    return q;
}

const char *
quality_basis_name(enum quality_basis b)
{
    return b == QUALITY_ACCEPTABLE ? "acceptable" : "not_worse";
}

const char *
quality_definition(enum quality_basis b)
{
    return b == QUALITY_ACCEPTABLE
               ? "lower 95 % bound of the share of LLAMA's answers that would be sent as they are, "
                 "among those asked about"
               : "lower 95 % bound of the share of verdicts in which LLAMA's answer is not worse, "
                 "both bad counting as worse";
}

/* ---- how far a gate is ---- */

/* Is `lower` of the counts at least m? */
static bool
lower_reaches(struct counts c, double m)
{
    double n = c.w + c.l + c.t;
    if (m <= 0)
        return true;
    return m < 1 && n > 0 && (c.w + c.t / 2) / n > m &&
           mixture_log_above(c, m) >= log(EVIDENCE_ENOUGH);
}

struct gate_aim {
    const struct tally *tally;
    const struct demand *demand;
    double n;
    bool asked; /* the basis of the quality */
};

static bool
opens_with(const void *arg, double more)
{
    const struct gate_aim *a = arg;
    const struct tally *t = a->tally;
    double times = 1 + more / a->n, k = (double)(a->asked ? t->accepted : t->w + t->t),
           n = a->asked ? (double)t->asked : a->n;
    struct counts quality = {k * times, (n - k) * times, 0};
    return a->n + more >= a->demand->min_verdicts && lower_reaches(quality, a->demand->gate) &&
           lower_reaches(verdicts_counts(t, times), a->demand->guard);
}

/* The quality is of the answers asked about as soon as these are min_verdicts: with `switches` more. Up to there one basis
 * decides, from there the other, and with either what is enough stays enough. */
int64_t
verdicts_needed(const struct tally *t, const struct demand *d)
{
    struct gate_aim aim = {.tally = t, .demand = d, .n = (double)verdicts_total(t)};
    if (aim.n <= 0)
        return -1;
    double switches =
        t->asked > 0 ? ceil(aim.n * (d->min_verdicts / (double)t->asked - 1) - 1e-9) : INFINITY;
    if (switches > 0) {
        int64_t m = opens_with(&aim, 0) ? 0 : least_enough(opens_with, &aim);
        if (m >= 0 && (double)m < switches)
            return m;
        if (switches > VERDICTS_NEEDED_MOST)
            return -1;
    }
    aim.asked = true;
    double first = fmax(0, switches);
    if (opens_with(&aim, first))
        return (int64_t)first;
    int64_t m = least_enough(opens_with, &aim);
    return m > (int64_t)first ? m : -1;
}
