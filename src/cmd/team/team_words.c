#include "team_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "cmd/out.h"

const char *
team_words(int64_t to_send, int64_t heard_wall_us, const char *trouble, char out[TEAM_WORDS_BYTES])
{
    char at[OUT_TIME_BYTES], now[OUT_TIME_BYTES];
    int n = snprintf(out, TEAM_WORDS_BYTES, "team: %" PRId64 " to send, ", to_send);
    out_time(heard_wall_us, at);
    out_time(clock_wall_us(), now);
    /* Of another day with the day. */
    const char *when = strncmp(at, now, 10) == 0 ? at + 11 : at;
    n += snprintf(out + n, TEAM_WORDS_BYTES - (size_t)n, "%s%s",
                  heard_wall_us > 0 ? "last heard " : "nothing heard yet",
                  heard_wall_us > 0 ? when : "");
    if (trouble && strncmp(trouble, "team: ", 6) == 0)
        trouble += 6;
    if (trouble && trouble[0])
        snprintf(out + n, TEAM_WORDS_BYTES - (size_t)n, " (%s)", trouble);
    return out;
}
