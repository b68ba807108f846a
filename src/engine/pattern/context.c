/* Pattern 3, context: Claude alone answers. A message that profits from it is sent with a cultural context: LLAMA's
 * own when it is there within the grace, else one saved from an earlier message, else the knowledge base's.
 * "@llama" asks LLAMA instead, without any. */
#include "engine/policy/policy.h"
#include "engine/serve.h"
#include "pattern.h"

static void
context_submit(struct engine *e, struct turn *t, unsigned brains, struct moment at,
               struct jobs *out)
{
    enum brain_id b = serve_begin_alone(e, t, brains, at);
    if (b == BRAIN_CLAUDE && context_wanted(e, t, at))
        context_begin(e, t, NULL, false, at, out);
    else
        engine_start_call(e, t, b, NULL, at, out);
}

const struct pattern_ops pattern_context = {
    .submit = context_submit,
    .ended = serve_ended,
};
