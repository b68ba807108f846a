/* When to paint. A key and a first token are painted at once. So is more text after a quiet moment, unless the
 * other answer streams in step: then a short gather window lets both into one frame, and closes as soon as both
 * are there. Two frames may follow each other directly (two answers out of step); a flood gets one frame per
 * interval. With nothing to paint there is no deadline, so that an idle program sleeps. Lane: an answer that
 * streams. Pure: the clock is passed in. Thread: main. */
#ifndef BERDUA_UI_FRAME_H
#define BERDUA_UI_FRAME_H

#include <stdbool.h>
#include <stdint.h>

enum {
    FRAME_INTERVAL_US = 8000,
    FRAME_GATHER_US = 150,
    FRAME_IN_STEP_US = 300, /* so soon after a frame, a change has only just missed it */
    FRAME_ALONE = 4,        /* after so many windows in vain, none is opened */
    FRAME_CREDIT_US = 3500, /* one more immediate frame is earned in this time */
    FRAME_CREDITS = 3,
    FRAME_FLOOD_WANTS = 3, /* more changes than this since the last frame are a flood */
    FRAME_SLOWEST_US = 250000
};

enum frame_cause {
    FRAME_NOW,   /* what the operator did, a first token */
    FRAME_STATE, /* a lane's step towards its first token, its end: after the gather window */
    FRAME_FLOW   /* more text: as said above when it was quiet, else at the interval */
};

struct frame {
    int64_t due_us;      /* NEVER_US: nothing to paint */
    int64_t painted_us;  /* when the last frame began */
    int64_t credit_us;   /* earned time, at most FRAME_CREDITS * FRAME_CREDIT_US */
    int wants;           /* FRAME_FLOW since the last frame */
    int lanes;           /* that may still speak; set by the owner */
    int alone;           /* windows in a row in which only one lane spoke */
    int64_t interval_us; /* longer than FRAME_INTERVAL_US when the terminal drains slowly */
};

void frame_init(struct frame *f);
void frame_want(struct frame *f, enum frame_cause cause, int64_t now_us);
/* Nothing before at_us needs a frame, but then one (a figure that was held back). */
void frame_want_at(struct frame *f, int64_t at_us);
bool frame_is_due(const struct frame *f, int64_t now_us);
/* drain_us: what the terminal took to accept the last frame. */
void frame_painted(struct frame *f, int64_t now_us, int64_t drain_us);

#endif
