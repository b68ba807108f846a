#include "fallback.h"

#include <string.h>

#include "berdua/route/crisis.h"
#include "berdua/route/route.h"
#include "engine/policy/budget.h"
#include "pattern.h"

/* A message that may be about a life is Claude's, as where it is routed, unless nobody would answer for want of money. */
static bool
may_fall_back_to_llama(const struct engine *e, const struct turn *t, struct moment at)
{
    return !e->crisis || budget_stops(e, BRAIN_CLAUDE, at) ||
           !crisis_find(e->crisis, t->message, strlen(t->message));
}

enum brain_id
fallback_take(struct engine *e, struct turn *t, unsigned brains, struct moment at)
{
    enum brain_id b = brains & (1u << BRAIN_CLAUDE) ? BRAIN_CLAUDE : BRAIN_LLAMA;
    e->fallback_turn = brains == BRAINS_BOTH && may_fall_back_to_llama(e, t, at) ? t : NULL;
    t->answers[b].role = ROLE_SERVED;
    return b;
}

static void
serve(struct turn *t, enum brain_id b, struct jobs *out)
{
    if (t->answers[b].role != ROLE_FALLBACK)
        t->answers[b].role = ROLE_SERVED;
    t->served = b;
    turn_settle_canonical(t);
    jobs_notify(out, NOTIFY_SERVED, t, b);
}

static void
fall_back_to_llama(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    const struct answer *failed = &t->answers[BRAIN_CLAUDE];
    enum category category =
        t->kind.category < 0 ? CATEGORY_GENERAL : (enum category)t->kind.category;
    struct choice choice = {.style = route_style(e->config, BRAIN_LLAMA, "auto", category)};
    jobs_notice(out, NOTIFY_NOTICE, "claude falls back to llama: %s",
                failed->error.message ? failed->error.message : answer_status_name(failed->status));
    e->fallback_turn = NULL;
    t->answers[BRAIN_CLAUDE].role = ROLE_COMPARED;
    t->answers[BRAIN_LLAMA].role = ROLE_FALLBACK;
    engine_start_call(e, t, BRAIN_LLAMA, &choice, at, out);
}

void
fallback_ended(struct engine *e, struct turn *t, enum brain_id b, struct moment at,
               struct jobs *out)
{
    const struct answer *a = &t->answers[b];
    if (t->served != BRAIN_NONE)
        return;
    if (answer_valid(a))
        serve(t, b, out);
    else if (b == BRAIN_CLAUDE && a->status != STATUS_CANCELLED && t == e->fallback_turn &&
             !t->asked[BRAIN_LLAMA])
        fall_back_to_llama(e, t, at, out);
}
