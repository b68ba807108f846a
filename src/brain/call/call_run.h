/* A call while it runs, shared by call.c (attempts, limits, result), call_emit.c (events, decoder,
 * recording) and call_transfer.c (HTTP). Owner: call_execute, on its stack. Thread: its worker. */
#ifndef BERDUA_BRAIN_CALL_RUN_H
#define BERDUA_BRAIN_CALL_RUN_H

#include "berdua/base/buf.h"
#include "berdua/base/random.h"
#include "brain/exchange.h"

struct recorder;

struct call_run {
    struct call_spec *spec;
    struct http *http;
    const struct call_sink *sink;
    const struct brain_ops *ops;
    struct rng rng;
    char *key;
    bool key_known;
    struct http_request leave; /* method NULL: none */
    int64_t start_us;          /* first hand-over to the transport; 0: not yet */
    struct answer_times times;
    int retries;
    bool warmed;    /* still starting up a while after the request */
    bool streaming; /* text was passed on */
    bool visible;   /* text other than blanks was passed on */
    int64_t visible_bytes, delta_count;

    /* of this try */
    struct decoder *decoder;
    struct recorder *recorder;
    int64_t try_us;      /* its first hand-over; 0: not yet */
    int64_t progress_us; /* last text or reasoning */
    int64_t visible_us;  /* last text */
    int64_t finish_us;   /* a proper end was seen, more may follow (usage); 0: not yet */
    int64_t ended_us;    /* the decoder wants no more; 0: not yet */
    bool connected_told;
    bool body_seen; /* a byte of a successful answer arrived */
    bool first_fed; /* … and went to the decoder */
    bool limit_passed;
    bool stale; /* a kept connection was dead before anything came */
    struct answer_error error;
    char retry_after[64], retry_after_ms[32], should_retry[16];
    char request_id[128];

    /* of this transfer */
    struct buf *collect;
    struct buf error_body;
    int status;

    /* gathered since the last event */
    struct buf batch;
    uint32_t batch_count;
    int64_t batch_us;
    int64_t now_us; /* when the bytes being decoded arrived */
    int64_t thinking_bytes, thinking_told_us;
};

/* ---- call_emit.c ---- */
void run_tell(struct call_run *run, enum call_event_kind kind, int64_t num, const char *text);
/* Passes on what was gathered. */
void run_flush(struct call_run *run);
/* Fresh decoder and recorder. */
void run_open_decoder(struct call_run *run);
void run_feed(struct call_run *run, const char *p, size_t n);
/* Starts the clocks of the call and of the try when they do not run yet, and says so. */
void run_handed_over(struct call_run *run);
enum run_step { STEP_CONNECTED, STEP_STATUS, STEP_BYTES, STEP_END, STEP_FAIL };
void run_record(struct call_run *run, enum run_step step, const char *p, size_t n);
void run_open_recorder(struct call_run *run, const char *body, size_t n);
void run_warm(struct call_run *run, int64_t num);

/* ---- call.c ---- */
/* When the next limit passes, or NEVER_US. */
int64_t run_deadline(const struct call_run *run);
/* Records why, once run_deadline has passed. phase: how far the request came. */
void run_limit_error(struct call_run *run, enum http_phase phase);
/* false, with the error set, when cancelled or past a limit. */
bool run_may_go_on(struct call_run *run);
bool run_proper_end(const struct call_run *run);

#endif
