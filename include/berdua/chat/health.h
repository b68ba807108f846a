/* How a brain has been doing lately: what the breaker (route/breaker.h) remembers and the store keeps, so that
 * the next start of the program knows it too. Plain data. Wall clock, since it outlives the process. */
#ifndef BERDUA_CHAT_HEALTH_H
#define BERDUA_CHAT_HEALTH_H

#include <stdint.h>

/* All zero: nothing known against it. */
struct breaker {
    int failures;          /* in a row */
    int64_t opened_at_us;  /* when it was last left alone; 0: it is not */
    int64_t probing_at_us; /* when the one call that may try it was let through; 0: none runs */
    int64_t target;        /* which configured peer failed (breaker_target); 0: not known */
};

#endif
