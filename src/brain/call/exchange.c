/* The talk with the peer: requests out, bytes in, what is decoded out of them passed on and recorded. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/redactor.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "brain/provider/providers.h"
#include "brain/provider/request.h"
#include "brain/tape/cassette.h"
#include "brain/call_run.h"

enum {
    BATCH_BYTES = 64 << 10, /* passed on in the middle of a burst beyond this */
    MAX_ERROR_BODY_BYTES = 64 << 10,
    THINKING_EVERY_MS = 50,
    WARM_AFTER_MS = 1000, /* waiting shorter than this is no cold start */
    OWN_DELAY_US = 1000,
    THOUGHT_MAX_BYTES = 1 << 20 /* beyond a cap, of text that may be a thought */
};

bool
run_need_key(struct call_run *run)
{
    struct cancel *cancel = run->spec->cancel;
    struct err err = {0};
    const struct brain_conf *conf = run->spec->conf;
    if (run->key_known)
        return true;
    if (!keyring_get(run->spec->keyring, &conf->api_key, cancel_fd(cancel), &run->key, &err) ||
        !request_secrets(conf, run->key, &run->secrets, &err)) {
        run_fail(run, cancel_fired(cancel) ? ERR_CANCELLED : ERR_AUTH, "%s", err.text);
        return false;
    }
    run->redactor = redactor_create(run->secrets);
    run->key_known = true;
    return true;
}

/* ---- events ---- */

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

/* Text enters the program here; a server may echo a secret in it. */
static void
flush_text(struct call_run *run, bool ended)
{
    struct decoder_output *o = decoder_output(run->decoder);
    struct call_event ev;
    redactor_pass(run->redactor, &o->text, ended);
    run->taken = 0;
    if (!o->text.len)
        return;
    call_event_init(&ev, CALL_DELTA, run->spec->call, run->spec->generation);
    int64_t before = ev.at_us;
    ev.at_us = run->taken_us;
    ev.deltas = o->deltas;
    ev.ttft_us = run->times.ttft_us;
    struct buf empty = ev.text;
    ev.text = o->text; /* handed over, not copied */
    o->text = empty;
    run->delta_count += o->deltas;
    o->deltas = 0;
    run->sink->take(run->sink->arg, &ev);
    call_event_finish(&ev);
    /* Time spent in the sink, which waits while the mailbox is full, is no stall of the peer. */
    int64_t after = clock_us();
    run->progress_us = after;
    if (after - before > OWN_DELAY_US)
        run->text_us = after;
}

void
run_flush(struct call_run *run)
{
    flush_text(run, false);
}

void
run_warming(struct call_run *run, int64_t num)
{
    if (clock_us() - run->start_us > WARM_AFTER_MS * US_PER_MS)
        run->warmed = true;
    run_tell(run, CALL_WARMING, num, run->error.message);
}

/* How much text the call may keep. */
static size_t
text_cap(const struct call_run *run)
{
    return run->spec->max_bytes ? run->spec->max_bytes : ANSWER_MAX_BYTES;
}

static void
fail_too_long(struct call_run *run)
{
    size_t cap = text_cap(run);
    run->too_long = true;
    if (cap % (1 << 20) == 0)
        run_fail(run, ERR_PROTOCOL, "the answer is longer than %zu MiB; the rest is left out",
                 cap >> 20);
    else
        run_fail(run, ERR_PROTOCOL, "the answer is longer than %zu bytes; the rest is left out",
                 cap);
}

/* Leaves out what is more than the call may keep. While all of it may still turn out to be a thought, whose end nobody has
 * seen yet, the answer is waited for. */
static void
cut_at_cap(struct call_run *run, struct decoder_output *o, int64_t now)
{
    size_t room = run->left_out ? 0 : text_cap(run) - (size_t)run->text_bytes;
    size_t n = o->text.len - run->taken, keep = n;
    if (n > room)
        keep = utf8_whole_prefix(o->text.p + run->taken, room);
    if (keep == n)
        return;
    buf_truncate(&o->text, run->taken + keep);
    run->left_out += n - keep;
    run->progress_us = now;
    if (!decoder_state(run->decoder)->settled && run->spec->max_bytes &&
        run->left_out <= THOUGHT_MAX_BYTES)
        return;
    run->ended_us = now;
    fail_too_long(run);
}

/* All text so far was a thought: the answer begins with what follows. */
static void
take_back(struct call_run *run)
{
    redactor_forget(run->redactor);
    run->streaming = run->visible = false;
    run->text_bytes = run->delta_count = 0;
    run->taken = run->left_out = 0;
    run->times.ttft_us = UNKNOWN;
    run->times.stall_us = 0;
    run_tell(run, CALL_TAKEN_BACK, 0, NULL);
}

static void
take_text(struct call_run *run, struct decoder_output *o, int64_t now)
{
    cut_at_cap(run, o, now);
    if (o->text.len <= run->taken)
        return;
    bool first = !run->visible && decoder_state(run->decoder)->text_seen;
    run->streaming = true;
    run->visible = run->visible || first;
    /* Text that was held back as a thought until its end had come when the thought did. */
    bool held = decoder_state(run->decoder)->no_thought;
    if (first)
        run->times.ttft_us = (held ? run->thought_us : now) - run->start_us;
    else if (run->visible && now - run->text_us > run->times.stall_us)
        run->times.stall_us = now - run->text_us;
    if (!run->taken)
        run->taken_us = now;
    run->text_bytes += (int64_t)(o->text.len - run->taken);
    run->taken = o->text.len;
    run->text_us = run->progress_us = now;
}

/* Reports what the bytes just decoded have yielded. Text stays in the decoder as one batch until the batch is large or
 * no more bytes are there to be read. */
static void
take_decoded(struct call_run *run, int64_t now)
{
    struct decoder_output *o = decoder_output(run->decoder);
    if (o->warmings)
        run_warming(run, o->warming_ms);
    if (o->taken_back)
        take_back(run);
    o->taken_back = false;
    if (o->thoughts) {
        run->progress_us = now;
        run->thought_us = run->thought_us ? run->thought_us : now;
        if (now - run->thinking_told_us >= THINKING_EVERY_MS * US_PER_MS) {
            run->thinking_told_us = now;
            run_tell(run, CALL_THINKING, o->thinking_bytes, NULL);
        }
    }
    int64_t before = run->text_bytes;
    bool goes_on = o->thoughts > 0;
    run->thinking_bytes = o->thinking_bytes;
    run->thought_count += o->thoughts;
    o->warmings = o->thoughts = 0;
    take_text(run, o, now);
    goes_on = goes_on || run->text_bytes > before;
    if (decoder_state(run->decoder)->finish != FINISH_NONE && (goes_on || !run->finish_us)) {
        run->finish_doubted = run->finish_doubted || run->finish_us;
        run->finish_us = now;
    }
    if (o->text.len > BATCH_BYTES)
        run_flush(run);
}

/* ---- recording ---- */

/* The operator asked for the recording and has to know at once that there is none; the call goes on. */
static void
tell_not_recorded(struct call_run *run, const struct err *err)
{
    struct buf text;
    buf_init(&text, sizeof err->text + 32);
    buf_printf(&text, "Not recorded: %s", err->text);
    run_tell(run, CALL_NOTICE, 0, text.p);
    buf_finish(&text);
}

static void
open_recorder(struct call_run *run, const char *body, size_t n)
{
    const struct call_spec *spec = run->spec;
    const struct prompt *p = &spec->prompt;
    struct err err = {0};
    if (!spec->record_dir || run->recorder || run->not_recorded ||
        run->ops->provider == PROVIDER_PLAYBACK)
        return;
    struct recording what = {.dir = spec->record_dir,
                             .brain = spec->brain,
                             .purpose = spec->purpose,
                             .provider = provider_name(run->ops->provider),
                             .model = spec->model->id,
                             .message = spec->about ? spec->about
                                        : p->count  ? p->messages[p->count - 1].text
                                                    : ""};
    run->recorder = recorder_open(&what, body, n, run->secrets, &err);
    run->not_recorded = !run->recorder;
    if (run->not_recorded)
        tell_not_recorded(run, &err);
}

static void
record_step(struct call_run *run, enum cassette_kind kind, const char *p, size_t n)
{
    struct err err = {0};
    if (!run->recorder)
        return;
    struct cassette_step s = {.t_us = clock_us() - run->try_us,
                              .kind = kind,
                              .status = run->status,
                              .bytes = (char *)p,
                              .len = n};
    if (recorder_step(run->recorder, &s, &err))
        return;
    recorder_close(&run->recorder, NULL);
    run->not_recorded = true;
    tell_not_recorded(run, &err);
}

void
run_close_recorder(struct call_run *run)
{
    struct err err = {0};
    if (run->recorder && !recorder_close(&run->recorder, &err))
        tell_not_recorded(run, &err);
}

/* ---- bytes in ---- */

static void
decode_bytes(struct call_run *run, const char *p, size_t n)
{
    int64_t now = clock_us();
    run->body_seen = true;
    if (!run->first_fed) {
        run->first_fed = true;
        if (run->times.first_byte_us == UNKNOWN)
            run->times.first_byte_us = now - run->start_us;
        run_tell(run, CALL_FIRST_BYTE, run->times.first_byte_us, NULL);
    }
    record_step(run, TAPE_BYTES, p, n);
    if (run->ended_us)
        return;
    if (!decoder_feed(run->decoder, p, n))
        run->ended_us = now;
    take_decoded(run, now);
}

bool
run_feed(struct call_run *run, const char *p, size_t n)
{
    run_hand_over(run);
    if (!run_may_go_on(run))
        return false;
    decode_bytes(run, p, n);
    return true;
}

void
run_end_body(struct call_run *run)
{
    int64_t now = clock_us();
    record_step(run, TAPE_END, NULL, 0);
    if (run->ended_us)
        return;
    if (!decoder_end_body(run->decoder))
        run->ended_us = now;
    take_decoded(run, now);
    run_flush(run);
}

void
run_finish_decoding(struct call_run *run)
{
    if (!run->too_long) {
        decoder_finish(run->decoder);
        take_decoded(run, clock_us());
    }
    if (run->left_out && !run->too_long && !cancel_fired(run->spec->cancel))
        fail_too_long(run);
    flush_text(run, true);
}

void
run_connected(struct call_run *run, int64_t connect_us)
{
    run_hand_over(run);
    if (run->connected_told)
        return;
    run->connected_told = true;
    run->times.connect_us = connect_us;
    record_step(run, TAPE_CONNECTED, NULL, 0);
    run_tell(run, CALL_CONNECTED, connect_us, NULL);
}

/* ---- one transfer ---- */

static bool
is_success(int status)
{
    return status >= 200 && status < 300;
}

static void
on_connected(void *arg, int64_t connect_us, bool reused)
{
    (void)reused;
    run_connected(arg, connect_us);
}

static void
keep_header(const struct call_run *run, const char *name, char *out, size_t size)
{
    const char *value = http_header_get(run->http, name);
    snprintf(out, size, "%s", value && strlen(value) < size ? value : "");
}

static void
on_head(void *arg, int status)
{
    struct call_run *run = arg;
    run->status = status;
    const char *id = request_server_id(run->http);
    snprintf(run->request_id, sizeof run->request_id, "%s", id ? id : "");
    keep_header(run, "retry-after", run->retry_after, sizeof run->retry_after);
    keep_header(run, "retry-after-ms", run->retry_after_ms, sizeof run->retry_after_ms);
    keep_header(run, "x-ratelimit-reset", run->reset, sizeof run->reset);
    keep_header(run, "x-should-retry", run->should_retry, sizeof run->should_retry);
    if (!run->collect || !is_success(status))
        record_step(run, TAPE_STATUS, NULL, 0);
    const char *type = http_header_get(run->http, "content-type");
    if (is_success(status) && type && strncasecmp(type, "text/html", 9) == 0)
        run_fail(run, ERR_PROTOCOL,
                 "the server sent a web page (%.40s) instead of an answer: is base_url right?",
                 type);
}

static bool
on_body(void *arg, const char *p, size_t n)
{
    struct call_run *run = arg;
    if (run->error.kind != ERR_NONE)
        return false;
    if (!is_success(run->status)) {
        record_step(run, TAPE_BYTES, p, n);
        size_t room = run->error_body.max - run->error_body.len;
        buf_append(&run->error_body, p, n < room ? n : room);
        return n <= room;
    }
    if (run->collect) {
        run->body_seen = true;
        if (buf_append(run->collect, p, n))
            return true;
        run_fail(run, ERR_PROTOCOL, "the response is larger than its cap of %zu bytes",
                 run->collect->max);
        return false;
    }
    decode_bytes(run, p, n);
    return run->error.kind == ERR_NONE;
}

static void
before_wait(void *arg)
{
    run_flush(arg);
}

static int64_t
on_deadline(void *arg)
{
    return run_deadline(arg);
}

static void
take_status_error(struct call_run *run)
{
    const char *to = http_header_get(run->http, "location");
    if (run->status >= 300 && run->status < 400) {
        run_fail(run, ERR_PROTOCOL,
                 "the server answers with a redirect (%d%s%.200s); redirects are not "
                 "followed: put the final address into base_url",
                 run->status, to ? " to " : "", to ? to : "");
        run->error.http_status = run->status;
        return;
    }
    run_http_error(run, run->status, run->error_body.p, run->error_body.len);
}

static void
take_outcome(struct call_run *run, enum http_outcome o, const struct http_report *report,
             const struct err *err)
{
    /* A connection that breaks after the answer has ended changes nothing. */
    bool ended = decoder_state(run->decoder)->finish != FINISH_NONE;
    run->by_proxy = report->obstacle == HTTP_BY_PROXY;
    if (run->by_proxy) /* there was no head */
        run->status = report->status;
    if (o == HTTP_OK || o == HTTP_STOPPED || ended) {
        if (run->status && !is_success(run->status))
            take_status_error(run);
        if (run->by_proxy)
            run->error.cause = CAUSE_PROXY;
        return;
    }
    run->stale = o == HTTP_CUT && report->reused && report->status == 0;
    if (o == HTTP_CANCELLED) {
        run_fail(run, ERR_CANCELLED, "cancelled");
    } else if (o == HTTP_DEADLINE) {
        run_limit_error(run, report->phase);
    } else if (o == HTTP_CUT && run->status && !is_success(run->status)) {
        take_status_error(run);
    } else {
        enum error_kind kind = request_outcome_kind(o, report->status);
        record_step(run, TAPE_FAIL, error_kind_name(kind), strlen(error_kind_name(kind)));
        run_fail(run, kind, "%s", err->text);
    }
    run->error.cause = request_cause(report->obstacle);
}

bool
run_transfer(struct call_run *run, struct http_request *req, struct buf *collect)
{
    struct http_report report = {0};
    struct err err = {0};
    struct http_hooks hooks = {.arg = run,
                               .connected = on_connected,
                               .head = on_head,
                               .body = on_body,
                               .before_wait = before_wait,
                               .deadline = on_deadline};
    if (run->error.kind != ERR_NONE)
        return false;
    if (!run->http) {
        run_fail(run, ERR_CONNECT, "%s", http_why_none());
        return false;
    }
    run_hand_over(run);
    if (!run_may_go_on(run))
        return false;
    open_recorder(run, req->body, req->body_len);
    req->allow_http = run->spec->conf->allow_http;
    req->connect_ms = run->spec->limits.connect_ms;
    run->url = req->url;
    run->collect = collect;
    run->status = 0;
    buf_init(&run->error_body, MAX_ERROR_BODY_BYTES);
    enum http_outcome o = http_perform(run->http, req, &hooks, run->spec->cancel, &report, &err);
    run_flush(run);
    take_outcome(run, o, &report, &err);
    if (run->error.kind == ERR_NONE && !collect)
        run_end_body(run);
    buf_finish(&run->error_body);
    run->collect = NULL;
    run->url = NULL;
    return run->error.kind == ERR_NONE;
}
