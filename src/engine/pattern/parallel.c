/* Pattern 1, parallel: both brains start at once; the first valid answer is served, the other is
 * compared; a side that fails, refuses or stays blank never disturbs the other. */
#include "pattern.h"

/* Answers that end within this of each other tie, and a tie goes to Claude. */
enum { TIE_US = 1000 };

static void
submit(struct engine *e, struct turn *t, unsigned brains, struct moment at, struct jobs *out)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (brains & (1u << b)) {
            t->answers[b].role = ROLE_COMPARED;
            engine_start_call(e, t, (enum brain_id)b, NULL, at, out);
        }
}

static void
serve(struct turn *t, enum brain_id b, struct jobs *out)
{
    if (t->served != BRAIN_NONE)
        t->answers[t->served].role = ROLE_COMPARED;
    t->served = b;
    t->answers[b].role = ROLE_SERVED;
    turn_settle_canonical(t);
    jobs_notify(out, NOTIFY_SERVED, t, b);
}

static void
ended(struct engine *e, struct turn *t, enum brain_id b, struct moment at, struct jobs *out)
{
    (void)at;
    if (!answer_valid(&t->answers[b]))
        return;
    bool tie = t->served == BRAIN_LLAMA && b == BRAIN_CLAUDE &&
               e->ended_at_us[BRAIN_CLAUDE] - e->ended_at_us[BRAIN_LLAMA] < TIE_US;
    if (t->served == BRAIN_NONE || tie)
        serve(t, b, out);
}

const struct pattern_ops pattern_parallel = {
    .mode = MODE_PARALLEL,
    .submit = submit,
    .ended = ended,
};
