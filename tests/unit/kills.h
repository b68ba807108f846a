/* How often a test kills a program, and when. BERDUA_KILL_ROUNDS asks for more rounds than the usual, short run has. */
#ifndef TESTS_UNIT_KILLS_H
#define TESTS_UNIT_KILLS_H

#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <time.h>

#include "berdua/base/random.h"

static inline int
kill_rounds(int usual)
{
    const char *asked = getenv("BERDUA_KILL_ROUNDS");
    long n = asked ? strtol(asked, NULL, 10) : 0;
    return n > 0 && n < 100000 ? (int)n : usual;
}

/* At a moment within the next so many microseconds. */
static inline void
kill_soon(pid_t pid, struct rng *rng, uint32_t most_us)
{
    nanosleep(&(struct timespec){.tv_nsec = (long)rng_below(rng, most_us) * 1000}, NULL);
    kill(pid, SIGKILL);
}

#endif
