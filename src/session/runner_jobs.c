/* What the engine decided: calls, look-ups, rows, and what the watcher is told. */
#include "runner_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/core/cancel.h"
#include "berdua/core/loop.h"
#include "berdua/core/mailbox.h"
#include "berdua/store/saved_contexts.h"
#include "berdua/store/writer.h"
#include "berdua/engine/context_lookup.h"

static const int64_t day_us = 24 * 3600 * (int64_t)US_PER_S;

static enum pool_priority
priority(const struct job *job)
{
    if (job->purpose == CALL_CONTEXT)
        return PRIO_CONTEXT;
    if (job->purpose == CALL_WARM_UP)
        return PRIO_ANALYSIS;
    return job->turn->answers[job->brain].role == ROLE_SHADOW ? PRIO_SHADOW : PRIO_ANSWER;
}

static void
forget_call(struct runner *r, uint32_t call)
{
    for (size_t i = 0; i < r->token_count; i++)
        if (r->tokens[i].call == call) {
            cancel_unref(&r->tokens[i].cancel);
            r->tokens[i] = r->tokens[--r->token_count];
            return;
        }
}

void
runner_hear_call(struct runner *r, const struct call_event *ev)
{
    struct jobs jobs = {0};
    engine_event(r->env.engine, ev, clock_moment(), &jobs);
    if (ev->kind == CALL_DONE)
        forget_call(r, ev->call);
    runner_carry_out(r, &jobs);
}

static void
start_call(struct runner *r, struct job *job)
{
    struct call_spec *spec = job->spec;
    const struct measure *measure = measure_loader_measure(r->measure_loader);
    spec->cancel = cancel_create();
    spec->keyring = r->env.keyring;
    spec->record_dir = job->purpose == CALL_WARM_UP ? NULL : xstrdup(r->record_dir);
    r->tokens = xreallocarray(r->tokens, r->token_count + 1, sizeof *r->tokens);
    r->tokens[r->token_count++] =
        (struct token){.call = spec->call, .cancel = cancel_ref(spec->cancel)};
    /* A context that LLAMA writes is nobody's answer. */
    call_task_start(&r->env, &job->spec, job->purpose == CALL_ANSWER ? measure : NULL,
                    priority(job));
}

static void
cancel_call(struct runner *r, uint32_t call)
{
    for (size_t i = 0; i < r->token_count; i++)
        if (r->tokens[i].call == call)
            cancel_fire(r->tokens[i].cancel);
    mailbox_kick(r->env.mailbox);
}

static void
put_context(struct runner *r, const struct job *job)
{
    int64_t now_us = clock_wall_us();
    writer_put_context(r->env.writer,
                       &(struct saved_context){
                           .user = job->for_everybody ? NULL : r->opts.user,
                           .topic = job->own_topic,
                           .language = context_language(job->turn->kind.language),
                           .text = job->own_text,
                           .model = job->turn->context.answer.model,
                           .at_wall_us = now_us,
                           .expires_wall_us = now_us + r->opts.config->context.ttl_days * day_us});
}

static void
queue_analysis(struct runner *r, const struct job *job)
{
    int64_t now_us = clock_wall_us();
    if (job->provisional) {
        writer_reserve_analysis(r->env.writer, job->own_text,
                                now_us + r->opts.config->memory.idle_s * (int64_t)US_PER_S);
        return;
    }
    analysis_scheduler_queued(r->analysis_scheduler);
    writer_queue_analysis(r->env.writer, job->own_text, now_us);
}

static void
carry_out_job(struct runner *r, struct job *job)
{
    const struct conversation *c = engine_conversation(r->env.engine);
    struct writer *w = r->env.writer;
    uint64_t id = job->request_id;
    switch (job->kind) {
    case JOB_CALL:
        start_call(r, job);
        return;
    case JOB_CANCEL:
        cancel_call(r, job->call);
        return;
    case JOB_LOOK_UP:
        lookup_start(&r->env, job);
        return;
    case JOB_NOTIFY:
        r->opts.on_notice(r->opts.arg, job);
        if (job->notice == NOTIFY_SAVED)
            rollout_watch_judged(r->rollout_watch);
        return;
    case JOB_PUT_SESSION:
        writer_put_session(w, c, id);
        break;
    case JOB_PUT_TURN:
        writer_put_turn(w, c->id, job->turn, id);
        break;
    case JOB_PUT_ANSWER:
        id = writer_put_answer(w, job->turn->id, job->answer, id);
        rollout_watch_written(r->rollout_watch, job->turn, job->answer, id);
        break;
    case JOB_CHECKPOINT:
        writer_checkpoint(w, job->answer->id, job->offset, job->answer->text.p + job->offset,
                          job->answer->text.len - job->offset, id);
        break;
    case JOB_PUT_OUTCOME:
        writer_put_turn_outcome(w, job->turn, id);
        break;
    case JOB_QUEUE_ANALYSIS:
        queue_analysis(r, job);
        break;
    case JOB_PUT_VERDICT:
        writer_put_verdict(w, c->id, job->turn->id, &job->verdict, config_rater(r->opts.config),
                           id);
        break;
    case JOB_PUT_CONTEXT:
        put_context(r, job);
        break;
    case JOB_PUT_SIDE_CALL:
        writer_put_side_call(w, call_purpose_name(job->purpose), c->id, job->answer,
                             clock_wall_us());
        break;
    }
    runner_expect(r);
}

void
runner_carry_out(struct runner *r, struct jobs *jobs)
{
    assert(!r->carrying_out);
    r->carrying_out = true;
    for (size_t i = 0; i < jobs->count; i++)
        carry_out_job(r, &jobs->v[i]);
    r->carrying_out = false;
    jobs_finish(jobs);
    loop_timer_arm(r->timer, engine_deadline(r->env.engine));
    stored_state_save(r->stored_state); /* a call that has ended may have moved a breaker */
    analysis_scheduler_active(r->analysis_scheduler);
}
