#include "warm_up.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "policy.h"

/* A server that was called within this time is taken as awake. RunPod puts a worker to sleep after five seconds without a
 * job; asking it whether one is awake costs nothing. */
#define PAUSE_US (30 * (int64_t)US_PER_S)

bool
warm_up_due(const struct warm_up_question *q)
{
    static const enum warm_up wanted_at[] = {
        [WARM_UP_AT_START] = WARM_UP_ON_START, [WARM_UP_AT_KEY] = WARM_UP_WHILE_TYPING};
    if (q->wanted != wanted_at[q->cause] || q->blind || q->calling || !q->may_call || !q->mode_asks)
        return false;
    if (q->provider != PROVIDER_OPENAI && q->provider != PROVIDER_RUNPOD)
        return false;
    return q->called_us == 0 || q->now_us - q->called_us >= PAUSE_US;
}

/* May a message be for this brain? */
static bool
mode_asks(const struct engine *e, enum brain_id b)
{
    const struct engine_settings *s = &e->settings;
    bool staged = false;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        staged = staged || s->stage[c] > 0;
    if (b == BRAIN_CLAUDE)
        return true;
    return s->mode != MODE_JIWA && (s->mode != MODE_ROUTE || staged);
}

static bool
calling(const struct engine *e, enum brain_id b)
{
    for (int i = 0; i < e->running_count; i++)
        if (e->running[i].brain == b)
            return true;
    return e->warm_up.call != 0 || e->context.waiting_turn;
}

/* No warm-up is worth a breaker's probe, or a month whose spend is not known yet. */
static bool
may_call(const struct engine *e, enum brain_id b, struct moment at)
{
    bool counted = isnan(e->config->budget.usd_per_month) || e->budget.known;
    return counted && !budget_stops(e, b, at) &&
           breaker_state(&e->breakers[b], breaker_limits(e->config), at.wall_us) == BREAKER_CLOSED;
}

void
engine_warm_up(struct engine *e, enum warm_up_cause cause, struct moment at, struct jobs *out)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct brain_conf *conf = &e->config->brains[b];
        struct warm_up_question q = {
            .wanted = conf->warm_up,
            .cause = cause,
            .provider = conf->provider,
            .blind = engine_blind(e),
            .mode_asks = mode_asks(e, (enum brain_id)b),
            .calling = calling(e, (enum brain_id)b),
            .may_call = may_call(e, (enum brain_id)b, at),
            .now_us = at.now_us,
            .called_us = e->called_us[b],
        };
        if (warm_up_due(&q))
            engine_start_warm_up(e, (enum brain_id)b, at, out);
    }
}

const struct answer *
engine_warming(const struct engine *e, enum brain_id b)
{
    const struct answer *a = &e->warm_up.answer;
    return a->provider && a->brain == b ? a : NULL;
}

void
warm_up_forget(struct engine *e)
{
    e->warm_up.call = 0;
    answer_finish(&e->warm_up.answer);
}

void
warm_up_message_sent(struct engine *e, enum brain_id b, struct jobs *out)
{
    if (e->warm_up.answer.brain != b)
        return;
    if (e->warm_up.call)
        jobs_add(out, JOB_CANCEL)->call = e->warm_up.call;
    else
        warm_up_forget(e);
}

/* A server that sent an empty answer, or wants more room for one, is awake. */
static void
judge(struct answer *a, int cold_ms)
{
    bool awake = a->status == STATUS_COMPLETE || a->status == STATUS_CUT ||
                 a->error.kind == ERR_EMPTY || a->error.kind == ERR_BAD_REQUEST;
    if (!awake)
        return;
    a->status = STATUS_COMPLETE;
    free(a->error.message);
    free(a->error.request_id);
    a->error = (struct answer_error){0};
    a->cold = a->cold || (cold_ms > 0 && a->times.total_us > cold_ms * (int64_t)US_PER_MS);
}

static void
end_warm_up(struct engine *e, const struct call_event *ev, struct moment at, struct jobs *out)
{
    struct answer *a = &e->warm_up.answer;
    engine_take_result(e, a, ev->result);
    judge(a, e->config->brains[a->brain].cold_ms);
    e->warm_up.call = 0;
    e->called_us[a->brain] = at.now_us;
    /* What was not answered, and has no price by the second, has cost nothing. */
    if (!isnan(a->cost_usd) || a->status == STATUS_COMPLETE) {
        struct job *put = jobs_add(out, JOB_PUT_SIDE_CALL);
        put->answer = a;
        put->purpose = CALL_WARM_UP;
        budget_count_warm_up(e, a, at, out);
    }
    if (a->cost_usd > 0 && !a->simulated)
        e->conversation->warm_up_usd += a->cost_usd;
}

bool
warm_up_event(struct engine *e, const struct call_event *ev, struct moment at, struct jobs *out)
{
    struct answer *a = &e->warm_up.answer;
    if (!e->warm_up.call || ev->call != e->warm_up.call)
        return false;
    switch (ev->kind) {
    case CALL_STARTED:
        a->started_us = ev->at_us;
        break;
    case CALL_WARMING:
        a->phase = PHASE_WARMING;
        break;
    case CALL_DONE:
        end_warm_up(e, ev, at, out);
        break;
    default:
        return true;
    }
    jobs_notify(out, NOTIFY_WARM_UP, NULL, a->brain);
    return true;
}
