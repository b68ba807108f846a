#include "culture.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/route/breaker.h"
#include "berdua/route/crisis.h"
#include "budget.h"
#include "context_text.h"
#include "engine/pattern/pattern.h"
#include "personal.h"

/* The look-up's answer has to cross to this thread before the grace is over. */
enum { MARGIN_US = 20000 };

/* Emotional or cultural first, or at least half as much so as it is anything else. */
static bool
profits(const struct turn *t)
{
    double most = 0;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        most = t->kind.weights[c] > most ? t->kind.weights[c] : most;
    if (t->kind.category == CATEGORY_EMOTIONAL || t->kind.category == CATEGORY_CULTURAL)
        return true;
    return most > 0 && (t->kind.weights[CATEGORY_EMOTIONAL] >= most / 2 ||
                        t->kind.weights[CATEGORY_CULTURAL] >= most / 2);
}

bool
culture_wanted(const struct engine *e, const struct turn *t, struct moment at)
{
    if (e->context_policy == CONTEXT_OFF || budget_stops(e, BRAIN_CLAUDE, at) ||
        !breaker_would_allow(&e->breakers[BRAIN_CLAUDE], breaker_limits(e->config), at.wall_us) ||
        (e->crisis && crisis_find(e->crisis, t->message, strlen(t->message))))
        return false;
    return e->context_policy == CONTEXT_ON || profits(t);
}

/* ---- what is kept ---- */

/* What LLAMA was shown of the conversation, new: where its text could have personal detail from. */
static char *
seen(const struct engine *e, const struct turn *t)
{
    const struct turn *before = engine_turn_before(e, t);
    return xasprintf("%s\n%s", t->message, before ? before->message : "");
}

/* For later messages like this one: everybody's when it tells nothing about the person, else the user's. What a
 * tape said is kept for a Claude from a tape only. */
static void
keep(struct engine *e, struct turn *t, char *take_text, struct jobs *out)
{
    struct context *c = &t->context;
    bool simulated = c->answer.simulated;
    bool told = !simulated || e->config->brains[BRAIN_CLAUDE].provider == PROVIDER_PLAYBACK;
    bool named = strcmp(e->user, "anonymous") != 0 && !e->context.out;
    char *shown = seen(e, t);
    bool personal = personal_detail(take_text, shown, e->user);
    free(shown);
    if (!told || (personal && !named)) {
        free(take_text);
        return;
    }
    struct job *job = jobs_add(out, JOB_PUT_CONTEXT);
    job->turn = t;
    job->own_text = take_text;
    job->own_topic =
        context_key(context_topic(c->insights, c->insight_count, t->kind.category), simulated);
    job->for_everybody = !personal;
    c->saved = true;
}

/* What waited for its topic is kept with what is known by now. */
static void
keep_held(struct engine *e, struct jobs *out)
{
    struct turn *t = e->context.holds;
    if (!t)
        return;
    char *text = e->context.held;
    e->context.holds = NULL;
    e->context.held = NULL;
    keep(e, t, text, out);
    jobs_put_outcome(out, t);
    jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

/* Under its topic, for which the look-up has to be in. */
static void
keep_later(struct engine *e, struct turn *t, char *take_text, struct jobs *out)
{
    if (e->context.looks != t) {
        keep(e, t, take_text, out);
        return;
    }
    e->context.holds = t;
    e->context.held = take_text;
}

/* ---- asking and looking up ---- */

void
culture_look_up(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    int64_t grace_us = e->config->context.grace_ms * (int64_t)US_PER_MS;
    int64_t time_us = grace_us > 2 * MARGIN_US ? grace_us - MARGIN_US : grace_us / 2;
    keep_held(e, out);
    lookup_result_clear(&e->context.found);
    e->context.of = e->context.looks = t;
    e->context.begun_us = at.now_us;
    e->context.look_up = ++e->last_call;
    struct job *job = jobs_add(out, JOB_LOOK_UP);
    job->turn = t;
    job->call = e->context.look_up;
    job->generation = e->generation;
    job->at_us = at.now_us + time_us;
}

static void
set_why(struct context *c, char *take)
{
    free(c->why);
    c->why = take;
}

void
culture_begin(struct engine *e, struct turn *t, const struct choice *choice, bool shadow,
              struct moment at, struct jobs *out)
{
    struct context *c = &t->context;
    char *why = NULL;
    c->wanted = true;
    c->grace_ms = e->config->context.grace_ms;
    culture_look_up(e, t, at, out);
    e->context.waits = t;
    e->context.deadline_us = at.now_us + c->grace_ms * (int64_t)US_PER_MS;
    e->context.choice = choice ? *choice : (struct choice){NULL, NULL};
    e->context.shadow = shadow;
    engine_await_call(e, t, BRAIN_CLAUDE, choice, out);
    if (!engine_start_context(e, t, at, out, &why))
        set_why(c, why);
    if (c->grace_ms == 0)
        culture_deadline(e, at, out);
}

/* What the turn is told and shown of the look-up; found keeps the rest. */
static void
show_insights(struct engine *e, struct context *c)
{
    if (c->insights)
        return;
    c->insights = e->context.found.insights;
    c->insight_count = e->context.found.count;
    e->context.found.insights = NULL;
    e->context.found.count = 0;
}

/* The best there is, when LLAMA's own is not. */
static void
choose(struct engine *e, struct turn *t)
{
    struct context *c = &t->context;
    if (c->source == CONTEXT_LLAMA)
        return;
    if (!c->why && context_running(c))
        set_why(c, xasprintf("not ready within %d ms", c->grace_ms));
    if (e->context.of == t && e->context.found.saved) {
        c->source = CONTEXT_SAVED;
        c->text = xstrdup(e->context.found.saved);
        return;
    }
    c->text = context_baseline(c->insights, c->insight_count);
    c->source = c->text ? CONTEXT_BASELINE : CONTEXT_NONE;
}

static void
start_claude(struct engine *e, struct moment at, struct jobs *out)
{
    struct turn *t = e->context.waits;
    struct choice choice = e->context.choice;
    e->context.waits = NULL;
    e->context.deadline_us = NEVER_US;
    choose(e, t);
    t->context.started_us = at.now_us - e->context.begun_us;
    engine_start_call(e, t, BRAIN_CLAUDE, &choice, at, out);
    if (e->context.shadow)
        shadow_begin(e, t, BRAIN_LLAMA, at, out);
    jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

void
culture_take_over(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    struct context *c = &t->context;
    if (e->context.of != t || c->wanted)
        return;
    c->wanted = true;
    c->grace_ms = e->config->context.grace_ms;
    c->started_us = at.now_us - e->context.begun_us;
    set_why(c, xstrdup("LLAMA was asked for the answer itself"));
    show_insights(e, c);
    choose(e, t);
    jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

void
culture_found(struct engine *e, uint32_t look_up, struct lookup_result *found, struct moment at,
              struct jobs *out)
{
    struct turn *t = e->context.looks;
    if (!t || look_up != e->context.look_up)
        return;
    e->context.looks = NULL;
    e->context.found = *found;
    *found = (struct lookup_result){0};
    e->context.out = e->context.found.out;
    if (t->context.wanted)
        show_insights(e, &t->context);
    if (e->context.waits == t && !context_running(&t->context))
        start_claude(e, at, out); /* LLAMA's will not come */
    keep_held(e, out);
}

/* ---- LLAMA's ---- */

void
culture_call_ended(struct engine *e, struct turn *t, int64_t after_us, struct moment at,
                   struct jobs *out)
{
    struct context *c = &t->context;
    const struct answer *a = &c->answer;
    char *text = answer_valid(a) ? context_clean(a->text.p, a->status == STATUS_CUT) : NULL;
    if (e->context.waits != t) { /* Claude has started without it */
        if (a->status == STATUS_COMPLETE || a->status == STATUS_CUT)
            c->late_us = after_us;
        if (text)
            keep_later(e, t, text, out);
        jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
        return;
    }
    if (text) {
        c->source = CONTEXT_LLAMA;
        c->text = text;
    } else if (answer_valid(a)) {
        set_why(c, xstrdup("LLAMA's text could not be used"));
    } else {
        set_why(c, xstrdup(a->error.message ? a->error.message : answer_status_name(a->status)));
    }
    if (text || e->context.looks != t)
        start_claude(e, at, out);
    else
        jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

/* ---- the end of waiting ---- */

void
culture_deadline(struct engine *e, struct moment at, struct jobs *out)
{
    start_claude(e, at, out);
}

void
culture_cancel(struct engine *e, struct moment at, struct jobs *out)
{
    struct turn *t = e->context.waits;
    keep_held(e, out);
    if (!t)
        return;
    e->context.waits = NULL;
    e->context.deadline_us = NEVER_US;
    set_why(&t->context, xstrdup("cancelled"));
    engine_end_unasked(e, t, BRAIN_CLAUDE, STATUS_CANCELLED, ERR_CANCELLED, xstrdup("cancelled"),
                       at, out);
    jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

void
culture_cancel_stale(struct engine *e, const struct turn *t, struct jobs *out)
{
    for (int i = 0; i < e->running_count; i++)
        if (e->running[i].purpose == CALL_CONTEXT && e->running[i].turn != t)
            jobs_add(out, JOB_CANCEL)->call = e->running[i].call;
}

void
culture_forget(struct engine *e)
{
    lookup_result_clear(&e->context.found);
    free(e->context.held);
    e->context.held = NULL;
    e->context.waits = e->context.looks = e->context.of = e->context.holds = NULL;
    e->context.deadline_us = NEVER_US;
}
