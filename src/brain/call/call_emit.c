#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/brain/cassette.h"
#include "call_run.h"

enum {
    BATCH_BYTES = 64 << 10, /* flushed in the middle of a burst beyond this */
    BATCH_MAX_BYTES = 64 << 20,
    THINKING_EVERY_MS = 50,
    WARM_AFTER_MS = 1000, /* waiting shorter than this is no cold start */
    OWN_DELAY_US = 1000
};

void
run_tell(struct call_run *run, enum call_event_kind kind, int64_t num, const char *text)
{
    struct call_event ev;
    call_event_init(&ev, kind, run->spec->call, run->spec->generation);
    ev.num = num;
    if (text)
        buf_append_str(&ev.text, text);
    run->sink->take(run->sink->arg, &ev);
    call_event_finish(&ev);
}

void
run_flush(struct call_run *run)
{
    struct call_event ev;
    if (!run->batch.len)
        return;
    call_event_init(&ev, CALL_DELTA, run->spec->call, run->spec->generation);
    int64_t before = ev.at_us;
    ev.at_us = run->batch_us;
    ev.deltas = run->batch_count;
    ev.ttft_us = run->times.ttft_us;
    ev.text = run->batch; /* handed over, not copied */
    buf_init(&run->batch, BATCH_MAX_BYTES);
    run->batch_count = 0;
    run->sink->take(run->sink->arg, &ev);
    call_event_finish(&ev);
    /* Time spent waiting for our own reader is no stall of the peer. */
    int64_t after = clock_us();
    run->progress_us = after;
    if (after - before > OWN_DELAY_US)
        run->visible_us = after;
}

/* ---- what the decoder says ---- */

static void
on_text(void *arg, const char *p, size_t n)
{
    struct call_run *run = arg;
    int64_t now = run->now_us;
    if (!n)
        return;
    run->streaming = true;
    if (!run->visible && !utf8_blank(p, n)) {
        run->visible = true;
        run->times.ttft_us = now - run->start_us;
    } else if (run->visible_us && run->visible) {
        int64_t gap = now - run->visible_us;
        if (gap > run->times.stall_us)
            run->times.stall_us = gap;
    }
    run->visible_us = run->progress_us = now;
    run->visible_bytes += (int64_t)n;
    run->delta_count++;
    if (!run->batch.len)
        run->batch_us = now;
    run->batch_count++;
    buf_append(&run->batch, p, n);
}

static void
on_thinking(void *arg, int64_t bytes_so_far)
{
    struct call_run *run = arg;
    run->progress_us = run->now_us;
    if (run->now_us - run->thinking_told_us < THINKING_EVERY_MS * US_PER_MS)
        return;
    run->thinking_told_us = run->now_us;
    run_flush(run);
    run_tell(run, CALL_THINKING, bytes_so_far, NULL);
}

void
run_warm(struct call_run *run, int64_t num)
{
    if (clock_us() - run->start_us > WARM_AFTER_MS * US_PER_MS)
        run->warmed = true;
    run_tell(run, CALL_WARMING, num, NULL);
}

static void
on_warming(void *arg, int64_t delay_ms)
{
    run_warm(arg, delay_ms);
}

void
run_open_decoder(struct call_run *run)
{
    struct decoder_sink sink = {
        .arg = run, .text = on_text, .thinking = on_thinking, .warming = on_warming};
    run->decoder = decoder_create(run->ops->provider, &sink);
}

void
run_feed(struct call_run *run, const char *p, size_t n)
{
    run->now_us = clock_us();
    run->body_seen = true;
    if (!run->first_fed) {
        run->first_fed = true;
        if (run->times.first_byte_us == UNKNOWN)
            run->times.first_byte_us = run->now_us - run->start_us;
        run_tell(run, CALL_FIRST_BYTE, run->times.first_byte_us, NULL);
    }
    run_record(run, STEP_BYTES, p, n);
    if (run->ended_us)
        return;
    if (!decoder_feed(run->decoder, p, n))
        run->ended_us = run->now_us;
    if (!run->finish_us && decoder_state(run->decoder)->finish != FINISH_NONE)
        run->finish_us = run->now_us;
    if (run->batch.len > BATCH_BYTES)
        run_flush(run);
}

void
run_handed_over(struct call_run *run)
{
    int64_t now = clock_us();
    if (!run->start_us)
        run->start_us = now;
    if (!run->try_us) {
        run->try_us = now;
        run_tell(run, CALL_CONNECTING, 0, NULL);
    }
}

/* ---- recording ---- */

void
run_open_recorder(struct call_run *run, const char *body, size_t n)
{
    const struct call_spec *spec = run->spec;
    const struct prompt *p = &spec->prompt;
    struct err err = {0};
    if (!spec->record_dir || run->recorder || run->ops->provider == PROVIDER_PLAYBACK)
        return;
    struct recording what = {.dir = spec->record_dir,
                             .brain = spec->brain,
                             .purpose = spec->purpose,
                             .provider = provider_name(run->ops->provider),
                             .model = spec->model->id,
                             .message = spec->about ? spec->about
                                        : p->count  ? p->messages[p->count - 1].text
                                                    : ""};
    run->recorder = recorder_open(&what, body, n, run->key, &err);
    if (!run->recorder)
        log_msg(LOG_WARN, "not recorded: %s", err.text);
}

void
run_record(struct call_run *run, enum run_step step, const char *p, size_t n)
{
    static const enum cassette_kind kinds[] = {[STEP_CONNECTED] = TAPE_CONNECTED,
                                               [STEP_STATUS] = TAPE_STATUS,
                                               [STEP_BYTES] = TAPE_BYTES,
                                               [STEP_END] = TAPE_END,
                                               [STEP_FAIL] = TAPE_FAIL};
    if (!run->recorder)
        return;
    struct cassette_step s = {.t_us = clock_us() - run->try_us,
                              .kind = kinds[step],
                              .status = run->status,
                              .bytes = (char *)p,
                              .len = n};
    recorder_step(run->recorder, &s);
}

/* ---- for providers ---- */

bool
call_run_feed(struct call_run *run, const char *p, size_t n)
{
    run_handed_over(run);
    if (!run_may_go_on(run))
        return false;
    run_feed(run, p, n);
    return true;
}

void
call_run_end_body(struct call_run *run)
{
    run->now_us = clock_us();
    run_record(run, STEP_END, NULL, 0);
    if (run->ended_us)
        return;
    decoder_end_body(run->decoder);
    if (!decoder_feed(run->decoder, "", 0)) /* asks only whether more is wanted */
        run->ended_us = run->now_us;
    if (!run->finish_us && decoder_state(run->decoder)->finish != FINISH_NONE)
        run->finish_us = run->now_us;
    run_flush(run);
}

void
call_run_connected(struct call_run *run, int64_t connect_us)
{
    run_handed_over(run);
    if (run->connected_told)
        return;
    run->connected_told = true;
    run->times.connect_us = connect_us;
    run_record(run, STEP_CONNECTED, NULL, 0);
    run_tell(run, CALL_CONNECTED, connect_us, NULL);
}

void
call_run_warming(struct call_run *run, int64_t num)
{
    run_warm(run, num);
}

bool
call_run_streaming(const struct call_run *run)
{
    return run->streaming;
}

bool
call_run_ended(const struct call_run *run)
{
    return run->ended_us != 0;
}
