/* A breaker per brain: after `failures` failures in a row nobody calls it for `cool_s`; then one call may try
 * (half open), and its end decides. Pure: state in, state out, the wall clock passed in. The caller asks
 * before each call and reports how it ended; a route timeout is a failure, an operator's cancel is not.
 * Owner: whoever holds the struct breaker. Thread: its owner's. */
#ifndef BERDUA_ROUTE_BREAKER_H
#define BERDUA_ROUTE_BREAKER_H

#include "berdua/chat/answer.h"
#include "berdua/chat/health.h"

struct brain_conf;
struct config;

enum breaker_state { BREAKER_CLOSED, BREAKER_OPEN, BREAKER_HALF_OPEN };
const char *breaker_state_name(enum breaker_state s); /* "closed", "open", "half_open" */

struct breaker_limits {
    int failures;
    int64_t cool_us;
};
struct breaker_limits breaker_limits(const struct config *config);

enum breaker_state breaker_state(const struct breaker *b, struct breaker_limits limits,
                                 int64_t wall_us);
/* Would a call be let through now? Changes nothing. */
bool breaker_would_allow(const struct breaker *b, struct breaker_limits limits, int64_t wall_us);
/* The same for a call that is about to start; when half open it becomes the probe. A probe that never
 * reports (the program was killed) counts as gone after cool_us. */
bool breaker_allow(struct breaker *b, struct breaker_limits limits, int64_t wall_us);
/* An explicit retry by the operator follows: a breaker that is open counts as cooled, so that the call is its probe. */
void breaker_half_open(struct breaker *b, struct breaker_limits limits, int64_t wall_us);
void breaker_success(struct breaker *b);
void breaker_failure(struct breaker *b, struct breaker_limits limits, int64_t wall_us);
/* Ended without telling anything about the brain; a probe may be tried again at once. */
void breaker_no_news(struct breaker *b);
/* Reports an answer that has ended, by its status and error. What lies with the message or with us (a cancel,
 * the budget, too long a conversation, the breaker itself) is no news. */
void breaker_report(struct breaker *b, const struct config *config, const struct answer *a,
                    int64_t wall_us);
/* What another peer did says nothing: a stored breaker is closed when the brain's provider, URL, models or the place of
 * its key have changed since. */
void breaker_check_target(struct breaker *b, const struct brain_conf *conf);
/* "llama has failed 5 times in a row; it is tried again in 12 s", for an answer's error. */
void breaker_why(const struct breaker *b, struct breaker_limits limits, const char *brain,
                 int64_t wall_us, char *out, size_t size);

#endif
