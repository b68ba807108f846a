#include "berdua/session/workshop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/conf/secret.h"
#include "berdua/core/loop.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "runner_private.h"
#include "workshop_private.h"

/* One call's unread text before its worker waits: some 8,000 tokens ahead of the screen. */
enum { MAILBOX_CALL_BYTES = 256 * 1024 };
/* An answer that finds all workers with shadows and late contexts gets one more, up to so many for each session. */
enum { MORE_WORKERS = 16 };
/* Claude starts within its grace while LLAMA's context and the look-up run: a thread started only then is late. */
enum { LEAST_WORKERS = 3 };

struct workshop {
    struct workshop_opts opts;
    struct keyring *keyring;
    struct mailbox *mailbox;
    struct pool *pool;
    struct writer *writer;
    struct runner **runners;
    size_t count;
    /* Whose requests the writer has not answered. It answers in the order in which they came. */
    struct runner **expecting;
    size_t answered, expected;
    bool lost;      /* nothing is saved any more */
    bool left_over; /* something was not saved when the store was closed */
};

/* ---- what the writer says ---- */

void
workshop_expect(struct workshop *w, struct runner *r)
{
    if (w->answered == w->expected)
        w->answered = w->expected = 0;
    w->expecting = xgrow(w->expecting, w->expected, sizeof(*w->expecting));
    w->expecting[w->expected++] = r;
}

static void
take_acknowledgement(void *arg, const struct write_ack *ack)
{
    struct workshop *w = arg;
    runner_take_acknowledgement(w->expecting[w->answered++], ack);
}

static void
take_unsaved(void *arg, const struct unsaved *now)
{
    struct workshop *w = arg;
    for (size_t i = 0; i < w->count; i++)
        runner_take_unsaved(w->runners[i], now);
}

static void
take_lost(void *arg, const char *why)
{
    struct workshop *w = arg;
    w->lost = true;
    for (size_t i = 0; i < w->count; i++)
        runner_lose_store(w->runners[i], why);
}

static void
take_notice(void *arg, const char *line)
{
    struct workshop *w = arg;
    if (w->count)
        runner_notify_line(w->runners[0], NOTIFY_NOTICE, "", line);
}

static const struct writer_ops writer_ops = {.acknowledged = take_acknowledgement,
                                             .unsaved = take_unsaved,
                                             .lost = take_lost,
                                             .notice = take_notice};

static void
read_mail(void *arg)
{
    mailbox_deliver(((struct workshop *)arg)->mailbox);
}

/* ---- life ---- */

struct workshop *
workshop_create(const struct workshop_opts *opts, struct err *err)
{
    const struct config *config = opts->config;
    struct workshop *w = xcalloc(1, sizeof *w);
    struct pool_ops ops = worker_ops;
    int workers = config->workers > LEAST_WORKERS ? config->workers : LEAST_WORKERS;
    int both = BRAIN_COUNT * opts->sessions; /* calls that somebody waits for */
    workers = workers > both ? workers : both;
    ops.most_workers = workers + MORE_WORKERS;
    w->opts = *opts;
    w->keyring = keyring_create();
    w->mailbox = mailbox_create(MAILBOX_CALL_BYTES, err);
    w->pool = w->mailbox ? pool_create(workers, &ops, w->mailbox, err) : NULL;
    w->writer = w->pool ? writer_open(config->store_url, w->mailbox, &writer_ops, w, err) : NULL;
    if (w->mailbox)
        loop_add_fd(opts->loop, mailbox_fd(w->mailbox), read_mail, w);
    if (!w->writer)
        workshop_destroy(&w);
    return w;
}

void
workshop_join(struct workshop *w, struct runner *r, struct session_env *env)
{
    env->pool = w->pool;
    env->mailbox = w->mailbox;
    env->writer = w->writer;
    env->keyring = w->keyring;
    w->runners = xgrow(w->runners, w->count, sizeof(*w->runners));
    w->runners[w->count++] = r;
}

void
workshop_leave(struct workshop *w, const struct runner *r)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->runners[i] == r) {
            memmove(w->runners + i, w->runners + i + 1, (--w->count - i) * sizeof(*w->runners));
            return;
        }
}

/* Runners whose calls have ended and whose last rows are with the writer. */
static void
end_sessions(struct workshop *w)
{
    for (size_t i = 0; i < w->count; i++)
        runner_stop(w->runners[i]);
    mailbox_kick(w->mailbox);
    keyring_stop(w->keyring);
    writer_release_workers(w->writer);
    pool_stop(w->pool);
    for (size_t i = 0; i < w->count; i++)
        runner_leave_team(w->runners[i]);
    read_mail(w);
    for (size_t i = 0; i < w->count; i++)
        runner_end_session(w->runners[i]);
}

static void
say_lost(const struct workshop *w)
{
    size_t refused = 0;
    const char *why = "";
    for (size_t i = 0; i < w->count; i++) {
        refused += w->runners[i]->refused_count;
        why = w->runners[i]->unsaved.reason;
    }
    if (!refused || !w->opts.on_close)
        return;
    char *line = xasprintf("NOT saved: %zu change%s (%s)", refused, refused == 1 ? "" : "s", why);
    w->opts.on_close(w->opts.arg, line);
    free(line);
}

bool
workshop_save(struct workshop *w)
{
    bool open = w->writer != NULL, refused = false;
    if (open)
        end_sessions(w);
    pool_destroy(&w->pool);
    if (!writer_close(&w->writer, w->opts.on_close, w->opts.arg))
        w->left_over = true; /* and it has said why */
    else if (open && w->lost)
        say_lost(w);
    if (w->mailbox) /* before its mail's owners */
        loop_remove_fd(w->opts.loop, mailbox_fd(w->mailbox));
    mailbox_destroy(&w->mailbox);
    for (size_t i = 0; i < w->count; i++)
        refused = refused || w->runners[i]->refused;
    return !w->left_over && !refused;
}

void
workshop_destroy(struct workshop **wp)
{
    struct workshop *w = *wp;
    *wp = NULL;
    if (!w)
        return;
    workshop_save(w);
    keyring_destroy(&w->keyring);
    free(w->runners);
    free(w->expecting);
    free(w);
}

struct writer *
workshop_writer(const struct workshop *w)
{
    return w->writer;
}
