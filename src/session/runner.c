#include "runner_private.h"

#include <stdio.h>
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
#include "berdua/route/crisis.h"
#include "berdua/store/writer.h"

/* One call's unread text before its worker waits: some 8,000 tokens ahead of the screen. */
enum { MAILBOX_CALL_BYTES = 256 * 1024 };
/* An answer that finds all workers with shadows and late contexts gets one more, up to so many. */
enum { MORE_WORKERS = 16 };
/* Claude starts within its grace while LLAMA's context and the look-up run: a thread started only then is late. */
enum { LEAST_WORKERS = 3 };

/* ---- what comes back ---- */

void
runner_note_change(struct runner *r)
{
    r->opts.on_notice(
        r->opts.arg,
        &(struct job){.kind = JOB_NOTIFY, .notice = NOTIFY_PHASE, .brain = BRAIN_NONE});
}

/* What follows from a cause that has been told is not told again, so that the cause stays to be read; but of a verdict
 * (the notice has its turn) it is always said what became of it. */
static void
mute_errors(struct jobs *jobs)
{
    for (size_t i = 0; i < jobs->count; i++)
        if (jobs->v[i].kind == JOB_NOTIFY && jobs->v[i].notice == NOTIFY_ERROR && !jobs->v[i].turn)
            jobs->v[i].notice = NOTIFY_PHASE;
}

static void
take_stored(struct runner *r, const struct write_ack *ack, struct jobs *out)
{
    if (ack->left != BRAIN_NONE)
        engine_side_drawn(r->env.engine, ack->request, ack->left, clock_moment(), out);
    engine_stored(r->env.engine, ack->request, ack->seq, ack->refused, out);
}

static void
take_acknowledgement(void *arg, const struct write_ack *ack)
{
    struct runner *r = arg;
    struct jobs jobs = {0};
    r->unacknowledged--;
    stored_state_saved(r->stored_state, ack->request);
    rollout_watch_stored(r->rollout_watch, ack->request);
    r->refused_count += ack->refused != NULL;
    if (ack->refused && !r->refused)
        r->refused = xstrdup(ack->refused);
    if (!(ack->request & WRITER_OWN_IDS))
        take_stored(r, ack, &jobs);
    else if (ack->refused)
        jobs_notice(&jobs, NOTIFY_ERROR, "NOT saved: %s", ack->refused)->plain = true;
    if (ack->follows)
        mute_errors(&jobs);
    runner_carry_out(r, &jobs);
    if (r->unsaved.cause == UNSAVED_NOTHING && !r->unacknowledged)
        runner_note_change(r);
}

static void
take_unsaved(void *arg, const struct unsaved *now)
{
    struct runner *r = arg;
    r->unsaved = *now;
    if (r->opts.on_unsaved)
        r->opts.on_unsaved(r->opts.arg, now);
    runner_note_change(r);
}

void
runner_notify_line(struct runner *r, enum notice_kind kind, const char *before, const char *line)
{
    struct jobs jobs = {0};
    jobs_notice(&jobs, kind, "%s%s", before, line)->plain = true; /* of the store, or an input */
    runner_carry_out(r, &jobs);
}

static void
lose_store(void *arg, const char *why)
{
    struct runner *r = arg;
    r->store_lost = true;
    if (!r->refused)
        r->refused = xstrdup(why);
    struct unsaved now = {.cause = UNSAVED_LOST, .since_wall_us = clock_wall_us()};
    snprintf(now.reason, sizeof now.reason, "%s", why);
    take_unsaved(r, &now);
}

static void
show_notice(void *arg, const char *line)
{
    runner_notify_line(arg, NOTIFY_NOTICE, "", line);
}

static const struct writer_ops writer_ops = {.acknowledged = take_acknowledgement,
                                             .unsaved = take_unsaved,
                                             .lost = lose_store,
                                             .notice = show_notice};

void
runner_expect(struct runner *r)
{
    if (r->unacknowledged++ == 0)
        r->waiting_since_wall_us = clock_wall_us();
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
    struct jobs jobs = {0};
    engine_tick(r->env.engine, clock_moment(), &jobs);
    runner_carry_out(r, &jobs);
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
    if (!measure_loader_check(r->measure_loader, err))
        return false;
    r->env.mailbox = mailbox_create(MAILBOX_CALL_BYTES, err);
    r->env.pool = r->env.mailbox ? pool_create(workers, &ops, r->env.mailbox, err) : NULL;
    r->env.writer =
        r->env.pool ? writer_open(config->store_url, r->env.mailbox, &writer_ops, r, err) : NULL;
    if (!r->env.writer)
        return false;
    r->stored_state = stored_state_create(&r->env);
    r->rollout_watch = rollout_watch_create(&r->env);
    r->timer = loop_timer_create(r->opts.loop, tick, r);
    r->starting.timer = loop_timer_create(r->opts.loop, runner_say_reading, r);
    r->analysis_scheduler = analysis_scheduler_create(&r->env, r->opts.analyses);
    return true;
}

struct runner *
runner_create(const struct runner_opts *opts, struct err *err)
{
    struct runner *r = xcalloc(1, sizeof *r);
    r->opts = *opts;
    r->record_dir = xstrdup(opts->record_dir);
    r->crisis = crisis_create();
    r->env = (struct session_env){.config = opts->config,
                                  .user = opts->user,
                                  .loop = opts->loop,
                                  .keyring = keyring_create(),
                                  .runner = r};
    r->env.engine = engine_create(&(struct engine_opts){.config = opts->config,
                                                        .user = opts->user,
                                                        .seed = opts->seed,
                                                        .at = clock_moment(),
                                                        .crisis = r->crisis});
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
    struct jobs jobs = {0};
    r->waking = 0;
    runner_cancel(r); /* what waits to be asked ends, too */
    for (size_t i = 0; i < r->token_count; i++)
        cancel_fire(r->tokens[i].cancel);
    mailbox_kick(r->env.mailbox);
    keyring_stop(r->env.keyring);
    analysis_scheduler_cancel(r->analysis_scheduler);
    writer_release_workers(r->env.writer);
    pool_stop(r->env.pool);
    read_mail(r);
    engine_leave(r->env.engine, &jobs);
    runner_carry_out(r, &jobs); /* the cancelled answers' last state goes to the store */
    stored_state_save(r->stored_state);
}

static void
say_lost(struct runner *r)
{
    char *line = xasprintf("NOT saved: %zu change%s (%s)", r->refused_count,
                           r->refused_count == 1 ? "" : "s", r->unsaved.reason);
    if (r->opts.on_close)
        r->opts.on_close(r->opts.arg, line);
    free(line);
}

bool
runner_save(struct runner *r)
{
    if (r->timer && r->env.writer)
        end_session(r);
    pool_destroy(&r->env.pool);
    bool open = r->env.writer != NULL;
    if (!writer_close(&r->env.writer, r->opts.on_close, r->opts.arg))
        r->left_over = true; /* and it has said why */
    else if (open && r->store_lost && r->refused_count)
        say_lost(r);
    return !r->left_over && !r->refused;
}

bool
runner_destroy(struct runner **pr)
{
    struct runner *r = *pr;
    if (!r)
        return true;
    bool saved = runner_save(r);
    if (r->timer)
        loop_remove_fd(r->opts.loop, mailbox_fd(r->env.mailbox));
    mailbox_destroy(&r->env.mailbox);
    loop_timer_destroy(&r->timer);
    loop_timer_destroy(&r->starting.timer);
    free(r->starting.message);
    conversation_destroy(&r->older.page);
    analysis_scheduler_destroy(&r->analysis_scheduler);
    rollout_watch_destroy(&r->rollout_watch);
    stored_state_destroy(&r->stored_state);
    for (size_t i = 0; i < r->token_count; i++)
        cancel_unref(&r->tokens[i].cancel);
    free(r->tokens);
    free(r->refused);
    free(r->record_dir);
    keyring_destroy(&r->env.keyring);
    engine_destroy(&r->env.engine);
    measure_loader_destroy(&r->measure_loader);
    crisis_destroy(&r->crisis);
    free(r);
    *pr = NULL;
    return saved;
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

const struct cold_starts *
runner_cold_starts(const struct runner *r, enum brain_id b)
{
    return stored_state_cold_starts(r->stored_state, b);
}

static bool
is_running(const struct runner *r)
{
    return r->starting.message || engine_busy(r->env.engine) ||
           rollout_watch_busy(r->rollout_watch);
}

bool
runner_quiet(const struct runner *r)
{
    return !is_running(r) && (r->unacknowledged == 0 || r->store_lost);
}

bool
runner_done(const struct runner *r)
{
    return runner_quiet(r) || (!is_running(r) && r->unsaved.cause != UNSAVED_NOTHING);
}

size_t
runner_unsaved(const struct runner *r, struct unsaved *now)
{
    *now = r->unsaved;
    if (now->cause == UNSAVED_NOTHING)
        now->since_wall_us = r->waiting_since_wall_us;
    return r->unacknowledged + (r->store_lost ? r->refused_count : 0);
}
