#include "serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/route/crisis.h"
#include "berdua/route/route.h"
#include "engine/policy/policy.h"

static void
set_role(struct turn *t, enum brain_id b, enum answer_role role, struct jobs *out)
{
    struct answer *a = &t->answers[b];
    if (a->role == role)
        return;
    a->role = role;
    a->revision++;
    if (t->asked[b])
        jobs_put_answer(out, t, a);
}

static bool
role_is_shown(const struct turn *t, enum brain_id b)
{
    return t->answers[b].role == ROLE_SERVED || t->answers[b].role == ROLE_FALLBACK;
}

void
engine_serve(struct engine *e, struct turn *t, enum brain_id b, struct jobs *out)
{
    enum brain_id other = brain_other(b);
    enum answer_role was = t->answers[b].role;
    bool took_over = was == ROLE_SHADOW || was == ROLE_FALLBACK;
    set_role(t, b, took_over ? ROLE_FALLBACK : ROLE_SERVED, out);
    if (role_is_shown(t, other))
        set_role(t, other, ROLE_COMPARED, out);
    if (e->serving.turn == t)
        e->serving.deadline_us = NEVER_US;
    t->served = b;
    turn_choose_canonical(t);
    jobs_put_outcome(out, t);
    jobs_notify(out, NOTIFY_SERVED, t, b);
}

void
serve_close(struct turn *t, struct jobs *out)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b] && t->served != (enum brain_id)b && role_is_shown(t, (enum brain_id)b))
            set_role(t, (enum brain_id)b, ROLE_COMPARED, out);
}

/* ---- the turn begins ---- */

void
serve_begin(struct engine *e, struct turn *t, enum brain_id first, enum brain_id to,
            const struct choice *how, int64_t deadline_us)
{
    e->serving.turn = t;
    e->serving.first = first;
    e->serving.fallback = *how;
    e->serving.may_fall_back = to == brain_other(first);
    e->serving.called_off = e->serving.fell_back = e->serving.hedge_stopped = false;
    e->serving.deadline_us = e->serving.may_fall_back ? deadline_us : NEVER_US;
    t->answers[first].role = ROLE_SERVED;
}

static bool
llama_may_serve(const struct engine *e, const struct turn *t, struct moment at)
{
    return !e->crisis || budget_stops(e, BRAIN_CLAUDE, at) ||
           !crisis_find(e->crisis, t->message, strlen(t->message));
}

enum brain_id
serve_begin_alone(struct engine *e, struct turn *t, unsigned brains, struct moment at)
{
    enum brain_id first = brains & (1u << BRAIN_CLAUDE) ? BRAIN_CLAUDE : BRAIN_LLAMA;
    bool falls_back = brains == BRAINS_BOTH && llama_may_serve(e, t, at);
    struct choice how = {.style = route_style(e->config, BRAIN_LLAMA, "auto", turn_category(t))};
    serve_begin(e, t, first, falls_back ? BRAIN_LLAMA : BRAIN_NONE, &how, NEVER_US);
    return first;
}

void
serve_hedge(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    enum brain_id to = brain_other(e->serving.first);
    t->answers[to].role = ROLE_FALLBACK;
    engine_start_call(e, t, to, &e->serving.fallback, at, out);
}

void
serve_shadow(struct engine *e, struct turn *t, enum brain_id b, struct moment at, struct jobs *out)
{
    if (t->asked[b])
        return;
    t->answers[b].role = ROLE_SHADOW;
    engine_start_call(e, t, b, NULL, at, out);
}

void
serve_call_off(struct engine *e)
{
    e->serving.called_off = true;
    e->serving.deadline_us = NEVER_US;
}

/* ---- the first speaks, fails, or is late ---- */

/* The hedge was cancelled because the first spoke in time, and has ended: it can be asked again. */
static bool
hedge_lost(const struct engine *e, const struct answer *a)
{
    return e->serving.hedge_stopped && a->status == STATUS_CANCELLED;
}

static bool
ask_fallback(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    enum brain_id to = brain_other(e->serving.first);
    e->serving.hedge_stopped = false;
    if (to == BRAIN_CLAUDE)
        context_take_over(e, t, at, out);
    t->answers[to].role = ROLE_FALLBACK;
    return engine_start_call(e, t, to, &e->serving.fallback, at, out);
}

/* Makes the other brain serve: at once when its answer is there, else when it comes. false: it has failed itself, cannot be
 * asked, or may not serve. */
static bool
fall_back(struct engine *e, struct turn *t, const char *why, struct moment at, struct jobs *out)
{
    enum brain_id first = e->serving.first, to = brain_other(first);
    const struct answer *a = &t->answers[to];
    if (!e->serving.may_fall_back || e->serving.called_off)
        return false;
    if (!t->asked[to] || hedge_lost(e, a)) {
        if (!ask_fallback(e, t, at, out))
            return false;
    } else if (a->status != STATUS_RUNNING && !answer_valid(a)) {
        return false;
    }
    e->serving.fell_back = true;
    e->serving.deadline_us = NEVER_US;
    if (t->route.rule) {
        t->route.fallback = to;
        free(t->route.fallback_why);
        t->route.fallback_why = xstrdup(why);
        jobs_put_outcome(out, t);
    }
    jobs_notice(out, NOTIFY_NOTICE, "%s falls back to %s: %s", brain_title(first), brain_title(to),
                why);
    set_role(t, to, ROLE_FALLBACK, out);
    set_role(t, first, ROLE_COMPARED, out);
    if (answer_valid(a))
        engine_serve(e, t, to, out);
    return true;
}

void
serve_first_token(struct engine *e, struct turn *t, enum brain_id b, struct jobs *out)
{
    enum brain_id other = brain_other(b);
    if (t != e->serving.turn || b != e->serving.first || e->serving.fell_back)
        return;
    e->serving.deadline_us = NEVER_US;
    if (t->asked[other] && t->answers[other].role == ROLE_FALLBACK &&
        t->answers[other].status == STATUS_RUNNING) {
        e->serving.hedge_stopped = true;
        engine_stop_call(e, t, other, out);
    }
}

/* A first that is late goes on when nobody else can answer. */
void
serve_deadline(struct engine *e, struct moment at, struct jobs *out)
{
    struct turn *t = e->serving.turn;
    struct answer *first = &t->answers[e->serving.first];
    char why[80];
    e->serving.deadline_us = NEVER_US;
    snprintf(why, sizeof why, "no visible token within %d ms", e->config->route.timeout_ms);
    if (!fall_back(e, t, why, at, out))
        return;
    first->late = true;
    engine_stop_call(e, t, e->serving.first, out);
}

static const char *
failure_of(const struct answer *a)
{
    return a->error.message ? a->error.message : answer_status_name(a->status);
}

static void
fallback_ended(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    enum brain_id first = e->serving.first;
    const struct answer *a = &t->answers[brain_other(first)];
    if (answer_valid(a))
        engine_serve(e, t, brain_other(first), out);
    else if (hedge_lost(e, a) && !e->serving.called_off)
        ask_fallback(e, t, at, out);
    else if (answer_valid(&t->answers[first])) /* it was late, but is complete */
        engine_serve(e, t, first, out);
}

/* The operator asked again in a loaded session: no other brain is asked, but an answer that is there may serve. */
static void
loaded_ended(struct engine *e, struct turn *t, enum brain_id b, struct jobs *out)
{
    const struct answer *a = &t->answers[b];
    if (answer_valid(a) && a->role != ROLE_SHADOW)
        engine_serve(e, t, b, out);
    else if (a->status != STATUS_CANCELLED && t->asked[brain_other(b)] &&
             answer_valid(&t->answers[brain_other(b)]))
        engine_serve(e, t, brain_other(b), out);
}

void
serve_ended(struct engine *e, struct turn *t, enum brain_id b, struct moment at, struct jobs *out)
{
    const struct answer *a = &t->answers[b];
    enum brain_id other = brain_other(b);
    if (t == e->serving.turn && b == e->serving.first)
        e->serving.deadline_us = NEVER_US;
    if (t->served != BRAIN_NONE)
        return;
    if (t != e->serving.turn) {
        loaded_ended(e, t, b, out);
    } else if (b != e->serving.first) {
        if (e->serving.fell_back)
            fallback_ended(e, t, at, out);
    } else if (!e->serving.fell_back) {
        if (answer_valid(a))
            engine_serve(e, t, b, out);
        else
            fall_back(e, t, failure_of(a), at, out);
    } else if (answer_valid(a) && t->answers[other].status != STATUS_RUNNING) {
        engine_serve(e, t, b, out); /* it was late, but the fallback has failed */
    }
}
