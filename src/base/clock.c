#include "berdua/base/clock.h"

#include <time.h>

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
    return read_us(CLOCK_MONOTONIC);
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
