/* Pattern 4, route: the rule of the message's category says who is asked, gated by the rollout stage and the
 * user's bucket. Every failure falls back; a first visible token that does not come within
 * route.timeout_ms does too. With route.hedge the other starts at once and serves if LLAMA is late. */
#include "berdua/route/route.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/route/breaker.h"
#include "berdua/route/crisis.h"
#include "engine/policy/policy.h"
#include "engine/serve.h"
#include "pattern.h"

static void
decide_turn(const struct engine *e, const struct turn *t, unsigned brains, struct moment at,
            struct route_decision *d)
{
    struct breaker_limits limits = breaker_limits(e->config);
    enum category category = turn_category(t);
    struct route_question q = {
        .category = category,
        .crisis = e->crisis ? crisis_find(e->crisis, t->message, strlen(t->message)) : NULL,
        .user = e->user,
        .percent = e->settings.stage[category],
    };
    for (int b = 0; b < BRAIN_COUNT; b++)
        q.available[b] = breaker_would_allow(&e->breakers[b], limits, at.wall_us) &&
                         !budget_stops(e, (enum brain_id)b, at);
    route_decide(e->config, &q, d);
    /* Claude's budget is spent and the rule has no fallback: LLAMA answers, whatever its share, rather than nobody. */
    if (d->brain == BRAIN_CLAUDE && d->fallback == BRAIN_NONE &&
        budget_stops(e, BRAIN_CLAUDE, at)) {
        d->fallback = BRAIN_LLAMA;
        d->fallback_style = route_style(e->config, BRAIN_LLAMA, "auto", category);
    }
    if (brains == BRAINS_BOTH)
        return;
    /* The message names one brain: no other may answer. */
    d->brain = brains & (1u << BRAIN_CLAUDE) ? BRAIN_CLAUDE : BRAIN_LLAMA;
    d->fallback = BRAIN_NONE;
    d->rule = "named";
    d->model = NULL;
    d->style = d->brain == BRAIN_LLAMA ? route_style(e->config, d->brain, "auto", category) : NULL;
    snprintf(d->reason, sizeof d->reason, "the message names %s", brain_id_name(d->brain));
}

void
route_take(struct engine *e, struct turn *t, unsigned brains, struct moment at,
           struct route_decision *d)
{
    decide_turn(e, t, brains, at, d);
    t->route.rule = xstrdup(d->rule);
    t->route.style = xstrdup(d->style);
    t->route.reason = xstrdup(d->reason);
    t->route.brain = d->brain;
    t->route.percent = d->percent;
    t->route.bucket = d->bucket;
    bool late_counts = d->brain == BRAIN_LLAMA;
    struct choice fallback = {.tier = d->fallback_model, .style = d->fallback_style};
    serve_begin(e, t, d->brain, d->fallback, &fallback,
                late_counts ? at.now_us + e->config->route.timeout_ms * (int64_t)US_PER_MS
                            : NEVER_US);
}

void
route_start(struct engine *e, struct turn *t, const struct route_decision *d, struct moment at,
            struct jobs *out)
{
    struct choice choice = {.tier = d->model, .style = d->style};
    bool started = engine_start_call(e, t, d->brain, &choice, at, out);
    if (started && e->serving.deadline_us != NEVER_US && e->config->route.hedge)
        serve_hedge(e, t, at, out);
}

static void
route_submit(struct engine *e, struct turn *t, unsigned brains, struct moment at, struct jobs *out)
{
    struct route_decision d;
    route_take(e, t, brains, at, &d);
    route_start(e, t, &d, at, out);
}

const struct pattern_ops pattern_route = {
    .submit = route_submit,
    .ended = serve_ended,
};
