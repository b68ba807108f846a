#include "session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/core/cancel.h"
#include "berdua/core/loop.h"
#include "berdua/core/pool.h"
#include "berdua/session/analysis.h"
#include "berdua/session/runner.h"
#include "berdua/engine/engine.h"
#include "berdua/jiwa/profile.h"
#include "berdua/route/breaker.h"
#include "berdua/store/memory_store.h"

/* So long nothing has been done before an analysis begins. */
enum { QUIET_US = 2 * US_PER_S, LEAST_WAIT_US = 30 * US_PER_S };

struct analysis_scheduler {
    const struct session_env *env;
    struct loop_timer *timer; /* NULL: it does not work */
    bool wanted;              /* something may be due: to be looked at in the next quiet */
    bool decided, enabled;    /* the operator has said whether the user is in */
    /* What is known about the user, read in a worker. */
    struct {
        struct task task;
        bool running;
        char session[27]; /* for which it was begun */
        char *user, *told;
        bool in;
    } memory;
    /* An analysis in a worker. */
    struct {
        struct task task;
        struct cancel *running; /* NULL: none is */
        struct analysis result;
    } job;
};

static void fire(void *arg);

struct analysis_scheduler *
analysis_scheduler_create(const struct session_env *env, bool works)
{
    struct analysis_scheduler *a = xcalloc(1, sizeof *a);
    a->env = env;
    a->job.task.affinity = BRAIN_LLAMA + 1;
    if (env->config->memory.enabled && works) {
        a->timer = loop_timer_create(env->loop, fire, a);
        analysis_scheduler_queued(
            a); /* perhaps something was left by an earlier session, or has expired */
    }
    return a;
}

void
analysis_scheduler_destroy(struct analysis_scheduler **ap)
{
    struct analysis_scheduler *a = *ap;
    *ap = NULL;
    if (!a)
        return;
    loop_timer_destroy(&a->timer);
    cancel_unref(&a->job.running);
    analysis_finish(&a->job.result);
    free(a->memory.user);
    free(a->memory.told);
    free(a);
}

/* ---- the user ---- */

static char *
told_of(const struct memory_look *look, const struct config *config)
{
    struct jiwa profile;
    struct buf text;
    struct err err = {0};
    if (!jiwa_parse(&profile, look->profile, &err)) {
        log_msg(LOG_WARN, "the profile of the user: %s", err.text);
        return NULL;
    }
    buf_init(&text, 2 * JIWA_BLOCK_BYTES);
    jiwa_expire(&profile, analysis_cutoff_us(config, clock_wall_us()));
    jiwa_block(&profile, &text, JIWA_BLOCK_BYTES);
    jiwa_finish(&profile);
    char *told = text.len ? xstrdup(text.p) : NULL;
    buf_finish(&text);
    return told;
}

/* Who cannot be looked up may have been taken out. */
static void
read_memory(struct task *t, void *local)
{
    struct analysis_scheduler *a = TASK_OWNER(t, struct analysis_scheduler, memory.task);
    const struct config *config = a->env->config;
    struct memory_look look = {0};
    struct err err = {0};
    (void)local;
    struct store *m = store_open(config->store_url, &err);
    bool ok = m && memory_store_look(m, a->memory.user, analysis_cutoff_us(config, clock_wall_us()),
                                     &look, &err);
    if (!ok)
        log_msg(LOG_WARN, "memory: %s", err.text);
    a->memory.in = ok && !look.out;
    a->memory.told = ok ? told_of(&look, config) : NULL;
    free(look.profile);
    store_close(&m);
}

static void
take_memory(struct task *t)
{
    struct analysis_scheduler *a = TASK_OWNER(t, struct analysis_scheduler, memory.task);
    a->memory.running = false;
    if (strcmp(a->memory.session, engine_conversation(a->env->engine)->id) == 0) {
        engine_set_memory(a->env->engine, a->memory.in, a->memory.told);
        if (a->decided) /* on its way to the store, perhaps */
            engine_enable_memory(a->env->engine, a->enabled);
    }
    free(a->memory.told);
    a->memory.told = NULL;
    runner_read_done(a->env->runner);
}

void
analysis_scheduler_read(struct analysis_scheduler *a)
{
    const struct conversation *c = engine_conversation(a->env->engine);
    if (!analysis_wanted(a->env->config, c->user)) {
        engine_set_memory(a->env->engine, false, NULL);
        return;
    }
    if (a->memory.running)
        return;
    a->memory.running = true;
    free(a->memory.user);
    a->memory.user = xstrdup(c->user);
    memcpy(a->memory.session, c->id, sizeof a->memory.session);
    session_task_start(a->env, &a->memory.task, read_memory, take_memory, PRIO_CONTEXT);
}

bool
analysis_scheduler_reading(const struct analysis_scheduler *a)
{
    return a->memory.running;
}

void
analysis_scheduler_enable(struct analysis_scheduler *a, bool in)
{
    a->decided = true;
    a->enabled = in;
    engine_enable_memory(a->env->engine, in);
}

/* ---- the queue ---- */

static void
run_analysis(struct task *t, void *local)
{
    struct analysis_scheduler *a = TASK_OWNER(t, struct analysis_scheduler, job.task);
    const struct session_env *env = a->env;
    bool played = env->config->brains[BRAIN_LLAMA].provider == PROVIDER_PLAYBACK;
    struct analysis_opts opts = {.config = env->config,
                                 .keyring = env->keyring,
                                 .http = played ? NULL : worker_http(local),
                                 .cancel = a->job.running,
                                 .writer = env->writer};
    analysis_run(&opts, NULL, &a->job.result);
}

static void
take_result(struct analysis_scheduler *a, const struct analysis *r, struct jobs *out)
{
    cancel_unref(&a->job.running);
    a->wanted = a->wanted || r->end == ANALYSIS_CANCELLED;
    if (r->called)
        engine_side_call(a->env->engine, &r->call, clock_moment(), out);
    size_t n = jiwa_count(&r->record);
    if (r->end == ANALYSIS_DONE && n)
        jobs_notice(out, NOTIFY_NOTICE, "%zu thing%s inferred about %s; /memory shows %s", n,
                    n == 1 ? "" : "s", r->user, n == 1 ? "it" : "them");
    else if (r->end == ANALYSIS_FAILED)
        jobs_notice(out, NOTIFY_NOTICE,
                    "a conversation could not be analysed, it is tried again later: %s", r->why);
    else if (r->end == ANALYSIS_REFUSED)
        log_msg(LOG_INFO, "not analysed: %s", r->why);
    if (a->wanted || r->next_us == INT64_MAX) {
        analysis_scheduler_active(a);
        return;
    }
    /* What could not even be put off, for want of a disk or of a table that can be read, is not tried all the time. */
    bool bad = r->end == ANALYSIS_FAILED || r->end == ANALYSIS_REFUSED;
    int64_t least_us = bad ? LEAST_WAIT_US : QUIET_US, wait_us = r->next_us - clock_wall_us();
    loop_timer_arm(a->timer, clock_us() + (wait_us > least_us ? wait_us : least_us));
}

static void
take_analysis(struct task *t)
{
    struct analysis_scheduler *a = TASK_OWNER(t, struct analysis_scheduler, job.task);
    struct jobs jobs = {0};
    take_result(a, &a->job.result, &jobs);
    analysis_finish(&a->job.result);
    runner_carry_out(a->env->runner, &jobs);
}

static bool
may_call(const struct analysis_scheduler *a)
{
    return breaker_would_allow(engine_breaker(a->env->engine, BRAIN_LLAMA),
                               breaker_limits(a->env->config), clock_wall_us());
}

static void
fire(void *arg)
{
    struct analysis_scheduler *a = arg;
    a->wanted = true;
    if (a->job.running || !runner_quiet(a->env->runner))
        return; /* what is done next sets the timer again */
    if (!may_call(a)) {
        loop_timer_arm(a->timer, clock_us() + a->env->config->breaker.cool_s * (int64_t)US_PER_S);
        return;
    }
    a->wanted = false;
    a->job.running = cancel_create();
    session_task_start(a->env, &a->job.task, run_analysis, take_analysis, PRIO_ANALYSIS);
}

void
analysis_scheduler_active(struct analysis_scheduler *a)
{
    if (a && a->timer && a->wanted && !a->job.running)
        loop_timer_arm(a->timer, clock_us() + QUIET_US);
}

void
analysis_scheduler_queued(struct analysis_scheduler *a)
{
    a->wanted = true;
    analysis_scheduler_active(a);
}

void
analysis_scheduler_cancel(struct analysis_scheduler *a)
{
    if (a && a->job.running)
        cancel_fire(a->job.running);
}
