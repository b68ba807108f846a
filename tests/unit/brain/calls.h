/* Running one call against a scripted server, for tests: everything in the test's own thread. */
#ifndef TESTS_UNIT_CALLS_H
#define TESTS_UNIT_CALLS_H

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/core/cancel.h"
#include "berdua/net/http.h"

#include "unit/peer.h"

#include <math.h>

struct outcome {
    char trace[256]; /* one letter an event: S c C w 1 t d R . */
    struct buf text;
    int64_t connect_us; /* of the last CALL_CONNECTED */
    int64_t retry_ms;   /* of the last CALL_RETRY */
    char retry_why[600];
    char notice[600]; /* of the last CALL_NOTICE */
    struct call_result *result;
    int heard;
};

struct caller {
    const char *aside; /* NULL: none */
    struct brain_conf conf;
    struct model_conf model;
    struct call_limits limits;
    struct http *http;
    struct cancel *cancel; /* NULL: a fresh one each call */
    double temperature, top_p;
    char *record_dir;
    size_t max_bytes;
    enum call_purpose purpose;
    bool thinks_first;
    int heard; /* a byte is written to it with each piece of text or thinking; 0: none is */
};

static inline void
caller_start(struct caller *c, enum provider provider, const struct peer *p, const char *path)
{
    *c = (struct caller){.http = http_create(NULL), .temperature = NAN, .top_p = NAN};
    c->conf.provider = provider;
    c->conf.base_url = xasprintf("http://127.0.0.1:%d%s", p->port, path);
    c->conf.api_version = (char *)"2023-06-01";
    c->conf.models = &c->model;
    c->conf.model_count = 1;
    c->conf.cold_ms = 5000;
    c->model = (struct model_conf){.tier = (char *)"fast", .id = (char *)"test-model"};
    c->limits = (struct call_limits){.connect_ms = 20000,
                                     .first_token_ms = 20000,
                                     .stall_ms = 20000,
                                     .timeout_ms = 60000,
                                     .retries = 2};
}

static inline void
caller_finish(struct caller *c)
{
    http_destroy(&c->http);
    free(c->conf.base_url);
}

/* As call_sink's take. */
static inline void
outcome_take(void *arg, struct call_event *ev)
{
    static const char letters[CALL_EVENT_COUNT] = {
        [CALL_STARTED] = 'S', [CALL_CONNECTING] = 'c', [CALL_CONNECTED] = 'C',
        [CALL_WARMING] = 'w', [CALL_FIRST_BYTE] = '1', [CALL_THINKING] = 't',
        [CALL_DELTA] = 'd',   [CALL_TAKEN_BACK] = 'b', [CALL_RETRY] = 'R',
        [CALL_NOTICE] = 'N',  [CALL_DONE] = '.'};
    struct outcome *o = arg;
    size_t n = strlen(o->trace);
    bool grows = ev->kind == CALL_DELTA && n && o->trace[n - 1] == 'd'; /* as a reader sees it */
    if (n + 1 < sizeof o->trace && !grows)
        o->trace[n] = letters[ev->kind];
    assert_int_equal(ev->call, 7);
    assert_int_equal(ev->generation, 3);
    if (o->heard && (ev->kind == CALL_DELTA || ev->kind == CALL_THINKING))
        assert_int_equal(write(o->heard, "", 1), 1);
    if (ev->kind == CALL_DELTA)
        buf_append(&o->text, ev->text.p, ev->text.len);
    if (ev->kind == CALL_TAKEN_BACK)
        buf_clear(&o->text);
    if (ev->kind == CALL_CONNECTED)
        o->connect_us = ev->num;
    if (ev->kind == CALL_RETRY) {
        o->retry_ms = ev->num;
        snprintf(o->retry_why, sizeof o->retry_why, "%s", ev->text.p);
    }
    if (ev->kind == CALL_NOTICE)
        snprintf(o->notice, sizeof o->notice, "%s", ev->text.p);
    if (ev->kind == CALL_DONE) {
        assert_null(o->result);
        o->result = ev->result;
        ev->result = NULL;
    }
}

static inline struct outcome
caller_run(struct caller *c)
{
    struct outcome o = {.connect_us = -1, .retry_ms = -1, .heard = c->heard};
    buf_init(&o.text, 1 << 26);
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    *spec = (struct call_spec){.call = 7,
                               .generation = 3,
                               .brain = BRAIN_LLAMA,
                               .conf = &c->conf,
                               .model = &c->model,
                               .max_tokens = 300,
                               .temperature = c->temperature,
                               .top_p = c->top_p,
                               .limits = c->limits,
                               .max_bytes = c->max_bytes,
                               .purpose = c->purpose,
                               .thinks_first = c->thinks_first,
                               .seed = 1,
                               .record_dir = xstrdup(c->record_dir),
                               .cancel = c->cancel ? cancel_ref(c->cancel) : cancel_create()};
    spec->prompt.system = xstrdup("Be brief.");
    spec->prompt.aside = xstrdup(c->aside);
    prompt_add(&spec->prompt, false, "halo");
    prompt_add(&spec->prompt, true, "Halo, Kak!");
    prompt_add(&spec->prompt, false, "apa \"kabar\"?");
    struct call_sink sink = {.arg = &o, .take = outcome_take};
    struct http_request leave;
    if (call_execute(&spec, c->http, &sink, &leave))
        call_take_leave(c->http, &leave);
    assert_null(spec);
    assert_non_null(o.result);
    return o;
}

static inline void
outcome_finish(struct outcome *o)
{
    call_result_destroy(&o->result);
    buf_finish(&o->text);
}

/* Beginning of a chunked event stream. */
static inline void
peer_stream(int fd)
{
    peer_send(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nrequest-id: req_1\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n");
}

static inline void
peer_delta(int fd, const char *text)
{
    char event[512];
    snprintf(event, sizeof event,
             "data: {\"model\":\"m-real\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},"
             "\"finish_reason\":null}]}\n\n",
             text);
    peer_chunk(fd, event);
}

static inline void
peer_finish_reason(int fd, const char *reason)
{
    char event[512];
    snprintf(event, sizeof event,
             "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}\n\n",
             reason);
    peer_chunk(fd, event);
}

/* [DONE] and the proper end of the body. */
static inline void
peer_done(int fd)
{
    peer_chunk(fd, "data: [DONE]\n\n");
    peer_send(fd, "0\r\n\r\n");
}

#endif
