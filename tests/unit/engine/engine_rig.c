#include "engine_rig.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/engine/context_lookup.h"

static const struct price_conf no_price = {NAN, NAN, NAN, NAN, NAN};

void
rig_start(struct rig *r)
{
    memset(r, 0, sizeof *r);
    r->now_us = 1000000;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        r->models[b] = (struct model_conf){.tier = "fast", .id = "m", .price = no_price};
        r->config.brains[b] = (struct brain_conf){.provider = PROVIDER_OPENAI,
                                                  .models = &r->models[b],
                                                  .model_count = 1,
                                                  .model = "fast",
                                                  .max_tokens = 100,
                                                  .temperature = NAN,
                                                  .top_p = NAN};
    }
    r->config.budget.usd_per_month = NAN;
    r->config.mode = MODE_PARALLEL;
    r->engine =
        engine_create(&(struct engine_opts){.config = &r->config, .user = "mario", .seed = 7});
    r->jobs = (struct jobs){0};
}

void
rig_stop(struct rig *r)
{
    jobs_finish(&r->jobs);
    engine_destroy(&r->engine);
}

int
rig_set(void **state)
{
    *state = xmalloc(sizeof(struct rig));
    rig_start(*state);
    return 0;
}

int
rig_clear(void **state)
{
    rig_stop(*state);
    free(*state);
    return 0;
}

struct moment
rig_at(int64_t now_us)
{
    return (struct moment){.now_us = now_us, .wall_us = 1700000000000000 + now_us};
}

static void
note_calls(struct rig *r)
{
    for (size_t i = 0; i < r->jobs.count; i++) {
        const struct job *job = &r->jobs.v[i];
        if (job->kind == JOB_LOOK_UP)
            r->look_up = job->call;
        else if (job->kind == JOB_CALL && job->purpose == CALL_CONTEXT)
            r->context_call = job->call;
        else if (job->kind == JOB_CALL && job->purpose == CALL_WARM_UP)
            r->warm_up_call = job->call;
        else if (job->kind == JOB_CALL)
            r->call[job->brain] = job->call;
    }
}

bool
rig_submit(struct rig *r, const char *message, unsigned brains)
{
    jobs_clear(&r->jobs);
    bool ok = engine_submit(r->engine, message, brains, rig_at(r->now_us), &r->jobs, NULL);
    note_calls(r);
    return ok;
}

static void
send(struct rig *r, struct call_event *ev)
{
    jobs_clear(&r->jobs);
    ev->at_us = r->now_us;
    engine_event(r->engine, ev, rig_at(r->now_us), &r->jobs);
    note_calls(r);
    /* Notices borrow from the event; tests look at kinds only. */
    call_event_finish(ev);
}

void
rig_delta_of(struct rig *r, uint32_t call, const char *text)
{
    struct call_event ev;
    call_event_init(&ev, CALL_DELTA, call, 0);
    buf_append_str(&ev.text, text);
    ev.deltas = 1;
    ev.ttft_us = text[strspn(text, " \n")] ? 1000 : UNKNOWN;
    send(r, &ev);
}

static void
done(struct rig *r, uint32_t call, enum answer_status status, enum error_kind kind)
{
    struct call_event ev;
    call_event_init(&ev, CALL_DONE, call, 0);
    struct call_result *res = ev.result = xcalloc(1, sizeof *res);
    res->status = status;
    res->error.kind = kind;
    res->error.message = kind == ERR_NONE ? NULL : xstrdup("it broke");
    res->times =
        (struct answer_times){.total_us = 5000, .queue_us = UNKNOWN, .execution_us = UNKNOWN};
    res->usage.input = res->usage.output = UNKNOWN;
    res->thinks_first = r->thinks_first;
    send(r, &ev);
}

void
rig_delta(struct rig *r, enum brain_id b, const char *text)
{
    rig_delta_of(r, r->call[b], text);
}

void
rig_taken_back(struct rig *r, enum brain_id b)
{
    struct call_event ev;
    call_event_init(&ev, CALL_TAKEN_BACK, r->call[b], 0);
    send(r, &ev);
}

void
rig_done(struct rig *r, enum brain_id b, enum answer_status status, enum error_kind kind)
{
    done(r, r->call[b], status, kind);
}

void
rig_context(struct rig *r, const char *text, enum answer_status status, enum error_kind kind)
{
    if (text)
        rig_delta_of(r, r->context_call, text);
    done(r, r->context_call, status, kind);
}

void
rig_warm_up(struct rig *r, enum warm_up_cause cause)
{
    jobs_clear(&r->jobs);
    engine_warm_up(r->engine, cause, rig_at(r->now_us), &r->jobs);
    note_calls(r);
}

void
rig_warm_up_done(struct rig *r, enum answer_status status, enum error_kind kind)
{
    done(r, r->warm_up_call, status, kind);
}

static void
send_found(struct rig *r, const char *saved, const char *insight, bool out)
{
    struct lookup_result found = {.opted_out = out, .saved = xstrdup(saved)};
    if (insight) {
        found.insights = xcalloc(1, sizeof *found.insights);
        found.count = 1;
        found.insights[0] = (struct context_insight){.id = xstrdup(insight),
                                                     .topic = xstrdup(insight),
                                                     .text = xstrdup("what is known about it"),
                                                     .score = .9};
    }
    jobs_clear(&r->jobs);
    engine_looked_up(r->engine, r->look_up, 0, &found, rig_at(r->now_us), &r->jobs);
    note_calls(r);
    lookup_result_clear(&found);
}

void
rig_found(struct rig *r, const char *saved, const char *insight)
{
    send_found(r, saved, insight, false);
}

void
rig_found_out(struct rig *r, const char *insight)
{
    send_found(r, NULL, insight, true);
}

void
rig_cancel(struct rig *r)
{
    jobs_clear(&r->jobs);
    engine_cancel(r->engine, rig_at(r->now_us), &r->jobs);
}

void
rig_tick(struct rig *r, int64_t now_us)
{
    r->now_us = now_us;
    jobs_clear(&r->jobs);
    engine_tick(r->engine, rig_at(r->now_us), &r->jobs);
    note_calls(r);
}

void
rig_answer(struct rig *r, enum brain_id b, const char *text)
{
    rig_delta(r, b, text);
    rig_done(r, b, STATUS_COMPLETE, ERR_NONE);
}

bool
rig_verdict(struct rig *r, enum verdict_kind kind, const char *note)
{
    jobs_clear(&r->jobs);
    struct verdict v = {.kind = kind, .note = (char *)(uintptr_t)note};
    return engine_verdict(r->engine, rig_turn_id(r->engine), &v, rig_at(r->now_us), &r->jobs, NULL);
}

const char *
rig_turn_id(const struct engine *e)
{
    const struct turn *t = conversation_last(engine_conversation(e));
    return t ? t->id : NULL;
}

struct turn *
rig_turn(struct rig *r)
{
    return conversation_last(engine_conversation(r->engine));
}

const struct job *
rig_find(const struct rig *r, enum job_kind kind)
{
    for (size_t i = 0; i < r->jobs.count; i++)
        if (r->jobs.v[i].kind == kind)
            return &r->jobs.v[i];
    return NULL;
}

const struct job *
rig_notified(const struct rig *r, enum notice_kind notice)
{
    for (size_t i = 0; i < r->jobs.count; i++)
        if (r->jobs.v[i].kind == JOB_NOTIFY && r->jobs.v[i].notice == notice)
            return &r->jobs.v[i];
    return NULL;
}

static const struct call_spec *
spec_for(const struct rig *r, enum brain_id b, enum call_purpose purpose)
{
    for (size_t i = 0; i < r->jobs.count; i++) {
        const struct job *job = &r->jobs.v[i];
        if (job->kind == JOB_CALL && job->brain == b && job->purpose == purpose)
            return job->spec;
    }
    return NULL;
}

const struct call_spec *
rig_spec(const struct rig *r, enum brain_id b)
{
    return spec_for(r, b, CALL_ANSWER);
}

const struct call_spec *
rig_warm_up_spec(const struct rig *r)
{
    return spec_for(r, BRAIN_LLAMA, CALL_WARM_UP);
}

const struct call_spec *
rig_context_spec(const struct rig *r)
{
    return spec_for(r, BRAIN_LLAMA, CALL_CONTEXT);
}

bool
rig_cancels(const struct rig *r, uint32_t call)
{
    for (size_t i = 0; i < r->jobs.count; i++)
        if (r->jobs.v[i].kind == JOB_CANCEL && r->jobs.v[i].call == call)
            return true;
    return false;
}
