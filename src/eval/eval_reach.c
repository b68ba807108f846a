#include "eval_run_private.h"

#include "berdua/base/clock.h"
#include "berdua/chat/conversation.h"

enum {
    LIMITED_MOST = 8,          /* so often in a row a server may ask to wait */
    WAIT_MOST_MS = 15 * 60000, /* and so long at most */
    FIRST_WAIT_MS = 1000,      /* where it does not say how long; doubled each time … */
    OWN_WAIT_MOST_MS = 60000,  /* … up to this */
    DOWN_MOST = 20             /* so many rows may end in a row without reaching a brain */
};

bool
eval_wait_for_server(struct eval_run *r, const struct answer *a)
{
    const struct answer_error *e = &a->error;
    int *limited = &r->limited[a->brain];
    int64_t own_ms = (int64_t)FIRST_WAIT_MS << *limited;
    own_ms = own_ms < OWN_WAIT_MOST_MS ? own_ms : OWN_WAIT_MOST_MS;
    int64_t ms = e->again_ms > 0 ? e->again_ms : own_ms, now_us = clock_us();
    bool waits = now_us < r->now.wait_until_us; /* another row has counted and said it */
    if (ms > WAIT_MOST_MS || (!waits && ++*limited > LIMITED_MOST))
        return false;
    if (!waits)
        eval_say(r, "%s: %s; again in %lld s", brain_title(a->brain), e->message ? e->message : "",
                 (long long)((ms + 999) / 1000));
    int64_t until_us = now_us + ms * US_PER_MS;
    if (until_us > r->now.wait_until_us)
        r->now.wait_until_us = until_us;
    return true;
}

static bool
is_down(const struct answer *a)
{
    enum error_kind k = a->error.kind;
    return a->status != STATUS_COMPLETE && (k == ERR_CONNECT || k == ERR_TLS || k == ERR_AUTH ||
                                            k == ERR_NOT_FOUND || k == ERR_BREAKER_OPEN);
}

bool
eval_note_reached(struct eval_run *r, const struct turn *t)
{
    bool reached = true;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = &t->answers[b];
        if (!t->asked[b])
            continue;
        bool down = is_down(a);
        reached = reached && !down;
        r->down[b] = down ? r->down[b] + 1 : 0;
        if (r->down[b] < DOWN_MOST || r->now.stopped)
            continue;
        eval_say(r, "%s could not be reached for %d rows: %s; berdua doctor looks at it",
                 brain_title((enum brain_id)b), DOWN_MOST,
                 a->error.message ? a->error.message : "");
        r->now.stopped = true;
    }
    return reached;
}
