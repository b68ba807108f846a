#include "held_notices.h"

#include <stdlib.h>

#include "berdua/base/mem.h"

static bool
is_veiled(const struct conversation *c)
{
    const struct turn *last = conversation_last(c);
    return last && turn_veiled(last);
}

bool
held_notices_take(struct held_notices *h, const struct job *job, const struct conversation *c)
{
    bool tells = (job->notice == NOTIFY_NOTICE || job->notice == NOTIFY_ERROR) && !job->plain;
    if (!tells || !is_veiled(c))
        return false;
    h->v = xgrow(h->v, h->count, sizeof *h->v);
    struct job *kept = &h->v[h->count++];
    *kept = (struct job){.kind = JOB_NOTIFY,
                         .notice = job->notice,
                         .brain = BRAIN_NONE,
                         .own_text = xstrdup(job->text),
                         .plain = true};
    kept->text = kept->own_text;
    return true;
}

void
held_notices_release(struct held_notices *h, const struct conversation *c,
                     void (*notice)(void *arg, const struct job *job), void *arg)
{
    if (!h->count || is_veiled(c))
        return;
    struct held_notices all = *h;
    *h = (struct held_notices){0};
    for (size_t i = 0; i < all.count; i++)
        notice(arg, &all.v[i]);
    held_notices_finish(&all);
}

void
held_notices_finish(struct held_notices *h)
{
    for (size_t i = 0; i < h->count; i++)
        free(h->v[i].own_text);
    free(h->v);
    *h = (struct held_notices){0};
}
