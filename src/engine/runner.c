#include "berdua/engine/runner.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/brain/call.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "berdua/core/loop.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/measure/measure.h"
#include "berdua/net/http.h"
#include "berdua/route/crisis.h"
#include "berdua/store/store.h"
#include "standing.h"

/* One call's unread text before its worker waits: some 8,000 tokens ahead of the screen. */
enum { MAILBOX_CALL_BYTES = 256 * 1024, OLDER_TURNS = 100 };
/* The ticket of what no store sent. */
enum { PREPARED = -2 };

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
    char *lexicons;
    struct measure *measure; /* NULL until it is needed */
    bool preparing;          /* a worker is reading it */
    struct crisis *crisis;
    struct standing *standing;
    bool stood; /* what it remembers has been read */
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

/* ---- workers ---- */

/* What a worker keeps: its connections. Made at its first call, because loading the network library
 * must not delay the first paint. */
struct worker {
    struct http *http;
};

static void *
worker_open(void *arg)
{
    (void)arg;
    return xcalloc(1, sizeof(struct worker));
}

static void
worker_close(void *local)
{
    struct worker *w = local;
    http_destroy(&w->http);
    free(w);
}

struct call_job {
    struct call_spec *spec;
    struct mailbox *mailbox;
    struct event *done; /* said when the worker is free again */
};

static void
run_call(void *arg, void *local)
{
    struct call_job *job = arg;
    struct worker *w = local;
    if (!w->http && job->spec->conf->provider != PROVIDER_PLAYBACK) {
        struct err err = {0};
        w->http = http_create(&err);
        if (!w->http)
            log_msg(LOG_ERROR, "%s", err.text);
    }
    job->done = call_execute(&job->spec, w->http, job->mailbox);
}

static void
tell_done(void *arg)
{
    struct call_job *job = arg;
    if (job->done)
        mailbox_push(job->mailbox, &job->done, NULL);
    free(job);
}

static void
drop_call(void *arg)
{
    struct call_job *job = arg;
    call_spec_destroy(&job->spec);
    free(job);
}

/* Loads the network library in a worker, so that the first message finds it there. */
static void
run_warm_up(void *arg, void *local)
{
    (void)arg;
    struct worker *w = local;
    if (!w->http)
        w->http = http_create(NULL);
}

static bool
needs_network(const struct config *config)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (config->brains[b].provider != PROVIDER_PLAYBACK)
            return true;
    return false;
}

static void
drop_nothing(void *arg)
{
    (void)arg;
}

/* ---- jobs ---- */

static void
start_call(struct runner *r, struct job *job)
{
    struct call_spec *spec = job->spec;
    bool shadow = job->turn->answers[job->brain].role == ROLE_SHADOW;
    job->spec = NULL;
    spec->cancel = cancel_create();
    spec->keyring = r->keyring;
    spec->record_dir = xstrdup(r->record_dir);
    r->tokens = xreallocarray(r->tokens, r->token_count + 1, sizeof *r->tokens);
    r->tokens[r->token_count++] =
        (struct token){.call = spec->call, .cancel = cancel_ref(spec->cancel)};
    struct call_job *arg = xmalloc(sizeof *arg);
    *arg = (struct call_job){.spec = spec, .mailbox = r->mailbox};
    pool_push(r->pool, &(struct pool_job){.run = run_call,
                                          .after = tell_done,
                                          .drop = drop_call,
                                          .arg = arg,
                                          .priority = shadow ? PRIO_SHADOW : PRIO_ANSWER,
                                          .affinity = (unsigned)spec->brain + 1});
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
    case JOB_PUT_VERDICT:
        ticket = store_put_verdict(s, c->id, job->turn->id, &job->verdict, r->opts.user);
        break;
    case JOB_CALL:
    case JOB_CANCEL:
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
        case JOB_TELL:
            r->opts.told(r->opts.arg, job);
            break;
        default:
            put(r, job);
            break;
        }
    }
    jobs_finish(jobs);
    loop_timer_arm(r->timer, engine_deadline(r->engine));
}

/* ---- measuring ---- */

static void
use_measure(struct runner *r, struct measure *take)
{
    if (r->measure) {
        measure_destroy(&take);
        return;
    }
    r->measure = take;
    engine_set_measure(r->engine, take);
}

static bool
load_measure(struct runner *r, struct err *err)
{
    struct measure *m = r->measure ? NULL : measure_create(r->lexicons, err);
    if (m)
        use_measure(r, m);
    return r->measure != NULL;
}

struct preparation {
    struct mailbox *mailbox;
    char *lexicons;
};

static void
free_measure(void *m)
{
    struct measure *measure = m;
    measure_destroy(&measure);
}

static void
drop_preparation(void *arg)
{
    struct preparation *p = arg;
    free(p->lexicons);
    free(p);
}

static void
run_preparation(void *arg, void *local)
{
    struct preparation *p = arg;
    struct event *ev = event_create(EV_LOADED, 0, 0);
    (void)local;
    ev->num = PREPARED;
    ev->data = measure_create(p->lexicons, NULL);
    ev->free_data = free_measure;
    mailbox_push(p->mailbox, &ev, NULL);
    drop_preparation(p);
}

void
runner_prepare(struct runner *r)
{
    if (r->measure || r->preparing)
        return;
    r->preparing = true;
    struct preparation *p = xmalloc(sizeof *p);
    *p = (struct preparation){r->mailbox, xstrdup(r->lexicons)};
    pool_push(r->pool, &(struct pool_job){.run = run_preparation,
                                          .drop = drop_preparation,
                                          .arg = p,
                                          .priority = PRIO_ANSWER});
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
        if (ev->data)
            use_measure(r, ev->data);
        ev->data = NULL;
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
    r->lexicons = path_config("lexicon");
    /* The operator's own lexicons are checked before anything is asked; the built-in ones wait until
     * somebody types. */
    if (access(r->lexicons, F_OK) == 0 && !load_measure(r, err))
        goto fail;
    if (!engine_set_mode(r->engine, opts->config->mode, err))
        goto fail;
    r->mailbox = mailbox_create(MAILBOX_CALL_BYTES, err);
    if (!r->mailbox)
        goto fail;
    r->pool = pool_create(opts->config->workers,
                          &(struct pool_ops){.open = worker_open, .close = worker_close}, err);
    if (!r->pool)
        goto fail;
    r->store = store_open(opts->config->store_url, r->mailbox, err);
    if (!r->store)
        goto fail;
    r->standing = standing_create(opts->config->store_url, r->pool);
    r->timer = loop_timer_create(opts->loop, tick, r);
    loop_add_fd(opts->loop, mailbox_fd(r->mailbox), read_mail, r);
    if (needs_network(opts->config))
        pool_push(r->pool, &(struct pool_job){.run = run_warm_up,
                                              .drop = drop_nothing,
                                              .priority = PRIO_ANALYSIS});
    return r;
fail:
    runner_destroy(&r);
    return NULL;
}

void
runner_destroy(struct runner **pr)
{
    struct runner *r = *pr;
    if (!r)
        return;
    if (r->mailbox && r->pool) {
        for (size_t i = 0; i < r->token_count; i++)
            cancel_fire(r->tokens[i].cancel);
        mailbox_kick(r->mailbox);
        pool_destroy(&r->pool);
        standing_destroy(&r->standing);
        if (r->timer)
            read_mail(r); /* the cancelled answers' last state goes to the store */
    }
    pool_destroy(&r->pool);
    standing_destroy(&r->standing);
    store_close(&r->store);
    if (r->mailbox && r->timer)
        loop_remove_fd(r->opts.loop, mailbox_fd(r->mailbox));
    loop_timer_destroy(&r->timer);
    mailbox_destroy(&r->mailbox);
    for (size_t i = 0; i < r->token_count; i++)
        cancel_unref(&r->tokens[i].cancel);
    free(r->tokens);
    free(r->tickets);
    free(r->record_dir);
    free(r->lexicons);
    keyring_destroy(&r->keyring);
    engine_destroy(&r->engine);
    crisis_destroy(&r->crisis);
    measure_destroy(&r->measure);
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
    return r->measure;
}

bool
runner_quiet(const struct runner *r)
{
    return !engine_busy(r->engine) && (r->ticket_count == 0 || r->store_failed);
}

/* ---- inputs ---- */

bool
runner_submit(struct runner *r, const char *message, unsigned brains, struct err *err)
{
    struct jobs jobs;
    jobs_init(&jobs);
    load_measure(r, NULL); /* most often it is there already, since somebody typed */
    /* Before the first message; and before each routed one, since a stage just set is obeyed at once. */
    if (!r->stood || engine_mode(r->engine) == MODE_ROUTE)
        standing_load(r->standing, r->engine);
    r->stood = true;
    bool ok = engine_submit(r->engine, message, brains, clock_us(), clock_wall_us(), &jobs, err);
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
runner_set_history(struct runner *r, enum history_policy policy)
{
    engine_set_history(r->engine, policy);
}

bool
runner_take_conversation(struct runner *r, struct conversation *c, struct err *err)
{
    return engine_take_conversation(r->engine, c, err);
}

void
runner_load_older(struct runner *r)
{
    const struct conversation *c = engine_conversation(r->engine);
    if (r->older_ticket >= 0 || !c->older || !c->count)
        return;
    r->older_ticket = store_load_older(r->store, c->id, c->turns[0]->seq, OLDER_TURNS);
}
