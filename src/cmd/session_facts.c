#include "session_facts.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/chat/stats.h"

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
        double cost = 0;
        for (size_t i = 0; i < c->count; i++) {
            const struct answer *a = &c->turns[i]->answers[b];
            const struct context *context = &c->turns[i]->context;
            if (context->asked && (int)context->answer.brain == b &&
                !isnan(context->answer.cost_usd))
                cost += context->answer.cost_usd;
            if (!c->turns[i]->asked[b])
                continue;
            if (answer_valid(a) && !a->cold && a->times.ttft_us >= 0)
                ttft[n++] = a->times.ttft_us;
            if (!isnan(a->cost_usd))
                cost += a->cost_usd;
        }
        facts->brain[b].n = (int64_t)n;
        stats_p50_p95(ttft, n, UNKNOWN, &facts->brain[b].p50_us, &facts->brain[b].p95_us);
        facts->brain[b].cost_usd = cost;
    }
    free(ttft);
}
