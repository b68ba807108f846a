/* A peer made of the fuzzer's bytes, for targets that make whole exchanges: it takes the place of net/http.c, and time
 * passes only where somebody waits, so that a run opens no socket and sleeps never.
 *
 * A response is a byte for the outcome, a byte for the delay, and then, up to the next NUL, its head (where the outcome
 * says so, up to an empty line) and its body. Once the bytes are used up, every request finds nobody. */
#ifndef TESTS_FUZZ_PEER_H
#define TESTS_FUZZ_PEER_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/cancel.h"
#include "berdua/net/http.h"
#include "net/http_head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct http {
    const char *p, *end; /* what is still to come */
    struct buf head;
    int requests;
    /* Looks at each request before it is answered. */
    void (*check)(const struct http_request *req);
};

/* ---- time ---- */

static int64_t fuzz_now_us;

int64_t
clock_us(void)
{
    return fuzz_now_us;
}

int64_t
clock_wall_us(void)
{
    return 1795331328 * (int64_t)US_PER_S + fuzz_now_us;
}

struct moment
clock_moment(void)
{
    return (struct moment){.now_us = clock_us(), .wall_us = clock_wall_us()};
}

const char *
clock_format(int64_t wall_us, const char *format, char *out, size_t size)
{
    (void)wall_us, (void)format, (void)size;
    out[0] = 0;
    return out;
}

/* ---- nobody cancels ---- */

struct cancel *
cancel_create(void)
{
    return NULL;
}

struct cancel *
cancel_ref(struct cancel *c)
{
    return c;
}

void
cancel_unref(struct cancel **c)
{
    *c = NULL;
}

void
cancel_fire(struct cancel *c)
{
    (void)c;
}

bool
cancel_fired(const struct cancel *c)
{
    (void)c;
    return false;
}

void
cancel_set_waker(struct cancel *c, void (*wake)(void *arg), void *arg)
{
    (void)c, (void)wake, (void)arg;
}

int
cancel_fd(struct cancel *c)
{
    (void)c;
    return -1;
}

bool
cancel_wait_until(struct cancel *c, int64_t deadline_us)
{
    (void)c;
    if (deadline_us > fuzz_now_us)
        fuzz_now_us = deadline_us;
    return false;
}

/* ---- the peer ---- */

struct http *
http_create(struct err *err)
{
    (void)err;
    return NULL;
}

void
http_destroy(struct http **h)
{
    buf_finish(&(*h)->head);
    *h = NULL;
}

const char *
http_header_get(const struct http *h, const char *name)
{
    return head_find(&h->head, name);
}

const char *
http_proxy(const struct http *h)
{
    return h->requests % 2 ? "http://127.0.0.1:3128" : NULL;
}

const char *
http_why_none(void)
{
    return "there is none";
}

const char *
http_library(void)
{
    return NULL;
}

static void
fuzz_peer_init(struct http *h, const char *p, size_t n, void (*check)(const struct http_request *))
{
    *h = (struct http){.p = p, .end = p + n, .check = check};
    buf_init(&h->head, 8192);
    fuzz_now_us = 1000000;
}

/* The next byte; 0 once they are used up. */
static unsigned
fuzz_byte(struct http *h)
{
    return h->p < h->end ? (unsigned char)*h->p++ : 0;
}

static void
fuzz_take_head(struct http *h, const char *end)
{
    while (h->p < end && *h->p != '\n') {
        const char *eol = memchr(h->p, '\n', (size_t)(end - h->p));
        eol = eol ? eol : end;
        head_keep(&h->head, h->p, (size_t)(eol - h->p));
        h->p = eol < end ? eol + 1 : end;
    }
    if (h->p < end)
        h->p++;
}

static bool
fuzz_late(const struct http_hooks *hooks)
{
    return hooks->deadline && fuzz_now_us >= hooks->deadline(hooks->arg);
}

static enum http_outcome
fuzz_send_body(struct http *h, const struct http_hooks *hooks, const char *end, size_t piece)
{
    while (h->p < end) {
        size_t n = (size_t)(end - h->p) < piece ? (size_t)(end - h->p) : piece;
        char *copy = xmalloc(n); /* exact, so that a read past the end is found */
        memcpy(copy, h->p, n);
        h->p += n;
        bool more = !hooks->body || hooks->body(hooks->arg, copy, n);
        free(copy);
        if (!more)
            return HTTP_STOPPED;
        if (hooks->before_wait)
            hooks->before_wait(hooks->arg);
        fuzz_now_us += 700;
        if (fuzz_late(hooks))
            return HTTP_DEADLINE;
    }
    return HTTP_OK;
}

enum http_outcome
http_perform(struct http *h, const struct http_request *req, const struct http_hooks *hooks,
             struct cancel *cancel, struct http_report *report, struct err *err)
{
    static const struct {
        int status;
        enum http_outcome end;
    } ways[] = {{200, HTTP_OK},  {200, HTTP_OK},        {200, HTTP_OK},      {200, HTTP_OK},
                {200, HTTP_CUT}, {0, HTTP_CONNECT},     {0, HTTP_CUT},       {429, HTTP_OK},
                {404, HTTP_OK},  {401, HTTP_OK},        {500, HTTP_OK},      {503, HTTP_OK},
                {302, HTTP_OK},  {200, HTTP_TOO_LARGE}, {200, HTTP_LIBRARY}, {407, HTTP_CUT}};
    struct http_report own = {.status = 0};
    (void)cancel;
    report = report ? report : &own;
    *report = (struct http_report){.phase = HTTP_CONNECTING, .connect_us = 900};
    buf_clear(&h->head);
    h->check(req);
    h->requests++;
    bool nobody = h->p >= h->end;
    unsigned how = fuzz_byte(h), delay = fuzz_byte(h);
    int status = nobody ? 0 : ways[how % 16].status;
    enum http_outcome end = nobody ? HTTP_CONNECT : ways[how % 16].end;
    fuzz_now_us += 1000 + (delay < 200 ? delay * 50 : (int64_t)(delay - 199) * US_PER_S);
    report->reused = how & 16;
    const char *stop = h->p < h->end ? memchr(h->p, 0, (size_t)(h->end - h->p)) : NULL;
    stop = stop ? stop : h->end;
    enum http_outcome o = end;
    if (fuzz_late(hooks)) {
        o = HTTP_DEADLINE;
    } else if (status) {
        report->status = status;
        report->phase = HTTP_RECEIVING;
        if (hooks->connected)
            hooks->connected(hooks->arg, report->connect_us, report->reused);
        if (how & 32)
            fuzz_take_head(h, stop);
        if (hooks->head)
            hooks->head(hooks->arg, status);
        o = fuzz_send_body(h, hooks, stop, how & 64 ? 1 + how / 128 * 6 : SIZE_MAX);
        o = o == HTTP_OK ? end : o;
    }
    h->p = stop < h->end ? stop + 1 : h->end;
    if (o != HTTP_OK && err)
        err_set(err, "the peer did %d", (int)o);
    return o;
}

#endif
