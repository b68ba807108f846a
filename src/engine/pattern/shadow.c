/* Pattern 2, shadow: Claude is shown; for a sampled share of turns LLAMA answers in the background and is
 * kept for comparison, unseen until the operator reveals it. A shadow never holds anything up, and its
 * failure is logged and disturbs nobody. When Claude fails, LLAMA serves and is shown: the shadow where there is one. */
#include <stdio.h>
#include <string.h>

#include "engine/serve.h"
#include "pattern.h"

enum { MAX_SHADOWS = 4 };

/* The draw depends on user, session and turn only, so that a replay repeats it. */
bool
shadow_sampled(const char *user, const char *session, const char *turn_id, double percent)
{
    char key[256];
    int n = snprintf(key, sizeof key, "%.100s\n%s\n%s", user, session, turn_id);
    uint64_t draw = hash_bytes(key, (size_t)n, 0) % 10000;
    return (double)draw < percent * 100;
}

static int
shadows_running(const struct engine *e)
{
    int n = 0;
    for (int i = 0; i < e->running_count; i++)
        n += e->running[i].purpose == CALL_ANSWER &&
             running_answer(&e->running[i])->role == ROLE_SHADOW;
    return n;
}

bool
shadow_wanted(const struct engine *e, const struct turn *t)
{
    return shadows_running(e) < MAX_SHADOWS &&
           shadow_sampled(e->user, e->conversation->id, t->id, e->config->shadow.percent);
}

static void
shadow_submit(struct engine *e, struct turn *t, unsigned brains, struct moment at, struct jobs *out)
{
    enum brain_id first = serve_begin_alone(e, t, brains, at);
    engine_start_call(e, t, first, NULL, at, out);
    if (brains == BRAINS_BOTH && shadow_wanted(e, t))
        serve_shadow(e, t, brain_other(first), at, out);
}

const struct pattern_ops pattern_shadow = {
    .submit = shadow_submit,
    .ended = serve_ended,
};
