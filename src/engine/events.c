/* Applies the events of a running call to its answer. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/measure/measure.h"
#include "berdua/route/breaker.h"
#include "engine/policy/policy.h"
#include "engine/policy/context_text.h"
#include "engine/policy/warm_up.h"
#include "berdua/engine/cost.h"
#include "engine/pattern/pattern.h"
#include "engine/serve.h"
#include "state.h"

static struct running *
find_running(struct engine *e, uint32_t call)
{
    for (int i = 0; i < e->running_count; i++)
        if (e->running[i].call == call)
            return &e->running[i];
    return NULL;
}

/* Side calls notify nobody; then NULL. */
static struct job *
notify(const struct running *r, enum notice_kind what, struct jobs *out)
{
    return r->purpose == CALL_ANSWER ? jobs_notify(out, what, r->turn, r->brain) : NULL;
}

static void
notify_waiting(const struct running *r, const struct call_event *ev, struct jobs *out)
{
    struct job *job = notify(r, NOTIFY_WAITING, out);
    if (job)
        job->own_text = xstrdup(
            ev->text.len ? ev->text.p : "the request is queued, or the server is starting up");
}

static void
set_phase(const struct running *r, enum answer_phase phase, struct jobs *out)
{
    struct answer *a = running_answer(r);
    if (a->phase == phase)
        return;
    a->phase = phase;
    notify(r, NOTIFY_PHASE, out);
}

static void
take_delta(struct engine *e, struct running *r, const struct call_event *ev, struct jobs *out)
{
    struct answer *a = running_answer(r);
    if (a->times.ttft_us < 0 && ev->ttft_us >= 0) {
        a->times.ttft_us = ev->ttft_us;
        notify(r, NOTIFY_FIRST_TOKEN, out);
        if (r->purpose == CALL_ANSWER)
            serve_first_token(e, r->turn, r->brain, out);
    }
    if (a->times.ttft_us >= 0)
        set_phase(r, PHASE_STREAMING, out);
    if (r->purpose == CALL_ANSWER || a->text.len + ev->text.len <= CONTEXT_REPLY_BYTES) {
        buf_append(&a->text, ev->text.p, ev->text.len);
    } else if (!r->capped) { /* the rest is not read */
        r->capped = true;
        jobs_add(out, JOB_CANCEL)->call = r->call;
    }
    a->delta_count += ev->deltas;
    a->warmth = ev->warmth;
    a->cultural = ev->cultural;
    a->words = ev->words;
    a->last_delta_us = ev->at_us;
    struct job *delta = notify(r, NOTIFY_DELTA, out);
    if (delta) {
        delta->text = ev->text.p;
        delta->len = ev->text.len;
    }
}

/* What came so far was a thought. Who serves stays as it was decided: the answer follows at once, and a hedge that was
 * stopped is asked again if it fails. */
static void
take_back(struct running *r, struct jobs *out)
{
    struct answer *a = running_answer(r);
    bool seen = a->times.ttft_us >= 0;
    buf_clear(&a->text);
    a->times.ttft_us = UNKNOWN;
    a->delta_count = 0;
    a->warmth = a->cultural = NAN;
    a->words = 0;
    set_phase(r, PHASE_THINKING, out);
    if (r->stored)
        jobs_put_answer(out, r->turn, a);
    r->stored = 0;
    if (seen)
        notify(r, NOTIFY_TAKEN_BACK, out);
}

/* Does the model's prompt open a thought? Its next call is told what this one has shown. */
static void
note_habit(struct engine *e, const struct answer *a, const struct call_result *r)
{
    uint64_t bit = engine_model_bit(e, a->brain, a->tier);
    if (r->thinks_first)
        e->thinks_first[a->brain] |= bit;
    else if (r->status == STATUS_COMPLETE)
        e->thinks_first[a->brain] &= ~bit;
}

void
engine_take_result(struct engine *e, struct answer *a, struct call_result *r)
{
    note_habit(e, a, r);
    call_result_apply(r, a);
    a->call = 0;
    if (e->settings.measure && a->words > 0)
        a->score_rules = xstrdup(measure_rules(e->settings.measure));
    const struct brain_conf *conf = &e->config->brains[a->brain];
    const struct price_conf *price = &config_model(conf, a->tier)->price;
    a->cost_usd = cost_usd(price, a);
    a->saved_usd = cost_saved_usd(price, a);
}

static void
end_answer(struct engine *e, struct running *r, const struct call_event *ev, struct moment at,
           struct jobs *out)
{
    struct turn *t = r->turn;
    enum brain_id b = r->brain;
    struct answer *a = &t->answers[b];
    engine_take_result(e, a, ev->result);
    if (a->late && a->status == STATUS_CANCELLED) { /* by the engine, at route.timeout_ms */
        a->status = STATUS_TIMEOUT;
        a->error.kind = ERR_TIMEOUT;
        free(a->error.message);
        a->error.message = xasprintf("no visible token within %d ms (route.timeout_ms)",
                                     e->config->route.timeout_ms);
    }
    breaker_report(&e->breakers[b], e->config, a, at.wall_us);
    *r = e->running[--e->running_count];
    budget_count(e, a, at, out);
    memory_keep_awake(e, at);
    e->ended_at_us[b] = ev->at_us;
    e->called_us[b] = at.now_us;
    jobs_put_answer(out, t, a);
    jobs_notify(out, NOTIFY_ANSWER, t, b);
    if (t->context.wanted)
        jobs_put_outcome(out, t);
    if (!turn_answering(t) && (!t->blind.on || t->blind.side_drawn))
        t->shown_us = at.now_us;
    if (a->status == STATUS_CANCELLED)
        engine_show_names(e, t, at, out);
    pattern_for(t->mode)->ended(e, t, b, at, out);
    engine_finish_turn(e, t, at, out);
}

/* The call was stopped here because the rest of the reply is not read. */
static void
count_as_cut(struct answer *a)
{
    a->status = STATUS_CUT;
    free(a->error.message);
    free(a->error.request_id);
    a->error = (struct answer_error){0};
}

/* LLAMA's call for a cultural context. Claude's call, which may wait for it, comes before the rows. */
static void
end_context_call(struct engine *e, struct running *r, const struct call_event *ev, struct moment at,
                 struct jobs *out)
{
    struct turn *t = r->turn;
    struct answer *a = running_answer(r);
    int64_t begun_us = r->begun_us;
    engine_take_result(e, a, ev->result);
    if (r->capped)
        count_as_cut(a);
    breaker_report(&e->breakers[a->brain], e->config, a, at.wall_us);
    *r = e->running[--e->running_count];
    budget_count(e, a, at, out);
    e->called_us[a->brain] = at.now_us;
    context_call_ended(e, t, ev->at_us - begun_us, at, out);
    struct job *put = jobs_add(out, JOB_PUT_SIDE_CALL);
    put->turn = t;
    put->answer = a;
    put->purpose = CALL_CONTEXT;
    jobs_put_outcome(out, t);
    engine_finish_turn(e, t, at, out);
}

void
engine_looked_up(struct engine *e, uint32_t look_up, uint32_t generation,
                 struct lookup_result *found, struct moment at, struct jobs *out)
{
    struct turn *t = e->context.waiting_turn;
    if (generation != e->generation)
        return;
    context_found(e, look_up, found, at, out);
    if (t && !turn_answering(t)) /* Claude could not be asked */
        engine_finish_turn(e, t, at, out);
}

void
engine_event(struct engine *e, const struct call_event *ev, struct moment at, struct jobs *out)
{
    if (warm_up_event(e, ev, at, out))
        return;
    struct running *r = find_running(e, ev->call);
    if (!r || ev->generation != e->generation)
        return;
    struct answer *a = running_answer(r);
    a->revision++;
    switch (ev->kind) {
    case CALL_STARTED:
        a->started_us = ev->at_us;
        break;
    case CALL_CONNECTING:
        set_phase(r, PHASE_CONNECTING, out);
        break;
    case CALL_CONNECTED:
        a->times.connect_us = ev->num;
        set_phase(r, PHASE_WAITING, out);
        notify(r, NOTIFY_CONNECTED, out);
        break;
    case CALL_WARMING:
        if (!a->cold)
            notify_waiting(r, ev, out);
        a->cold = true;
        set_phase(r, PHASE_WARMING, out);
        break;
    case CALL_FIRST_BYTE:
        a->times.first_byte_us = ev->num;
        if (a->phase == PHASE_CONNECTING || a->phase == PHASE_WARMING)
            set_phase(r, PHASE_WAITING, out);
        break;
    case CALL_THINKING:
        set_phase(r, PHASE_THINKING, out);
        break;
    case CALL_DELTA:
        take_delta(e, r, ev, out);
        break;
    case CALL_TAKEN_BACK:
        take_back(r, out);
        break;
    case CALL_RETRY:
        a->retries++;
        free(a->retry_why);
        a->retry_why = xstrdup(ev->text.p);
        set_phase(r, PHASE_RETRYING, out);
        notify(r, NOTIFY_RETRY, out);
        break;
    case CALL_NOTICE:
        jobs_notice(out, NOTIFY_ERROR, "%s", ev->text.p);
        break;
    case CALL_DONE:
        if (r->purpose == CALL_CONTEXT)
            end_context_call(e, r, ev, at, out);
        else
            end_answer(e, r, ev, at, out);
        break;
    case CALL_EVENT_COUNT:
        break;
    }
}
