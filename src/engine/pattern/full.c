/* The full stack: routing says who answers. Claude gets the cultural context first, and LLAMA is its shadow; where
 * LLAMA answers it is asked for no context, and Claude is the shadow, or takes over with what was looked up. So
 * a message costs at most two calls of LLAMA: one context and one answer. */
#include <string.h>

#include "berdua/route/route.h"
#include "engine/policy/policy.h"
#include "engine/serve.h"
#include "pattern.h"

static void
full_submit(struct engine *e, struct turn *t, unsigned brains, struct moment at, struct jobs *out)
{
    struct route_decision d;
    context_cancel_stale(e, t, out);
    route_take(e, t, brains, at, &d);
    bool crisis = strcmp(d.rule, "crisis") == 0;
    bool shadow = brains == BRAINS_BOTH && !crisis && shadow_wanted(e, t);
    bool context = !crisis && context_wanted(e, t, at);
    if (d.brain == BRAIN_LLAMA) {
        if (context && brains == BRAINS_BOTH)
            context_look_up(e, t, at, out);
        route_start(e, t, &d, at, out);
        if (shadow)
            serve_shadow(e, t, BRAIN_CLAUDE, at, out);
    } else if (context) {
        struct choice choice = {.tier = d.model, .style = d.style};
        context_begin(e, t, &choice, shadow, at, out);
    } else {
        route_start(e, t, &d, at, out);
        if (shadow)
            serve_shadow(e, t, BRAIN_LLAMA, at, out);
    }
}

const struct pattern_ops pattern_full = {
    .submit = full_submit,
    .ended = serve_ended,
};
