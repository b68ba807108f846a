/* Pattern 1, parallel: both brains start at once; the first valid answer is served, the other is
 * compared; a side that fails, refuses or stays blank never disturbs the other. */
#include "engine/serve.h"
#include "pattern.h"

/* Answers that end within this of each other tie, and a tie goes to Claude. */
enum { TIE_US = 1000 };

static void
parallel_submit(struct engine *e, struct turn *t, unsigned brains, struct moment at,
                struct jobs *out)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (brains & (1u << b)) {
            t->answers[b].role = ROLE_COMPARED;
            engine_start_call(e, t, (enum brain_id)b, NULL, at, out);
        }
}

static void
parallel_ended(struct engine *e, struct turn *t, enum brain_id b, struct moment at,
               struct jobs *out)
{
    enum brain_id other = brain_other(b);
    bool valid = answer_valid(&t->answers[b]);
    bool tie = valid && t->served == BRAIN_LLAMA && b == BRAIN_CLAUDE &&
               e->ended_at_us[BRAIN_CLAUDE] - e->ended_at_us[BRAIN_LLAMA] < TIE_US;
    (void)at;
    if (valid && (t->served == BRAIN_NONE || tie))
        engine_serve(e, t, b, out);
    else if (t->served == BRAIN_NONE && t->asked[other] && answer_valid(&t->answers[other]))
        engine_serve(e, t, other, out); /* b was asked again and failed */
}

const struct pattern_ops pattern_parallel = {
    .submit = parallel_submit,
    .ended = parallel_ended,
};
