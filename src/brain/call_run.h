/* A call while it runs: call.c holds its life (tries, limits, result), exchange.c its talk with the peer. A provider
 * with an exchange of its own uses the functions below; it may read every field and changes none.
 * Owner: call_execute, on its stack. Thread: its worker. */
#ifndef BERDUA_BRAIN_CALL_RUN_H
#define BERDUA_BRAIN_CALL_RUN_H

#include "berdua/base/buf.h"
#include "berdua/base/random.h"
#include "berdua/brain/call.h"
#include "berdua/net/http.h"
#include "brain/provider/decoder.h"

struct brain_ops;
struct redactor;
struct recorder;

struct call_run {
    struct call_spec *spec;
    struct http *http;
    const struct call_sink *sink;
    const struct brain_ops *ops;
    struct rng rng;
    char *key;
    char *
        secrets; /* the key and other secrets that nothing shown or recorded may hold; see request_secrets */
    struct redactor *redactor; /* of the answer's text; NULL: there is nothing to hide */
    bool key_known;
    /* tells the peer that nobody wants its answer any more; method NULL: none */
    struct http_request leave;
    int64_t start_us; /* when the first request was handed to the transport; 0: not yet */
    struct answer_times times;
    int retries;
    bool warmed;    /* still starting up a while after the request */
    bool streaming; /* text was passed on */
    bool visible;   /* text other than blanks was passed on */
    bool too_long;  /* more text than the call may keep has come; the rest was left out */
    int64_t text_bytes, delta_count;
    int64_t thinking_bytes, thought_count; /* of the last try */

    /* Of the current try: */
    struct decoder *decoder; /* holds the text that was decoded and not yet passed on */
    size_t taken;            /* bytes of that text that have been counted */
    size_t left_out;         /* bytes that were more than the call may keep */
    int64_t taken_us;        /* when the first of them came */
    struct recorder *recorder;
    bool not_recorded;   /* the operator knows that recording failed */
    int64_t try_us;      /* when its first request was handed to the transport; 0: not yet */
    int64_t progress_us; /* when the last text or reasoning came */
    int64_t text_us;     /* when the last text came */
    int64_t thought_us;  /* when the first reasoning came; 0: not yet */
    /* when the answer's end was seen, or the last text after that; usage may follow; 0: not yet */
    int64_t finish_us;
    bool finish_doubted; /* text came after an end: more may come */
    int64_t ended_us;    /* when the decoder wanted no more bytes; 0: not yet */
    int64_t thinking_told_us;
    bool connected_told;
    bool first_fed; /* a byte of the answer went to the decoder */
    bool body_seen; /* a byte of a successful response arrived */
    bool limit_passed;
    bool awake;   /* a server that was to be woken is not asleep: there is nothing to ask it */
    bool stale;   /* a kept connection was dead before anything came */
    bool loading; /* the server says that it is loading its model */
    struct answer_error error;
    char retry_after[64], retry_after_ms[32], reset[32], should_retry[16];
    char request_id[128];

    /* Of the current transfer: */
    const char *url; /* NULL: there is none */
    struct buf *collect;
    struct buf error_body;
    int status;
    bool by_proxy; /* the status is a proxy's, which did not connect */
};

/* ---- exchange.c ---- */
/* Looks up the API key (run->key, NULL where none is configured). false: the run's error names the remedy. */
bool run_need_key(struct call_run *run);
/* Sends, checks the status, feeds a successful body to the decoder as it comes, ends the body.
 * false: it failed and the run's error is set (HTTP error, connect, time-out, cancel …).
 * collect: the body goes there and not to the decoder. The request stays the caller's. */
bool run_transfer(struct call_run *run, struct http_request *req, struct buf *collect);
/* The same for bytes that come from elsewhere. false: cancelled or a limit passed. */
bool run_feed(struct call_run *run, const char *p, size_t n);
void run_end_body(struct call_run *run);
void run_connected(struct call_run *run, int64_t connect_us);
/* The peer is starting up; num as in CALL_WARMING. */
void run_warming(struct call_run *run, int64_t num);
/* Passes on the text that was decoded. */
void run_flush(struct call_run *run);
/* The answer has ended, as far as it came. */
void run_finish_decoding(struct call_run *run);
void run_close_recorder(struct call_run *run);
void run_tell(struct call_run *run, enum call_event_kind kind, int64_t num, const char *text);

/* ---- call.c ---- */
/* Called before bytes move: starts the clocks of the call and of the try unless they run already. */
void run_hand_over(struct call_run *run);
/* false, with the error set, when cancelled or past a limit. */
bool run_may_go_on(struct call_run *run);
/* Sleeps unless cancelled or a limit passes first (then false and the error is set). */
bool run_sleep_until(struct call_run *run, int64_t at_us);
/* When the next limit passes, or NEVER_US. */
int64_t run_deadline(const struct call_run *run);
/* Records why, once run_deadline has passed. phase: how far the request came. */
void run_limit_error(struct call_run *run, enum http_phase phase);
/* The first error counts; later ones are dropped. */
void run_fail(struct call_run *run, enum error_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The same from an HTTP error status and its body. */
void run_http_error(struct call_run *run, int status, const char *body, size_t n);
/* Forgets the error, so that a poll can be repeated: a passing one (connection, 429, 5xx), or any one.
 * false: it stays, as a cancel or a passed limit always does. */
bool run_excuse(struct call_run *run, bool any);

#endif
