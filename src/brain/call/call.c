#include "berdua/brain/call.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/conf/redactor.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "berdua/net/retry.h"
#include "brain/call_run.h"
#include "brain/provider/providers.h"
#include "brain/provider/request.h"

enum {
    AFTER_END_MS = 50, /* for the rest of an ended stream, so that the connection can be kept */
    AFTER_FINISH_MS = 5000, /* for what may follow a reason to finish: usage, or more text */
    DOUBTED_MS = 30000,     /* the same, when text did follow one and no stall is limited */
    LEAVE_MS = 2000,
    LOADING_EVERY_MS = 1000
};

/* ---- limits ---- */

static int64_t
limit_at(int64_t at_us, int limit_ms)
{
    return limit_ms > 0 ? at_us + limit_ms * (int64_t)US_PER_MS : NEVER_US;
}

static int64_t
earlier_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t
total_deadline(const struct call_run *run)
{
    return run->start_us ? limit_at(run->start_us, run->spec->limits.timeout_ms) : NEVER_US;
}

static bool
refused_or_failed(const struct call_run *run)
{
    enum finish f = decoder_state(run->decoder)->finish;
    return f == FINISH_REFUSED || f == FINISH_ERROR;
}

int64_t
run_deadline(const struct call_run *run)
{
    const struct call_limits *l = &run->spec->limits;
    if (run->ended_us)
        return limit_at(run->ended_us, AFTER_END_MS);
    int64_t at = total_deadline(run);
    if (run->visible)
        at = earlier_of(at, limit_at(run->progress_us, l->stall_ms));
    else if (run->try_us)
        at = earlier_of(at, limit_at(run->try_us, l->first_token_ms));
    /* A reason to finish before any text ends nothing: some servers give one with every piece. */
    if (run->finish_us && (run->visible || refused_or_failed(run)))
        at = earlier_of(
            at, limit_at(run->finish_us, run->finish_doubted ? DOUBTED_MS : AFTER_FINISH_MS));
    return at;
}

static void
limit_fail(struct call_run *run, enum error_kind kind, const char *what, int ms)
{
    if (ms % 1000 == 0)
        run_fail(run, kind, "%s %d s", what, ms / 1000);
    else
        run_fail(run, kind, "%s %d ms", what, ms);
}

void
run_limit_error(struct call_run *run, enum http_phase phase)
{
    const struct call_limits *l = &run->spec->limits;
    run->limit_passed = true;
    if (clock_us() >= total_deadline(run))
        limit_fail(run, ERR_TIMEOUT, "the answer was not finished within", l->timeout_ms);
    else if (!run->visible)
        limit_fail(run, ERR_TIMEOUT, http_phase_late(phase), l->first_token_ms);
    else
        limit_fail(run, ERR_STALLED, "the stream stalled: nothing more for", l->stall_ms);
}

static bool
proper_end(const struct call_run *run)
{
    enum finish f = decoder_state(run->decoder)->finish;
    return f == FINISH_STOP || f == FINISH_LENGTH || f == FINISH_REFUSED;
}

bool
run_may_go_on(struct call_run *run)
{
    if (run->error.kind != ERR_NONE)
        return false;
    if (cancel_fired(run->spec->cancel)) {
        run_fail(run, ERR_CANCELLED, "cancelled");
        return false;
    }
    if (!run->ended_us && !run->finish_us && clock_us() >= run_deadline(run)) {
        run_limit_error(run, HTTP_RECEIVING);
        return false;
    }
    return true;
}

void
run_hand_over(struct call_run *run)
{
    int64_t now = clock_us();
    if (!run->start_us)
        run->start_us = now;
    if (!run->try_us) {
        run->try_us = now;
        run_tell(run, CALL_CONNECTING, 0, NULL);
    }
}

bool
run_sleep_until(struct call_run *run, int64_t at_us)
{
    run_hand_over(run);
    run_flush(run);
    for (;;) {
        if (!run_may_go_on(run))
            return false;
        int64_t limit = run->finish_us || run->ended_us ? NEVER_US : run_deadline(run);
        if (clock_us() >= at_us)
            return true;
        cancel_wait_until(run->spec->cancel, earlier_of(at_us, limit));
    }
}

void
run_fail(struct call_run *run, enum error_kind kind, const char *fmt, ...)
{
    if (run->error.kind != ERR_NONE)
        return;
    va_list ap;
    va_start(ap, fmt);
    struct buf text;
    buf_init(&text, 1 << 16);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    request_error(&run->error, kind, run->secrets, "%s", text.p);
    buf_finish(&text);
    if (run->request_id[0] && !run->error.request_id)
        run->error.request_id = xstrdup(run->request_id);
}

static const char *
header_or_null(const char *s)
{
    return *s ? s : NULL;
}

/* What the server asks for by its headers. */
static struct retry_facts
asked_of(const struct call_run *run)
{
    return (struct retry_facts){.retry_after = header_or_null(run->retry_after),
                                .retry_after_ms = header_or_null(run->retry_after_ms),
                                .reset = header_or_null(run->reset),
                                .status = run->status,
                                .should_retry = header_or_null(run->should_retry),
                                .wall_us = clock_wall_us()};
}

void
run_http_error(struct call_run *run, int status, const char *body, size_t n)
{
    struct answer_error e = {0};
    if (run->error.kind != ERR_NONE)
        return;
    decode_http_error(status, body, n, &e, &run->loading);
    struct retry_facts facts = asked_of(run);
    struct http_facts known = {.url = run->url,
                               .proxy = run->url ? http_proxy(run->http) : NULL,
                               .by_proxy = run->by_proxy,
                               .again_ms = (int64_t)fmin(retry_asked_ms(&facts), 1e15)};
    decode_http_advice(&e, &known);
    run_fail(run, e.kind == ERR_NONE ? ERR_SERVER : e.kind, "%s", e.message);
    run->error.http_status = status;
    run->error.again_ms = known.again_ms > 0 ? known.again_ms : 0;
    if (!run->error.request_id) {
        run->error.request_id = e.request_id;
        e.request_id = NULL;
    }
    free(e.message);
    free(e.request_id);
}

static void
clear_error(struct call_run *run)
{
    free(run->error.message);
    free(run->error.request_id);
    run->error = (struct answer_error){0};
}

bool
run_excuse(struct call_run *run, bool any)
{
    enum error_kind k = run->error.kind;
    bool passing = k == ERR_CONNECT || k == ERR_STREAM_CUT || k == ERR_SERVER ||
                   k == ERR_OVERLOADED || k == ERR_RATE_LIMIT;
    if (run->limit_passed || k == ERR_CANCELLED || (!any && !passing))
        return false;
    clear_error(run);
    return true;
}

/* ---- one try ---- */

static void
begin_try(struct call_run *run)
{
    clear_error(run);
    run->try_us = run->progress_us = run->text_us = run->finish_us = run->ended_us = 0;
    run->thought_us = 0;
    run->connected_told = run->body_seen = run->first_fed = run->stale = run->loading =
        run->finish_doubted = false;
    run->thinking_bytes = run->thought_count = 0;
    run->left_out = 0;
    run->retry_after[0] = run->retry_after_ms[0] = run->reset[0] = run->should_retry[0] = 0;
    run->request_id[0] = 0;
    run->status = 0;
    run->decoder = decoder_create(run->ops->provider);
    if (run->spec->conf->thinks_first || run->spec->thinks_first)
        decoder_think_first(run->decoder, run->spec->conf->thinks_first);
}

/* A proper end without text to show. */
static void
fail_empty(struct call_run *run, const struct decoded *d)
{
    if (d->tool)
        run_fail(run, ERR_EMPTY,
                 "the answer has no text: the model asked for a tool (%.60s), and none is offered "
                 "here",
                 d->tool);
    else if (d->finish == FINISH_LENGTH)
        run_fail(run, ERR_EMPTY, "the token limit was reached before any visible text%s",
                 run->thinking_bytes ? ": the model only thought; raise max_tokens" : "");
    else if (run->thinking_bytes)
        run_fail(run, ERR_EMPTY,
                 "the model only thought and gave no answer; turn its thinking off, or raise "
                 "max_tokens");
    else
        run_fail(run, ERR_EMPTY, "the answer ended without any text");
}

/* Sets the error, or clears it, by what has been decoded. */
static void
judge_end(struct call_run *run)
{
    const struct decoded *d = decoder_state(run->decoder);
    if (run->too_long || run->awake) {
        return;
    } else if (proper_end(run)) {
        clear_error(run);
        run->limit_passed = false;
        if (d->finish != FINISH_REFUSED && !d->text_seen)
            fail_empty(run, d);
        else if (d->thinks_first && !run->spec->conf->thinks_first && !run->spec->thinks_first)
            run_tell(run, CALL_NOTICE, 0, /* no name: blind raters read it */
                     "an answer's beginning was thinking and was taken back; set thinks_first: "
                     "true for that brain");
    } else if (cancel_fired(run->spec->cancel)) {
        clear_error(run);
        run_fail(run, ERR_CANCELLED, "cancelled");
    } else if (d->finish == FINISH_ERROR) {
        run_fail(run, d->error, "%s",
                 d->error_message ? d->error_message : "the server reported an error");
        if (d->request_id && !run->error.request_id)
            run->error.request_id = xstrdup(d->request_id);
    } else {
        run_fail(run, ERR_STREAM_CUT, "%s%s%s",
                 run->streaming ? "the stream ended before the answer did"
                                : "the server closed the stream without an answer",
                 d->odd && !run->streaming ? "; it sent: " : "",
                 d->odd && !run->streaming ? d->odd : "");
    }
    if (run->error.kind != ERR_NONE && !run->error.http_status && run->status)
        run->error.http_status = run->status;
}

/* Most providers answer one request by one stream. */
static void
exchange(struct call_run *run)
{
    if (run->ops->exchange) {
        run->ops->exchange(run);
    } else if (run_need_key(run)) {
        struct http_request req = {0};
        request_build(&req, run->ops, run->spec, run->key);
        run_transfer(run, &req, NULL);
        http_request_finish(&req);
    }
}

/* The status that an error within a 200 stands for; 0: none that is worth another try. A job that
 * failed after it was accepted is not run again. */
static int
status_within_stream(const struct call_run *run)
{
    enum error_kind k = run->error.kind;
    if (decoder_state(run->decoder)->finish != FINISH_ERROR)
        return 0;
    if (k == ERR_OVERLOADED || k == ERR_RATE_LIMIT)
        return k == ERR_OVERLOADED ? 529 : 429;
    return k == ERR_SERVER && !run->ops->exchange ? 500 : 0;
}

/* true: try again after *wait_ms. */
static bool
may_retry(struct call_run *run, int tries, int64_t *wait_ms)
{
    enum error_kind k = run->error.kind;
    int within = status_within_stream(run);
    bool broke =
        !run->body_seen && !run->error.http_status && (k == ERR_CONNECT || k == ERR_STREAM_CUT);
    struct retry_facts facts = asked_of(run);
    facts.attempt = tries;
    facts.retries = run->spec->limits.retries;
    facts.connect_failed = broke;
    facts.status = within ? within : run->error.http_status;
    facts.body_seen = run->body_seen && !within;
    facts.unit = rng_unit(&run->rng);
    if (k == ERR_NONE || k == ERR_CANCELLED || run->limit_passed || run->streaming ||
        run->ops->provider == PROVIDER_PLAYBACK || cancel_fired(run->spec->cancel))
        return false;
    if (run->loading) /* such a server answers 503 at once: it is asked again until the first token is due */
        *wait_ms = LOADING_EVERY_MS;
    else if (!retry_decide(&facts, wait_ms))
        return false;
    else if (run->stale)
        *wait_ms = 0; /* only a kept connection had been closed: a new one can be tried at once */
    return clock_us() + *wait_ms * US_PER_MS < total_deadline(run);
}

/* false: cancelled while waiting. */
static bool
pause_before_retry(struct call_run *run, int64_t wait_ms)
{
    run_tell(run, CALL_RETRY, wait_ms, run->error.message);
    if (!cancel_wait_until(run->spec->cancel, clock_us() + wait_ms * US_PER_MS))
        return true;
    clear_error(run);
    run_fail(run, ERR_CANCELLED, "cancelled");
    return false;
}

/* Waits while the peer loads its model, which is no retry: nothing went wrong. */
static bool
pause_while_loading(struct call_run *run, int64_t wait_ms)
{
    run_warming(run, (clock_us() - run->start_us) / US_PER_MS);
    clear_error(run);
    return run_sleep_until(run, clock_us() + wait_ms * US_PER_MS);
}

static void
end_try(struct call_run *run)
{
    run_close_recorder(run);
    decoder_destroy(&run->decoder);
}

/* The decoder of the last try is kept for the result. */
static void
try_until_done(struct call_run *run)
{
    int tries = 0;
    int64_t loading_since = 0;
    for (;;) {
        int64_t wait_ms;
        begin_try(run);
        if (loading_since)
            run->try_us =
                loading_since; /* the limit for the first token covers all requests made while the model is loaded */
        if (run_may_go_on(run))
            exchange(run);
        run_finish_decoding(run);
        judge_end(run);
        tries++;
        if (!may_retry(run, tries, &wait_ms))
            return;
        if (run->loading) {
            tries--;
            loading_since = run->try_us;
            if (!pause_while_loading(run, wait_ms))
                return;
        } else {
            loading_since = 0;
            if (!pause_before_retry(run, wait_ms))
                return;
            run->retries++;
        }
        end_try(run);
    }
}

/* ---- result ---- */

static enum answer_status
status_of(const struct call_run *run, const struct decoded *d)
{
    if (run->error.kind == ERR_CANCELLED && cancel_fired(run->spec->cancel))
        return STATUS_CANCELLED;
    if (run->limit_passed)
        return STATUS_TIMEOUT;
    if (run->error.kind != ERR_NONE)
        return STATUS_FAILED;
    if (d->finish == FINISH_REFUSED)
        return STATUS_REFUSED;
    return d->finish == FINISH_LENGTH ? STATUS_CUT : STATUS_COMPLETE;
}

/* The part of the answer's tokens that went into thinking, where the server counts both together. Most servers send a
 * token a piece; where the pieces do not add up to the count, the bytes are taken. */
static int64_t
thinking_share(const struct call_run *run, int64_t output)
{
    int64_t pieces = run->thought_count + run->delta_count;
    double share = (double)run->thinking_bytes / (double)(run->thinking_bytes + run->text_bytes);
    if (llabs(pieces - output) * 20 <= output)
        share = (double)run->thought_count / (double)pieces;
    return llround((double)output * share);
}

static struct answer_usage
usage_of(const struct call_run *run, const struct decoded *d)
{
    struct answer_usage u = d->usage;
    const struct prompt *p = &run->spec->prompt;
    bool partial = !proper_end(run) || d->output_stale;
    bool worked = run->streaming || run->thinking_bytes > 0 || proper_end(run);
    int64_t output = tokens_estimate(run->text_bytes, run->delta_count) +
                     tokens_estimate(run->thinking_bytes, 0);
    /* A count that came before the end of the answer is a partial one; the estimate may be higher. */
    if (worked && (u.output == UNKNOWN || (partial && u.output < output))) {
        u.output = output;
        u.estimated = true;
    }
    if (worked && u.input == UNKNOWN) {
        int64_t bytes =
            (int64_t)((p->system ? strlen(p->system) : 0) + (p->aside ? strlen(p->aside) : 0));
        for (size_t i = 0; i < p->count; i++)
            bytes += (int64_t)strlen(p->messages[i].text);
        u.input = tokens_estimate(bytes, 0);
        u.estimated = true;
    }
    if (run->thinking_bytes > 0 && u.thinking <= 0 && u.output > 0) {
        u.thinking = thinking_share(run, u.output);
        u.thinking_estimated = true;
    }
    return u;
}

static struct call_result *
make_result(struct call_run *run)
{
    const struct decoded *d = decoder_state(run->decoder);
    int cold_ms = run->spec->conf->cold_ms;
    struct call_result *r = xcalloc(1, sizeof *r);
    int64_t end_us = run->ended_us ? run->ended_us : run->finish_us;
    if (!end_us || !proper_end(run))
        end_us = clock_us();
    run->times.total_us = run->start_us ? end_us - run->start_us : 0;
    run->times.queue_us = d->queue_us;
    run->times.execution_us = run->awake ? 0 : d->execution_us;
    r->status = status_of(run, d);
    r->error = run->error;
    if (run->loading)
        r->error.cause = CAUSE_LOADING;
    run->error = (struct answer_error){0};
    r->times = run->times;
    r->usage = usage_of(run, d);
    r->model = xstrdup(d->model);
    r->stop_reason = xstrdup(d->stop_reason);
    /* A server may echo the key anywhere. */
    secret_redact_word(r->model, run->secrets);
    secret_redact_word(r->stop_reason, run->secrets);
    secret_redact_word(r->error.request_id, run->secrets);
    r->warmth = r->cultural = NAN;
    r->retries = run->retries;
    r->thinks_first = d->thinks_first;
    r->cold = run->warmed || (cold_ms > 0 && (r->times.ttft_us > cold_ms * (int64_t)US_PER_MS ||
                                              d->queue_us > cold_ms * (int64_t)US_PER_MS));
    r->simulated = d->simulated;
    return r;
}

static int64_t
leave_deadline(void *arg)
{
    return *(int64_t *)arg;
}

void
call_take_leave(struct http *http, struct http_request *leave)
{
    int64_t until = clock_us() + LEAVE_MS * US_PER_MS;
    struct http_hooks hooks = {.arg = &until, .deadline = leave_deadline};
    http_perform(http, leave, &hooks, NULL, NULL, NULL);
    http_request_finish(leave);
}

bool
call_execute(struct call_spec **sp, struct http *http, const struct call_sink *sink,
             struct http_request *leave)
{
    struct call_spec *spec = *sp;
    *sp = NULL;
    struct call_run run = {.spec = spec,
                           .http = http,
                           .sink = sink,
                           .ops = brain_ops_for(spec->conf->provider),
                           .rng = {.state = spec->seed},
                           .times = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0, UNKNOWN, UNKNOWN}};
    run_tell(&run, CALL_STARTED, 0, NULL);
    try_until_done(&run);
    if (run.error.kind == ERR_AUTH)
        keyring_forget(spec->keyring, &spec->conf->api_key);
    struct call_event done;
    call_event_init(&done, CALL_DONE, spec->call, spec->generation);
    done.result = make_result(&run);
    end_try(&run);
    *leave = run.leave;
    leave->allow_http = spec->conf->allow_http;
    clear_error(&run);
    secret_free(&run.key);
    secret_free(&run.secrets);
    redactor_destroy(&run.redactor);
    call_spec_destroy(&spec);
    sink->take(sink->arg, &done);
    call_event_finish(&done);
    return leave->method != NULL;
}
