/* The state of a brain's breaker (route/breaker.h), which is stored. Plain data. Times are of the wall clock, since they
 * outlive the process. */
#ifndef BERDUA_CHAT_HEALTH_H
#define BERDUA_CHAT_HEALTH_H

#include <stdint.h>

/* All zero: closed, without failures. */
struct breaker {
    int failures;          /* in a row */
    int64_t opened_at_us;  /* when it opened; 0: it is closed */
    int64_t probing_at_us; /* when its probe started; 0: none runs */
    int64_t target;        /* fingerprint of the configured peer that failed; 0: not known */
};

#endif
