#include "frame.h"

#include "berdua/base/clock.h"

enum { LONG_AGO_US = -FRAME_SLOWEST_US * 100 };

void
frame_init(struct frame *f)
{
    f->due_us = NEVER_US;
    f->painted_us = LONG_AGO_US;
    f->credit_us = (int64_t)FRAME_CREDITS * FRAME_CREDIT_US;
    f->wants = f->lanes = f->alone = 0;
    f->interval_us = FRAME_INTERVAL_US;
}

static int64_t
credit_at(const struct frame *f, int64_t now_us)
{
    int64_t most = (int64_t)FRAME_CREDITS * FRAME_CREDIT_US;
    int64_t credit = f->credit_us + (now_us - f->painted_us);
    return credit < most ? credit : most;
}

void
frame_want(struct frame *f, enum frame_cause cause, int64_t now_us)
{
    int64_t at;
    if (cause == FRAME_FLOW) {
        if (f->wants <= FRAME_FLOOD_WANTS)
            f->wants++;
        if (now_us - f->painted_us < FRAME_IN_STEP_US)
            f->alone = 0;
    }
    bool calm = f->wants <= FRAME_FLOOD_WANTS && credit_at(f, now_us) >= FRAME_CREDIT_US &&
                f->interval_us == FRAME_INTERVAL_US;
    bool others = f->wants < f->lanes && f->alone < FRAME_ALONE;
    if (cause == FRAME_NOW)
        at = now_us;
    else if (cause == FRAME_STATE)
        at = now_us + FRAME_GATHER_US;
    else if (calm)
        at = others ? now_us + FRAME_GATHER_US : now_us;
    else
        at = f->painted_us + f->interval_us;
    frame_want_at(f, at > now_us ? at : now_us);
}

void
frame_want_at(struct frame *f, int64_t at_us)
{
    if (at_us < f->due_us)
        f->due_us = at_us;
}

bool
frame_is_due(const struct frame *f, int64_t now_us)
{
    return f->due_us <= now_us;
}

void
frame_painted(struct frame *f, int64_t now_us, int64_t drain_us)
{
    f->credit_us = credit_at(f, now_us) - FRAME_CREDIT_US;
    if (f->credit_us < 0 || f->wants > FRAME_FLOOD_WANTS)
        f->credit_us = 0;
    if (f->wants > 0)
        f->alone = f->wants < f->lanes ? f->alone + 1 : 0;
    f->wants = 0;
    f->painted_us = now_us;
    f->due_us = NEVER_US;
    /* A slow terminal gets fewer frames, so that half of the time is left for keys. */
    int64_t interval = 2 * drain_us;
    if (interval < FRAME_INTERVAL_US)
        interval = FRAME_INTERVAL_US;
    if (interval > FRAME_SLOWEST_US)
        interval = FRAME_SLOWEST_US;
    f->interval_us = interval;
}
