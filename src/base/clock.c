#include "berdua/base/clock.h"

#include <stdatomic.h>
#include <time.h>

/* Above 0: the clock stands at this reading. Else what has to be added to the system's, since it did not run on while
 * it was held. One word, so that a reader never sees half of a change. */
static _Atomic int64_t held;
#define BEING_HELD INT64_MAX /* no reading yet: a reader tries again */

static _Atomic int64_t last_us; /* the last reading */
static _Atomic int watched;

enum { LOST_US = 2 * US_PER_S };

static int64_t
read_us(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

int64_t
clock_us(void)
{
    for (;;) {
        int64_t before = atomic_load(&held);
        if (before == BEING_HELD)
            continue;
        if (before > 0)
            return before;
        int64_t now = read_us(CLOCK_MONOTONIC) + before;
        int64_t gap = now - atomic_load(&last_us);
        if (gap > LOST_US && atomic_load(&watched) > 0) {
            atomic_compare_exchange_strong(&held, &before, before - gap);
        } else if (atomic_load(&held) == before) {
            atomic_store(&last_us, now);
            return now;
        }
    }
}

void
clock_watch(bool on)
{
    clock_us();
    atomic_fetch_add(&watched, on ? 1 : -1);
}

void
clock_hold(void)
{
    int64_t shift = atomic_exchange(&held, BEING_HELD);
    atomic_store(&held, read_us(CLOCK_MONOTONIC) + shift);
}

void
clock_release(void)
{
    int64_t at = atomic_load(&held);
    atomic_store(&held, at - read_us(CLOCK_MONOTONIC));
}

int64_t
clock_wall_us(void)
{
    return read_us(CLOCK_REALTIME);
}

struct moment
clock_moment(void)
{
    return (struct moment){.now_us = clock_us(), .wall_us = clock_wall_us()};
}

const char *
clock_format(int64_t wall_us, const char *format, char *out, size_t size)
{
    time_t at = (time_t)(wall_us / US_PER_S);
    struct tm tm;
    if (!localtime_r(&at, &tm) || !strftime(out, size, format, &tm))
        out[0] = 0;
    return out;
}
