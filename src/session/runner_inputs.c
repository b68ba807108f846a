/* What the operator wants: each an input of the engine, and what has to be read before it. */
#include "runner_private.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/brain/tape.h"
#include "berdua/chat/address.h"
#include "berdua/session/analysis.h"
#include "berdua/core/loop.h"
#include "berdua/core/pool.h"
#include "berdua/store/query.h"
#include "berdua/store/writer.h"

enum {
    OLDER_TURNS = 100,
    SAY_READING_MS = 1000 /* so long a message waits for a read before it is said */
};

/* So that the grace of a message is not spent on opening files. */
static void
prepare_look_up(struct runner *r)
{
    enum chat_mode mode = engine_settings(r->env.engine)->mode;
    if (r->lookup_warmed || (mode != MODE_CONTEXT && mode != MODE_FULL))
        return;
    r->lookup_warmed = true;
    lookup_warm_up(&r->env);
}

/* ---- a message, and what has to be read before it ---- */

/* again: before a message, what others may have changed since it was read: a stage that was just set is obeyed at once,
 * and other instances spend too. */
static void
begin_reads(struct runner *r, bool again)
{
    prepare_look_up(r);
    measure_loader_begin(r->measure_loader);
    if (!r->store_read || (again && engine_routes(r->env.engine)))
        stored_state_read_routing(r->stored_state);
    if (!r->store_read || again)
        stored_state_read_spend(r->stored_state);
    r->store_read = true;
    if (!r->memory_loaded)
        analysis_scheduler_read(r->analysis_scheduler);
    r->memory_loaded = true;
}

static bool
is_reading(const struct runner *r)
{
    return measure_loader_reading(r->measure_loader) || stored_state_reading(r->stored_state) ||
           analysis_scheduler_reading(r->analysis_scheduler);
}

static void
wake_servers(struct runner *r)
{
    struct jobs jobs = {0};
    unsigned causes = r->waking;
    r->waking = 0;
    for (unsigned cause = 0; causes >> cause; cause++)
        if (causes & 1u << cause)
            engine_warm_up(r->env.engine, (enum warm_up_cause)cause, clock_moment(), &jobs);
    runner_carry_out(r, &jobs);
}

void
runner_warm_up(struct runner *r, enum warm_up_cause cause)
{
    const struct brain_conf *brains = r->opts.config->brains;
    bool wanted = false;
    for (int b = 0; b < BRAIN_COUNT; b++)
        wanted = wanted || brains[b].warm_up != WARM_UP_OFF;
    if (!wanted)
        return;
    begin_reads(r, false);
    r->waking |= 1u << cause;
    if (!is_reading(r))
        wake_servers(r);
}

void
runner_prepare(struct runner *r)
{
    if (!r->network_warmed) /* not sooner: the network library and what it needs are half of the memory */
        worker_warm_up(&r->env);
    r->network_warmed = true;
    begin_reads(r, false);
    runner_warm_up(r, WARM_UP_AT_KEY);
}

/* These modes tell Claude what is known about the user. Said once to whoever sits there. */
static void
tell_what_is_missing(struct runner *r, struct jobs *out)
{
    enum chat_mode mode = engine_settings(r->env.engine)->mode;
    const char *why = analysis_missing(r->opts.config, engine_conversation(r->env.engine)->user);
    if (r->memory_notice_shown || !r->opts.analyses || !why ||
        (mode != MODE_JIWA && mode != MODE_FULL))
        return;
    r->memory_notice_shown = true;
    jobs_notice(out, NOTIFY_NOTICE, "mode %s: %s", chat_mode_name(mode), why);
}

static bool
send_message(struct runner *r, const char *message, unsigned brains, struct err *err)
{
    struct jobs jobs = {0};
    bool ok = engine_submit(r->env.engine, message, brains, clock_moment(), &jobs, err);
    if (ok)
        tell_what_is_missing(r, &jobs);
    runner_carry_out(r, &jobs);
    return ok;
}

/* In the demo a message that nobody can answer is not sent: it would look like a failure of each brain. */
static bool
has_recording(const struct runner *r, const char *message, unsigned brains, struct err *err)
{
    const char *hint = NULL;
    message = address_strip(message, &brains);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct brain_conf *conf = &r->opts.config->brains[b];
        if (!(brains & 1u << b))
            continue;
        if (!conf->unrecorded || !tape_missing(conf, (enum brain_id)b, message))
            return true;
        hint = conf->unrecorded;
    }
    return err_set(err, "No recording for this message. %s", hint);
}

bool
runner_submit(struct runner *r, const char *message, unsigned brains, struct err *err)
{
    if (r->starting.message)
        return err_set(err, "One message is already queued");
    if (!engine_check_message(r->env.engine, message, brains, err) ||
        !has_recording(r, message, brains, err))
        return false;
    begin_reads(r, true);
    analysis_scheduler_cancel(r->analysis_scheduler);
    if (!is_reading(r))
        return send_message(r, message, brains, err);
    r->starting.message = xstrdup(message);
    r->starting.brains = brains;
    loop_timer_arm(r->starting.timer, clock_us() + SAY_READING_MS * (int64_t)US_PER_MS);
    return true;
}

bool
runner_starting(const struct runner *r)
{
    return r->starting.message != NULL;
}

void
runner_say_reading(void *arg)
{
    struct runner *r = arg;
    if (r->starting.message)
        runner_notify_line(r, NOTIFY_NOTICE, "", "The message waits for the database");
}

void
runner_read_done(struct runner *r)
{
    struct err err = {0};
    char *message = r->starting.message;
    if (is_reading(r))
        return;
    r->starting.message = NULL;
    if (message) {
        loop_timer_arm(r->starting.timer, NEVER_US);
        if (!send_message(r, message, r->starting.brains, &err))
            runner_notify_line(r, NOTIFY_ERROR, "", err.text);
        free(message);
    }
    if (r->waking)
        wake_servers(r);
}

void
runner_cancel(struct runner *r)
{
    struct jobs jobs = {0};
    if (r->starting.message)
        jobs_notice(&jobs, NOTIFY_NOTICE, "The message was cancelled before it was sent")->plain =
            true;
    free(r->starting.message);
    r->starting.message = NULL;
    engine_cancel(r->env.engine, clock_moment(), &jobs);
    runner_carry_out(r, &jobs);
}

/* What would change the message that waits for a read is refused until it is sent. */
static bool
may_change(const struct runner *r, struct err *err)
{
    return !r->starting.message || err_set(err, "a message is being sent");
}

bool
runner_regenerate(struct runner *r, const char *turn_id, unsigned brains, struct err *err)
{
    struct jobs jobs = {0};
    bool ok = engine_regenerate(r->env.engine, turn_id, brains, clock_moment(), &jobs, err);
    runner_carry_out(r, &jobs);
    return ok;
}

bool
runner_verdict(struct runner *r, const char *turn_id, const struct verdict *v, struct err *err)
{
    struct jobs jobs = {0};
    bool ok = engine_verdict(r->env.engine, turn_id, v, clock_moment(), &jobs, err);
    runner_carry_out(r, &jobs);
    return ok;
}

bool
runner_set_aside(struct runner *r, const char *turn_id, struct err *err)
{
    struct jobs jobs = {0};
    bool ok = engine_set_aside(r->env.engine, turn_id, &jobs, err);
    runner_carry_out(r, &jobs);
    return ok;
}

bool
runner_reveal(struct runner *r, const char *turn_id, struct err *err)
{
    struct jobs jobs = {0};
    bool ok = engine_reveal(r->env.engine, turn_id, &jobs, err);
    runner_carry_out(r, &jobs);
    return ok;
}

bool
runner_set_mode(struct runner *r, enum chat_mode mode, struct err *err)
{
    if (!may_change(r, err))
        return false;
    if (engine_blind(r->env.engine) && mode != MODE_PARALLEL)
        return err_set(err, "Blind compares both answers: /blind off first");
    engine_set(r->env.engine)->mode = mode;
    return true;
}

bool
runner_set_blind(struct runner *r, bool on, struct err *err)
{
    if (!may_change(r, err))
        return false;
    if (on && engine_settings(r->env.engine)->mode != MODE_PARALLEL)
        return err_set(err, "Blind needs two answers side by side: /mode parallel first");
    engine_set(r->env.engine)->blind = on;
    return true;
}

struct engine_settings *
runner_set(struct runner *r)
{
    return engine_set(r->env.engine);
}

bool
runner_take_conversation(struct runner *r, struct conversation *c, struct err *err)
{
    struct jobs jobs = {0};
    if (!may_change(r, err))
        return false;
    if (!engine_busy(r->env.engine))
        engine_leave(r->env.engine, &jobs);
    bool ok = engine_take_conversation(r->env.engine, c, clock_moment(), err);
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
    runner_expect(r);
    analysis_scheduler_cancel(r->analysis_scheduler);
    if (!r->memory_loaded)
        analysis_scheduler_read(r->analysis_scheduler);
    r->memory_loaded = true;
    analysis_scheduler_enable(r->analysis_scheduler, in);
    return true;
}

/* ---- turns before the first one shown ---- */

static void
read_older(struct task *t, void *local)
{
    struct runner *r = TASK_OWNER(t, struct runner, older.task);
    struct err err = {0};
    (void)local;
    struct store *q = store_open(r->opts.config->store_url, &err);
    if (q)
        r->older.page = query_session(q, r->older.session, r->older.before_seq, OLDER_TURNS, &err);
    if (!r->older.page)
        log_msg(LOG_WARN, "older turns: %s", err.text);
    store_close(&q);
}

static void
take_older(struct task *t)
{
    struct runner *r = TASK_OWNER(t, struct runner, older.task);
    r->older.loading = false;
    engine_take_older(r->env.engine, r->older.page);
    r->older.page = NULL;
    runner_note_change(r);
}

void
runner_load_older(struct runner *r)
{
    const struct conversation *c = engine_conversation(r->env.engine);
    if (r->older.loading || !c->older || !c->count)
        return;
    r->older.loading = true;
    memcpy(r->older.session, c->id, sizeof r->older.session);
    r->older.before_seq = c->turns[0]->seq;
    session_task_start(&r->env, &r->older.task, read_older, take_older, PRIO_CONTEXT);
}
