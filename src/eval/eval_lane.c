#include "eval_run_private.h"

#include <math.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/chat/conversation.h"
#include "berdua/engine/engine.h"
#include "berdua/session/runner.h"
#include "berdua/store/writer.h"
#include "stored_rows.h"

static const struct turn *
turn_of(const struct lane *l)
{
    return conversation_last(engine_conversation(runner_engine(l->runner)));
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
    count_cost(l->run, l);
    l->state = LANE_IDLE;
    eval_end_row(l->run, l->row, engine_conversation(runner_engine(l->runner)));
}

/* ---- what the answers came to ---- */

static void
ask_again(struct lane *l, unsigned brains)
{
    struct err err = {0};
    l->ended = false;
    l->asking = brains;
    l->brains |= brains;
    l->state = LANE_ASKING;
    if (!runner_regenerate(l->runner, turn_of(l)->id, brains, &err)) {
        eval_say(l->run, "row %s: %s", l->row->id, err.text);
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
        eval_say(r, "stopped: %s: %s", brain_title(a->brain),
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
        if (k == ERR_BUDGET || (limited && !eval_wait_for_server(r, a))) {
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

void
lane_notice(void *arg, const struct job *job)
{
    struct lane *l = arg;
    if (job->notice == NOTIFY_TURN_ENDED)
        l->ended = true;
    if (job->notice == NOTIFY_ERROR && l->state == LANE_ASKING && !turn_of(l))
        l->unsent = true;
    if (job->notice == NOTIFY_ERROR)
        eval_say(l->run, "%s", job->text);
}

void
lane_unsaved(void *arg, const struct unsaved *now)
{
    struct eval_run *r = ((struct lane *)arg)->run;
    bool serious = now->cause > UNSAVED_BUSY;
    if (serious && !r->unsaved_said)
        eval_say(r, "%s: %s", now->cause == UNSAVED_LOST ? "NOT saved" : "not saved yet",
                 now->reason);
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
    eval_say(r, "row %s: %s", row->id, err.text);
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

bool
lane_step(struct lane *l)
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
        /* Closing tries once more to save what waits, and leaves the rest to the next start. */
        if (r->lost || (r->now.stopped && r->unsaved_said))
            l->state = LANE_IDLE;
        else if (runner_quiet(l->runner))
            finish_row(l);
        return l->state != LANE_SAVING;
    }
}
