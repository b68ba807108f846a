/* One call of one brain, from request to result: limits, retries, recording and the events that the
 * main thread sees. call.c holds what every provider shares; providers only build and decode.
 * Owner: call_spec is the job's. Thread: a worker. */
#ifndef BERDUA_BRAIN_CALL_H
#define BERDUA_BRAIN_CALL_H

#include "berdua/brain/brain.h"

struct cancel;
struct event;
struct mailbox;
struct measure;
struct call_run;

struct call_limits {
    int connect_ms, first_token_ms, stall_ms,
        timeout_ms; /* timeout: the whole answer, retries included */
    int retries;
};

/* What a call is for: an answer to the operator's message, the cultural context of it, or the analysis of a
 * conversation. */
enum call_purpose { CALL_ANSWER, CALL_CONTEXT, CALL_ANALYSIS, CALL_PURPOSE_COUNT };
/* "answer", "context", "analysis"; parse returns -1 for an unknown word. */
const char *call_purpose_name(enum call_purpose p);
int call_purpose_parse(const char *name);

/* What to do. Everything is owned by the spec except conf, which outlives it. */
struct call_spec {
    uint32_t call, generation;
    enum brain_id brain;
    const struct brain_conf *conf;
    const struct model_conf *model;
    struct prompt prompt;
    int max_tokens;
    double temperature, top_p; /* NAN: not sent */
    struct call_limits limits;
    uint64_t seed;                 /* for retry jitter and for choosing a cassette */
    const struct measure *measure; /* scores the text as it comes; NULL: nobody does */
    enum call_purpose purpose;
    /* For playback: what message it is about (NULL: the prompt's last) and of which category (NULL: unknown). */
    char *about, *category;
    char *record_dir;        /* NULL: do not record */
    struct keyring *keyring; /* borrowed; NULL: every key is looked up anew */
    struct cancel *cancel;   /* one reference */
};
void call_spec_destroy(struct call_spec **spec);

/* How it ended; travels as data of EV_DONE. */
struct call_result {
    enum answer_status status; /* never STATUS_RUNNING or STATUS_INTERRUPTED */
    struct answer_error error;
    struct answer_times times;
    struct answer_usage usage;
    char *model; /* as the peer names it, NULL: not told */
    char *stop_reason;
    int retries;
    double warmth, cultural; /* NAN: not measured or not defined */
    uint32_t words;
    bool cold;
    bool simulated;
};
void call_result_destroy(void *result);

/* Runs to the end in this worker and pushes EV_CALL_STARTED … to mb, all but the last: EV_DONE, of which
 * there is always exactly one, is returned, for the caller to push once this worker (and with it the
 * connection) is free for the next call. NULL: it is pushed already, because the worker still had to
 * take leave of the peer. http may be NULL for playback. Takes *spec. */
struct event *call_execute(struct call_spec **spec, struct http *http, struct mailbox *mb);

/* ---- for providers (brain/anthropic.c …) ---- */
const struct call_spec *call_run_spec(const struct call_run *run);
/* The API key or NULL; false after recording an auth error that names the remedy. */
bool call_run_key(struct call_run *run, const char **key);
struct decoder *call_run_decoder(struct call_run *run);
/* Sends, checks the status, feeds a successful body to the decoder as it comes, ends the body.
 * false: it failed and the run's error is set (HTTP error, connect, time-out, cancel …).
 * collect: body goes there instead of to the decoder (runpod's queue). The request stays the caller's. */
bool call_run_transfer(struct call_run *run, struct http_request *req, struct buf *collect);
/* Same, for bytes that come from elsewhere. false: cancelled or a limit passed. */
bool call_run_feed(struct call_run *run, const char *p, size_t n);
void call_run_end_body(struct call_run *run);
void call_run_connected(struct call_run *run, int64_t connect_us);
/* Sleeps unless cancelled or a limit passes first (then false and the error is set). */
bool call_run_sleep_until(struct call_run *run, int64_t at_us);
/* The first error counts; later ones are dropped. */
void call_run_fail(struct call_run *run, enum error_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Same, from an HTTP error status and its body. */
void call_run_http_error(struct call_run *run, int status, const char *body, size_t n);
/* true once a visible token was passed on. */
bool call_run_streaming(const struct call_run *run);
/* true once the decoder wants no more. */
bool call_run_ended(const struct call_run *run);
/* The peer is starting up; num as in EV_WARMING. */
void call_run_warming(struct call_run *run, int64_t num);
/* Forgets the error, so that a poll can be repeated: a passing one (connection, 429, 5xx), or any one.
 * false: it stays, as a cancel or a passed limit always does. */
bool call_run_excuse(struct call_run *run, bool any);
/* Takes *req: sent once EV_DONE is out, with a short limit of its own, and its answer ignored. */
void call_run_farewell(struct call_run *run, struct http_request *req);

#endif
