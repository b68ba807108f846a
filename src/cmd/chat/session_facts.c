#include "session_facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
            if (c->turns[i]->asked[b]) {
                add_cost(facts, &c->turns[i]->answers[b]);
                facts->brain[b].cost_usd += c->turns[i]->tried_usd[b];
                facts->cost.session_usd += c->turns[i]->tried_usd[b];
            }
        if (c->turns[i]->context.asked)
            add_cost(facts, &c->turns[i]->context.answer);
    }
}

/* Of what is loaded; what the operator stopped says nothing about a brain. */
static void
add_health(const struct conversation *c, struct ui_facts *facts)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct brain_facts *f = &facts->brain[b];
        f->tries = 0;
        for (size_t i = c->count; i > 0 && f->tries < UI_RECENT; i--) {
            const struct answer *a = &c->turns[i - 1]->answers[b];
            bool ended = c->turns[i - 1]->asked[b] && a->status != STATUS_RUNNING &&
                         a->status != STATUS_CANCELLED && a->status != STATUS_INTERRUPTED;
            if (ended)
                f->failed[f->tries++] = a->status == STATUS_FAILED || a->status == STATUS_TIMEOUT;
        }
        for (int i = 0; i < f->tries / 2; i++) {
            bool newer = f->failed[i];
            f->failed[i] = f->failed[f->tries - 1 - i];
            f->failed[f->tries - 1 - i] = newer;
        }
    }
}

/* The figures of brains by side would tell who stands there, and who leads weighs on the next verdict. */
void
session_facts_veil(const struct conversation *seen, struct ui_facts *facts)
{
    const struct turn *last = conversation_last(seen);
    facts->blind.veiled = last && turn_veiled(last);
    facts->blind.on = facts->blind.on || facts->blind.veiled;
    facts->blind.done = 0;
    for (size_t i = 0; i < seen->count; i++)
        facts->blind.done +=
            seen->turns[i]->blind.on && seen->turns[i]->verdict.kind != VERDICT_NONE;
    if (facts->blind.on)
        memset(facts->tally, 0, sizeof facts->tally);
    if (facts->blind.on)
        facts->evidence = (struct ui_evidence){0};
    if (!facts->blind.veiled)
        return;
    for (int b = 0; b < BRAIN_COUNT; b++)
        facts->brain[b] =
            (struct brain_facts){.p50_us = UNKNOWN, .p95_us = UNKNOWN, .cost_usd = NAN};
    facts->cost.session_usd = facts->cost.month_usd = NAN;
    facts->cost.warm_up_usd = 0;
    facts->cost.session_gaps = facts->cost.month_gaps = false;
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
        size_t recent = n < UI_RECENT ? n : UI_RECENT;
        memcpy(facts->brain[b].recent_us, ttft + n - recent, recent * sizeof *ttft);
        stats_p50_p95(ttft, n, UNKNOWN, &facts->brain[b].p50_us, &facts->brain[b].p95_us);
    }
    free(ttft);
    add_health(c, facts);
    add_costs(c, facts);
}
