#include "berdua/engine/runner.h"

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
#include "berdua/engine/analysis.h"
#include "berdua/route/crisis.h"
#include "berdua/store/context.h"
#include "berdua/store/store.h"
#include "analyst.h"
#include "context_text.h"
#include "lookup.h"
#include "prepare.h"
#include "progress.h"
#include "purse.h"
#include "standing.h"
#include "worker.h"

static const int64_t day_us = 24 * 3600 * (int64_t)US_PER_S;
/* One call's unread text before its worker waits: some 8,000 tokens ahead of the screen. */
enum { MAILBOX_CALL_BYTES = 256 * 1024, OLDER_TURNS = 100 };
/* An answer that finds all workers with shadows and late contexts gets one more, up to so many. */
enum { MORE_WORKERS = 16 };
/* Claude starts within its grace though LLAMA's context and the look-up take as long as they like: a thread that must be
 * started first is late. */
enum { LEAST_WORKERS = 3 };

struct token {
    uint32_t call;
    struct cancel *cancel;
};

struct ticket {
    int64_t ticket;
    uint64_t cookie; /* 0: nobody waits for it */
};

struct runner {
    struct runner_opts opts;
    char *record_dir;
    struct engine *engine;
    struct mailbox *mailbox;
    struct pool *pool;
    struct store *store;
    struct keyring *keyring;
    struct prepare *prepare;
    struct purse *purse;
    struct crisis *crisis;
    struct standing *standing;
    struct progress *progress;
    bool warmed; /* the network library is there, or being read */
    bool stood;  /* what it remembers has been read */
    struct lookup_env lookup;
    bool looks; /* a worker has opened what a look-up needs, or is about to */
    struct analyst *analyst;
    bool remembered; /* what is known about the user has been read for this session */
    bool missed;     /* the operator knows that there is no memory */
    struct loop_timer *timer;
    struct token *tokens;
    size_t token_count;
    struct ticket *tickets; /* not yet answered by the store */
    size_t ticket_count;
    int64_t older_ticket; /* -1: none is out */
    bool
        store_works; /* it has answered well at least once; trouble after that is reported, not fatal */
    bool store_failed; /* it could not be opened */
};

/* ---- jobs ---- */

static enum pool_priority
priority(const struct job *job)
{
    if (job->purpose == CALL_CONTEXT)
        return PRIO_CONTEXT;
    return job->turn->answers[job->brain].role == ROLE_SHADOW ? PRIO_SHADOW : PRIO_ANSWER;
}

static void
start_call(struct runner *r, struct job *job)
{
    struct call_spec *spec = job->spec;
    if (!r->pool) /* the session is over; its spec goes with the job */
        return;
    job->spec = NULL;
    spec->cancel = cancel_create();
    spec->keyring = r->keyring;
    spec->record_dir = xstrdup(r->record_dir);
    r->tokens = xreallocarray(r->tokens, r->token_count + 1, sizeof *r->tokens);
    r->tokens[r->token_count++] =
        (struct token){.call = spec->call, .cancel = cancel_ref(spec->cancel)};
    worker_call(r->pool, spec, r->mailbox, priority(job));
}

static void
look_up(struct runner *r, const struct job *job)
{
    if (r->pool)
        lookup_start(r->pool, &r->lookup, job);
}

static void
cancel_call(struct runner *r, uint32_t call)
{
    for (size_t i = 0; i < r->token_count; i++)
        if (r->tokens[i].call == call)
            cancel_fire(r->tokens[i].cancel);
    mailbox_kick(r->mailbox);
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

static void
expect(struct runner *r, int64_t ticket, uint64_t cookie)
{
    r->tickets = xreallocarray(r->tickets, r->ticket_count + 1, sizeof *r->tickets);
    r->tickets[r->ticket_count++] = (struct ticket){.ticket = ticket, .cookie = cookie};
}

static int64_t
put_context(struct runner *r, const struct job *job)
{
    int64_t now_us = clock_wall_us();
    return store_put_context(
        r->store, &(struct saved_context){.user = job->for_everybody ? NULL : r->opts.user,
                                          .topic = job->own_topic,
                                          .language = context_language(job->turn->kind.language),
                                          .text = job->own_text,
                                          .model = job->turn->context.answer.model,
                                          .at_wall_us = now_us,
                                          .expires_wall_us =
                                              now_us + r->opts.config->context.ttl_days * day_us});
}

static int64_t
queue_analysis(struct runner *r, const struct job *job)
{
    int64_t now_us = clock_wall_us();
    if (job->later)
        return store_reserve_analysis(r->store, job->own_text,
                                      now_us + r->opts.config->memory.idle_s * (int64_t)US_PER_S);
    analyst_queued(r->analyst);
    return store_queue_analysis(r->store, job->own_text, now_us);
}

static void
put(struct runner *r, const struct job *job)
{
    const struct conversation *c = engine_conversation(r->engine);
    struct store *s = r->store;
    int64_t ticket = -1;
    switch (job->kind) {
    case JOB_PUT_SESSION:
        ticket = store_put_session(s, c);
        break;
    case JOB_PUT_TURN:
        ticket = store_put_turn(s, c->id, job->turn);
        break;
    case JOB_PUT_ANSWER:
        ticket = store_put_answer(s, job->turn->id, job->answer);
        break;
    case JOB_CHECKPOINT:
        ticket =
            store_checkpoint(s, job->answer->id, job->offset, job->answer->text.p + job->offset,
                             job->answer->text.len - job->offset);
        break;
    case JOB_PUT_OUTCOME:
        ticket = store_put_turn_outcome(s, job->turn);
        break;
    case JOB_QUEUE_ANALYSIS:
        ticket = queue_analysis(r, job);
        break;
    case JOB_PUT_VERDICT:
        ticket = store_put_verdict(s, c->id, job->turn->id, &job->verdict, r->opts.user);
        break;
    case JOB_PUT_CONTEXT:
        ticket = put_context(r, job);
        break;
    case JOB_PUT_SIDE_CALL:
        ticket = store_put_side_call(s, call_purpose_name(job->purpose), c->id, job->answer,
                                     clock_wall_us());
        break;
    case JOB_CALL:
    case JOB_CANCEL:
    case JOB_LOOK_UP:
    case JOB_TELL:
        return;
    }
    expect(r, ticket, job->cookie);
}

static void
carry_out(struct runner *r, struct jobs *jobs)
{
    for (size_t i = 0; i < jobs->count; i++) {
        struct job *job = &jobs->v[i];
        switch (job->kind) {
        case JOB_CALL:
            start_call(r, job);
            break;
        case JOB_CANCEL:
            cancel_call(r, job->call);
            break;
        case JOB_LOOK_UP:
            look_up(r, job);
            break;
        case JOB_TELL:
            r->opts.told(r->opts.arg, job);
            if (job->tell == TELL_SAVED)
                progress_judged(r->progress);
            break;
        default:
            put(r, job);
            break;
        }
    }
    jobs_finish(jobs);
    loop_timer_arm(r->timer, engine_deadline(r->engine));
    analyst_active(r->analyst);
}

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
    r->opts.told(r->opts.arg,
                 &(struct job){.kind = JOB_TELL, .tell = TELL_PHASE, .brain = BRAIN_NONE});
}

static void
take_store_event(struct runner *r, struct event *ev, struct jobs *jobs)
{
    const char *failure = ev->kind == EV_STORE_FAILED ? ev->text.p : NULL;
    if (failure && ev->num == 0 && r->store_works) {
        jobs_notice(jobs, TELL_ERROR, "NOT saved: %s", failure);
        return;
    }
    r->store_works = r->store_works || !failure;
    if (failure && ev->num == 0) {
        r->store_failed = true;
        r->ticket_count = 0;
        r->opts.store_lost(r->opts.arg, failure);
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == PREPARED) {
        prepare_take(r->prepare, ev->data);
        ev->data = NULL;
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == PURSE_READ) {
        purse_take(r->purse, ev->data);
        r->opts.told(r->opts.arg,
                     &(struct job){.kind = JOB_TELL, .tell = TELL_PHASE, .brain = BRAIN_NONE});
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == STANDING_OPEN) {
        if (r->standing)
            standing_take(r->standing, ev->data);
        else
            ev->free_data(ev->data);
        ev->data = NULL;
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == STANDING_SAVED) {
        standing_saved(r->standing, r->engine);
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == PROGRESSED) {
        progress_take(r->progress, ev->data, r->engine, jobs);
        return;
    }
    if (ev->kind == EV_LOADED && ev->num == ANALYSED) {
        analyst_take(r->analyst, ev->data, jobs);
        standing_save(r->standing, r->engine);
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
            jobs_notice(jobs, TELL_ERROR, "NOT saved: %s", failure);
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
            engine_event(r->engine, ev, clock_us(), clock_wall_us(), &jobs);
            if (ev->kind == EV_DONE) {
                forget_call(r, ev->call);
                standing_save(r->standing, r->engine);
            }
        }
        carry_out(r, &jobs);
        event_destroy(&ev);
    }
}

static void
tick(void *arg)
{
    struct runner *r = arg;
    struct jobs jobs;
    jobs_init(&jobs);
    engine_tick(r->engine, clock_us(), &jobs);
    carry_out(r, &jobs);
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
    r->prepare = prepare_create(r->engine);
    r->purse = purse_create(opts->config, r->engine);
    if (!prepare_check(r->prepare, err))
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
    r->store = store_open(opts->config->store_url, r->mailbox, err);
    if (!r->store)
        goto fail;
    r->standing = standing_create(opts->config->store_url, r->pool, r->mailbox);
    r->progress = progress_create(opts->config, r->pool, r->mailbox);
    r->timer = loop_timer_create(opts->loop, tick, r);
    r->analyst = analyst_create(&(struct analyst_opts){.config = opts->config,
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
    carry_out(r, &jobs);
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
        analyst_cancel(r->analyst);
        progress_destroy(&r->progress);
        pool_destroy(&r->pool);
        standing_destroy(&r->standing);
        if (r->timer)
            end_session(r); /* the cancelled answers' last state goes to the store */
    }
    progress_destroy(&r->progress);
    pool_destroy(&r->pool);
    standing_destroy(&r->standing);
    store_close(&r->store);
    if (r->mailbox && r->timer)
        loop_remove_fd(r->opts.loop, mailbox_fd(r->mailbox));
    loop_timer_destroy(&r->timer);
    analyst_destroy(&r->analyst);
    mailbox_destroy(&r->mailbox);
    for (size_t i = 0; i < r->token_count; i++)
        cancel_unref(&r->tokens[i].cancel);
    free(r->tokens);
    free(r->tickets);
    free(r->record_dir);
    keyring_destroy(&r->keyring);
    engine_destroy(&r->engine);
    crisis_destroy(&r->crisis);
    prepare_destroy(&r->prepare);
    purse_destroy(&r->purse);
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
    return prepare_measure(r->prepare);
}

bool
runner_quiet(const struct runner *r)
{
    return !engine_busy(r->engine) && !progress_busy(r->progress) &&
           (r->ticket_count == 0 || r->store_failed);
}

/* ---- inputs ---- */

/* So that the grace of a message is not spent on opening files. */
static void
prepare_look_up(struct runner *r)
{
    enum chat_mode mode = engine_mode(r->engine);
    if (r->looks || (mode != MODE_CONTEXT && mode != MODE_FULL))
        return;
    r->looks = true;
    lookup_warm_up(r->pool, &r->lookup);
}

void
runner_prepare(struct runner *r)
{
    if (!r->warmed) /* not sooner: the network library and what it needs are half of the memory */
        worker_warm_up(r->pool, r->opts.config);
    r->warmed = true;
    prepare_begin(r->prepare, r->pool, r->mailbox);
    purse_begin(r->purse, r->pool, r->mailbox);
    if (!r->stood)
        standing_begin(r->standing);
    prepare_look_up(r);
}

/* These modes tell Claude what is known about the user. Said once to whoever sits there. */
static void
tell_what_is_missing(struct runner *r, struct jobs *out)
{
    enum chat_mode mode = engine_mode(r->engine);
    const char *why = analysis_missing(r->opts.config, engine_conversation(r->engine)->user);
    if (r->missed || !r->opts.analyses || !why || (mode != MODE_JIWA && mode != MODE_FULL))
        return;
    r->missed = true;
    jobs_notice(out, TELL_NOTICE, "mode %s: %s", chat_mode_name(mode), why);
}

bool
runner_submit(struct runner *r, const char *message, unsigned brains, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    prepare_look_up(r);
    prepare_finish(r->prepare, NULL); /* most often it is there already, since somebody typed */
    /* Before the first message; and before each routed one, since a stage just set is obeyed at once. */
    if (!r->stood || engine_routes(r->engine))
        standing_load(r->standing, r->engine);
    r->stood = true;
    purse_refresh(r->purse);
    if (!r->remembered)
        analyst_load(r->analyst);
    r->remembered = true;
    analyst_cancel(r->analyst);
    bool ok = engine_submit(r->engine, message, brains, clock_us(), clock_wall_us(), &jobs, err);
    if (ok)
        tell_what_is_missing(r, &jobs);
    carry_out(r, &jobs);
    return ok;
}

void
runner_cancel(struct runner *r)
{
    struct jobs jobs;
    jobs_init(&jobs);
    engine_cancel(r->engine, &jobs);
    carry_out(r, &jobs);
}

bool
runner_regenerate(struct runner *r, unsigned brains, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    bool ok = engine_regenerate(r->engine, brains, clock_us(), &jobs, err);
    carry_out(r, &jobs);
    return ok;
}

bool
runner_verdict(struct runner *r, enum verdict_kind kind, const char *note, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    bool ok = engine_verdict(r->engine, kind, note, clock_wall_us(), &jobs, err);
    carry_out(r, &jobs);
    return ok;
}

bool
runner_reveal(struct runner *r, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    bool ok = engine_reveal(r->engine, &jobs, err);
    carry_out(r, &jobs);
    return ok;
}

bool
runner_set_mode(struct runner *r, enum chat_mode mode, struct err *err)
{
    return engine_set_mode(r->engine, mode, err);
}

void
runner_set_context(struct runner *r, enum context_policy policy)
{
    engine_set_context(r->engine, policy);
}

void
runner_set_history(struct runner *r, enum history_policy policy)
{
    engine_set_history(r->engine, policy);
}

bool
runner_take_conversation(struct runner *r, struct conversation *c, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    if (!engine_busy(r->engine))
        engine_leave(r->engine, &jobs);
    bool ok = engine_take_conversation(r->engine, c, err);
    r->remembered = r->remembered && !ok;
    carry_out(r, &jobs);
    return ok;
}

bool
runner_set_memory(struct runner *r, bool in, struct err *err)
{
    const char *user = engine_conversation(r->engine)->user;
    if (!analysis_wanted(r->opts.config, user))
        return err_set(err, "%s", analysis_missing(r->opts.config, user));
    expect(r, store_set_memory_out(r->store, user, !in, clock_wall_us()), 0);
    analyst_cancel(r->analyst);
    analyst_load(r->analyst);
    r->remembered = true;
    engine_let_in(r->engine, in);
    return true;
}

void
runner_load_older(struct runner *r)
{
    const struct conversation *c = engine_conversation(r->engine);
    if (r->older_ticket >= 0 || !c->older || !c->count)
        return;
    r->older_ticket = store_load_older(r->store, c->id, c->turns[0]->seq, OLDER_TURNS);
}
