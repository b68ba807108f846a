#include "berdua/chat/observation.h"

#include <string.h>

#include "berdua/base/names.h"
#include "berdua/base/random.h"

static const char *const flags[FLAG_COUNT] = {
    [FLAG_INTERRUPTED] = "interrupted",
    [FLAG_ERRORED] = "errored",
    [FLAG_TRUNCATED] = "truncated",
    [FLAG_LEAK] = "leak",
    [FLAG_UNDONE] = "undone",
    [FLAG_SIMULATED] = "simulated",
    [FLAG_SAFETY] = "safety",
    [FLAG_COLD] = "cold",
    [FLAG_EARLY] = "early",
    [FLAG_FAST] = "fast",
};
NAMES_DEFINE_NAME(verdict_flag, flags)

/* Drawn to count, and by someone who compared both answers: routed turns are another sample, a judge is a model. */
bool
observation_may_be(const struct verdict_row *row)
{
    bool drawn =
        row->drawn_by == DRAW_CHAT || row->drawn_by == DRAW_RANDOM || row->drawn_by == DRAW_ACTIVE;
    return drawn && !(row->flags & FLAGS_LEFT_OUT) && row->mode != MODE_ROUTE &&
           row->mode != MODE_FULL && strcmp(row->origin, "judge") != 0;
}

uint64_t
observation_turn(const char *id)
{
    return hash_bytes(id, strlen(id), 0);
}

uint64_t
observation_pair(uint64_t turn, int attempt)
{
    struct rng mixed = {turn + (uint64_t)attempt};
    return rng_next(&mixed);
}
