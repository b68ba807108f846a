#include "runner_private.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "berdua/core/loop.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/session/analysis.h"
#include "berdua/route/crisis.h"
#include "berdua/store/writer.h"
#include "analysis_scheduler.h"
#include "measure_loader.h"
#include "rollout_watch.h"
#include "spend_sync.h"
#include "routing_state.h"
#include "worker.h"

/* One call's unread text before its worker waits: some 8,000 tokens ahead of the screen. */
enum { MAILBOX_CALL_BYTES = 256 * 1024 };
/* An answer that finds all workers with shadows and late contexts gets one more, up to so many. */
enum { MORE_WORKERS = 16 };
/* Claude starts within its grace though LLAMA's context and the look-up take as long as they like: a thread that must be
 * started first is late. */
enum { LEAST_WORKERS = 3 };

/* ---- what comes back ---- */

static void
take_page(struct runner *r, struct event *ev)
{
    if (ev->num != r->older_ticket)
        return;
    r->older_ticket = -1;
    if (ev->kind != EV_LOADED)
        return;
    engine_take_older(r->engine, ev->data);
    ev->data = NULL;
    r->opts.on_notice(
        r->opts.arg,
        &(struct job){.kind = JOB_NOTIFY, .notice = NOTIFY_PHASE, .brain = BRAIN_NONE});
}

static void
take_store_event(struct runner *r, struct event *ev, struct jobs *jobs)
{
    const char *failure = ev->kind == EV_STORE_FAILED ? ev->text.p : NULL;
    if (failure && ev->num == 0 && r->store_works) {
        jobs_notice(jobs, NOTIFY_ERROR, "NOT saved: %s", failure);
        return;
    }
    r->store_works = r->store_works || !failure;
    if (failure && ev->num == 0) {
        r->store_failed = true;
        r->ticket_count = 0;
        r->opts.store_lost(r->opts.arg, failure);
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == MEASURE_LOADED) {
        measure_loader_take(r->measure_loader, ev->data);
        ev->data = NULL;
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == SPEND_SYNC_READ) {
        spend_sync_take(r->spend_sync, ev->data);
        r->opts.on_notice(
            r->opts.arg,
            &(struct job){.kind = JOB_NOTIFY, .notice = NOTIFY_PHASE, .brain = BRAIN_NONE});
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == ROUTING_STATE_OPEN) {
        if (r->routing_state)
            routing_state_take(r->routing_state, ev->data);
        else
            ev->free_data(ev->data);
        ev->data = NULL;
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == ROUTING_STATE_SAVED) {
        routing_state_saved(r->routing_state, r->engine);
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == ROLLOUT_WATCHED) {
        rollout_watch_take(r->rollout_watch, ev->data, r->engine, jobs);
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == ANALYSED) {
        analysis_scheduler_take(r->analysis_scheduler, ev->data, jobs);
        routing_state_save(r->routing_state, r->engine);
        return;
    }
    take_page(r, ev);
    for (size_t i = 0; i < r->ticket_count; i++) {
        if (r->tickets[i].ticket != ev->num)
            continue;
        uint64_t cookie = r->tickets[i].cookie;
        r->tickets[i] = r->tickets[--r->ticket_count];
        if (cookie)
            engine_stored(r->engine, cookie, ev->merged, failure, jobs);
        else if (failure)
            jobs_notice(jobs, NOTIFY_ERROR, "NOT saved: %s", failure);
        return;
    }
}

static void
read_mail(void *arg)
{
    struct runner *r = arg;
    struct event *list = mailbox_take(r->mailbox);
    while (list) {
        struct event *ev = list;
        list = ev->next;
        ev->next = NULL;
        struct jobs jobs;
        jobs_init(&jobs);
        if (ev->kind >= EV_STORED) {
            take_store_event(r, ev, &jobs);
        } else {
            engine_event(r->engine, ev, clock_moment(), &jobs);
            if (ev->kind == EV_DONE) {
                runner_forget_call(r, ev->call);
                routing_state_save(r->routing_state, r->engine);
            }
        }
        runner_carry_out(r, &jobs);
        event_destroy(&ev);
    }
}

static void
tick(void *arg)
{
    struct runner *r = arg;
    struct jobs jobs;
    jobs_init(&jobs);
    engine_tick(r->engine, clock_moment(), &jobs);
    runner_carry_out(r, &jobs);
}

static bool
quiet(void *arg)
{
    return runner_quiet(arg);
}

/* ---- life ---- */

struct runner *
runner_create(const struct runner_opts *opts, struct err *err)
{
    struct runner *r = xcalloc(1, sizeof *r);
    r->opts = *opts;
    r->older_ticket = -1;
    r->record_dir = xstrdup(opts->record_dir);
    r->keyring = keyring_create();
    r->crisis = crisis_create();
    r->engine = engine_create(&(struct engine_opts){
        .config = opts->config, .user = opts->user, .seed = opts->seed, .crisis = r->crisis});
    r->measure_loader = measure_loader_create(r->engine);
    r->spend_sync = spend_sync_create(opts->config, r->engine);
    if (!measure_loader_check(r->measure_loader, err))
        goto fail;
    if (!engine_set_mode(r->engine, opts->config->mode, err))
        goto fail;
    r->mailbox = mailbox_create(MAILBOX_CALL_BYTES, err);
    if (!r->mailbox)
        goto fail;
    r->lookup = (struct lookup_env){
        .config = opts->config, .keyring = r->keyring, .mailbox = r->mailbox, .user = opts->user};
    struct pool_ops ops = worker_ops;
    ops.most_workers = opts->config->workers + MORE_WORKERS;
    int workers = opts->config->workers > LEAST_WORKERS ? opts->config->workers : LEAST_WORKERS;
    r->pool = pool_create(workers, &ops, err);
    if (!r->pool)
        goto fail;
    r->writer = writer_open(opts->config->store_url, r->mailbox, err);
    if (!r->writer)
        goto fail;
    r->routing_state = routing_state_create(opts->config->store_url, r->pool, r->mailbox);
    r->rollout_watch = rollout_watch_create(opts->config, r->pool, r->mailbox);
    r->timer = loop_timer_create(opts->loop, tick, r);
    r->analysis_scheduler =
        analysis_scheduler_create(&(struct analysis_scheduler_opts){.config = opts->config,
                                                                    .loop = opts->loop,
                                                                    .pool = r->pool,
                                                                    .mailbox = r->mailbox,
                                                                    .keyring = r->keyring,
                                                                    .engine = r->engine,
                                                                    .quiet = quiet,
                                                                    .arg = r,
                                                                    .works = opts->analyses});
    loop_add_fd(opts->loop, mailbox_fd(r->mailbox), read_mail, r);
    return r;
fail:
    runner_destroy(&r);
    return NULL;
}

static void
end_session(struct runner *r)
{
    struct jobs jobs;
    read_mail(r);
    jobs_init(&jobs);
    engine_leave(r->engine, &jobs);
    runner_carry_out(r, &jobs);
}

void
runner_destroy(struct runner **pr)
{
    struct runner *r = *pr;
    if (!r)
        return;
    if (r->mailbox && r->pool) {
        if (r->timer)
            runner_cancel(r); /* what waits to be asked ends, too */
        for (size_t i = 0; i < r->token_count; i++)
            cancel_fire(r->tokens[i].cancel);
        mailbox_kick(r->mailbox);
        keyring_stop(r->keyring);
        analysis_scheduler_cancel(r->analysis_scheduler);
        rollout_watch_destroy(&r->rollout_watch);
        pool_destroy(&r->pool);
        routing_state_destroy(&r->routing_state);
        if (r->timer)
            end_session(r); /* the cancelled answers' last state goes to the store */
    }
    rollout_watch_destroy(&r->rollout_watch);
    pool_destroy(&r->pool);
    routing_state_destroy(&r->routing_state);
    writer_close(&r->writer);
    if (r->mailbox && r->timer)
        loop_remove_fd(r->opts.loop, mailbox_fd(r->mailbox));
    loop_timer_destroy(&r->timer);
    analysis_scheduler_destroy(&r->analysis_scheduler);
    mailbox_destroy(&r->mailbox);
    for (size_t i = 0; i < r->token_count; i++)
        cancel_unref(&r->tokens[i].cancel);
    free(r->tokens);
    free(r->tickets);
    free(r->record_dir);
    keyring_destroy(&r->keyring);
    engine_destroy(&r->engine);
    crisis_destroy(&r->crisis);
    measure_loader_destroy(&r->measure_loader);
    spend_sync_destroy(&r->spend_sync);
    free(r);
    *pr = NULL;
}

const struct engine *
runner_engine(const struct runner *r)
{
    return r->engine;
}

const struct measure *
runner_measure(const struct runner *r)
{
    return measure_loader_measure(r->measure_loader);
}

bool
runner_quiet(const struct runner *r)
{
    return !engine_busy(r->engine) && !rollout_watch_busy(r->rollout_watch) &&
           (r->ticket_count == 0 || r->store_failed);
}
