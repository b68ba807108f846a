/* What the operator wants: each an input of the engine, and what has to be read before it. */
#include "runner_private.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/session/analysis.h"
#include "berdua/core/pool.h"
#include "berdua/store/query.h"
#include "berdua/store/writer.h"
#include "analysis_scheduler.h"
#include "lookup.h"
#include "measure_loader.h"
#include "spend_sync.h"
#include "routing_state.h"
#include "worker.h"

enum { OLDER_TURNS = 100 };

/* So that the grace of a message is not spent on opening files. */
static void
prepare_look_up(struct runner *r)
{
    enum chat_mode mode = engine_mode(r->env.engine);
    if (r->lookup_warmed || (mode != MODE_CONTEXT && mode != MODE_FULL))
        return;
    r->lookup_warmed = true;
    lookup_warm_up(&r->env);
}

void
runner_prepare(struct runner *r)
{
    if (!r->network_warmed) /* not sooner: the network library and what it needs are half of the memory */
        worker_warm_up(&r->env);
    r->network_warmed = true;
    measure_loader_begin(r->measure_loader);
    spend_sync_begin(r->spend_sync);
    if (!r->routing_loaded)
        routing_state_begin(r->routing_state);
    prepare_look_up(r);
}

/* These modes tell Claude what is known about the user. Said once to whoever sits there. */
static void
tell_what_is_missing(struct runner *r, struct jobs *out)
{
    enum chat_mode mode = engine_mode(r->env.engine);
    const char *why = analysis_missing(r->opts.config, engine_conversation(r->env.engine)->user);
    if (r->memory_notice_shown || !r->opts.analyses || !why ||
        (mode != MODE_JIWA && mode != MODE_FULL))
        return;
    r->memory_notice_shown = true;
    jobs_notice(out, NOTIFY_NOTICE, "mode %s: %s", chat_mode_name(mode), why);
}

bool
runner_submit(struct runner *r, const char *message, unsigned brains, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    prepare_look_up(r);
    measure_loader_finish(r->measure_loader,
                          NULL); /* most often it is there already, since somebody typed */
    /* Before the first message; and before each routed one, since a stage just set is obeyed at once. */
    if (!r->routing_loaded || engine_routes(r->env.engine))
        routing_state_load(r->routing_state);
    r->routing_loaded = true;
    spend_sync_refresh(r->spend_sync);
    if (!r->memory_loaded)
        analysis_scheduler_load(r->analysis_scheduler);
    r->memory_loaded = true;
    analysis_scheduler_cancel(r->analysis_scheduler);
    bool ok = engine_submit(r->env.engine, message, brains, clock_moment(), &jobs, err);
    if (ok)
        tell_what_is_missing(r, &jobs);
    runner_carry_out(r, &jobs);
    return ok;
}

void
runner_cancel(struct runner *r)
{
    struct jobs jobs;
    jobs_init(&jobs);
    engine_cancel(r->env.engine, clock_moment(), &jobs);
    runner_carry_out(r, &jobs);
}

bool
runner_regenerate(struct runner *r, unsigned brains, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    bool ok = engine_regenerate(r->env.engine, brains, clock_moment(), &jobs, err);
    runner_carry_out(r, &jobs);
    return ok;
}

bool
runner_verdict(struct runner *r, enum verdict_kind kind, const char *note, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    bool ok = engine_verdict(r->env.engine, kind, note, clock_moment(), &jobs, err);
    runner_carry_out(r, &jobs);
    return ok;
}

bool
runner_reveal(struct runner *r, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    bool ok = engine_reveal(r->env.engine, &jobs, err);
    runner_carry_out(r, &jobs);
    return ok;
}

bool
runner_set_mode(struct runner *r, enum chat_mode mode, struct err *err)
{
    return engine_set_mode(r->env.engine, mode, err);
}

void
runner_set_context(struct runner *r, enum context_policy policy)
{
    engine_set_context(r->env.engine, policy);
}

void
runner_set_history(struct runner *r, enum history_policy policy)
{
    engine_set_history(r->env.engine, policy);
}

bool
runner_take_conversation(struct runner *r, struct conversation *c, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    if (!engine_busy(r->env.engine))
        engine_leave(r->env.engine, &jobs);
    bool ok = engine_take_conversation(r->env.engine, c, err);
    r->memory_loaded = r->memory_loaded && !ok;
    runner_carry_out(r, &jobs);
    return ok;
}

bool
runner_set_memory(struct runner *r, bool in, struct err *err)
{
    const char *user = engine_conversation(r->env.engine)->user;
    if (!analysis_wanted(r->opts.config, user))
        return err_set(err, "%s", analysis_missing(r->opts.config, user));
    writer_set_memory_out(r->env.writer, user, !in, clock_wall_us());
    r->env.expect(r);
    analysis_scheduler_cancel(r->analysis_scheduler);
    analysis_scheduler_load(r->analysis_scheduler);
    r->memory_loaded = true;
    engine_enable_memory(r->env.engine, in);
    return true;
}

/* ---- turns before the first one shown ---- */

struct older_task {
    struct task task;
    struct runner *runner;
    char session[27];
    int64_t before_seq;
    struct conversation *page; /* NULL: it could not be read */
};

static void
drop_older(struct task *t)
{
    struct older_task *o = (struct older_task *)t;
    conversation_destroy(&o->page);
    free(o);
}

static void
read_older(struct task *t, void *local)
{
    struct older_task *o = (struct older_task *)t;
    struct err err = {0};
    (void)local;
    struct query *q = query_open(o->runner->opts.config->store_url, &err);
    if (q)
        o->page = query_session(q, o->session, o->before_seq, OLDER_TURNS, &err);
    if (!o->page)
        log_msg(LOG_WARN, "older turns: %s", err.text);
    query_close(&q);
}

static void
take_older(struct task *t)
{
    struct older_task *o = (struct older_task *)t;
    struct runner *r = o->runner;
    r->older_loading = false;
    if (o->page)
        engine_take_older(r->env.engine, o->page);
    o->page = NULL;
    drop_older(t);
    r->env.changed(r);
}

void
runner_load_older(struct runner *r)
{
    const struct conversation *c = engine_conversation(r->env.engine);
    if (r->older_loading || !c->older || !c->count)
        return;
    r->older_loading = true;
    struct older_task *o = xcalloc(1, sizeof *o);
    o->task = (struct task){
        .run = read_older, .done = take_older, .drop = drop_older, .priority = PRIO_CONTEXT};
    o->runner = r;
    memcpy(o->session, c->id, sizeof o->session);
    o->before_seq = c->turns[0]->seq;
    pool_start(r->env.pool, &o->task);
}
