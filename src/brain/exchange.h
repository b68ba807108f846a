/* What a provider may do with the call that it carries out: send requests, feed bytes, report failures.
 * Owner: the call. Thread: its worker. */
#ifndef BERDUA_BRAIN_EXCHANGE_H
#define BERDUA_BRAIN_EXCHANGE_H

#include "berdua/brain/brain.h"
#include "berdua/brain/call.h"

struct call_run;

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
/* The peer is starting up; num as in CALL_WARMING. */
void call_run_warming(struct call_run *run, int64_t num);
/* Forgets the error, so that a poll can be repeated: a passing one (connection, 429, 5xx), or any one.
 * false: it stays, as a cancel or a passed limit always does. */
bool call_run_excuse(struct call_run *run, bool any);
/* Takes *req, which tells the peer that nobody wants its answer any more. */
void call_run_leave(struct call_run *run, struct http_request *req);

#endif
