/* Time. Durations and deadlines use the monotonic clock in microseconds; only what is stored or
 * shown as a date uses the wall clock. Thread: any. */
#ifndef BERDUA_BASE_CLOCK_H
#define BERDUA_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Monotonic, microseconds since an arbitrary point; stands still while it is held. */
int64_t clock_us(void);
/* For the time in which the program is stopped. Not nested; may be called in a signal handler. */
void clock_hold(void);
void clock_release(void);
/* Between on and off the caller reads the clock at least every CLOCK_WATCH_MS; when nobody has for much longer, the
 * program did not run (SIGSTOP, a paused machine), and the clock goes on from the last reading. */
enum { CLOCK_WATCH_MS = 1000 };
void clock_watch(bool on);
/* Wall clock, microseconds since 1970 UTC. */
int64_t clock_wall_us(void);

/* One instant on both clocks. */
struct moment {
    int64_t now_us;  /* monotonic: deadlines and durations */
    int64_t wall_us; /* since 1970 UTC: what is stored, and what outlives the process */
};
struct moment clock_moment(void);
/* The local time as strftime says it; "" when that cannot be said. Returns out. */
const char *clock_format(int64_t wall_us, const char *format, char *out, size_t size);

#define US_PER_MS 1000
#define US_PER_S  1000000
/* "No deadline". */
#define NEVER_US INT64_MAX

#endif
