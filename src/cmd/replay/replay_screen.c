/* berdua replay on the screen: the replay on one side, the screen on the other; here they meet. */
#include "replay_ways.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/chat/sight.h"
#include "berdua/core/loop.h"
#include "berdua/ui/ui.h"
#include "cmd/chat/pages.h"
#include "cmd/chat/screen_signals.h"
#include "cmd/chat/session_facts.h"
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
    sight_look(w->sight, c);
    session_facts(c, &w->facts);
    if (last) {
        w->facts.mode = last->mode;
        w->facts.simulated = last->simulated;
    }
    w->facts.blind.on = last && last->blind.on;
    session_facts_veil(sight_conversation(w->sight), &w->facts);
}

static void
go_on(struct watcher *w)
{
    const struct conversation *c = replay_conversation(w->show->replay);
    bool was_over = w->next_us == NEVER_US;
    w->next_us = replay_advance(w->show, w->start_us);
    refresh_facts(w);
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
    struct screen_signals signals = {.ui = &w.ui};
    struct err err = {0};
    int code = EXIT_FAILED;
    w.facts = (struct ui_facts){.user = c->user, .cost = {.month_usd = NAN, .cap_usd = NAN}};
    signals.loop = w.loop = loop_create(&err);
    if (!w.loop || !screen_signals_watch(&signals, &err))
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
