#include "berdua/eval/eval_run.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/conf/config.h"
#include "berdua/core/loop.h"
#include "berdua/session/runner.h"
#include "berdua/session/workshop.h"
#include "berdua/store/store.h"
#include "berdua/store/writer.h"
#include "eval_row_result.h"
#include "stored_rows.h"

enum {
    LIMITED_MOST = 8,          /* so often in a row a server may ask to wait */
    WAIT_MOST_MS = 15 * 60000, /* and so long at most */
    FIRST_WAIT_MS = 1000,      /* where it does not say how long; doubled each time … */
    OWN_WAIT_MOST_MS = 60000,  /* … up to this */
    DOWN_MOST = 20             /* so many rows may end in a row without reaching a brain */
};

/* A lane takes one row after the other. */
struct lane {
    struct eval_run *run;
    struct runner *runner;
    enum { LANE_IDLE, LANE_ASKING, LANE_HELD, LANE_SAVING } state;
    const struct eval_row *row;
    unsigned asking;                /* brains that were asked last */
    unsigned again;                 /* brains to ask once the wait is over */
    bool ended;                     /* nothing of the turn runs */
    bool probed;                    /* it was asked again although its brain was left alone */
    bool unsent;                    /* the message could not be sent, and it was said why */
    unsigned brains;                /* that were asked now */
    double before_usd[BRAIN_COUNT]; /* what their tries of an earlier run have cost */
};

/* A row of which some answers are in the store. */
struct stored_row {
    const struct eval_row *row;
    struct conversation *session;
    unsigned missing;
};

/* A row that one brain could not be reached for: written when all others are, unless the run stops for that cause. */
struct doubt {
    struct json *result;
    struct eval_progress counts;
};

struct eval_run {
    struct eval_run_opts opts;
    struct workshop *workshop;
    struct stored_row *parts; /* that an earlier run has begun, by row */
    size_t part_count, next_part;
    struct lane *lanes;
    int lane_count;
    size_t next; /* row */
    struct eval_progress now;
    struct doubt *doubts;
    size_t doubt_count;
    int limited[BRAIN_COUNT]; /* waits in a row */
    int down[BRAIN_COUNT];    /* rows in a row */
    bool unsaved_said, lost, closing;
};

static void say(struct eval_run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
say(struct eval_run *r, const char *fmt, ...)
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

static const struct turn *
turn_of(const struct lane *l)
{
    return conversation_last(engine_conversation(runner_engine(l->runner)));
}

/* ---- writing ---- */

static void
add_counts(struct eval_progress *to, const struct eval_progress *more)
{
    to->written += more->written;
    to->stored += more->stored;
    to->failed += more->failed;
    to->simulated = to->simulated || more->simulated;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        to->answers[b] += more->answers[b];
        to->complete[b] += more->complete[b];
        for (int k = 0; k < EXPECT_COUNT; k++) {
            to->expected[k][b].met += more->expected[k][b].met;
            to->expected[k][b].of += more->expected[k][b].of;
        }
    }
}

/* Takes result. */
static void
put_result(struct eval_run *r, struct json *result, const struct eval_progress *counts)
{
    struct err err = {0};
    if (eval_output_put(r->opts.output, result, &err)) {
        add_counts(&r->now, counts);
    } else {
        if (err.text[0] && !r->now.stopped)
            say(r, "%s", err.text);
        r->now.stopped = true;
    }
    json_free(result);
}

static bool
is_down(const struct answer *a)
{
    enum error_kind k = a->error.kind;
    return a->status != STATUS_COMPLETE && (k == ERR_CONNECT || k == ERR_TLS || k == ERR_AUTH ||
                                            k == ERR_NOT_FOUND || k == ERR_BREAKER_OPEN);
}

/* false: the row waits for how the others end. */
static bool
note_reached(struct eval_run *r, const struct turn *t)
{
    bool reached = true;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = &t->answers[b];
        if (!t->asked[b])
            continue;
        bool down = is_down(a);
        reached = reached && !down;
        r->down[b] = down ? r->down[b] + 1 : 0;
        if (r->down[b] < DOWN_MOST || r->now.stopped)
            continue;
        say(r, "%s could not be reached for %d rows: %s; berdua doctor looks at it",
            brain_title((enum brain_id)b), DOWN_MOST, a->error.message ? a->error.message : "");
        r->now.stopped = true;
    }
    return reached;
}

static void
count_cost(struct eval_run *r, const struct lane *l)
{
    const struct turn *t = turn_of(l);
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (l->brains & 1u << b && t->asked[b] && !t->answers[b].simulated) {
            double usd = t->answers[b].cost_usd;
            r->now.usd += (isnan(usd) ? 0 : usd) + t->tried_usd[b] - l->before_usd[b];
        }
}

static void
finish_row(struct lane *l)
{
    struct eval_run *r = l->run;
    struct eval_progress counts = {0};
    struct json *result = eval_row_result(l->row, engine_conversation(runner_engine(l->runner)),
                                          r->opts.measure, &counts);
    count_cost(r, l);
    l->state = LANE_IDLE;
    if (note_reached(r, turn_of(l))) {
        put_result(r, result, &counts);
        return;
    }
    r->doubts = xgrow(r->doubts, r->doubt_count, sizeof *r->doubts);
    r->doubts[r->doubt_count++] = (struct doubt){.result = result, .counts = counts};
}

static void
end_doubts(struct eval_run *r)
{
    for (size_t i = 0; i < r->doubt_count; i++) {
        struct doubt *d = &r->doubts[i];
        if (r->now.stopped)
            json_free(d->result);
        else
            put_result(r, d->result, &d->counts);
    }
    r->doubt_count = 0;
}

/* ---- what the answers came to ---- */

/* Waits as long as the server asks; false: too long, or too often. */
static bool
wait_for_server(struct eval_run *r, const struct answer *a)
{
    const struct answer_error *e = &a->error;
    int *limited = &r->limited[a->brain];
    int64_t own_ms = (int64_t)FIRST_WAIT_MS << *limited;
    own_ms = own_ms < OWN_WAIT_MOST_MS ? own_ms : OWN_WAIT_MOST_MS;
    int64_t ms = e->again_ms > 0 ? e->again_ms : own_ms, now_us = clock_us();
    bool waits = now_us < r->now.wait_until_us; /* another row has counted and said it */
    if (ms > WAIT_MOST_MS || (!waits && ++*limited > LIMITED_MOST))
        return false;
    if (!waits)
        say(r, "%s: %s; again in %lld s", brain_title(a->brain), e->message ? e->message : "",
            (long long)((ms + 999) / 1000));
    int64_t until_us = now_us + ms * US_PER_MS;
    if (until_us > r->now.wait_until_us)
        r->now.wait_until_us = until_us;
    return true;
}

static void
ask_again(struct lane *l, unsigned brains)
{
    struct err err = {0};
    l->ended = false;
    l->asking = brains;
    l->brains |= brains;
    l->state = LANE_ASKING;
    if (!runner_regenerate(l->runner, turn_of(l)->id, brains, &err)) {
        say(l->run, "row %s: %s", l->row->id, err.text);
        l->state = LANE_SAVING; /* as it is */
    }
}

/* The row is left to the next run. */
static void
leave_row(struct lane *l)
{
    count_cost(l->run, l);
    l->state = LANE_IDLE;
}

static void
stop_for(struct lane *l, const struct answer *a)
{
    struct eval_run *r = l->run;
    if (!r->now.stopped)
        say(r, "stopped: %s: %s", brain_title(a->brain),
            a->error.message ? a->error.message : error_kind_name(a->error.kind));
    r->now.stopped = true;
    leave_row(l);
}

/* The turn is over. Where a brain may be asked for it again, what passes is waited for. */
static void
take_turn(struct lane *l)
{
    struct eval_run *r = l->run;
    const struct turn *t = turn_of(l);
    bool counts = t->mode == MODE_PARALLEL || t->served == BRAIN_NONE;
    unsigned probe = 0;
    l->again = 0;
    for (int b = 0; counts && b < BRAIN_COUNT; b++) {
        const struct answer *a = &t->answers[b];
        enum error_kind k = t->asked[b] ? a->error.kind : ERR_NONE;
        bool limited = k == ERR_RATE_LIMIT || k == ERR_OVERLOADED;
        if (t->asked[b] && a->status == STATUS_CANCELLED) {
            leave_row(l);
            return;
        }
        if (k == ERR_BUDGET || (limited && !wait_for_server(r, a))) {
            stop_for(l, a);
            return;
        }
        l->again |= limited ? 1u << b : 0;
        probe |= k == ERR_BREAKER_OPEN && !l->probed ? 1u << b : 0;
        if (l->asking & 1u << b && answer_valid(a))
            r->limited[b] = 0;
    }
    l->state = l->again ? LANE_HELD : LANE_SAVING;
    if (!l->again && probe) {
        l->probed = true;
        ask_again(l, probe);
    }
}

/* ---- asking ---- */

static void
on_notice(void *arg, const struct job *job)
{
    struct lane *l = arg;
    if (job->notice == NOTIFY_TURN_ENDED)
        l->ended = true;
    if (job->notice == NOTIFY_ERROR && l->state == LANE_ASKING && !turn_of(l))
        l->unsent = true;
    if (job->notice == NOTIFY_ERROR)
        say(l->run, "%s", job->text);
}

static void
on_unsaved(void *arg, const struct unsaved *now)
{
    struct eval_run *r = ((struct lane *)arg)->run;
    bool serious = now->cause > UNSAVED_BUSY;
    if (serious && !r->unsaved_said)
        say(r, "%s: %s", now->cause == UNSAVED_LOST ? "NOT saved" : "not saved yet", now->reason);
    r->unsaved_said = serious;
    r->lost = r->lost || now->cause == UNSAVED_LOST;
    r->now.stopped = r->now.stopped || r->lost;
}

/* false: nothing of it is stored. */
static bool
begin_stored(struct lane *l)
{
    struct eval_run *r = l->run;
    struct stored_row *part = r->next_part < r->part_count ? &r->parts[r->next_part] : NULL;
    struct err err = {0};
    if (!part || part->row != l->row)
        return false;
    struct conversation *c = part->session;
    r->next_part++;
    part->session = NULL;
    if (!runner_take_conversation(l->runner, c, &err))
        return false;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        double usd = turn_of(l)->answers[b].cost_usd;
        l->before_usd[b] = turn_of(l)->tried_usd[b] + (isnan(usd) ? 0 : usd);
    }
    ask_again(l, part->missing);
    return true;
}

static void
begin_row(struct lane *l, const struct eval_row *row)
{
    struct eval_run *r = l->run;
    struct err err = {0};
    *l = (struct lane){.run = r, .runner = l->runner, .row = row};
    if (begin_stored(l))
        return;
    struct conversation *c = eval_session(row, r->opts.config, r->opts.user);
    l->asking = l->brains = BRAINS_BOTH;
    l->state = LANE_ASKING;
    if (runner_take_conversation(l->runner, c, &err) &&
        runner_submit(l->runner, row->message, BRAINS_BOTH, &err))
        return;
    say(r, "row %s: %s", row->id, err.text);
    l->unsent = true;
}

static bool
may_begin(const struct eval_run *r)
{
    return !r->now.stopped && r->next < r->opts.rows->count && clock_us() >= r->now.wait_until_us;
}

static void
next_row(struct lane *l)
{
    struct eval_run *r = l->run;
    while (may_begin(r) && l->state == LANE_IDLE) {
        const struct eval_row *row = &r->opts.rows->v[r->next++];
        if (id_set_add(&r->opts.output->standing, eval_id_hash(row->id)))
            begin_row(l, row);
    }
}

/* true: it may go on at once. */
static bool
step(struct lane *l)
{
    struct eval_run *r = l->run;
    switch (l->state) {
    case LANE_IDLE:
        next_row(l);
        return l->state != LANE_IDLE;
    case LANE_ASKING:
        if (l->unsent)
            l->state = LANE_IDLE;
        else if (l->ended && !engine_busy(runner_engine(l->runner)))
            take_turn(l);
        return l->state != LANE_ASKING;
    case LANE_HELD:
        if (r->now.stopped)
            leave_row(l);
        else if (clock_us() >= r->now.wait_until_us)
            ask_again(l, l->again);
        return l->state != LANE_HELD;
    default:
        if (r->lost)
            l->state = LANE_IDLE;
        else if (runner_quiet(l->runner))
            finish_row(l);
        return l->state != LANE_SAVING;
    }
}

/* Moves what can move; ends the run when nothing is left. */
static int64_t
pump(void *arg)
{
    struct eval_run *r = arg;
    bool busy = false;
    for (int i = 0; i < r->lane_count && !r->closing; i++) {
        while (step(&r->lanes[i]))
            ;
        busy = busy || r->lanes[i].state != LANE_IDLE;
    }
    busy = busy || (!r->now.stopped && r->next < r->opts.rows->count);
    if (!busy && !r->closing) {
        end_doubts(r);
        loop_stop(r->opts.loop, 0);
    }
    if (r->now.wait_until_us <= clock_us())
        r->now.wait_until_us = 0;
    r->opts.changed(r->opts.arg, &r->now);
    int64_t tick_us = clock_us() + US_PER_S; /* what is shown moves on */
    return r->now.wait_until_us && r->now.wait_until_us < tick_us ? r->now.wait_until_us : tick_us;
}

/* ---- life ---- */

/* Nothing: that it is committed shows that something could be, and that what an earlier run left is taken up. */
static bool
write_nothing(struct store *inside, void *arg, struct err *err)
{
    (void)inside;
    (void)arg;
    (void)err;
    return true;
}

/* Rows whose answers all are in the store are written; where some are, the rest will be asked. */
static void
take_stored_row(struct eval_run *r, const struct stored_rows *stored, const struct eval_row *row)
{
    unsigned missing = 0;
    struct conversation *c = stored_rows_find(stored, row, r->opts.config, r->opts.user, &missing);
    if (c && !missing) {
        struct eval_progress counts = {.stored = 1};
        id_set_add(&r->opts.output->standing, eval_id_hash(row->id));
        put_result(r, eval_row_result(row, c, r->opts.measure, &counts), &counts);
        conversation_destroy(&c);
    } else if (c) {
        r->parts = xgrow(r->parts, r->part_count, sizeof *r->parts);
        r->parts[r->part_count++] = (struct stored_row){row, c, missing};
    }
}

static bool
take_stored_rows(struct eval_run *r, struct store *take_store, struct err *err)
{
    struct stored_rows stored;
    const struct eval_rows *rows = r->opts.rows;
    bool ok = stored_rows_open(&stored, take_store, err);
    for (size_t i = 0; ok && i < rows->count && !r->now.stopped; i++)
        if (!id_set_has(&r->opts.output->standing, eval_id_hash(rows->v[i].id)))
            take_stored_row(r, &stored, &rows->v[i]);
    stored_rows_close(&stored);
    return ok;
}

static bool
open_stored(struct eval_run *r, struct err *err)
{
    struct store *s = store_open(r->opts.config->store_url, err);
    if (!s)
        return false;
    store_through(s, workshop_writer(r->workshop));
    bool ok = store_write(s, write_nothing, NULL, err);
    store_through(s, NULL);
    if (ok && r->opts.resume)
        return take_stored_rows(r, s, err);
    store_close(&s);
    return ok;
}

static void
say_line(void *arg, const char *line)
{
    say(arg, "%s", line);
}

static bool
create_lanes(struct eval_run *r, struct err *err)
{
    int jobs = r->opts.jobs;
    r->lanes = xcalloc((size_t)jobs, sizeof *r->lanes);
    for (int i = 0; i < jobs; i++) {
        struct lane *l = &r->lanes[i];
        struct runner_opts opts = {.config = r->opts.config,
                                   .loop = r->opts.loop,
                                   .workshop = r->workshop,
                                   .user = r->opts.user,
                                   .on_notice = on_notice,
                                   .on_unsaved = on_unsaved,
                                   .arg = l};
        random_fill(&opts.seed, sizeof opts.seed);
        l->run = r;
        l->runner = runner_create(&opts, err);
        r->lane_count += l->runner != NULL;
        if (!l->runner || !runner_set_blind(l->runner, false, err))
            return false;
    }
    return true;
}

struct eval_run *
eval_run_create(const struct eval_run_opts *opts, struct err *err)
{
    struct eval_run *r = xcalloc(1, sizeof *r);
    r->opts = *opts;
    r->now.rows = opts->rows->count;
    for (size_t i = 0; i < opts->rows->count; i++)
        r->now.stood += id_set_has(&opts->output->standing, eval_id_hash(opts->rows->v[i].id));
    r->workshop = workshop_create(&(struct workshop_opts){.config = opts->config,
                                                          .loop = opts->loop,
                                                          .sessions = opts->jobs,
                                                          .on_close = say_line,
                                                          .arg = r},
                                  err);
    if (!r->workshop || !open_stored(r, err) || !create_lanes(r, err))
        eval_run_destroy(&r);
    else
        loop_set_before_wait(opts->loop, pump, r);
    return r;
}

void
eval_run_stop(struct eval_run *r, bool at_once)
{
    r->now.stopped = true;
    r->closing = r->closing || at_once;
    if (at_once)
        loop_stop(r->opts.loop, 0);
}

bool
eval_run_finish(struct eval_run *r, struct eval_progress *out)
{
    r->closing = true;
    bool saved = workshop_save(r->workshop);
    r->now.stopped = r->now.stopped || !saved;
    end_doubts(r);
    *out = r->now;
    return saved;
}

void
eval_run_destroy(struct eval_run **rp)
{
    struct eval_run *r = *rp;
    *rp = NULL;
    if (!r)
        return;
    if (r->workshop)
        workshop_save(r->workshop);
    for (int i = 0; i < r->lane_count; i++)
        runner_destroy(&r->lanes[i].runner);
    workshop_destroy(&r->workshop);
    for (size_t i = 0; i < r->part_count; i++)
        conversation_destroy(&r->parts[i].session);
    free(r->parts);
    r->now.stopped = true;
    end_doubts(r);
    free(r->doubts);
    free(r->lanes);
    free(r);
}
