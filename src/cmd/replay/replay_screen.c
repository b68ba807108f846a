/* berdua replay on the screen: the replay on one side, the screen on the other; here they meet. */
#include "replay_ways.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/chat/sight.h"
#include "berdua/core/loop.h"
#include "berdua/ui/ui.h"
#include "cmd/chat/pages.h"
#include "cmd/out.h"

struct watcher {
    const struct replay_show *show;
    struct loop *loop;
    struct ui *ui;
    struct sight *sight; /* what may be seen of it */
    struct ui_facts facts;
    int64_t start_us, next_us;
    size_t turns; /* that were shown last */
    char notice[200];
};

static void
notice(struct watcher *w, const char *text)
{
    snprintf(w->notice, sizeof w->notice, "%s", text);
    w->facts.notice.serial++;
    w->facts.notice.text = w->notice;
    if (w->ui)
        ui_changed(w->ui, UI_NOW);
}

static void
refresh_facts(struct watcher *w)
{
    const struct conversation *c = replay_conversation(w->show->replay);
    const struct turn *last = conversation_last(c);
    memset(w->facts.tally, 0, sizeof w->facts.tally);
    for (size_t i = 0; i < c->count; i++)
        w->facts.tally[c->turns[i]->verdict.kind]++;
    w->facts.tally[VERDICT_NONE] = 0;
    if (!last)
        return;
    w->facts.mode = last->mode;
    w->facts.simulated = last->simulated;
    w->facts.blind.on = last->blind.on;
    w->facts.blind.veiled = turn_veiled(last);
}

static void
go_on(struct watcher *w)
{
    const struct conversation *c = replay_conversation(w->show->replay);
    bool was_over = w->next_us == NEVER_US;
    w->next_us = replay_advance(w->show, w->start_us);
    refresh_facts(w);
    sight_look(w->sight, c);
    if (!w->ui)
        return;
    ui_changed(w->ui, c->count != w->turns || w->next_us == NEVER_US ? UI_STATE : UI_SOON);
    w->turns = c->count;
    if (w->next_us == NEVER_US && !was_over)
        notice(w, "The replay is over; Ctrl-D leaves");
}

static int64_t
before_wait(void *arg)
{
    struct watcher *w = arg;
    if (clock_us() >= w->next_us)
        go_on(w);
    int64_t painted_us = ui_before_wait(w->ui);
    return painted_us < w->next_us ? painted_us : w->next_us;
}

static void
perform(void *arg, enum action action, const struct turn *about, const char *argument)
{
    struct watcher *w = arg;
    (void)about;
    (void)argument;
    if (action == ACT_QUIT || action == ACT_CANCEL)
        loop_stop(w->loop, EXIT_DONE);
    else
        notice(w, "This is a replay: nothing is sent, judged or changed; Ctrl-D leaves");
}

static void
judge(void *arg, const struct turn *about, const struct verdict *by_sides)
{
    (void)by_sides;
    perform(arg, ACT_NONE, about, NULL);
}

static void
resized(int signo, void *arg)
{
    (void)signo;
    ui_resized(((struct watcher *)arg)->ui);
}

static void
stop(int signo, void *arg)
{
    (void)signo;
    ui_stop(((struct watcher *)arg)->ui);
}

static void
continued(int signo, void *arg)
{
    (void)signo;
    ui_continued(((struct watcher *)arg)->ui);
}

static void
end_in_order(int signo, void *arg)
{
    loop_stop(((struct watcher *)arg)->loop, signo == SIGINT ? EXIT_DONE : 128 + signo);
}

static bool
watch_signals(struct watcher *w, struct err *err)
{
    return loop_add_signal(w->loop, SIGWINCH, resized, w, err) &&
           loop_add_signal(w->loop, SIGTSTP, stop, w, err) &&
           loop_add_signal(w->loop, SIGCONT, continued, w, err) &&
           loop_add_signal(w->loop, SIGINT, end_in_order, w, err) &&
           loop_add_signal(w->loop, SIGTERM, end_in_order, w, err) &&
           loop_add_signal(w->loop, SIGHUP, end_in_order, w, err);
}

static void
say_what(struct watcher *w)
{
    char pace[32] = "at once", text[160];
    if (isfinite(w->show->speed))
        snprintf(pace, sizeof pace, "× %g", w->show->speed);
    snprintf(text, sizeof text, "Replay of %.80s, %s; Ctrl-D leaves", w->show->what, pace);
    notice(w, text);
}

int
replay_screen(const struct config *config, const struct globals *g, const struct replay_show *show)
{
    const struct conversation *c = replay_conversation(show->replay);
    struct watcher w = {.show = show, .sight = sight_create(), .start_us = clock_us()};
    struct err err = {0};
    int code = EXIT_FAILED;
    w.facts = (struct ui_facts){.user = c->user,
                                .cost = {.session_usd = NAN, .month_usd = NAN, .cap_usd = NAN}};
    for (int b = 0; b < BRAIN_COUNT; b++)
        w.facts.brain[b].p50_us = w.facts.brain[b].p95_us = UNKNOWN;
    w.loop = loop_create(&err);
    if (!w.loop || !watch_signals(&w, &err))
        goto out;
    say_what(&w);
    go_on(&w);
    w.ui = ui_create(
        config, w.loop,
        &(struct ui_ops){.arg = &w, .perform = perform, .judge = judge, .pages = page_table},
        sight_conversation(w.sight), &w.facts, !g->no_color, &err);
    if (!w.ui)
        goto out;
    loop_set_before_wait(w.loop, before_wait, &w);
    code = loop_run(w.loop);
    loop_set_before_wait(w.loop, NULL, NULL);
out:
    ui_destroy(&w.ui);
    loop_destroy(&w.loop);
    if (err.text[0])
        out_say("berdua: %s\n", err.text);
    sight_destroy(&w.sight);
    return code;
}
