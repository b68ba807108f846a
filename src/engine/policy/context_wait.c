#include "policy.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/engine/context_lookup.h"
#include "berdua/route/breaker.h"
#include "berdua/route/crisis.h"
#include "context_text.h"
#include "engine/serve.h"

/* A look-up ends this much before the grace, so that its result is here in time. */
enum { MARGIN_US = 20000 };

/* The message is emotional or cultural, or has half the weight of its first category in one of them. */
static bool
profits_from_context(const struct turn *t)
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
context_expected(const struct engine *e, const struct turn *t)
{
    return t->context.text || (e->settings.context != CONTEXT_OFF &&
                               (t->mode == MODE_CONTEXT || t->mode == MODE_FULL));
}

bool
context_wanted(const struct engine *e, const struct turn *t, struct moment at)
{
    if (e->settings.context == CONTEXT_OFF || budget_stops(e, BRAIN_CLAUDE, at) ||
        !breaker_would_allow(&e->breakers[BRAIN_CLAUDE], breaker_limits(e->config), at.wall_us) ||
        (e->crisis && crisis_find(e->crisis, t->message, strlen(t->message))))
        return false;
    return e->settings.context == CONTEXT_ON || profits_from_context(t);
}

/* ---- contexts for later messages ---- */

/* The part of the conversation that LLAMA was shown, new: personal detail in its text could come from there. */
static char *
shown_to_llama(const struct engine *e, const struct turn *t)
{
    const struct turn *before = engine_turn_before(e, t);
    return xasprintf("%s\n%s", t->message, before ? before->message : "");
}

/* Stores the text for later messages: for everybody when it holds no personal detail, else for the user. A recorded
 * LLAMA's text is stored only where Claude is recorded, too. */
static void
store_context(struct engine *e, struct turn *t, char *take_text, struct jobs *out)
{
    struct context *c = &t->context;
    bool simulated = c->answer.simulated;
    bool usable = !simulated || e->config->brains[BRAIN_CLAUDE].provider == PROVIDER_PLAYBACK;
    bool named = strcmp(e->user, "anonymous") != 0 && !e->context.opted_out;
    char *shown = shown_to_llama(e, t);
    bool personal = personal_detail(take_text, shown, e->user);
    free(shown);
    if (!usable || (personal && !named)) {
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

/* A context whose topic is still unknown is stored under the turn's category. */
static void
store_deferred(struct engine *e, struct jobs *out)
{
    struct turn *t = e->context.deferred_turn;
    if (!t)
        return;
    char *text = e->context.deferred_text;
    e->context.deferred_turn = NULL;
    e->context.deferred_text = NULL;
    store_context(e, t, text, out);
    jobs_put_outcome(out, t);
    jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

/* Stores the text under its topic: after the look-up, which says the topic, has ended. */
static void
store_context_later(struct engine *e, struct turn *t, char *take_text, struct jobs *out)
{
    if (e->context.lookup_turn != t) {
        store_context(e, t, take_text, out);
        return;
    }
    e->context.deferred_turn = t;
    e->context.deferred_text = take_text;
}

/* ---- asking and looking up ---- */

void
context_look_up(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    int64_t grace_us = e->config->context.grace_ms * (int64_t)US_PER_MS;
    int64_t time_us = grace_us > 2 * MARGIN_US ? grace_us - MARGIN_US : grace_us / 2;
    store_deferred(e, out);
    lookup_result_clear(&e->context.result);
    e->context.result_turn = e->context.lookup_turn = t;
    e->context.begun_us = at.now_us;
    e->context.lookup_id = ++e->last_call;
    struct job *job = jobs_add(out, JOB_LOOK_UP);
    job->turn = t;
    job->call = e->context.lookup_id;
    job->generation = e->generation;
    job->at_us = at.now_us + time_us;
}

static void
set_context_why(struct context *c, char *take)
{
    free(c->why);
    c->why = take;
}

void
context_begin(struct engine *e, struct turn *t, const struct choice *choice, bool shadow,
              struct moment at, struct jobs *out)
{
    struct context *c = &t->context;
    char *why = NULL;
    c->wanted = true;
    c->grace_ms = e->config->context.grace_ms;
    context_look_up(e, t, at, out);
    e->context.waiting_turn = t;
    e->context.deadline_us = at.now_us + c->grace_ms * (int64_t)US_PER_MS;
    e->context.choice = choice ? *choice : (struct choice){NULL, NULL};
    e->context.shadow = shadow;
    engine_await_call(e, t, BRAIN_CLAUDE, choice, at, out);
    if (!engine_start_context(e, t, at, out, &why))
        set_context_why(c, why);
    if (c->grace_ms == 0)
        context_start_claude(e, at, out);
}

/* Moves the insights from the result to the turn, which shows them. */
static void
show_insights(struct engine *e, struct context *c)
{
    if (c->insights)
        return;
    c->insights = e->context.result.insights;
    c->insight_count = e->context.result.count;
    e->context.result.insights = NULL;
    e->context.result.count = 0;
}

/* The context when LLAMA's own is not there: a saved one, else the knowledge base's. */
static void
choose_context(struct engine *e, struct turn *t)
{
    struct context *c = &t->context;
    if (c->source == CONTEXT_LLAMA)
        return;
    if (!c->why && context_running(c))
        set_context_why(c, xasprintf("not ready within %d ms", c->grace_ms));
    if (e->context.result_turn == t && e->context.result.saved) {
        c->source = CONTEXT_SAVED;
        c->text = xstrdup(e->context.result.saved);
        return;
    }
    c->text = context_baseline(c->insights, c->insight_count);
    c->source = c->text ? CONTEXT_BASELINE : CONTEXT_NONE;
}

void
context_start_claude(struct engine *e, struct moment at, struct jobs *out)
{
    struct turn *t = e->context.waiting_turn;
    struct choice choice = e->context.choice;
    e->context.waiting_turn = NULL;
    e->context.deadline_us = NEVER_US;
    choose_context(e, t);
    t->context.started_us = at.now_us - e->context.begun_us;
    engine_start_call(e, t, BRAIN_CLAUDE, &choice, at, out);
    if (e->context.shadow)
        serve_shadow(e, t, BRAIN_LLAMA, at, out);
    jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

void
context_take_over(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    struct context *c = &t->context;
    if (e->context.result_turn != t || c->wanted)
        return;
    c->wanted = true;
    c->grace_ms = e->config->context.grace_ms;
    c->started_us = at.now_us - e->context.begun_us;
    set_context_why(c, xstrdup("LLAMA was asked for the answer itself"));
    show_insights(e, c);
    choose_context(e, t);
    jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

void
context_found(struct engine *e, uint32_t look_up, struct lookup_result *found, struct moment at,
              struct jobs *out)
{
    struct turn *t = e->context.lookup_turn;
    if (!t || look_up != e->context.lookup_id)
        return;
    e->context.lookup_turn = NULL;
    e->context.result = *found;
    *found = (struct lookup_result){0};
    e->context.opted_out = e->context.result.opted_out;
    if (t->context.wanted)
        show_insights(e, &t->context);
    if (e->context.waiting_turn == t && !context_running(&t->context))
        context_start_claude(e, at, out); /* LLAMA's own has failed */
    store_deferred(e, out);
}

/* ---- LLAMA's own ---- */

void
context_call_ended(struct engine *e, struct turn *t, int64_t after_us, struct moment at,
                   struct jobs *out)
{
    struct context *c = &t->context;
    const struct answer *a = &c->answer;
    char *text = answer_valid(a) ? context_clean(a->text.p, a->status == STATUS_CUT) : NULL;
    if (e->context.waiting_turn != t) { /* Claude has started without it */
        if (a->status == STATUS_COMPLETE || a->status == STATUS_CUT)
            c->late_us = after_us;
        if (text)
            store_context_later(e, t, text, out);
        jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
        return;
    }
    if (text) {
        c->source = CONTEXT_LLAMA;
        c->text = text;
    } else if (answer_valid(a)) {
        set_context_why(c, xstrdup("LLAMA's text could not be used"));
    } else {
        set_context_why(
            c, xstrdup(a->error.message ? a->error.message : answer_status_name(a->status)));
    }
    if (text || e->context.lookup_turn != t)
        context_start_claude(e, at, out);
    else
        jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

/* ---- the end of waiting ---- */

void
context_cancel(struct engine *e, struct moment at, struct jobs *out)
{
    struct turn *t = e->context.waiting_turn;
    store_deferred(e, out);
    if (!t)
        return;
    e->context.waiting_turn = NULL;
    e->context.deadline_us = NEVER_US;
    set_context_why(&t->context, xstrdup("cancelled"));
    engine_end_unasked(e, t, BRAIN_CLAUDE, STATUS_CANCELLED, ERR_CANCELLED, xstrdup("cancelled"),
                       at, out);
    jobs_notify(out, NOTIFY_CONTEXT, t, BRAIN_NONE);
}

void
context_cancel_stale(struct engine *e, const struct turn *t, struct jobs *out)
{
    for (int i = 0; i < e->running_count; i++)
        if (e->running[i].purpose == CALL_CONTEXT && e->running[i].turn != t)
            jobs_add(out, JOB_CANCEL)->call = e->running[i].call;
}

void
context_forget(struct engine *e)
{
    lookup_result_clear(&e->context.result);
    free(e->context.deferred_text);
    e->context.deferred_text = NULL;
    e->context.waiting_turn = e->context.lookup_turn = e->context.result_turn =
        e->context.deferred_turn = NULL;
    e->context.deadline_us = NEVER_US;
}
