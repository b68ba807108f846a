#include "berdua/route/guard_arms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/route/route.h"
#include "berdua/stats/percentiles.h"

struct routed {
    int64_t at_us, ttft_us;
    uint64_t user; /* a hash of the name */
    double cost_usd;
    int bucket;
    signed char category;
    bool failed, overridden;
};

struct guard_arms {
    struct routed *turns;
    size_t count;
};

struct guard_arms *
guard_arms_create(void)
{
    return xcalloc(1, sizeof(struct guard_arms));
}

void
guard_arms_destroy(struct guard_arms **gp)
{
    if (*gp)
        free((*gp)->turns);
    free(*gp);
    *gp = NULL;
}

void
guard_arms_add(struct guard_arms *g, const struct routed_turn *t)
{
    g->turns = xgrow(g->turns, g->count, sizeof *g->turns);
    g->turns[g->count++] = (struct routed){.at_us = t->at_us,
                                           .ttft_us = t->ttft_us,
                                           .user = hash_bytes(t->user, strlen(t->user), 0),
                                           .cost_usd = t->cost_usd,
                                           .bucket = route_bucket(t->user),
                                           .category = (signed char)t->category,
                                           .failed = t->failed,
                                           .overridden = t->overridden};
}

/* By user, and a user's turns in the order of time. */
static int
by_user(const void *a, const void *b)
{
    const struct routed *x = *(struct routed *const *)a, *y = *(struct routed *const *)b;
    if (x->user != y->user)
        return x->user < y->user ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void
count_turn(struct guard_arm *arm, const struct routed *t, bool first_of_user)
{
    arm->turns++;
    arm->users += first_of_user;
    arm->bad += first_of_user && (t->failed || t->overridden);
    arm->failed_or_fell_back += t->failed;
    arm->overrides += t->overridden;
    if (!isnan(t->cost_usd))
        arm->cost_usd = (isnan(arm->cost_usd) ? 0 : arm->cost_usd) + t->cost_usd;
}

void
guard_arms_look(const struct guard_arms *g, enum category category, int64_t since_us,
                double percent, struct guardrails *out)
{
    const struct routed **turns = xcalloc(g->count + 1, sizeof *turns);
    int64_t *ttft[BRAIN_COUNT];
    size_t n = 0, timed[BRAIN_COUNT] = {0};
    *out = (struct guardrails){.state = GUARDRAIL_INCONCLUSIVE};
    for (int b = 0; b < BRAIN_COUNT; b++) {
        ttft[b] = xcalloc(g->count + 1, sizeof **ttft);
        out->arms[b].cost_usd = NAN;
    }
    for (size_t i = 0; i < g->count; i++)
        if (g->turns[i].category == (int)category && g->turns[i].at_us >= since_us)
            turns[n++] = &g->turns[i];
    qsort(turns, n, sizeof *turns, by_user);
    for (size_t i = 0; i < n; i++) {
        int b = route_in_share(turns[i]->bucket, percent) ? BRAIN_LLAMA : BRAIN_CLAUDE;
        count_turn(&out->arms[b], turns[i], i == 0 || turns[i]->user != turns[i - 1]->user);
        if (turns[i]->ttft_us >= 0)
            ttft[b][timed[b]++] = turns[i]->ttft_us;
    }
    for (int b = 0; b < BRAIN_COUNT; b++) {
        int64_t p50, p95;
        stats_p50_p95(ttft[b], timed[b], -1, &p50, &p95);
        out->arms[b].p95_ttft_ms = p95 < 0 ? NAN : (double)p95 / US_PER_MS;
        free(ttft[b]);
    }
    free(turns);
    const struct guard_arm *c = &out->arms[BRAIN_CLAUDE], *l = &out->arms[BRAIN_LLAMA];
    struct arm_count claude = {c->users, c->bad}, llama = {l->users, l->bad};
    out->difference = guardrail_difference(claude, llama);
    out->state = guardrail_state(claude, llama);
    /* The share as the bucket cuts it. */
    double p0 = round(percent * (BUCKETS / 100)) / BUCKETS;
    if (p0 > 0 && p0 < 1)
        out->srm = srm_check(c->users + l->users, l->users, p0);
    else
        out->srm = (struct srm){c->users + l->users, l->users, p0, NAN, false};
}
