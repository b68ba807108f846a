/* Pattern 3, context: Claude alone answers. A message that profits from it is sent with a cultural context: LLAMA's
 * own when it is there within the grace, else one saved from an earlier message, else the knowledge base's.
 * "@llama" asks LLAMA instead, without any. */
#include "budget.h"
#include "culture.h"
#include "pattern.h"

static void
submit(struct engine *e, struct turn *t, unsigned brains, int64_t now_us, struct jobs *out)
{
    if (!(brains & (1u << BRAIN_CLAUDE))) {
        t->answers[BRAIN_LLAMA].role = ROLE_SERVED;
        engine_start_call(e, t, BRAIN_LLAMA, NULL, now_us, out);
        return;
    }
    if (budget_replace(e, t, brains, now_us, out))
        return;
    t->answers[BRAIN_CLAUDE].role = ROLE_SERVED;
    if (culture_wanted(e, t))
        culture_begin(e, t, NULL, false, now_us, out);
    else
        engine_start_call(e, t, BRAIN_CLAUDE, NULL, now_us, out);
}

static void
ended(struct engine *e, struct turn *t, enum brain_id b, int64_t at_us, struct jobs *out)
{
    if (t->served != BRAIN_NONE || !answer_valid(&t->answers[b]))
        return;
    t->served = b;
    if (t->answers[b].role != ROLE_FALLBACK)
        t->answers[b].role = ROLE_SERVED;
    e->served_at_us = at_us;
    turn_settle_canonical(t);
    jobs_tell(out, TELL_SERVED, t, b);
}

const struct pattern_ops pattern_context = {
    .mode = MODE_CONTEXT,
    .submit = submit,
    .ended = ended,
};
