#include "policy.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

#define WARN_AT .8

/* A new month begins with nothing spent. */
static void
keep_month(struct engine *e, struct moment at)
{
    int64_t month_us = month_start(at.wall_us);
    if (e->budget.month_us == month_us)
        return;
    e->budget.month_us = month_us;
    e->budget.spend = (struct spend){.unknown = 0};
    e->budget.warned = false;
}

static double
budget_cap(const struct engine *e)
{
    return e->config->budget.usd_per_month;
}

void
engine_set_spend(struct engine *e, const struct spend *stored, struct moment at)
{
    struct spend *s = &e->budget.spend;
    keep_month(e, at);
    e->budget.known = true;
    /* The store lacks calls that have just ended here; this engine lacks those of other instances. */
    for (int b = 0; b < BRAIN_COUNT; b++)
        s->usd[b] = fmax(s->usd[b], stored->usd[b]);
    s->warm_up_usd = fmax(s->warm_up_usd, stored->warm_up_usd);
    s->unknown = s->unknown > stored->unknown ? s->unknown : stored->unknown;
    if (stored->capped) {
        s->capped = true;
        s->first = stored->first;
    }
    spend_check(s, budget_cap(e));
}

const struct spend *
engine_spend(const struct engine *e)
{
    return e->budget.known ? &e->budget.spend : NULL;
}

bool
budget_stops(const struct engine *e, enum brain_id b, struct moment at)
{
    static const struct spend nothing = {.unknown = 0};
    bool now = e->budget.month_us == month_start(at.wall_us);
    return spend_stops(now ? &e->budget.spend : &nothing, b, budget_cap(e));
}

/* Digits after the point: two, more for amounts below 10 cents. */
static int
usd_digits(double usd)
{
    return usd <= 0 || usd >= .1 ? 2 : usd >= .01 ? 4 : 6;
}

/* "budget.usd_per_month: 5.00 USD reached in November 2026 (claude 4.31, llama 0.71, warm-ups 0.02 of it)", or "4.10 of
 * 5.00 USD spent" */
static char *
spend_so_far(const struct engine *e, struct moment at)
{
    const double *usd = e->budget.spend.usd;
    char month[32];
    double c = usd[BRAIN_CLAUDE], l = usd[BRAIN_LLAMA];
    bool reached = e->budget.spend.capped;
    double first = reached ? budget_cap(e) : c + l;
    char *of =
        reached ? xstrdup("") : xasprintf(" of %.*f", usd_digits(budget_cap(e)), budget_cap(e));
    double w = e->budget.spend.warm_up_usd;
    char *woken = w > 0 ? xasprintf(", warm-ups %.*f of it", usd_digits(w), w) : xstrdup("");
    char *text = xasprintf("budget.usd_per_month: %.*f%s USD %s in %s (claude %.*f, llama %.*f%s)",
                           usd_digits(first), first, of, reached ? "reached" : "spent",
                           clock_format(at.wall_us, "%B %Y", month, sizeof month), usd_digits(c), c,
                           usd_digits(l), l, woken);
    free(woken);
    free(of);
    return text;
}

char *
budget_refusal(const struct engine *e, enum brain_id b, struct moment at)
{
    if (!budget_stops(e, b, at))
        return NULL;
    char month[32];
    char *sum = spend_so_far(e, at);
    char *why =
        xasprintf("%s; %s is stopped until 1 %s; raise the key to go on", sum, brain_title(b),
                  clock_format(month_end(at.wall_us), "%B", month, sizeof month));
    free(sum);
    return why;
}

void
budget_warn(struct engine *e, struct moment at, struct jobs *out)
{
    keep_month(e, at);
    double spent = spend_total(&e->budget.spend);
    if (e->budget.warned || isnan(budget_cap(e)) || !(spent > 0) || spent < WARN_AT * budget_cap(e))
        return;
    e->budget.warned = true;
    char *sum = spend_so_far(e, at);
    jobs_notice(out, NOTIFY_NOTICE, "%s", sum);
    free(sum);
}

void
budget_count(struct engine *e, const struct answer *a, struct moment at, struct jobs *out)
{
    if (a->simulated)
        return;
    keep_month(e, at);
    if (spend_counts(a->status, a->cost_usd))
        spend_add(&e->budget.spend, a->brain, a->cost_usd, budget_cap(e));
    budget_warn(e, at, out);
}

void
budget_count_warm_up(struct engine *e, const struct answer *a, struct moment at, struct jobs *out)
{
    keep_month(e, at);
    if (a->cost_usd > 0 && !a->simulated)
        e->budget.spend.warm_up_usd += a->cost_usd;
    budget_count(e, a, at, out);
}
