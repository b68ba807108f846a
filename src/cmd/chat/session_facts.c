#include "session_facts.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/chat/spend.h"
#include "berdua/stats/percentiles.h"

static void
add_cost(struct ui_facts *facts, const struct answer *a)
{
    if (!isnan(a->cost_usd)) {
        facts->brain[a->brain].cost_usd += a->cost_usd;
        facts->cost.session_usd += a->cost_usd;
    } else if (spend_counts(a->status, a->cost_usd)) {
        facts->cost.session_gaps = true;
    }
}

/* Of what is loaded: answers, and LLAMA's calls for a context. */
static void
add_costs(const struct conversation *c, struct ui_facts *facts)
{
    facts->cost.session_usd = c->warm_up_usd;
    facts->cost.session_gaps = false;
    for (int b = 0; b < BRAIN_COUNT; b++)
        facts->brain[b].cost_usd = 0;
    for (size_t i = 0; i < c->count; i++) {
        for (int b = 0; b < BRAIN_COUNT; b++)
            if (c->turns[i]->asked[b])
                add_cost(facts, &c->turns[i]->answers[b]);
        if (c->turns[i]->context.asked)
            add_cost(facts, &c->turns[i]->context.answer);
    }
}

void
session_facts(const struct conversation *c, struct ui_facts *facts)
{
    int64_t *ttft = xcalloc(c->count, sizeof *ttft);
    for (int k = 0; k < VERDICT_KIND_COUNT; k++)
        facts->tally[k] = 0;
    for (size_t i = 0; i < c->count; i++)
        if (c->turns[i]->verdict.kind != VERDICT_NONE)
            facts->tally[c->turns[i]->verdict.kind]++;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        size_t n = 0;
        for (size_t i = 0; i < c->count; i++) {
            const struct answer *a = &c->turns[i]->answers[b];
            if (!c->turns[i]->asked[b])
                continue;
            if (answer_valid(a) && !a->cold && a->times.ttft_us >= 0)
                ttft[n++] = a->times.ttft_us;
        }
        facts->brain[b].n = (int64_t)n;
        stats_p50_p95(ttft, n, UNKNOWN, &facts->brain[b].p50_us, &facts->brain[b].p95_us);
    }
    free(ttft);
    add_costs(c, facts);
}
