#include "tour.h"

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "exchanges.h"

#define BACK_S 2.0 /* a step that began less than this ago is left backwards */

/* A line in <> is the message of that exchange. */
static const struct cue {
    double after_s;             /* the cue before it */
    const char *line, *caption; /* NULL: none; the caption before stays */
    int exchange;               /* 0: none; else from 1 */
    int step;                   /* this cue begins it; 0: it goes on */
} cues[] = {
    {0, "/mode parallel",
     "Mario asks something that is hard to ask. Both brains get the message at once: Claude begins "
     "after 0.3 s, LLAMA "
     "after 1.8 s, and the figures move with the words.",
     0, 1},
    {5, NULL, NULL, 1, 0},
    {7, NULL,
     "Which answer is better is for a person to say. Warmth and cultural fit are estimates from "
     "word lists; /why shows "
     "the words behind them.",
     0, 0},
    {6, "/right",
     "Alt-2: LLAMA's answer is better. The verdict is on disk before the screen says \"saved\", "
     "and the conversation goes "
     "on from it.",
     0, 0},
    {6, "/report",
     "A month of such verdicts, simulated: who is better at which kind of message, how sure that "
     "is, and how far raters "
     "agree.",
     0, 0},
    {7, "/mode shadow",
     "Shadow: the user is shown Claude's answer. LLAMA answers the same message unseen, so that "
     "nobody waits for it.",
     0, 2},
    {5, NULL, NULL, 2, 0},
    {7, NULL,
     "LLAMA's answer is in, and was measured. No user saw it: this is how a new brain is tried "
     "without risk.",
     0, 0},
    {5, "/reveal", "Alt-s reveals it to whoever compares.", 0, 0},
    {7, "/mode context",
     "Context: LLAMA explains what stands behind the message, and Claude answers with that. Claude "
     "waits for it 200 ms at "
     "most.",
     0, 3},
    {5, NULL, NULL, 1, 0},
    {8, "/context",
     "What Claude was told: asking takes courage here, comfort before facts. If LLAMA is late, a "
     "saved context or the "
     "knowledge base takes its place.",
     0, 0},
    {8, "", NULL, 0, 0},
    {2, "/mode route",
     "Route: one brain answers. Rules say which, for each kind of message, and LLAMA gets as many "
     "users as the verdicts of "
     "its stage allow.",
     0, 4},
    {5, NULL, NULL, 4, 0},
    {8, "/rollout",
     "Emotional messages stand at 50 % of the users. What the next step waits for is said here, "
     "and what would take one "
     "back.",
     0, 0},
    {7, "", NULL, 0, 0},
    {2, "/mode jiwa",
     "Jiwa: what earlier conversations showed about mario goes to Claude as background.", 0, 5},
    {5, NULL, NULL, 27, 0},
    {7, "/memory",
     "Each item with mario's own words as evidence, labelled as inferred. `berdua memory forget "
     "mario` deletes it for good.",
     0, 0},
    {8, "", "That was the tour. Choose a message with Tab, or type your own.", 0, 0},
    {5, NULL, NULL, 0, 0},
};

static const char *const names[TOUR_STEPS] = {"parallel", "shadow", "context", "route", "jiwa"};

enum { CUES = ARRAY_LEN(cues) };

static double
cue_at(int cue)
{
    double s = 0;
    for (int i = 0; i <= cue && i < CUES; i++)
        s += cues[i].after_s;
    return s;
}

/* The cue that begins a step. */
static int
step_cue(int step)
{
    int i = 0;
    while (i < CUES && cues[i].step != step)
        i++;
    return i;
}

double
tour_seconds(void)
{
    return cue_at(CUES - 1);
}

void
tour_start(struct tour *t, double speed, int64_t now_us)
{
    *t = (struct tour){.on = true, .speed = speed > 0 ? speed : 1, .us = now_us};
}

static void
move(struct tour *t, int64_t now_us)
{
    if (!t->paused)
        t->at_s += (double)(now_us - t->us) / US_PER_S * t->speed;
    t->us = now_us;
}

static const char *
take_cue(struct tour *t, const struct demo_exchanges *x)
{
    const struct cue *c = &cues[t->cue++];
    if (t->cue == CUES)
        t->on = false;
    if (!c->exchange || (size_t)c->exchange > x->count)
        return c->line;
    t->asked = true;
    return x->all[c->exchange - 1].message;
}

const char *
tour_next(struct tour *t, const struct demo_exchanges *x, int64_t now_us)
{
    if (!t->on)
        return NULL;
    move(t, now_us);
    const char *line = NULL;
    while (!line && t->on && t->at_s >= cue_at(t->cue))
        line = take_cue(t, x);
    return line;
}

const char *
tour_next_line(struct tour *t, const struct demo_exchanges *x, const char **caption)
{
    const char *line = NULL;
    *caption = NULL;
    while (!line && t->on) {
        if (cues[t->cue].caption)
            *caption = cues[t->cue].caption;
        line = take_cue(t, x);
    }
    return line;
}

int64_t
tour_due_us(const struct tour *t)
{
    if (!t->on || t->paused)
        return NEVER_US;
    double next = cue_at(t->cue), second = (double)(int64_t)t->at_s + 1;
    double left_s = (next < second ? next : second) - t->at_s;
    return t->us + (int64_t)(left_s / t->speed * US_PER_S) + 1;
}

void
tour_pause(struct tour *t, int64_t now_us)
{
    move(t, now_us);
    t->paused = !t->paused;
}

void
tour_step(struct tour *t, int by, int64_t now_us)
{
    move(t, now_us);
    int step = tour_step_number(t);
    if (by > 0)
        step++;
    else if (t->at_s < cue_at(step_cue(step)) + BACK_S && step > 1)
        step--;
    t->cue = step_cue(step);
    if (t->cue >= CUES)
        t->on = false;
    else
        t->at_s = cue_at(t->cue);
}

/* The cues that have been entered, and those whose time has come. */
static int
begun(const struct tour *t)
{
    int n = t->cue;
    while (n < CUES && t->at_s >= cue_at(n))
        n++;
    return n;
}

int
tour_step_number(const struct tour *t)
{
    int step = 1, count = begun(t);
    for (int i = 0; i < count; i++)
        step = cues[i].step ? cues[i].step : step;
    return step;
}

const char *
tour_step_name(const struct tour *t)
{
    return names[tour_step_number(t) - 1];
}

const char *
tour_caption(const struct tour *t)
{
    const char *caption = cues[0].caption;
    int count = begun(t);
    for (int i = 0; i < count; i++)
        caption = cues[i].caption ? cues[i].caption : caption;
    return caption;
}
