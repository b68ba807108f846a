#include "session_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/core/cancel.h"
#include "berdua/core/pool.h"
#include "berdua/measure/measure.h"
#include "berdua/net/http.h"

/* Reading the scores costs more than feeding the text, so they are read now and then. */
enum { SCORE_EVERY_US = 100000, UNSCORED_MAX_BYTES = 64 << 20 };

struct call_task {
    struct task task;
    const struct session_env *env;
    struct call_spec *spec;
    struct cancel *cancel;  /* the spec's */
    struct call_event done; /* CALL_DONE, kept until the worker is free */
    const struct measure *measure;
    char *message;         /* what the answer is measured against */
    struct scorer *scorer; /* NULL: nothing was scored yet */
    struct buf unscored;   /* posted and not yet measured */
    struct scores scores;  /* as last read */
    int64_t scored_us;
};

/* ---- what a call reports, on its way to the main thread ---- */

struct call_mail {
    struct mail mail;
    struct runner *runner;
    struct call_event event;
};

static void
drop_call_mail(struct mail *m)
{
    struct call_mail *cm = (struct call_mail *)m;
    call_event_finish(&cm->event);
    free(cm);
}

static void
deliver_call_mail(struct mail *m)
{
    struct call_mail *cm = (struct call_mail *)m;
    runner_hear_call(cm->runner, &cm->event);
    drop_call_mail(m);
}

/* Text that nobody has read yet grows by what follows it: a slow reader gets one event. */
static bool
merge_call_mail(struct mail *tail, struct mail *m)
{
    if (tail->deliver != deliver_call_mail)
        return false;
    const struct call_mail *from = (const struct call_mail *)m;
    struct call_event *to = &((struct call_mail *)tail)->event;
    const struct call_event *ev = &from->event;
    if (from->runner != ((struct call_mail *)tail)->runner || to->kind != CALL_DELTA ||
        to->call != ev->call || to->generation != ev->generation ||
        !buf_append(&to->text, ev->text.p, ev->text.len))
        return false;
    to->deltas += ev->deltas;
    to->ttft_us = ev->ttft_us;
    to->warmth = ev->warmth;
    to->cultural = ev->cultural;
    to->words = ev->words;
    return true;
}

static void
post_event(struct call_task *c, struct call_event *ev)
{
    struct call_mail *cm = xcalloc(1, sizeof *cm);
    bool text = ev->kind == CALL_DELTA;
    cm->mail = (struct mail){.deliver = deliver_call_mail,
                             .drop = drop_call_mail,
                             .merge = text ? merge_call_mail : NULL,
                             .stream = ev->call,
                             .bytes = text ? ev->text.len : 0};
    cm->runner = c->env->runner;
    cm->event = *ev;
    *ev = (struct call_event){0};
    mailbox_push(c->env->mailbox, &cm->mail, c->cancel);
}

/* ---- measuring, after the text has been posted: a reader never waits for a score ---- */

static void
score(struct call_task *c)
{
    if (!c->scorer)
        c->scorer = scorer_create(c->measure, c->message, c->message ? strlen(c->message) : 0);
    scorer_feed(c->scorer, c->unscored.p, c->unscored.len);
    buf_clear(&c->unscored);
    int64_t now_us = clock_us();
    if (now_us - c->scored_us < SCORE_EVERY_US)
        return;
    c->scored_us = now_us;
    scorer_get(c->scorer, &c->scores);
}

static void
post_text(struct call_task *c, struct call_event *ev)
{
    if (!c->measure) {
        post_event(c, ev);
        return;
    }
    ev->warmth = c->scores.warmth;
    ev->cultural = c->scores.cultural;
    ev->words = c->scores.words;
    buf_append(&c->unscored, ev->text.p, ev->text.len);
    post_event(c, ev);
    score(c);
}

/* Later text is measured by itself. */
static void
forget_text(struct call_task *c)
{
    scorer_destroy(&c->scorer);
    buf_clear(&c->unscored);
    c->scores = (struct scores){.warmth = NAN, .cultural = NAN};
    c->scored_us = 0;
}

static void
keep_done(struct call_task *c, struct call_event *ev)
{
    if (c->scorer)
        scorer_get(c->scorer, &c->scores);
    ev->result->warmth = c->scores.warmth;
    ev->result->cultural = c->scores.cultural;
    ev->result->words = c->scores.words;
    c->done = *ev;
    *ev = (struct call_event){0};
}

static void
take_event(void *arg, struct call_event *ev)
{
    struct call_task *c = arg;
    if (ev->kind == CALL_TAKEN_BACK)
        forget_text(c);
    if (ev->kind == CALL_DELTA)
        post_text(c, ev);
    else if (ev->kind == CALL_DONE)
        keep_done(c, ev);
    else
        post_event(c, ev);
}

/* ---- telling the peer that nobody wants its answer any more, once the operator has his ---- */

struct leave_task {
    struct task task;
    struct http_request request;
};

static void
drop_leave(struct task *t)
{
    struct leave_task *l = (struct leave_task *)t;
    http_request_finish(&l->request);
    free(l);
}

static void
run_leave(struct task *t, void *local)
{
    call_take_leave(worker_http(local), &((struct leave_task *)t)->request);
}

static struct task *
make_leave(const struct http_request *take)
{
    struct leave_task *l = xcalloc(1, sizeof *l);
    l->task = (struct task){.run = run_leave, .drop = drop_leave};
    l->request = *take;
    return &l->task;
}

/* ---- the task ---- */

static void
drop_call(struct task *t)
{
    struct call_task *c = (struct call_task *)t;
    call_spec_destroy(&c->spec);
    call_event_finish(&c->done);
    cancel_unref(&c->cancel);
    scorer_destroy(&c->scorer);
    buf_finish(&c->unscored);
    free(c->message);
    free(c);
}

static void
run_call(struct task *t, void *local)
{
    struct call_task *c = (struct call_task *)t;
    struct call_sink sink = {.arg = c, .take = take_event};
    struct http_request leave;
    bool played = c->spec->conf->provider == PROVIDER_PLAYBACK;
    if (call_execute(&c->spec, played ? NULL : worker_http(local), &sink, &leave))
        t->then = make_leave(&leave);
}

static void
finish_call(struct task *t)
{
    struct call_task *c = (struct call_task *)t;
    runner_hear_call(c->env->runner, &c->done);
    drop_call(t);
}

void
call_task_start(const struct session_env *env, struct call_spec **spec,
                const struct measure *measure, enum pool_priority priority)
{
    struct call_task *c = xcalloc(1, sizeof *c);
    const struct prompt *p = &(*spec)->prompt;
    c->task = (struct task){.run = run_call,
                            .done = finish_call,
                            .drop = drop_call,
                            .priority = priority,
                            .affinity = (unsigned)(*spec)->brain + 1};
    c->env = env;
    c->spec = *spec;
    *spec = NULL;
    c->cancel = cancel_ref(c->spec->cancel);
    c->measure = measure;
    c->message = measure && p->count ? xstrdup(p->messages[p->count - 1].text) : NULL;
    c->scores.warmth = c->scores.cultural = NAN;
    buf_init(&c->unscored, UNSCORED_MAX_BYTES);
    pool_start(env->pool, &c->task);
}
