#include "runner_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/core/cancel.h"
#include "berdua/core/loop.h"
#include "berdua/route/crisis.h"
#include "berdua/session/stored_evidence.h"
#include "berdua/store/writer.h"
#include "berdua/team/team.h"
#include "workshop_private.h"

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

void
runner_take_acknowledgement(struct runner *r, const struct write_ack *ack)
{
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

void
runner_take_unsaved(struct runner *r, const struct unsaved *now)
{
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

void
runner_lose_store(struct runner *r, const char *why)
{
    r->store_lost = true;
    if (!r->refused)
        r->refused = xstrdup(why);
    struct unsaved now = {.cause = UNSAVED_LOST, .since_wall_us = clock_wall_us()};
    snprintf(now.reason, sizeof now.reason, "%s", why);
    runner_take_unsaved(r, &now);
}

void
runner_expect(struct runner *r)
{
    if (r->unacknowledged++ == 0)
        r->waiting_since_wall_us = clock_wall_us();
    workshop_expect(r->workshop, r);
}

static void
tick(void *arg)
{
    struct runner *r = arg;
    struct jobs jobs = {0};
    engine_tick(r->env.engine, clock_moment(), &jobs);
    runner_carry_out(r, &jobs);
}

/* What others judged may move a stage. */
static void
take_team_news(void *arg, const struct team_news *n)
{
    struct runner *r = arg;
    if (n->notice[0])
        runner_notify_line(r, NOTIFY_NOTICE, "team: ", n->notice);
    if (n->taken > 0 && r->team)
        rollout_watch_others(r->rollout_watch);
    r->opts.on_team(r->opts.arg, n);
}

/* ---- life ---- */

static bool
join_workshop(struct runner *r, struct err *err)
{
    if (r->opts.workshop)
        r->workshop = r->opts.workshop;
    else
        r->workshop = r->own_workshop =
            workshop_create(&(struct workshop_opts){.config = r->opts.config,
                                                    .loop = r->opts.loop,
                                                    .sessions = 1,
                                                    .on_close = r->opts.on_close,
                                                    .arg = r->opts.arg},
                            err);
    if (r->workshop)
        workshop_join(r->workshop, r, &r->env);
    return r->workshop != NULL;
}

static bool
join_team(struct runner *r, struct err *err)
{
    const struct config *config = r->opts.config;
    r->team =
        team_open(config, config->store_url, r->env.writer, r->env.mailbox, take_team_news, r, err);
    return r->team != NULL;
}

static bool
create_parts(struct runner *r, struct err *err)
{
    r->measure_loader = measure_loader_create(&r->env);
    if (!measure_loader_check(r->measure_loader, err) || !join_workshop(r, err))
        return false;
    r->stored_state = stored_state_create(&r->env);
    r->rollout_watch = rollout_watch_create(&r->env);
    r->timer = loop_timer_create(r->opts.loop, tick, r);
    r->starting.timer = loop_timer_create(r->opts.loop, runner_say_reading, r);
    r->analysis_scheduler = analysis_scheduler_create(&r->env, r->opts.analyses);
    return !r->opts.on_team || !r->opts.config->team.url || join_team(r, err);
}

struct runner *
runner_create(const struct runner_opts *opts, struct err *err)
{
    struct runner *r = xcalloc(1, sizeof *r);
    r->opts = *opts;
    r->record_dir = xstrdup(opts->record_dir);
    r->crisis = crisis_create();
    r->env = (struct session_env){
        .config = opts->config, .user = opts->user, .loop = opts->loop, .runner = r};
    r->env.engine = engine_create(&(struct engine_opts){.config = opts->config,
                                                        .user = opts->user,
                                                        .seed = opts->seed,
                                                        .at = clock_moment(),
                                                        .crisis = r->crisis});
    if (!create_parts(r, err))
        runner_destroy(&r);
    return r;
}

void
runner_stop(struct runner *r)
{
    r->waking = 0;
    runner_cancel(r); /* what waits to be asked ends, too */
    for (size_t i = 0; i < r->token_count; i++)
        cancel_fire(r->tokens[i].cancel);
    analysis_scheduler_cancel(r->analysis_scheduler);
}

void
runner_leave_team(struct runner *r)
{
    team_close(&r->team);
}

void
runner_end_session(struct runner *r)
{
    struct jobs jobs = {0};
    engine_leave(r->env.engine, &jobs);
    runner_carry_out(r, &jobs); /* the cancelled answers' last state goes to the store */
    stored_state_save(r->stored_state);
}

bool
runner_save(struct runner *r)
{
    return !r->own_workshop || workshop_save(r->own_workshop);
}

bool
runner_destroy(struct runner **pr)
{
    struct runner *r = *pr;
    if (!r)
        return true;
    bool saved = runner_save(r);
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
    if (r->workshop)
        workshop_leave(r->workshop, r);
    workshop_destroy(&r->own_workshop);
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

void
runner_read_evidence(struct runner *r)
{
    rollout_watch_read(r->rollout_watch);
}

const struct stored_evidence *
runner_evidence(const struct runner *r)
{
    return rollout_watch_evidence(r->rollout_watch);
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
