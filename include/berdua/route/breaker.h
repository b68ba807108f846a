/* A breaker per brain: after `failures` failures in a row it opens, and the brain is not called for `cool_s`; then it is half
 * open, and one call, the probe, decides. Pure: state in, state out, the wall clock passed in. A route time-out is a
 * failure, an operator's cancel is not. Owner: whoever holds the struct breaker. Thread: its owner's. */
#ifndef BERDUA_ROUTE_BREAKER_H
#define BERDUA_ROUTE_BREAKER_H

#include "berdua/chat/answer.h"

struct brain_conf;
struct config;

/* What is stored of it. All zero: closed, without failures. */
struct breaker {
    int failures;          /* in a row */
    int64_t opened_at_us;  /* wall clock, when it opened; 0: it is closed */
    int64_t probing_at_us; /* when its probe started; 0: none runs */
    int64_t target;        /* fingerprint of the configured peer that failed; 0: not known */
};

enum breaker_state { BREAKER_CLOSED, BREAKER_OPEN, BREAKER_HALF_OPEN };
const char *breaker_state_name(enum breaker_state s); /* "closed", "open", "half_open" */

struct breaker_limits {
    int failures;
    int64_t cool_us;
};
struct breaker_limits breaker_limits(const struct config *config);

enum breaker_state breaker_state(const struct breaker *b, struct breaker_limits limits,
                                 int64_t wall_us);
/* A call may start now. Changes nothing. */
bool breaker_would_allow(const struct breaker *b, struct breaker_limits limits, int64_t wall_us);
/* The same for a call that is about to start; when half open it becomes the probe. A probe that never
 * reports (the program was killed) counts as gone after cool_us. */
bool breaker_allow(struct breaker *b, struct breaker_limits limits, int64_t wall_us);
/* An explicit retry by the operator follows: a breaker that is open counts as cooled, so that the call is its probe. */
void breaker_half_open(struct breaker *b, struct breaker_limits limits, int64_t wall_us);
void breaker_success(struct breaker *b);
void breaker_failure(struct breaker *b, struct breaker_limits limits, int64_t wall_us);
/* A call ended without saying anything about the brain; another probe may start at once. */
void breaker_no_news(struct breaker *b);
/* Reports an answer that has ended, by its status and error. What lies with the message or with us (a cancel,
 * the budget, too long a conversation, the breaker itself) is no news. */
void breaker_report(struct breaker *b, const struct config *config, const struct answer *a,
                    int64_t wall_us);
/* Closes a stored breaker when the brain's provider, URL, models or the source of its key have changed since. */
void breaker_check_target(struct breaker *b, const struct brain_conf *conf);
/* "llama has failed 5 times in a row; it is tried again in 12 s", for an answer's error. */
void breaker_why(const struct breaker *b, struct breaker_limits limits, const char *brain,
                 int64_t wall_us, char *out, size_t size);

#endif
