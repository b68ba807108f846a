#include "dealer.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/conf/config.h"
#include "berdua/core/pool.h"
#include "berdua/route/rollout.h"
#include "berdua/store/rollout_store.h"

/* Where a look at all verdicts takes a while, so many pairs are there before it. */
enum { EARLY = 32 };

struct dealer {
    const struct review_opts *opts;
    struct pool *pool;
    struct writer *writer;
    struct task opening;
    bool opened;      /* the writer can write, or is not waited for */
    bool tried_early; /* before that */
    void (*dealt)(void *arg, struct deal *deal);
    void *arg;
    bool busy, running;          /* busy, not running: it waits to be opened */
    struct review_card *repeats; /* for the next deal */
    size_t repeat_count;
    /* While it deals the worker has what follows. */
    struct task task;
    int wanted;
    bool early_only;         /* it is not opened yet */
    struct store *store;     /* NULL: not open yet */
    struct deck *deck;       /* NULL: not made yet */
    struct rollout *rollout; /* while the deck is made */
    struct rng rng;          /* for pairs that are drawn before there is a deck */
    struct review_card early[EARLY];
    int early_count;
    bool begun;                /* sides are read */
    atomic_bool stopped;       /* the sitting ends: what runs shall end soon */
    struct review_card *again; /* repeats that the deck does not know yet */
    size_t again_count;
    struct review_sides sides[CATEGORY_COUNT];
    struct deal deal;
};

void
shown_destroy(struct shown **s)
{
    if (*s)
        conversation_destroy(&(*s)->conversation);
    free(*s);
    *s = NULL;
}

static void
drop_shown(struct deal *deal)
{
    while (deal->shown) {
        struct shown *s = deal->shown;
        deal->shown = s->next;
        shown_destroy(&s);
    }
}

void
dealer_destroy(struct dealer **dp)
{
    struct dealer *d = *dp;
    *dp = NULL;
    if (!d)
        return;
    drop_shown(&d->deal);
    store_close(&d->store);
    deck_destroy(&d->deck);
    free(d->repeats);
    free(d->again);
    free(d);
}

void
dealer_stop(struct dealer *d)
{
    if (d)
        atomic_store(&d->stopped, true);
}

bool
dealer_busy(const struct dealer *d)
{
    return d->busy;
}

const struct review_sides *
dealer_sides(const struct dealer *d)
{
    return d->sides;
}

void
dealer_self(const struct dealer *d, int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS])
{
    if (d->deck)
        deck_self(d->deck, table);
}

/* ---- in the worker ---- */

static bool
take_pair(void *arg, const struct review_pair *pair)
{
    return deck_add_pair(((struct dealer *)arg)->deck, pair);
}

static bool
take_verdict(void *arg, const struct verdict_row *row)
{
    struct dealer *d = arg;
    rollout_add_verdict(d->rollout, row);
    return deck_add_verdict(d->deck, row) && !atomic_load(&d->stopped);
}

/* How far each category is from the nearest lead or gate that still is ahead. */
static void
learn_needs(struct dealer *d)
{
    struct rollout_limits limits = rollout_limits(d->opts->config);
    struct rollout_view views[CATEGORY_COUNT];
    int64_t needed[CATEGORY_COUNT];
    rollout_look(d->rollout, &limits, BREAKER_CLOSED, clock_wall_us(), views);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        int64_t lead = views[c].win_rate.needed, gate = views[c].gate.needed;
        needed[c] = lead > 0 && (gate <= 0 || lead < gate) ? lead : gate > 0 ? gate : -1;
    }
    deck_need(d->deck, needed);
}

static bool
make_deck(struct dealer *d, struct err *err)
{
    const struct review_opts *o = d->opts;
    d->deck = deck_create(o->rater, o->seed);
    d->rollout = rollout_create();
    struct review_reader reader = {.simulated = o->simulated,
                                   .since_us = o->since_us,
                                   .category = o->category,
                                   .pair = take_pair,
                                   .verdict = take_verdict,
                                   .arg = d};
    bool ok = rollout_store_steps(d->store, rollout_add_step, d->rollout, err) &&
              review_store_pairs(d->store, &reader, err);
    for (int i = 0; ok && i < d->early_count; i++)
        deck_leave_out(d->deck, d->early[i].pair);
    if (ok) {
        deck_close(d->deck);
        learn_needs(d);
    } else {
        deck_destroy(&d->deck);
    }
    rollout_destroy(&d->rollout);
    return ok;
}

struct shown *
shown_create(const char *rater, const struct review_card *card, struct turn *take_t,
             const char *session)
{
    struct shown *s = xcalloc(1, sizeof *s);
    s->card = *card;
    s->side = -1;
    memcpy(s->session, session, sizeof s->session);
    take_t->mode = MODE_PARALLEL;
    take_t->seq = 0; /* its place in its session says nothing here */
    take_t->blind.on = true;
    free(take_t->blind.rater);
    take_t->blind.rater = xstrdup(rater);
    if (card->before != VERDICT_NONE) {
        take_t->left = brain_other(card->left_before);
        s->sided = true;
    }
    s->conversation = conversation_create(rater);
    conversation_append(s->conversation, take_t);
    return s;
}

/* NULL with err empty: nothing is left. */
static struct shown *
deal_one(struct dealer *d, struct err *err)
{
    struct review_card card;
    char session[27];
    while (deck_draw(d->deck, d->opts->draw, &card)) {
        struct turn *t = review_store_turn(d->store, card.turn, card.attempt, d->opts->rater,
                                           card.drawn_by == DRAW_REPEAT, session, err);
        if (t)
            return shown_create(d->opts->rater, &card, t, session);
        if (err->text[0])
            return NULL;
    }
    return NULL;
}

static uint32_t
draw_number(void *arg, uint32_t n)
{
    return rng_below(arg, n);
}

/* A random pair without a deck; false: there is none, or it needs the deck. */
static bool
draw_early(struct dealer *d, struct review_card *card, struct err *err)
{
    const struct review_opts *o = d->opts;
    struct review_pair pair;
    bool again = false;
    if (d->early_count == EARLY || (o->draw != REVIEW_MIX && o->draw != REVIEW_RANDOM) ||
        !review_store_any(d->store, o->simulated, o->since_us, o->category, draw_number, &d->rng,
                          &pair, err))
        return false;
    card->turn = pair.turn;
    card->pair = pair.pair;
    card->attempt = pair.attempt;
    card->category = pair.category;
    card->drawn_by = DRAW_RANDOM;
    for (int i = 0; i < d->early_count; i++)
        again = again || d->early[i].turn == card->turn;
    return !again;
}

/* The store, and how far sides are drawn. */
static bool
begin(struct dealer *d, struct err *err)
{
    const struct review_opts *o = d->opts;
    if (!d->store && !(d->store = store_open(o->config->store_url, err)))
        return false;
    *err = (struct err){0}; /* a file that may only be read is opened in a second way */
    if (d->begun)
        return true;
    d->rng.state = ~o->seed;
    d->begun = review_store_sides(d->store, o->rater, d->sides, err);
    return d->begun;
}

/* A few random pairs, before there is a deck. The writer is not waited for: what an earlier sitting could not save is about one
 * of so many thousand pairs hardly ever, and would make a repeat of it. */
static void
deal_early(struct dealer *d, struct shown **tail, struct err *err)
{
    struct review_card card = {.before = VERDICT_NONE};
    char session[27];
    while (draw_early(d, &card, err)) {
        struct turn *t = review_store_turn(d->store, card.turn, card.attempt, d->opts->rater, false,
                                           session, err);
        if (!t)
            break;
        d->early[d->early_count++] = card;
        *tail = shown_create(d->opts->rater, &card, t, session);
        tail = &(*tail)->next;
    }
}

/* While the writer looks whether it can write, a file that may only be read cannot always be read; what was opened then is no
 * good after it, and what failed is tried again. */
static void
try_early(struct dealer *d, struct shown **tail)
{
    struct err err = {{0}};
    if (begin(d, &err))
        deal_early(d, tail, &err);
    store_close(&d->store);
}

static void
run_deal(struct task *t, void *local)
{
    struct dealer *d = (struct dealer *)(void *)((char *)t - offsetof(struct dealer, task));
    struct deal *deal = &d->deal;
    struct shown **tail = &deal->shown;
    (void)local;
    *deal = (struct deal){.over = false};
    if (d->early_only) {
        try_early(d, tail);
        return;
    }
    if (!begin(d, &deal->err) || (!d->deck && !make_deck(d, &deal->err)))
        return;
    deal->made = true;
    for (size_t i = 0; i < d->again_count; i++)
        deck_repeat(d->deck, &d->again[i]);
    for (int i = 0; i < d->wanted && !deal->over; i++) {
        struct shown *s = deal_one(d, &deal->err);
        deal->over = s == NULL;
        *tail = s;
        if (s)
            tail = &s->next;
    }
    deal->left = deck_left(d->deck, d->opts->draw);
}

static bool
nothing(struct store *inside, void *arg, struct err *err)
{
    (void)inside, (void)arg, (void)err;
    return true;
}

static void
run_opening(struct task *t, void *local)
{
    struct dealer *d = (struct dealer *)(void *)((char *)t - offsetof(struct dealer, opening));
    struct err err = {{0}};
    struct store *s = store_open(d->opts->config->store_url, &err);
    (void)local;
    if (s) {
        store_through(s, d->writer);
        store_write(s, nothing, NULL, &err);
    }
    store_close(&s);
}

/* ---- on the main thread ---- */

static void
done_opening(struct task *t)
{
    dealer_go_on((struct dealer *)(void *)((char *)t - offsetof(struct dealer, opening)));
}

static void
done_deal(struct task *t)
{
    struct dealer *d = (struct dealer *)(void *)((char *)t - offsetof(struct dealer, task));
    d->busy = d->running = false;
    free(d->again);
    d->again = NULL;
    d->again_count = 0;
    d->deal.begun = d->begun;
    struct deal deal = d->deal;
    d->deal.shown = NULL;
    d->dealt(d->arg, &deal);
}

static void
drop(struct task *t)
{
    (void)t; /* it is freed with its dealer */
}

struct dealer *
dealer_create(const struct review_opts *opts, struct pool *pool, struct writer *w,
              void (*dealt)(void *arg, struct deal *deal), void *arg)
{
    struct dealer *d = xcalloc(1, sizeof *d);
    d->opts = opts;
    d->pool = pool;
    d->writer = w;
    d->dealt = dealt;
    d->arg = arg;
    atomic_init(&d->stopped, false);
    d->opening = (struct task){.run = run_opening, .done = done_opening, .drop = drop};
    pool_start(pool, &d->opening);
    return d;
}

static void
start_deal(struct dealer *d)
{
    d->running = true;
    d->early_only = !d->opened;
    d->tried_early = true;
    d->task = (struct task){.run = run_deal, .done = done_deal, .drop = drop};
    pool_start(d->pool, &d->task);
}

void
dealer_go_on(struct dealer *d)
{
    if (d->opened)
        return;
    d->opened = true;
    if (d->busy && !d->running)
        start_deal(d);
}

void
dealer_ask(struct dealer *d, int n)
{
    d->busy = true;
    d->wanted = n;
    d->again = d->repeats;
    d->again_count = d->repeat_count;
    d->repeats = NULL;
    d->repeat_count = 0;
    if (d->opened || !d->tried_early)
        start_deal(d);
}

void
dealer_repeat(struct dealer *d, const struct review_card *card)
{
    d->repeats = xgrow(d->repeats, d->repeat_count, sizeof *d->repeats);
    d->repeats[d->repeat_count++] = *card;
}
