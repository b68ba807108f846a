/* Pattern 4, route: the rule of the message's category says who is asked, gated by the rollout stage and the
 * user's bucket. Every failure falls back; a first visible token that does not come within
 * route.timeout_ms does too. With route.hedge the other starts at once and serves if LLAMA is late. */
#include "berdua/route/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/route/breaker.h"
#include "berdua/route/crisis.h"
#include "engine/policy/budget.h"
#include "engine/policy/culture.h"
#include "pattern.h"

static enum brain_id
other_brain(enum brain_id b)
{
    return b == BRAIN_CLAUDE ? BRAIN_LLAMA : BRAIN_CLAUDE;
}

static void
decide(const struct engine *e, const struct turn *t, unsigned brains, struct moment at,
       struct route_decision *d)
{
    struct breaker_limits limits = breaker_limits(e->config);
    enum category category =
        t->kind.category < 0 ? CATEGORY_GENERAL : (enum category)t->kind.category;
    struct route_question q = {
        .category = category,
        .crisis = e->crisis ? crisis_find(e->crisis, t->message, strlen(t->message)) : NULL,
        .user = e->user,
        .percent = e->stage[category],
    };
    for (int b = 0; b < BRAIN_COUNT; b++)
        q.available[b] = breaker_would_allow(&e->breakers[b], limits, at.wall_us) &&
                         !budget_stops(e, (enum brain_id)b, at);
    route_decide(e->config, &q, d);
    /* Where nobody but Claude would answer and its money is spent, a share and a rule mean nothing. */
    if (d->brain == BRAIN_CLAUDE && d->fallback == BRAIN_NONE &&
        budget_stops(e, BRAIN_CLAUDE, at)) {
        d->fallback = BRAIN_LLAMA;
        d->fallback_style = route_style(e->config, BRAIN_LLAMA, "auto", category);
    }
    if (brains == BRAINS_BOTH)
        return;
    /* The operator named one brain: that one, and nobody else. */
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
    decide(e, t, brains, at, d);
    t->route.rule = xstrdup(d->rule);
    t->route.style = xstrdup(d->style);
    t->route.reason = xstrdup(d->reason);
    t->route.brain = d->brain;
    t->route.percent = d->percent;
    t->route.bucket = d->bucket;
    e->route.turn = t;
    e->route.missed = false;
    e->route.fallback = (struct choice){.tier = d->fallback_model, .style = d->fallback_style};
    e->route.may_fall_back = d->fallback != BRAIN_NONE && d->fallback != d->brain;
    e->route.deadline_us = e->route.may_fall_back && d->brain == BRAIN_LLAMA
                               ? at.now_us + e->config->route.timeout_ms * (int64_t)US_PER_MS
                               : NEVER_US;
    t->answers[d->brain].role = ROLE_SERVED;
}

void
route_start(struct engine *e, struct turn *t, const struct route_decision *d, struct moment at,
            struct jobs *out)
{
    struct choice choice = {.tier = d->model, .style = d->style};
    bool started = engine_start_call(e, t, d->brain, &choice, at, out);
    if (started && e->route.deadline_us != NEVER_US && e->config->route.hedge) {
        t->answers[d->fallback].role = ROLE_FALLBACK;
        engine_start_call(e, t, d->fallback, &e->route.fallback, at, out);
    }
}

static void
submit(struct engine *e, struct turn *t, unsigned brains, struct moment at, struct jobs *out)
{
    struct route_decision d;
    route_take(e, t, brains, at, &d);
    route_start(e, t, &d, at, out);
}

static void
serve(struct engine *e, struct turn *t, enum brain_id b, struct jobs *out)
{
    t->served = b;
    e->route.deadline_us = NEVER_US;
    turn_settle_canonical(t);
    jobs_notify(out, NOTIFY_SERVED, t, b);
}

/* The brain that was asked failed, or is late: the other takes over, unless it runs or is done already. */
static void
fall_back(struct engine *e, struct turn *t, const char *why, struct moment at, struct jobs *out)
{
    enum brain_id to = other_brain(t->route.brain);
    e->route.deadline_us = NEVER_US;
    if (!e->route.may_fall_back)
        return;
    t->route.fallback = to;
    free(t->route.fallback_why);
    t->route.fallback_why = xstrdup(why);
    jobs_notice(out, NOTIFY_NOTICE, "%s falls back to %s: %s", brain_id_name(t->route.brain),
                brain_id_name(to), why);
    t->answers[to].role = ROLE_FALLBACK;
    t->answers[t->route.brain].role = ROLE_COMPARED;
    if (to == BRAIN_CLAUDE && !t->asked[to])
        culture_take_over(e, t, at, out);
    if (!t->asked[to])
        engine_start_call(e, t, to, &e->route.fallback, at, out);
    else if (t->answers[to].status != STATUS_RUNNING && answer_valid(&t->answers[to]))
        serve(e, t, to, out);
}

void
route_deadline(struct engine *e, struct moment at, struct jobs *out)
{
    struct turn *t = e->route.turn;
    char why[80];
    e->route.missed = true;
    t->answers[t->route.brain].late = true;
    engine_stop_call(e, t, t->route.brain, out);
    snprintf(why, sizeof why, "no visible token within %d ms", e->config->route.timeout_ms);
    fall_back(e, t, why, at, out);
}

void
route_first_token(struct engine *e, struct turn *t, enum brain_id b, struct jobs *out)
{
    if (t != e->route.turn || b != t->route.brain || e->route.missed)
        return;
    e->route.deadline_us = NEVER_US;
    if (t->answers[other_brain(b)].role == ROLE_FALLBACK) /* the hedge has done its part */
        engine_stop_call(e, t, other_brain(b), out);
}

void
route_ended(struct engine *e, struct turn *t, enum brain_id b, struct moment at, struct jobs *out)
{
    const struct answer *a = &t->answers[b];
    if (t->served != BRAIN_NONE)
        return;
    if (a->role == ROLE_SHADOW) {
        return; /* it serves only as a fallback */
    } else if (b != t->route.brain) {
        /* A hedge that is ready early waits for LLAMA's time to pass. */
        bool waits =
            t->route.fallback == BRAIN_NONE && t->answers[t->route.brain].status == STATUS_RUNNING;
        if (answer_valid(a) && !waits)
            serve(e, t, b, out);
    } else if (answer_valid(a) && !a->late) {
        serve(e, t, b, out);
    } else if (a->status != STATUS_CANCELLED && t == e->route.turn && !e->route.missed) {
        fall_back(e, t, a->error.message ? a->error.message : answer_status_name(a->status), at,
                  out);
    }
}

const struct pattern_ops pattern_route = {
    .mode = MODE_ROUTE,
    .submit = submit,
    .first_token = route_first_token,
    .ended = route_ended,
};
