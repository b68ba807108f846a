#include "berdua/session/judge_run.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "berdua/core/loop.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/judge/judge_reply.h"
#include "berdua/store/writer.h"
#include "judge_task.h"

enum {
    MAILBOX_BYTES = 256 << 10,
    LIMITED_MOST = 8,          /* so often in a row a server may ask to wait */
    WAIT_MOST_MS = 15 * 60000, /* and so long at most */
    FIRST_WAIT_MS = 1000,      /* where it does not say how long; doubled each time … */
    OWN_WAIT_MOST_MS = 60000,  /* … up to this */
    FAILED_MOST = 5,           /* so many calls may fail in a row */
    UNSAVED_MOST_MS = 30000    /* so long nothing need be saved */
};

/* A lane asks one question after the other: both orders of a pair, then of the next. */
struct lane {
    enum { LANE_IDLE, LANE_READY, LANE_RUNNING } state;
    struct judge_pair pair;
    enum brain_id first;
    struct cancel *cancel; /* of the running call */
    double reserved;       /* the most that it can cost */
};

struct judge_run {
    struct judge_run_opts opts;
    struct judge_setting setting;
    struct mailbox *mailbox;
    struct pool *pool;
    struct writer *writer;
    struct loop_timer *pause; /* the beginning, and the end of a wait that the server asks for */
    struct loop_timer *unsaved;
    const struct judge_plan *plan;
    struct judge_estimate estimate;
    struct lane *lanes;
    int lane_count;
    size_t next; /* pair of the plan */
    double cap_usd;
    struct judge_progress now;
    bool without_schema; /* the server refuses one */
    bool answered;       /* it has answered */
    int limited, failed; /* in a row */
    bool store_waits, refused_said;
    int64_t last_at_us; /* no two calls are stored under one time */
    bool left_over;
    bool closing; /* nothing starts any more */
};

static void pump(struct judge_run *r);

static void say(struct judge_run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
say(struct judge_run *r, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    buf_init(&text, 1 << 16);
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    r->opts.say(r->opts.arg, text.p);
    buf_finish(&text);
}

static void
stop(struct judge_run *r, enum judge_stop why)
{
    if (r->now.stop == JUDGE_STOP_NONE)
        r->now.stop = why;
}

/* ---- money ---- */

static double
reserved_usd(const struct judge_run *r)
{
    double usd = 0;
    for (int i = 0; i < r->lane_count; i++)
        if (r->lanes[i].state == LANE_RUNNING && !isnan(r->lanes[i].reserved))
            usd += r->lanes[i].reserved;
    return usd;
}

/* Even if all that runs and this one cost the most that they can, the cap holds. What is not known counts as nothing. */
static bool
may_cost(const struct judge_run *r, const struct lane *lane)
{
    double most = isnan(lane->reserved) ? 0 : lane->reserved;
    double usd = r->now.usd + reserved_usd(r) + most;
    return isnan(r->cap_usd) || (usd <= r->cap_usd && r->now.usd < r->cap_usd) ||
           r->opts.choice->simulated;
}

static void
count_cost(struct judge_run *r, const struct answer *a, double estimated)
{
    if (a->simulated)
        return;
    if (!isnan(a->cost_usd)) {
        r->now.usd += a->cost_usd;
        /* By the second, the dearest call so far is what the next may cost. */
        if (isnan(r->estimate.usd_a_call) || a->cost_usd > r->estimate.usd_a_call)
            r->estimate.usd_a_call = a->cost_usd;
    } else if (a->status != STATUS_FAILED) { /* a failure without usage costs nothing */
        r->now.usd_unknown = true;
        r->now.usd += isnan(estimated) ? 0 : estimated;
    }
}

/* ---- what the writer says ---- */

static void
end_if_done(struct judge_run *r)
{
    bool open = r->now.stop == JUDGE_STOP_NONE && r->next < r->plan->count;
    for (int i = 0; i < r->lane_count; i++)
        open = open || r->lanes[i].state == LANE_RUNNING ||
               (r->lanes[i].state == LANE_READY && r->now.stop == JUDGE_STOP_NONE);
    /* Closing tries once more to save what waits, and leaves the rest to the next start. */
    bool in_vain = r->closing && r->store_waits;
    if (!open && (r->now.unsaved == 0 || in_vain || r->now.stop == JUDGE_STOP_STORE))
        loop_stop(r->opts.loop, 0);
}

static void
take_ack(void *arg, const struct write_ack *ack)
{
    struct judge_run *r = arg;
    if (ack->refused && !r->refused_said)
        say(r, "NOT saved: %s", ack->refused);
    r->refused_said = r->refused_said || ack->refused;
    r->left_over = r->left_over || ack->refused;
    r->now.unsaved--;
    if (r->plan)
        pump(r);
}

static void
take_unsaved(void *arg, const struct unsaved *now)
{
    struct judge_run *r = arg;
    bool waits = now->cause != UNSAVED_NOTHING;
    if (waits && !r->store_waits) {
        say(r, "not saved yet: %s", now->reason);
        loop_timer_arm(r->unsaved, clock_us() + UNSAVED_MOST_MS * (int64_t)US_PER_MS);
    } else if (!waits) {
        loop_timer_arm(r->unsaved, NEVER_US);
    }
    r->store_waits = waits;
    if (r->plan)
        pump(r);
}

static void
take_lost(void *arg, const char *why)
{
    struct judge_run *r = arg;
    say(r, "NOT saved: %s", why);
    r->refused_said = r->left_over = true;
    stop(r, JUDGE_STOP_STORE);
    if (r->plan)
        pump(r);
}

static void
take_notice(void *arg, const char *line)
{
    say(arg, "%s", line);
}

static const struct writer_ops writer_ops = {
    .acknowledged = take_ack, .unsaved = take_unsaved, .lost = take_lost, .notice = take_notice};

static void
give_up_saving(void *arg)
{
    struct judge_run *r = arg;
    stop(r, JUDGE_STOP_STORE);
    pump(r);
}

/* ---- what a question came to ---- */

static void
store_call(struct judge_run *r, const struct judge_task *t)
{
    const struct judge_choice *c = r->opts.choice;
    struct judge_call call = {.pair = &t->pair,
                              .judge = c->brain,
                              .first = t->first,
                              .model = c->model->id,
                              .prompt = c->prompt,
                              .state = t->state,
                              .winner = t->winner,
                              .reply = t->reply,
                              .bytes = t->called ? t->bytes : UNKNOWN};
    int64_t at_us = clock_wall_us();
    r->last_at_us = at_us > r->last_at_us ? at_us : r->last_at_us + 1;
    r->now.unsaved++;
    if (t->end == JUDGE_END_ANSWERED)
        writer_put_judge_call(r->writer, &call, t->called ? &t->call : NULL, r->last_at_us);
    else
        writer_put_side_call(r->writer, "judge", NULL, &t->call, r->last_at_us);
}

static void
take_vote(struct judge_run *r, struct lane *lane, const struct judge_task *t)
{
    enum brain_id other = brain_other(t->first);
    bool consistent;
    lane->pair.said[t->first] = t->winner;
    if (lane->pair.said[other] == VERDICT_NONE) {
        lane->first = other;
        lane->state = LANE_READY;
        return;
    }
    r->now.votes[judge_combine(t->winner, lane->pair.said[other], &consistent)]++;
    r->now.inconsistent += !consistent;
    r->now.done++;
}

static void
take_answer(struct judge_run *r, struct lane *lane, const struct judge_task *t)
{
    r->limited = r->failed = 0;
    r->answered = r->answered || t->called;
    r->now.calls += t->called;
    r->now.simulated = r->now.simulated || (t->called && t->call.simulated);
    if (t->state == JUDGE_VOTED) {
        take_vote(r, lane, t);
    } else {
        r->now.no_vote[t->state]++;
        r->now.done++;
    }
}

/* Waits as long as the server asks; false: too long, or too often. */
static bool
wait_for_server(struct judge_run *r, const struct answer_error *e)
{
    int64_t own_ms = (int64_t)FIRST_WAIT_MS << r->limited;
    own_ms = own_ms < OWN_WAIT_MOST_MS ? own_ms : OWN_WAIT_MOST_MS;
    int64_t ms = e->again_ms > 0 ? e->again_ms : own_ms;
    if (ms > WAIT_MOST_MS || ++r->limited > LIMITED_MOST)
        return false;
    int64_t until_us = clock_us() + ms * US_PER_MS;
    if (clock_us() < r->now.wait_until_us)
        ; /* said already, by another call that ran */
    else if (e->again_ms > 0)
        say(r, "%s: %s", brain_id_name(r->opts.choice->brain), e->message);
    else
        say(r, "%s: %s; again in %lld s", brain_id_name(r->opts.choice->brain), e->message,
            (long long)((ms + 999) / 1000));
    if (until_us > r->now.wait_until_us)
        r->now.wait_until_us = until_us;
    return true;
}

static bool
ends_the_run(enum error_kind k)
{
    return k == ERR_CONNECT || k == ERR_TLS || k == ERR_AUTH || k == ERR_NOT_FOUND ||
           k == ERR_RATE_LIMIT || k == ERR_OVERLOADED || k == ERR_BUDGET;
}

/* What to look at; NULL: nothing here would mend it. */
static char *
remedy(const struct judge_run *r, enum error_kind k)
{
    const struct judge_choice *c = r->opts.choice;
    const char *brain = brain_id_name(c->brain);
    switch (k) {
    case ERR_AUTH:
        return xasprintf("the key is brains.%s.api_key", brain);
    case ERR_NOT_FOUND:
        return xasprintf("the model is brains.%s.models.%s.id; judge.model takes another tier",
                         brain, c->model->tier);
    case ERR_CONNECT:
    case ERR_TLS:
        return xasprintf("the address is brains.%s.base_url", brain);
    default:
        return NULL;
    }
}

static void
say_failure(struct judge_run *r, const struct answer *call)
{
    const struct answer_error *e = &call->error;
    char *what = remedy(r, e->kind);
    say(r, "%s: %s: %s", brain_id_name(call->brain), error_kind_name(e->kind),
        e->message ? e->message : answer_status_name(call->status));
    if (what)
        say(r, "%s; berdua doctor looks at it", what);
    free(what);
}

static void
take_failure(struct judge_run *r, struct lane *lane, const struct judge_task *t)
{
    const struct answer_error *e = &t->call.error;
    bool limited = e->kind == ERR_RATE_LIMIT || e->kind == ERR_OVERLOADED;
    lane->state = LANE_READY; /* the same again */
    if (t->call.status == STATUS_CANCELLED || (limited && wait_for_server(r, e)))
        return;
    if (e->kind == ERR_BAD_REQUEST && t->with_schema && !r->answered) {
        if (!r->without_schema)
            say(r, "%s: %s; asked again without a schema", brain_id_name(t->call.brain),
                e->message);
        r->without_schema = true;
        return;
    }
    lane->state = LANE_IDLE;
    r->now.failed++;
    if (r->failed++ == 0 && r->now.stop == JUDGE_STOP_NONE)
        say_failure(r, &t->call);
    if (ends_the_run(e->kind) || r->failed >= FAILED_MOST)
        stop(r, JUDGE_STOP_FAILED);
}

static void
finish_task(struct task *task)
{
    struct judge_task *t = (struct judge_task *)task;
    struct judge_run *r = t->owner;
    struct lane *lane = NULL;
    for (int i = 0; !lane && i < r->lane_count; i++)
        if (r->lanes[i].state == LANE_RUNNING && r->lanes[i].cancel == t->cancel)
            lane = &r->lanes[i];
    lane->state = LANE_IDLE;
    lane->cancel = NULL;
    if (t->called)
        count_cost(r, &t->call, lane->reserved);
    if (t->end == JUDGE_END_ANSWERED || t->called)
        store_call(r, t);
    if (t->end == JUDGE_END_ANSWERED) {
        take_answer(r, lane, t);
    } else if (t->end == JUDGE_END_FAILED) {
        take_failure(r, lane, t);
    } else if (t->end == JUDGE_END_GONE) {
        r->now.no_vote[JUDGE_VOTED]++;
        r->now.done++;
    } else {
        say(r, "%s", t->why.text);
        stop(r, JUDGE_STOP_STORE);
    }
    judge_task_destroy(&t);
    pump(r);
}

static void
drop_task(struct task *task)
{
    struct judge_task *t = (struct judge_task *)task;
    judge_task_destroy(&t);
}

/* ---- asking ---- */

static void
start(struct judge_run *r, struct lane *lane)
{
    struct judge_task *t = xcalloc(1, sizeof *t);
    lane->state = LANE_RUNNING;
    lane->cancel = cancel_create();
    *t = (struct judge_task){.task = {.run = judge_task_run,
                                      .done = finish_task,
                                      .drop = drop_task,
                                      .priority = PRIO_ANALYSIS},
                             .setting = &r->setting,
                             .owner = r,
                             .pair = lane->pair,
                             .first = lane->first,
                             .with_schema = !r->without_schema,
                             .cancel = lane->cancel};
    pool_start(r->pool, &t->task);
}

/* The order that is asked first is Claude's for half of the pairs. */
static void
take_next(struct judge_run *r, struct lane *lane)
{
    lane->pair = r->plan->pairs[r->next++];
    lane->state = LANE_READY;
    lane->first =
        hash_bytes(lane->pair.turn, strlen(lane->pair.turn), 7) & 1 ? BRAIN_LLAMA : BRAIN_CLAUDE;
    if (lane->pair.said[lane->first] != VERDICT_NONE)
        lane->first = brain_other(lane->first);
}

/* false: it may not start now. */
static bool
start_lane(struct judge_run *r, struct lane *lane)
{
    bool too_many = r->now.unsaved >= (size_t)r->lane_count; /* answers that a crash would lose */
    if (r->closing || r->store_waits || too_many || r->now.stop != JUDGE_STOP_NONE)
        return false;
    if (clock_us() < r->now.wait_until_us) {
        int64_t shown_us = clock_us() + US_PER_S; /* how long it still waits */
        loop_timer_arm(r->pause, shown_us < r->now.wait_until_us ? shown_us : r->now.wait_until_us);
        return false;
    }
    r->now.wait_until_us = 0;
    lane->reserved =
        judge_most_usd(&r->estimate, r->opts.choice, judge_question_bytes(&lane->pair));
    if (!may_cost(r, lane)) {
        stop(r, JUDGE_STOP_CAP);
        return false;
    }
    start(r, lane);
    return true;
}

/* Starts what may start; ends the run when nothing is left. */
static void
pump(struct judge_run *r)
{
    for (int i = 0; i < r->lane_count; i++) {
        struct lane *lane = &r->lanes[i];
        if (lane->state == LANE_IDLE && r->next < r->plan->count && r->now.stop == JUDGE_STOP_NONE)
            take_next(r, lane);
        if (lane->state == LANE_READY && !start_lane(r, lane))
            break;
    }
    if (r->opts.changed)
        r->opts.changed(r->opts.arg, &r->now);
    end_if_done(r);
}

static void
start_now(void *arg)
{
    pump(arg);
}

/* ---- life ---- */

static void
read_mail(void *arg)
{
    mailbox_deliver(((struct judge_run *)arg)->mailbox);
}

struct judge_run *
judge_run_create(const struct judge_run_opts *opts, struct err *err)
{
    struct judge_run *r = xcalloc(1, sizeof *r);
    r->opts = *opts;
    r->setting = (struct judge_setting){.config = opts->config, .choice = opts->choice};
    r->setting.keyring = keyring_create();
    r->cap_usd = NAN;
    r->mailbox = mailbox_create(MAILBOX_BYTES, err);
    if (r->mailbox)
        r->writer = writer_open(opts->config->store_url, r->mailbox, &writer_ops, r, err);
    if (!r->writer) {
        judge_run_destroy(&r);
        return NULL;
    }
    r->pause = loop_timer_create(opts->loop, start_now, r);
    r->unsaved = loop_timer_create(opts->loop, give_up_saving, r);
    loop_add_fd(opts->loop, mailbox_fd(r->mailbox), read_mail, r);
    return r;
}

/* Nothing: that it is committed shows that something could be. */
static bool
write_nothing(struct store *inside, void *arg, struct err *err)
{
    (void)inside;
    (void)arg;
    (void)err;
    return true;
}

bool
judge_run_plan(struct judge_run *r, struct store *s, int64_t since_us, size_t limit,
               struct judge_plan *out, struct err *err)
{
    *out = (struct judge_plan){.usd = 0};
    store_through(s, r->writer);
    bool ok = store_write(s, write_nothing, NULL, err);
    store_through(s, NULL);
    return ok && judge_plan_read(out, s, r->opts.choice, since_us, limit, err);
}

bool
judge_run_start(struct judge_run *r, const struct judge_plan *plan, int jobs, double cap_usd,
                struct err *err)
{
    struct pool_ops ops = judge_worker_ops;
    ops.arg = &r->setting;
    r->pool = pool_create(jobs, &ops, r->mailbox, err);
    if (!r->pool)
        return false;
    r->plan = plan;
    r->estimate = plan->estimate;
    r->cap_usd = cap_usd;
    r->lane_count = jobs;
    r->lanes = xcalloc((size_t)jobs, sizeof *r->lanes);
    r->now.pairs = plan->count;
    loop_timer_arm(r->pause, clock_us()); /* once the loop runs, which alone can be stopped */
    return true;
}

void
judge_run_stop(struct judge_run *r, bool at_once)
{
    stop(r, JUDGE_STOP_INTERRUPTED);
    r->closing = true;
    if (!r->plan)
        return;
    for (int i = 0; at_once && i < r->lane_count; i++)
        if (r->lanes[i].cancel)
            cancel_fire(r->lanes[i].cancel);
    if (at_once)
        keyring_stop(r->setting.keyring);
    pump(r);
}

static void
say_line(void *arg, const char *line)
{
    say(arg, "%s", line);
}

bool
judge_run_finish(struct judge_run *r, struct judge_progress *out)
{
    r->closing = true;
    for (int i = 0; i < r->lane_count; i++)
        if (r->lanes[i].cancel)
            cancel_fire(r->lanes[i].cancel);
    pool_destroy(&r->pool);
    if (r->mailbox)
        mailbox_deliver(r->mailbox); /* answers that came meanwhile */
    if (!writer_close(&r->writer, say_line, r))
        r->left_over = true;
    *out = r->now;
    return !r->left_over;
}

void
judge_run_destroy(struct judge_run **rp)
{
    struct judge_run *r = *rp;
    struct judge_progress ignored;
    *rp = NULL;
    if (!r)
        return;
    judge_run_finish(r, &ignored);
    if (r->pause)
        loop_remove_fd(r->opts.loop, mailbox_fd(r->mailbox));
    loop_timer_destroy(&r->pause);
    loop_timer_destroy(&r->unsaved);
    mailbox_destroy(&r->mailbox);
    keyring_destroy(&r->setting.keyring);
    free(r->lanes);
    free(r);
}
