/* berdua review on the screen: the sitting on one side, the screen on the other; here they meet. */
#include "review_ways.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/chat/sight.h"
#include "berdua/core/loop.h"
#include "berdua/ui/ui.h"
#include "cmd/chat/pages.h"
#include "cmd/chat/screen_signals.h"
#include "cmd/out.h"

struct desk {
    struct loop *loop;
    struct review *review;
    struct ui *ui;
    struct sight *sight;             /* what the screen is given of the pair */
    const struct conversation *seen; /* the pair that it was given last */
    struct review_now now;           /* facts point there */
    struct ui_facts facts;
    const char *words; /* how pairs come */
    char *notice;
};

static void
refresh_facts(struct desk *d)
{
    struct ui_facts *f = &d->facts;
    const char *over =
        "The target is reached. u takes the last verdict back; q leaves and shows the "
        "names.";
    review_look(d->review, &d->now);
    bool waits = d->now.stage == REVIEW_JUDGING, looks = d->now.stage == REVIEW_LOOKING;
    f->blind.veiled = waits;
    f->blind.done = d->now.done;
    f->blind.each_s = d->now.each_s;
    f->review.left = (int64_t)d->now.left;
    f->review.kappa = d->now.kappa;
    f->review.words = waits                            ? d->words
                      : looks                          ? "looking for pairs …"
                      : d->now.stage == REVIEW_REACHED ? over
                                                       : d->now.why;
    f->store.waiting = (int64_t)d->now.waiting;
    f->store.reason = d->now.unsaved.cause ? d->now.unsaved.reason : NULL;
    f->store.since_wall_us = d->now.unsaved.since_wall_us;
    f->store.lost = d->now.unsaved.cause == UNSAVED_LOST;
}

static void
changed(void *arg)
{
    struct desk *d = arg;
    if (!d->review || !d->ui)
        return;
    const struct conversation *c = review_conversation(d->review);
    refresh_facts(d);
    sight_look(d->sight, c);
    if (c != d->seen)
        ui_set_conversation(d->ui, sight_conversation(d->sight));
    d->seen = c;
    ui_changed(d->ui, UI_NOW);
}

static void
notice(void *arg, bool error, const char *text)
{
    struct desk *d = arg;
    const struct turn *t = conversation_last(sight_conversation(d->sight));
    if (!error && t && t->verdict.kind != VERDICT_NONE && strncmp(text, "saved: ", 7) == 0)
        return; /* it stands beside the question */
    free(d->notice);
    d->notice = xstrdup(text);
    d->facts.notice.serial++;
    d->facts.notice.text = d->notice;
    d->facts.notice.error = error;
    if (d->ui)
        ui_changed(d->ui, UI_NOW);
}

static void
judge(void *arg, const struct turn *about, const struct verdict *by_sides)
{
    struct desk *d = arg;
    struct err err = {0};
    (void)about; /* there is one pair in sight */
    if (!review_give(d->review, by_sides, &err))
        notice(d, true, err.text);
}

static void
perform(void *arg, enum action action, const struct turn *about, const char *argument)
{
    struct desk *d = arg;
    struct err err = {0};
    if (action == ACT_QUIT)
        loop_stop(d->loop, EXIT_DONE);
    else if (action == ACT_SET_ASIDE && !review_pass(d->review, argument != NULL, &err))
        notice(d, true, err.text);
    else if (action == ACT_NOTE)
        judge(d, about,
              &(struct verdict){.kind = VERDICT_NOTE, .note = (char *)(uintptr_t)argument});
}

static void
say_line(void *arg, const char *line)
{
    (void)arg;
    out_say("berdua: %s\n", line);
}

int
review_screen(const struct config *config, const struct globals *g, const struct review_opts *given)
{
    struct desk d = {.words = review_draw_words(given->draw), .sight = sight_create()};
    struct screen_signals signals = {.ui = &d.ui};
    struct review_opts opts = *given;
    struct err err = {0};
    int code = EXIT_FAILED;
    opts.changed = changed;
    opts.notice = notice;
    opts.on_close = say_line;
    opts.arg = &d;
    opts.loop = signals.loop = d.loop = loop_create(&err);
    if (!d.loop || !screen_signals_watch(&signals, &err) ||
        !(d.review = review_create(&opts, &err)))
        goto out;
    d.facts = (struct ui_facts){
        .mode = MODE_PARALLEL,
        .simulated = given->simulated,
        .blind = {.on = true, .rater = given->rater, .target = given->target},
        .review = {.on = true,
                   .category =
                       given->category < 0 ? NULL : category_name((enum category)given->category)},
        .cost = {.session_usd = NAN, .month_usd = NAN, .cap_usd = NAN}};
    refresh_facts(&d);
    sight_look(d.sight, review_conversation(d.review));
    d.ui = ui_create(
        config, d.loop,
        &(struct ui_ops){.arg = &d, .perform = perform, .judge = judge, .pages = page_table},
        sight_conversation(d.sight), &d.facts, !g->no_color, &err);
    if (!d.ui)
        goto out;
    loop_set_before_wait(d.loop, ui_before_wait, d.ui);
    code = loop_run(d.loop);
    loop_set_before_wait(d.loop, NULL, NULL);
out:
    ui_destroy(&d.ui);
    code = review_end(&d.review, code);
    loop_destroy(&d.loop);
    if (err.text[0])
        out_say("berdua: %s\n", err.text);
    sight_destroy(&d.sight);
    free(d.notice);
    return code;
}
