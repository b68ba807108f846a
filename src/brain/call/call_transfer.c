#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "call_run.h"
#include "brain/provider/request.h"

enum { MAX_ERROR_BODY_BYTES = 64 << 10 };

static bool
is_success(int status)
{
    return status >= 200 && status < 300;
}

static void
on_connected(void *arg, int64_t connect_us, bool reused)
{
    (void)reused;
    call_run_connected(arg, connect_us);
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
    keep_header(run, "request-id", run->request_id, sizeof run->request_id);
    if (!run->request_id[0])
        keep_header(run, "x-request-id", run->request_id, sizeof run->request_id);
    keep_header(run, "retry-after", run->retry_after, sizeof run->retry_after);
    keep_header(run, "retry-after-ms", run->retry_after_ms, sizeof run->retry_after_ms);
    keep_header(run, "x-should-retry", run->should_retry, sizeof run->should_retry);
    if (!run->collect || !is_success(status))
        run_record(run, STEP_STATUS, NULL, 0);
    const char *type = http_header_get(run->http, "content-type");
    if (is_success(status) && type && strncasecmp(type, "text/html", 9) == 0)
        call_run_fail(run, ERR_PROTOCOL,
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
        run_record(run, STEP_BYTES, p, n);
        size_t room = run->error_body.max - run->error_body.len;
        buf_append(&run->error_body, p, n < room ? n : room);
        return n <= room;
    }
    if (run->collect) {
        run->body_seen = true;
        if (buf_append(run->collect, p, n))
            return true;
        call_run_fail(run, ERR_PROTOCOL, "the response is larger than its cap of %zu bytes",
                      run->collect->max);
        return false;
    }
    run_feed(run, p, n);
    return true;
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
        call_run_fail(run, ERR_PROTOCOL,
                      "the server answers with a redirect (%d%s%.200s); redirects are not "
                      "followed: put the final address into base_url",
                      run->status, to ? " to " : "", to ? to : "");
        run->error.http_status = run->status;
        return;
    }
    call_run_http_error(run, run->status, run->error_body.p, run->error_body.len);
}

static void
take_outcome(struct call_run *run, enum http_outcome o, const struct http_report *report,
             const struct err *err)
{
    /* What breaks after the end, good or bad, is of no interest. */
    bool ended = decoder_state(run->decoder)->finish != FINISH_NONE;
    if (o == HTTP_OK || o == HTTP_STOPPED || ended) {
        if (run->status && !is_success(run->status))
            take_status_error(run);
        return;
    }
    run->stale = o == HTTP_CUT && report->reused && report->status == 0;
    if (o == HTTP_CANCELLED) {
        call_run_fail(run, ERR_CANCELLED, "cancelled");
    } else if (o == HTTP_DEADLINE) {
        run_limit_error(run, report->phase);
    } else if (o == HTTP_CUT && run->status && !is_success(run->status)) {
        take_status_error(run);
    } else {
        enum error_kind kind = request_outcome_kind(o, report->status);
        run_record(run, STEP_FAIL, error_kind_name(kind), strlen(error_kind_name(kind)));
        call_run_fail(run, kind, "%s", err->text);
    }
}

bool
call_run_transfer(struct call_run *run, struct http_request *req, struct buf *collect)
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
        call_run_fail(run, ERR_CONNECT, "%s", http_why_none());
        return false;
    }
    run_handed_over(run);
    if (!run_may_go_on(run))
        return false;
    run_open_recorder(run, req->body, req->body_len);
    req->allow_http = run->spec->conf->allow_http;
    req->connect_ms = run->spec->limits.connect_ms;
    run->collect = collect;
    run->status = 0;
    buf_init(&run->error_body, MAX_ERROR_BODY_BYTES);
    enum http_outcome o = http_perform(run->http, req, &hooks, run->spec->cancel, &report, &err);
    run_flush(run);
    take_outcome(run, o, &report, &err);
    if (run->error.kind == ERR_NONE && !collect)
        call_run_end_body(run);
    buf_finish(&run->error_body);
    run->collect = NULL;
    return run->error.kind == ERR_NONE;
}
