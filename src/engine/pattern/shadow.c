/* Pattern 2, shadow: Claude is shown; for a sampled share of turns LLAMA answers in the background and is
 * kept for comparison, unseen until the operator reveals it. A shadow never holds anything up, and its
 * failure is logged and disturbs nobody. When the shown brain fails and the shadow has an answer, that
 * one serves, and the other becomes the shadow. */
#include <stdio.h>
#include <string.h>

#include "pattern.h"

enum { MAX_SHADOWS = 4 };

/* One draw a turn, from what names it, so that a replay repeats it. */
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

void
shadow_begin(struct engine *e, struct turn *t, enum brain_id b, struct moment at, struct jobs *out)
{
    if (t->asked[b])
        return;
    t->answers[b].role = ROLE_SHADOW;
    engine_start_call(e, t, b, NULL, at, out);
}

static void
submit(struct engine *e, struct turn *t, unsigned brains, struct moment at, struct jobs *out)
{
    enum brain_id shown = brains & (1u << BRAIN_CLAUDE) ? BRAIN_CLAUDE : BRAIN_LLAMA;
    enum brain_id other = shown == BRAIN_CLAUDE ? BRAIN_LLAMA : BRAIN_CLAUDE;
    t->answers[shown].role = ROLE_SERVED;
    if (!engine_start_call(e, t, shown, NULL, at, out) && brains & (1u << other)) {
        /* Known at once, so the other is not kept unseen. */
        t->answers[shown].role = ROLE_COMPARED;
        t->answers[other].role = ROLE_FALLBACK;
        engine_start_call(e, t, other, NULL, at, out);
    } else if ((brains & (1u << other)) && shadow_wanted(e, t)) {
        shadow_begin(e, t, other, at, out);
    }
}

static void
serve(struct turn *t, enum brain_id b, struct jobs *out)
{
    enum brain_id other = b == BRAIN_CLAUDE ? BRAIN_LLAMA : BRAIN_CLAUDE;
    if (t->answers[b].role == ROLE_SHADOW) {
        t->answers[b].role = ROLE_FALLBACK;
        t->answers[other].role = ROLE_SHADOW;
    }
    t->served = b;
    turn_settle_canonical(t);
    jobs_notify(out, NOTIFY_SERVED, t, b);
}

static void
ended(struct engine *e, struct turn *t, enum brain_id b, struct moment at, struct jobs *out)
{
    enum brain_id other = b == BRAIN_CLAUDE ? BRAIN_LLAMA : BRAIN_CLAUDE;
    (void)e;
    (void)at;
    if (t->served != BRAIN_NONE)
        return;
    if (t->answers[b].role != ROLE_SHADOW) {
        if (answer_valid(&t->answers[b]))
            serve(t, b, out);
        else if (answer_valid(&t->answers[other])) /* the shadow is there already */
            serve(t, other, out);
    } else if (t->answers[other].status != STATUS_RUNNING && answer_valid(&t->answers[b])) {
        serve(t, b, out); /* the shown one failed before */
    }
}

const struct pattern_ops pattern_shadow = {
    .mode = MODE_SHADOW,
    .submit = submit,
    .ended = ended,
};
