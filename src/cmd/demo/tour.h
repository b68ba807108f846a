/* The tour through five modes: captions, and lines that are entered at their time. Pure: time is passed in
 * (monotonic). Owner: the caller. Thread: main. */
#ifndef BERDUA_CMD_TOUR_H
#define BERDUA_CMD_TOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct demo_exchanges;

struct tour {
    bool on, paused;
    double speed;
    int cue;     /* the next one; those before it have been entered */
    double at_s; /* how far it is, from the beginning */
    int64_t us;  /* when that was */
    bool asked;  /* a message has been entered */
};

enum { TOUR_STEPS = 5 };

void tour_start(struct tour *t, double speed, int64_t now_us);
/* The line of the next cue that is due, "" where it only closes a page; NULL: none is. A message is taken from x. The tour is
 * off after the last one's time. */
const char *tour_next(struct tour *t, const struct demo_exchanges *x, int64_t now_us);
/* The same for a reader of lines, who waits for answers and not for a time; *caption: what is to be said before, NULL: nothing
 * new. NULL: it is over. */
const char *tour_next_line(struct tour *t, const struct demo_exchanges *x, const char **caption);
/* When it wants to be asked again: for the next cue, or the next second of its clock; NEVER_US: it is off or paused. */
int64_t tour_due_us(const struct tour *t);
void tour_pause(struct tour *t, int64_t now_us);
/* To the beginning of the step after this one, or of this one (of the one before when this has just begun). */
void tour_step(struct tour *t, int by, int64_t now_us);

/* What is shown at the moment. */
int tour_step_number(const struct tour *t); /* from 1 */
const char *tour_step_name(const struct tour *t);
const char *tour_caption(const struct tour *t);
double tour_seconds(void);

#endif
