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
note_change(void *arg)
{
    struct runner *r = arg;
    r->opts.on_notice(
        r->opts.arg,
        &(struct job){.kind = JOB_NOTIFY, .notice = NOTIFY_PHASE, .brain = BRAIN_NONE});
}

static void
take_page(struct runner *r, struct writer_answer *a)
{
    if (a->request_id != r->older_ticket)
        return;
    r->older_ticket = -1;
    if (a->kind != WRITER_LOADED)
        return;
    engine_take_older(r->env.engine, a->data);
    a->data = NULL;
    note_change(r);
}

/* The store as a whole cannot be used: fatal at the start, else only told. */
static void
take_refusal(struct runner *r, const char *why, struct jobs *jobs)
{
    if (r->store_works) {
        jobs_notice(jobs, NOTIFY_ERROR, "NOT saved: %s", why);
        return;
    }
    r->store_failed = true;
    r->ticket_count = 0;
    r->opts.store_lost(r->opts.arg, why);
}

static void
take_acknowledgement(struct runner *r, const struct writer_answer *a, struct jobs *jobs)
{
    for (size_t i = 0; i < r->ticket_count; i++) {
        if (r->tickets[i].ticket != a->request_id)
            continue;
        uint64_t cookie = r->tickets[i].cookie;
        r->tickets[i] = r->tickets[--r->ticket_count];
        if (cookie)
            engine_stored(r->env.engine, cookie, a->seq, a->why, jobs);
        else if (a->why)
            jobs_notice(jobs, NOTIFY_ERROR, "NOT saved: %s", a->why);
        return;
    }
}

static void
take_writer_answer(void *arg, struct writer_answer *a)
{
    struct runner *r = arg;
    struct jobs jobs;
    jobs_init(&jobs);
    if (a->why && a->request_id == 0) {
        take_refusal(r, a->why, &jobs);
    } else {
        r->store_works = r->store_works || !a->why;
        take_page(r, a);
        take_acknowledgement(r, a, &jobs);
    }
    runner_carry_out(r, &jobs);
}

static void
read_mail(void *arg)
{
    mailbox_deliver(((struct runner *)arg)->env.mailbox);
}

static void
tick(void *arg)
{
    struct runner *r = arg;
    struct jobs jobs;
    jobs_init(&jobs);
    engine_tick(r->env.engine, clock_moment(), &jobs);
    runner_carry_out(r, &jobs);
}

static bool
is_quiet(void *arg)
{
    return runner_quiet(arg);
}

static void
carry_out(void *arg, struct jobs *jobs)
{
    runner_carry_out(arg, jobs);
}

/* ---- life ---- */

static bool
create_parts(struct runner *r, struct err *err)
{
    const struct config *config = r->opts.config;
    struct pool_ops ops = worker_ops;
    ops.most_workers = config->workers + MORE_WORKERS;
    int workers = config->workers > LEAST_WORKERS ? config->workers : LEAST_WORKERS;
    r->measure_loader = measure_loader_create(&r->env);
    if (!measure_loader_check(r->measure_loader, err) ||
        !engine_set_mode(r->env.engine, config->mode, err))
        return false;
    r->env.mailbox = mailbox_create(MAILBOX_CALL_BYTES, err);
    r->env.pool = r->env.mailbox ? pool_create(workers, &ops, r->env.mailbox, err) : NULL;
    r->writer = r->env.pool
                    ? writer_open(config->store_url, r->env.mailbox, take_writer_answer, r, err)
                    : NULL;
    if (!r->writer)
        return false;
    r->spend_sync = spend_sync_create(&r->env);
    r->routing_state = routing_state_create(&r->env);
    r->rollout_watch = rollout_watch_create(&r->env);
    r->timer = loop_timer_create(r->opts.loop, tick, r);
    r->analysis_scheduler = analysis_scheduler_create(&r->env, r->opts.analyses);
    return true;
}

struct runner *
runner_create(const struct runner_opts *opts, struct err *err)
{
    struct runner *r = xcalloc(1, sizeof *r);
    r->opts = *opts;
    r->older_ticket = -1;
    r->record_dir = xstrdup(opts->record_dir);
    r->crisis = crisis_create();
    r->env = (struct session_env){.config = opts->config,
                                  .user = opts->user,
                                  .loop = opts->loop,
                                  .keyring = keyring_create(),
                                  .arg = r,
                                  .carry_out = carry_out,
                                  .changed = note_change,
                                  .quiet = is_quiet};
    r->env.engine = engine_create(&(struct engine_opts){
        .config = opts->config, .user = opts->user, .seed = opts->seed, .crisis = r->crisis});
    if (!create_parts(r, err)) {
        runner_destroy(&r);
        return NULL;
    }
    loop_add_fd(opts->loop, mailbox_fd(r->env.mailbox), read_mail, r);
    return r;
}

static void
end_session(struct runner *r)
{
    struct jobs jobs;
    runner_cancel(r); /* what waits to be asked ends, too */
    for (size_t i = 0; i < r->token_count; i++)
        cancel_fire(r->tokens[i].cancel);
    mailbox_kick(r->env.mailbox);
    keyring_stop(r->env.keyring);
    analysis_scheduler_cancel(r->analysis_scheduler);
    pool_stop(r->env.pool);
    read_mail(r);
    jobs_init(&jobs);
    engine_leave(r->env.engine, &jobs);
    runner_carry_out(r, &jobs); /* the cancelled answers' last state goes to the store */
    routing_state_save(r->routing_state);
}

void
runner_destroy(struct runner **pr)
{
    struct runner *r = *pr;
    if (!r)
        return;
    if (r->timer)
        end_session(r);
    pool_destroy(&r->env.pool);
    writer_close(&r->writer);
    if (r->timer)
        loop_remove_fd(r->opts.loop, mailbox_fd(r->env.mailbox));
    mailbox_destroy(&r->env.mailbox);
    loop_timer_destroy(&r->timer);
    analysis_scheduler_destroy(&r->analysis_scheduler);
    rollout_watch_destroy(&r->rollout_watch);
    routing_state_destroy(&r->routing_state);
    spend_sync_destroy(&r->spend_sync);
    for (size_t i = 0; i < r->token_count; i++)
        cancel_unref(&r->tokens[i].cancel);
    free(r->tokens);
    free(r->tickets);
    free(r->record_dir);
    keyring_destroy(&r->env.keyring);
    engine_destroy(&r->env.engine);
    measure_loader_destroy(&r->measure_loader);
    crisis_destroy(&r->crisis);
    free(r);
    *pr = NULL;
}

const struct engine *
runner_engine(const struct runner *r)
{
    return r->env.engine;
}

const struct measure *
runner_measure(const struct runner *r)
{
    return measure_loader_measure(r->measure_loader);
}

bool
runner_quiet(const struct runner *r)
{
    return !engine_busy(r->env.engine) && !rollout_watch_busy(r->rollout_watch) &&
           (r->ticket_count == 0 || r->store_failed);
}
