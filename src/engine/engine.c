#include "berdua/engine/engine.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/address.h"
#include "berdua/measure/measure.h"
#include "berdua/route/breaker.h"
#include "engine/policy/policy.h"
#include "engine/policy/warm_up.h"
#include "engine/pattern/pattern.h"
#include "engine/serve.h"
#include "state.h"

const struct pattern_ops *
pattern_for(enum chat_mode mode)
{
    static const struct pattern_ops *const all[MODE_COUNT] = {
        [MODE_PARALLEL] = &pattern_parallel, [MODE_SHADOW] = &pattern_shadow,
        [MODE_CONTEXT] = &pattern_context,   [MODE_ROUTE] = &pattern_route,
        [MODE_JIWA] = &pattern_jiwa,         [MODE_FULL] = &pattern_full,
    };
    return (unsigned)mode < MODE_COUNT ? all[mode] : NULL;
}

struct engine *
engine_create(const struct engine_opts *opts)
{
    struct engine *e = xcalloc(1, sizeof *e);
    e->config = opts->config;
    e->settings = (struct engine_settings){
        .mode = opts->config->mode, .history = opts->config->history, .measure = opts->measure};
    e->user = xstrdup(opts->user);
    e->rng.state = opts->seed;
    e->conversation = conversation_create_at(opts->user, opts->at.wall_us, &e->rng);
    e->checkpoint_at_us = NEVER_US;
    e->serving.deadline_us = NEVER_US;
    e->context.deadline_us = NEVER_US;
    e->memory.idle_at_us = NEVER_US;
    e->crisis = opts->crisis;
    answer_init(&e->warm_up.answer, BRAIN_LLAMA);
    return e;
}

void
engine_destroy(struct engine **e)
{
    if (!*e)
        return;
    conversation_destroy(&(*e)->conversation);
    context_forget(*e);
    warm_up_forget(*e);
    free((*e)->memory.text);
    free((*e)->queued_message);
    free((*e)->pending);
    free((*e)->user);
    free(*e);
    *e = NULL;
}

const struct conversation *
engine_conversation(const struct engine *e)
{
    return e->conversation;
}

const struct engine_settings *
engine_settings(const struct engine *e)
{
    return &e->settings;
}

struct engine_settings *
engine_set(struct engine *e)
{
    return &e->settings;
}

bool
engine_busy(const struct engine *e)
{
    return e->running_count > 0 || e->context.waiting_turn;
}

int64_t
engine_deadline(const struct engine *e)
{
    int64_t at =
        e->checkpoint_at_us < e->serving.deadline_us ? e->checkpoint_at_us : e->serving.deadline_us;
    if (e->context.deadline_us < at)
        at = e->context.deadline_us;
    return at < e->memory.idle_at_us ? at : e->memory.idle_at_us;
}

void
engine_cancel(struct engine *e, struct moment at, struct jobs *out)
{
    free(e->queued_message);
    e->queued_message = NULL;
    serve_call_off(e);
    for (int i = 0; i < e->running_count; i++)
        jobs_add(out, JOB_CANCEL)->call = e->running[i].call;
    struct turn *waits = e->context.waiting_turn;
    context_cancel(e, at, out);
    if (waits && !turn_running(waits))
        jobs_notify(out, NOTIFY_TURN_ENDED, e->conversation->turns[e->conversation->count - 1],
                    BRAIN_NONE);
}

static void
pass_grace(struct engine *e, struct moment at, struct jobs *out)
{
    struct turn *t = e->context.waiting_turn;
    context_start_claude(e, at, out);
    if (!turn_answering(t)) /* Claude could not be asked */
        engine_finish_turn(e, t, at, out);
}

void
engine_tick(struct engine *e, struct moment at, struct jobs *out)
{
    if (at.now_us >= e->serving.deadline_us) {
        struct turn *t = e->serving.turn;
        serve_deadline(e, at, out);
        engine_finish_turn(e, t, at, out);
    }
    if (at.now_us >= e->context.deadline_us)
        pass_grace(e, at, out);
    memory_tick(e, at, out);
    if (at.now_us < e->checkpoint_at_us)
        return;
    for (int i = 0; i < e->running_count; i++) {
        struct running *r = &e->running[i];
        struct answer *a = running_answer(r);
        if (r->purpose != CALL_ANSWER || a->text.len == r->stored)
            continue;
        struct job *job = jobs_add(out, JOB_CHECKPOINT);
        job->turn = r->turn;
        job->answer = a;
        job->offset = r->stored;
        r->stored = a->text.len;
    }
    e->checkpoint_at_us = e->running_count ? at.now_us + CHECKPOINT_US : NEVER_US;
}

/* ---- turns ---- */

const struct turn *
engine_turn_before(const struct engine *e, const struct turn *t)
{
    const struct conversation *c = e->conversation;
    for (size_t i = c->count; i-- > 1;)
        if (c->turns[i] == t)
            return c->turns[i - 1];
    return NULL;
}

/* Language and category, from the text and those of the turn before. */
static void
classify(const struct engine *e, struct turn *t, const struct turn *before)
{
    if (!e->settings.measure)
        return;
    struct classification c, last;
    bool known = before && before->kind.category >= 0;
    if (known) {
        last.category = (enum category)before->kind.category;
        memcpy(last.weights, before->kind.weights, sizeof last.weights);
    }
    measure_classify_after(e->settings.measure, t->message, strlen(t->message),
                           known ? &last : NULL, before ? before->kind.language : -1, &c);
    t->kind.language = (int)c.language;
    t->kind.language_confidence = c.language_confidence;
    t->kind.category = (int)c.category;
    memcpy(t->kind.weights, c.weights, sizeof t->kind.weights);
    t->kind.rules = xstrdup(measure_rules(e->settings.measure));
}

static bool
starts(const struct job *job)
{
    return job->kind == JOB_CALL || job->kind == JOB_LOOK_UP;
}

static void
close_turn(struct turn *t, struct jobs *out)
{
    if (!turn_answering(t))
        serve_close(t, out);
    if (!turn_running(t))
        jobs_notify(out, NOTIFY_TURN_ENDED, t, BRAIN_NONE);
}

static void
begin_turn(struct engine *e, const char *message, unsigned brains, struct moment at,
           struct jobs *out)
{
    struct turn *t = turn_create_at(message, at.wall_us, &e->rng);
    struct turn *before = conversation_last(e->conversation);
    t->mode = e->settings.mode;
    t->history = e->settings.history;
    t->config_hash = e->config->hash[0] ? xstrdup(e->config->hash) : NULL;
    t->seq = before ? before->seq + 1 : 1;
    t->blind.on = engine_blind(e);
    t->blind.rater = t->blind.on ? xstrdup(config_rater(e->config)) : NULL;
    t->blind.sent_us = at.now_us;
    classify(e, t, before);
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (brains & (1u << b) && e->config->brains[b].provider == PROVIDER_PLAYBACK)
            t->simulated = true;
    if (!e->session_stored) {
        jobs_add(out, JOB_PUT_SESSION);
        e->session_stored = true;
    }
    conversation_append(e->conversation, t);
    jobs_notify(out, NOTIFY_TURN, t, BRAIN_NONE);

    struct jobs calls = {0};
    e->submitting = t;
    pattern_for(t->mode)->submit(e, t, brains, at, &calls);
    e->submitting = NULL;
    /* Calls come first, since the operator waits for them; then the turn's row with its answers, then all other rows. */
    for (size_t i = 0; i < calls.count; i++)
        if (starts(&calls.v[i]))
            *jobs_add(out, calls.v[i].kind) = calls.v[i];
    struct job *put = jobs_add(out, JOB_PUT_TURN);
    put->turn = t;
    put->request_id = engine_request_id(e, t, VERDICT_NONE);
    memory_message_sent(e, at, out);
    for (size_t i = 0; i < calls.count; i++)
        if (!starts(&calls.v[i]))
            *jobs_add(out, calls.v[i].kind) = calls.v[i];
    free(calls.v);
    close_turn(t, out);
}

bool
engine_check_message(const struct engine *e, const char *message, unsigned brains, struct err *err)
{
    message = address_strip(message, &brains);
    if (utf8_blank(message, strlen(message)))
        return err_set(err, "the message is empty");
    if (engine_blind(e) && brains != BRAINS_BOTH)
        return err_set(err, "While blind both are asked: leave out the name, or /blind off");
    return (brains & BRAINS_BOTH) || err_set(err, "no brain is asked");
}

/* The next message waits: nobody has answered this one yet, or what it would go on from is not whole. */
static bool
is_unfinished(const struct turn *t)
{
    return turn_answering(t) &&
           (t->blind.on || t->served == BRAIN_NONE || t->canonical == BRAIN_NONE ||
            t->answers[t->canonical].status == STATUS_RUNNING);
}

bool
engine_submit(struct engine *e, const char *message, unsigned brains, struct moment at,
              struct jobs *out, struct err *err)
{
    if (!engine_check_message(e, message, brains, err))
        return false;
    message = address_strip(message, &brains);
    const struct turn *last = conversation_last(e->conversation);
    if (last && is_unfinished(last)) {
        if (e->queued_message)
            return err_set(err, "One message is already queued");
        e->queued_message = xstrdup(message);
        e->queued_brains = brains;
        jobs_notice(out, NOTIFY_NOTICE, "Queued: sent after %s",
                    last->blind.on ? "both answers" : "the first answer")
            ->plain = true;
        return true;
    }
    budget_warn(e, at, out);
    begin_turn(e, message, brains, at, out);
    return true;
}

bool
engine_regenerate(struct engine *e, const char *turn_id, unsigned brains, struct moment at,
                  struct jobs *out, struct err *err)
{
    struct turn *t = engine_turn(e, turn_id);
    if (!t)
        return err_set(err, "there is nothing to ask again");
    unsigned asked = 0;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        if (!(brains & (1u << b)) || !t->asked[b])
            continue;
        if (t->answers[b].status == STATUS_RUNNING)
            return turn_veiled(t) ? err_set(err, "Both are still answering; Ctrl-C stops them")
                                  : err_set(err, "%s is still answering; Ctrl-C stops it",
                                            brain_title((enum brain_id)b));
        asked |= 1u << b;
    }
    if (!asked)
        return err_set(err, "that brain was not asked in this turn");
    if (t->verdict.kind != VERDICT_NONE)
        return err_set(err, "this turn has a verdict; undo it first");
    if (t->served != BRAIN_NONE && (asked & (1u << t->served))) {
        if (t->mode == MODE_PARALLEL)
            t->answers[t->served].role = ROLE_COMPARED;
        t->served = BRAIN_NONE;
        turn_choose_canonical(t);
        jobs_put_outcome(out, t);
    }
    t->shown_us = 0;
    t->blind.set_aside = false;
    if (t == e->serving.turn)
        e->serving.called_off = false;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (asked & (1u << b)) {
            breaker_half_open(&e->breakers[b], breaker_limits(e->config), at.wall_us);
            engine_start_call(e, t, (enum brain_id)b, NULL, at, out);
        }
    engine_finish_turn(e, t, at, out);
    return true;
}

/* ---- sessions ---- */

bool
engine_take_conversation(struct engine *e, struct conversation *c, struct moment at,
                         struct err *err)
{
    if (engine_busy(e)) {
        conversation_destroy(&c);
        return err_set(err, "an answer is still running; Ctrl-C stops it");
    }
    conversation_destroy(&e->conversation);
    e->session_stored = c && c->count; /* one that was only made has no row yet */
    e->conversation = c ? c : conversation_create_at(e->user, at.wall_us, &e->rng);
    e->generation++;
    e->pending_count = 0;
    e->serving.turn = NULL;
    e->serving.deadline_us = NEVER_US;
    context_forget(e);
    memory_begin_session(e);
    return true;
}

void
engine_take_older(struct engine *e, struct conversation *page)
{
    if (page && strcmp(page->id, e->conversation->id) == 0) {
        conversation_prepend(e->conversation, page->turns, page->count);
        e->conversation->older = page->older;
        page->count = 0;
    }
    conversation_destroy(&page);
}

bool
engine_blind(const struct engine *e)
{
    return e->settings.blind && e->settings.mode == MODE_PARALLEL;
}

bool
engine_routes(const struct engine *e)
{
    return e->settings.mode == MODE_ROUTE || e->settings.mode == MODE_FULL;
}

const struct breaker *
engine_breaker(const struct engine *e, enum brain_id b)
{
    return &e->breakers[b];
}

void
engine_set_breaker(struct engine *e, enum brain_id b, const struct breaker *breaker)
{
    e->breakers[b] = *breaker;
    breaker_check_target(&e->breakers[b], &e->config->brains[b]);
}

void
engine_side_call(struct engine *e, const struct answer *a, struct moment at, struct jobs *out)
{
    breaker_report(&e->breakers[a->brain], e->config, a, at.wall_us);
    e->called_us[a->brain] = at.now_us;
    budget_count(e, a, at, out);
}

/* Sends the queued message once the turn before it is served or has ended. */
static void
send_queued(struct engine *e, struct moment at, struct jobs *out)
{
    const struct turn *last = conversation_last(e->conversation);
    if (!e->queued_message || is_unfinished(last))
        return;
    char *message = e->queued_message;
    e->queued_message = NULL;
    begin_turn(e, message, e->queued_brains, at, out);
    free(message);
}

void
engine_finish_turn(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    close_turn(t, out);
    send_queued(e, at, out);
}
