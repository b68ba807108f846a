#include "demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/chat/conversation.h"
#include "berdua/conf/config.h"
#include "berdua/ui/doc.h"
#include "cmd/out.h"
#include "exchanges.h"
#include "demo_history.h"
#include "tour.h"

enum {
    NUMBER_COLS = 4,
    LABEL_COLS = 12,
    HEAD_ROWS = 3,
    PAGE_ROWS = 8,
    TITLE_BYTES = 64,
    CLOCK_BYTES = 32
};

struct demo {
    const struct config *config;
    struct demo_ops ops;
    struct demo_exchanges exchanges;
    struct ui_guide guide;
    struct doc *menu, *list;
    bool offers;   /* nothing has been asked: a number asks */
    bool listing;  /* the list is open */
    size_t marked; /* in it */
    double speed;
    struct tour tour;
    bool began_by_letter; /* which may have been the first of a message */
    enum chat_mode mode_before;
    char title[TITLE_BYTES], clock[CLOCK_BYTES];
};

const char *
demo_unrecorded(bool linear)
{
    return linear ? "Type 1 to 5, or /recordings for all." : "Type 1 to 5, or Tab for all 27.";
}

/* ---- the menu ---- */

static void
add_row(struct doc *d, const char *key, const char *label, const char *text, bool marked)
{
    const enum ink inks[] = {INK_KEY, marked ? INK_MARK : INK_LABEL, marked ? INK_TITLE : INK_TEXT};
    const char *cells[] = {key, label, text};
    doc_cells(d, inks, cells, 3);
}

/* The fifth is told by what happens, since its message is no failure. */
static const char *
menu_text(const struct demo_exchange *e)
{
    bool fails = strcmp(demo_exchange_label(e), "a failure") == 0;
    return fails ? "(LLAMA answers 503; Claude serves)" : e->message;
}

static struct doc *
make_menu(const struct demo *d)
{
    static const int widths[] = {NUMBER_COLS, LABEL_COLS, 0};
    struct doc *m = doc_create();
    char number[32];
    doc_heading(m, "berdua: two brains, one conversation");
    doc_add(m, DOC_WARNING, NULL, "SIMULATED: recorded answers, no network, no key");
    doc_blank(m);
    doc_text(m, "Choose a message, or type your own:", 35);
    doc_blank(m);
    doc_columns(m, widths);
    for (size_t i = 0; i < d->exchanges.count && i < DEMO_MENU; i++) {
        const struct demo_exchange *e = &d->exchanges.all[i];
        snprintf(number, sizeof number, "%zu", i + 1);
        add_row(m, number, demo_exchange_label(e), menu_text(e), false);
    }
    doc_blank(m);
    add_row(m, "t", "the tour", "five modes in two minutes", false);
    add_row(m, "Tab", "", "all messages that have a recording", false);
    return m;
}

static struct doc *
make_list(const struct demo *d)
{
    static const int widths[] = {NUMBER_COLS, LABEL_COLS, 0};
    struct doc *m = doc_create();
    char number[32];
    doc_heading(m, "Messages that have a recording");
    doc_remark(m, "Up and Down choose, Enter sends, t is the tour, Esc closes");
    doc_blank(m);
    doc_columns(m, widths);
    for (size_t i = 0; i < d->exchanges.count; i++) {
        const struct demo_exchange *e = &d->exchanges.all[i];
        snprintf(number, sizeof number, "%s%zu", i == d->marked ? "▸" : " ", i + 1);
        add_row(m, number, demo_exchange_label(e), e->message, i == d->marked);
    }
    return m;
}

/* ---- what is shown ---- */

static void
show_caption(struct demo *d)
{
    const struct tour *t = &d->tour;
    d->guide.caption.text = t->on ? tour_caption(t) : NULL;
    if (!t->on)
        return;
    double whole = tour_seconds();
    int now = (int)(t->at_s < whole ? t->at_s : whole), end = (int)whole;
    snprintf(d->title, sizeof d->title, "tour %d of %d, %s%s", tour_step_number(t), TOUR_STEPS,
             tour_step_name(t), t->paused ? ", paused" : "");
    snprintf(d->clock, sizeof d->clock, "%d:%02d/%d:%02d", now / 60, now % 60, end / 60, end % 60);
    d->guide.caption.title = d->title;
    d->guide.caption.clock = d->clock;
    d->guide.caption.keys =
        t->paused ? "Space go on  ← → step  q end" : "Space pause  ← → step  q end";
    d->guide.caption.done = t->at_s / whole;
}

static void
show(struct demo *d)
{
    doc_destroy(&d->list);
    if (d->listing)
        d->list = make_list(d);
    d->guide.menu = d->listing ? d->list : d->tour.on ? NULL : d->menu;
    d->guide.over = d->listing;
    d->guide.marked = d->listing ? (int)d->marked + HEAD_ROWS : 0;
    show_caption(d);
    d->ops.changed(d->ops.arg);
}

const struct ui_guide *
demo_guide(const struct demo *d)
{
    return &d->guide;
}

void
demo_look(struct demo *d, const struct conversation *c)
{
    d->offers = !c || !conversation_last(c);
}

/* ---- the tour ---- */

static void
end_tour(struct demo *d)
{
    char line[32];
    d->tour.on = false;
    snprintf(line, sizeof line, "/mode %s", chat_mode_name(d->mode_before));
    show(d);
    d->ops.enter(d->ops.arg, line);
}

void
demo_start_tour(struct demo *d)
{
    d->began_by_letter = false;
    tour_start(&d->tour, d->speed, clock_us());
    d->listing = false;
    d->mode_before = d->config->mode;
    show(d);
}

/* A letter that was meant for a message, and perhaps the one before it, which began the tour. */
static bool
ends_by_typing(struct demo *d, const char *key)
{
    if (strlen(key) != 1 || *key == 'q' || *key == ' ')
        return false;
    bool asked = d->tour.asked;
    end_tour(d);
    if (d->began_by_letter && !asked)
        d->ops.type(d->ops.arg, "t");
    return true;
}

static bool
tour_key(struct demo *d, const char *key)
{
    int64_t now = clock_us();
    int by = strcmp(key, "Right") == 0 ? 1 : strcmp(key, "Left") == 0 ? -1 : 0;
    if (strcmp(key, "Space") == 0) {
        tour_pause(&d->tour, now);
    } else if (by) {
        d->ops.enter(d->ops.arg, "/cancel");
        tour_step(&d->tour, by, now);
    } else if (strcmp(key, "q") == 0 || strcmp(key, "Esc") == 0 || strcmp(key, "C-c") == 0) {
        d->tour.on = false;
    } else {
        ends_by_typing(d, key);
        return false;
    }
    if (d->tour.on)
        show(d);
    else
        end_tour(d);
    return true;
}

int64_t
demo_tick(struct demo *d)
{
    const char *line;
    if (!d->tour.on || tour_due_us(&d->tour) > clock_us())
        return tour_due_us(&d->tour);
    while ((line = tour_next(&d->tour, &d->exchanges, clock_us())) != NULL) {
        show(d);
        d->ops.enter(d->ops.arg, line);
    }
    if (d->tour.on)
        show(d);
    else
        end_tour(d);
    return tour_due_us(&d->tour);
}

/* ---- keys ---- */

static void
ask(struct demo *d, size_t i)
{
    d->listing = false;
    d->marked = i;
    show(d);
    d->ops.enter(d->ops.arg, d->exchanges.all[i].message);
}

static bool
list_key(struct demo *d, const char *key)
{
    static const struct {
        const char *key;
        int by;
    } moves[] = {{"Down", 1}, {"j", 1},      {"Tab", 1},          {"Up", -1},
                 {"k", -1},   {"S-Tab", -1}, {"PgDn", PAGE_ROWS}, {"PgUp", -PAGE_ROWS}};
    long count = (long)d->exchanges.count;
    if (strcmp(key, "Enter") == 0) {
        ask(d, d->marked);
        return true;
    }
    if (strcmp(key, "t") == 0) {
        demo_start_tour(d);
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        if (strcmp(moves[i].key, key) != 0)
            continue;
        long to = (long)d->marked + moves[i].by;
        bool one = moves[i].by == 1 || moves[i].by == -1;
        d->marked = one ? (size_t)((to + count) % count)
                        : (size_t)(to < 0        ? 0
                                   : to >= count ? count - 1
                                                 : to);
        show(d);
        return true;
    }
    d->listing = false;
    show(d);
    return strcmp(key, "Esc") == 0 || strcmp(key, "q") == 0;
}

bool
demo_key(struct demo *d, const char *key, const char *typed)
{
    bool idle = typed && !*typed;
    if (d->tour.on)
        return tour_key(d, key);
    if (d->listing)
        return list_key(d, key);
    if (typed && *typed != '/' && strcmp(key, "Tab") == 0) {
        d->listing = true;
        show(d);
    } else if (!idle) {
        return false;
    } else if (d->offers && key[0] >= '1' && key[0] < '1' + DEMO_MENU && !key[1]) {
        ask(d, (size_t)(key[0] - '1'));
    } else if (d->offers && strcmp(key, "t") == 0) {
        demo_start_tour(d);
        d->began_by_letter = true;
    } else {
        return false;
    }
    return true;
}

/* ---- in lines ---- */

void
demo_menu_text(const struct demo *d, bool all, struct buf *out)
{
    size_t most = all ? d->exchanges.count : DEMO_MENU;
    for (size_t i = 0; i < most && i < d->exchanges.count; i++)
        buf_printf(out, " %2zu  %s: %s\n", i + 1, demo_exchange_label(&d->exchanges.all[i]),
                   d->exchanges.all[i].message);
}

const char *
demo_message(const struct demo *d, const char *line)
{
    char *end;
    long n = strtol(line, &end, 10);
    return *line && !*end && n > 0 && (size_t)n <= d->exchanges.count
               ? d->exchanges.all[n - 1].message
               : NULL;
}

const char *
demo_tour_line(struct demo *d, struct buf *caption)
{
    const char *said;
    const char *line = tour_next_line(&d->tour, &d->exchanges, &said);
    if (said)
        buf_printf(caption, "Tour, %d of %d, %s: %s\n", tour_step_number(&d->tour), TOUR_STEPS,
                   tour_step_name(&d->tour), said);
    return line;
}

/* ---- life ---- */

static void
no_change(void *arg)
{
    (void)arg;
}

struct demo *
demo_create(const struct config *config, double speed, const struct demo_ops *ops)
{
    struct demo *d = xcalloc(1, sizeof *d);
    struct err err = {0};
    d->config = config;
    d->ops = ops ? *ops : (struct demo_ops){.changed = no_change};
    d->speed = speed;
    d->offers = true;
    demo_exchanges_read(&d->exchanges, embedded_text("src/demo/exchanges.txt"));
    if (config->demo && !demo_history_fill(config->store_url, &d->exchanges, clock_wall_us(), &err))
        out_say("berdua: the demo's history is missing: %s\n", err.text);
    d->menu = make_menu(d);
    d->guide.menu = d->menu;
    return d;
}

void
demo_destroy(struct demo **dp)
{
    struct demo *d = *dp;
    *dp = NULL;
    if (!d)
        return;
    demo_exchanges_finish(&d->exchanges);
    doc_destroy(&d->menu);
    doc_destroy(&d->list);
    free(d);
}
