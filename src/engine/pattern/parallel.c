/* Pattern 1, parallel: both brains start at once; the first valid answer is served, the other is
 * compared; a side that fails, refuses or stays blank never disturbs the other. */
#include "pattern.h"

/* Answers that end within this of each other tie, and a tie goes to Claude. */
enum { TIE_US = 1000 };

static void
submit(struct engine *e, struct turn *t, unsigned brains, int64_t now_us, struct jobs *out)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (brains & (1u << b)) {
            t->answers[b].role = ROLE_COMPARED;
            engine_start_call(e, t, (enum brain_id)b, NULL, now_us, out);
        }
}

static void
serve(struct engine *e, struct turn *t, enum brain_id b, int64_t at_us, struct jobs *out)
{
    if (t->served != BRAIN_NONE)
        t->answers[t->served].role = ROLE_COMPARED;
    t->served = b;
    t->answers[b].role = ROLE_SERVED;
    e->served_at_us = at_us;
    turn_settle_canonical(t);
    jobs_tell(out, TELL_SERVED, t, b);
}

static void
ended(struct engine *e, struct turn *t, enum brain_id b, int64_t at_us, struct jobs *out)
{
    if (!answer_valid(&t->answers[b]))
        return;
    bool tie = t->served == BRAIN_LLAMA && b == BRAIN_CLAUDE && at_us - e->served_at_us < TIE_US;
    if (t->served == BRAIN_NONE || tie)
        serve(e, t, b, at_us, out);
}

const struct pattern_ops pattern_parallel = {
    .mode = MODE_PARALLEL,
    .submit = submit,
    .ended = ended,
};
