#include "berdua/eval/eval_run.h"

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
#include "eval_run_private.h"
#include "stored_rows.h"

void
eval_say(struct eval_run *r, const char *fmt, ...)
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
            eval_say(r, "%s", err.text);
        r->now.stopped = true;
    }
    json_free(result);
}

void
eval_end_row(struct eval_run *r, const struct eval_row *row, const struct conversation *c)
{
    struct eval_progress counts = {0};
    struct json *result = eval_row_result(row, c, r->opts.measure, &counts);
    if (eval_note_reached(r, conversation_last(c))) {
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

/* ---- life ---- */

/* Moves what can move; ends the run when nothing is left. */
static int64_t
pump(void *arg)
{
    struct eval_run *r = arg;
    bool busy = false;
    for (int i = 0; i < r->lane_count && !r->closing; i++) {
        while (lane_step(&r->lanes[i]))
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
    eval_say(arg, "%s", line);
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
                                   .on_notice = lane_notice,
                                   .on_unsaved = lane_unsaved,
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
