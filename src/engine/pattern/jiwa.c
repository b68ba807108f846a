/* Pattern 5, jiwa: Claude alone answers, and is told what is inferred about the user (policy/memory.h), as always. */
#include "engine/serve.h"
#include "pattern.h"

static void
jiwa_submit(struct engine *e, struct turn *t, unsigned brains, struct moment at, struct jobs *out)
{
    engine_start_call(e, t, serve_begin_alone(e, t, brains, at), NULL, at, out);
}

const struct pattern_ops pattern_jiwa = {
    .submit = jiwa_submit,
    .ended = serve_ended,
};
