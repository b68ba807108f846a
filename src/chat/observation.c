#include "berdua/chat/observation.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/random.h"

/* A hash table of pairs, at most half full; its size is a power of two. */
struct observations {
    uint64_t *pairs; /* 0: empty */
    size_t size, count;
};

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

struct observations *
observations_create(void)
{
    return xcalloc(1, sizeof(struct observations));
}

void
observations_destroy(struct observations **op)
{
    if (*op)
        free((*op)->pairs);
    free(*op);
    *op = NULL;
}

/* false: it was there. */
static bool
add_pair(struct observations *o, uint64_t pair)
{
    size_t i = pair & (o->size - 1);
    while (o->pairs[i] && o->pairs[i] != pair)
        i = (i + 1) & (o->size - 1);
    bool is_new = o->pairs[i] == 0;
    o->pairs[i] = pair;
    o->count += is_new;
    return is_new;
}

static void
make_room(struct observations *o)
{
    struct observations old = *o;
    if (o->size > 2 * o->count)
        return;
    *o = (struct observations){.size = old.size ? 2 * old.size : 64};
    o->pairs = xcalloc(o->size, sizeof *o->pairs);
    for (size_t i = 0; i < old.size; i++)
        if (old.pairs[i])
            add_pair(o, old.pairs[i]);
    free(old.pairs);
}

/* Drawn to count, and by someone who compared both answers: routed turns are another sample, a judge is a model. */
static bool
may_count(const struct verdict_row *row)
{
    bool drawn =
        row->drawn_by == DRAW_CHAT || row->drawn_by == DRAW_RANDOM || row->drawn_by == DRAW_ACTIVE;
    return drawn && !(row->flags & FLAGS_LEFT_OUT) && row->mode != MODE_ROUTE &&
           row->mode != MODE_FULL && strcmp(row->origin, "judge") != 0;
}

uint64_t
observation_pair(const char *turn, int attempt)
{
    uint64_t pair = hash_bytes(turn, strlen(turn), (uint64_t)attempt);
    return pair ? pair : 1;
}

bool
observations_take(struct observations *o, const struct verdict_row *row)
{
    if (!may_count(row))
        return false;
    make_room(o);
    return add_pair(o, observation_pair(row->turn, row->attempt));
}
