#include "earlier.h"

#include <stddef.h>
#include <stdlib.h>

#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/pool.h"

enum { EARLIER = 10 };

struct earlier {
    const struct review_opts *opts;
    struct pool *pool;
    void (*looked)(void *arg);
    void *arg;
    struct task task;
    bool looking, known;
    /* The worker's while it looks. */
    struct review_earlier rows[EARLIER];
    struct shown *shown[EARLIER]; /* NULL: its turn is gone */
    int count, next;
};

struct earlier *
earlier_create(const struct review_opts *opts, struct pool *pool, void (*looked)(void *arg),
               void *arg)
{
    struct earlier *e = xcalloc(1, sizeof *e);
    *e = (struct earlier){.opts = opts, .pool = pool, .looked = looked, .arg = arg};
    return e;
}

void
earlier_destroy(struct earlier **ep)
{
    struct earlier *e = *ep;
    for (int i = 0; e && i < EARLIER; i++)
        shown_destroy(&e->shown[i]);
    free(e);
    *ep = NULL;
}

/* ---- in the worker ---- */

static struct shown *
read_one(const struct earlier *e, struct store *s, const struct review_earlier *row,
         struct err *err)
{
    struct review_card card = {.turn = row->turn,
                               .attempt = row->attempt,
                               .drawn_by = row->drawn_by,
                               .before = VERDICT_NONE};
    char session[27];
    struct turn *t =
        review_store_turn(s, row->turn, row->attempt, e->opts->rater, true, session, err);
    if (!t)
        return NULL;
    t->left = row->left;
    struct shown *shown = shown_create(e->opts->rater, &card, t, session);
    shown->sided = true;
    return shown;
}

static void
look(struct earlier *e, struct err *err)
{
    struct store *s = store_open(e->opts->config->store_url, err);
    if (s)
        e->count = review_store_newest(s, e->opts->rater, e->rows, EARLIER, err);
    for (int i = 0; i < e->count; i++)
        e->shown[i] = read_one(e, s, &e->rows[i], err);
    store_close(&s);
}

static void
run_look(struct task *t, void *local)
{
    struct err err = {{0}};
    (void)local;
    look((struct earlier *)(void *)((char *)t - offsetof(struct earlier, task)), &err);
    if (err.text[0])
        log_msg(LOG_INFO, "review: %s", err.text);
}

/* ---- on the main thread ---- */

static void
skip_gone(struct earlier *e)
{
    while (e->next < e->count && !e->shown[e->next])
        e->next++;
}

static void
done_look(struct task *t)
{
    struct earlier *e = (struct earlier *)(void *)((char *)t - offsetof(struct earlier, task));
    e->looking = false;
    e->known = true;
    skip_gone(e);
    e->looked(e->arg);
}

static void
drop_look(struct task *t)
{
    (void)t; /* it is freed with its sitting */
}

bool
earlier_look(struct earlier *e)
{
    if (e->known || e->looking)
        return e->known;
    e->looking = true;
    e->task = (struct task){.run = run_look, .done = done_look, .drop = drop_look};
    pool_start(e->pool, &e->task);
    return false;
}

const struct shown *
earlier_next(const struct earlier *e, int64_t *at_us)
{
    if (!e->known || e->next == e->count)
        return NULL;
    *at_us = e->rows[e->next].at_us;
    return e->shown[e->next];
}

struct shown *
earlier_take(struct earlier *e)
{
    struct shown *s = e->shown[e->next];
    e->shown[e->next++] = NULL;
    skip_gone(e);
    return s;
}
