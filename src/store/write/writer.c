#include "writer_private.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/thread.h"
#include "store/sqlite/file.h"
#include "write_request.h"

enum {
    SAY_AFTER_MS = 400, /* closing takes longer than this: the operator is told what it waits for */
    AWAIT_MS = 10000    /* so long a worker waits for its request */
};

struct writer *
writer_open(const char *url, struct mailbox *mb, const struct writer_ops *ops, void *arg,
            struct err *err)
{
    char *path = file_from_url(url, err);
    if (!path)
        return NULL;
    struct writer *w = xcalloc(1, sizeof *w);
    w->mb = mb;
    w->ops = *ops;
    w->arg = arg;
    w->path = path;
    w->tail = &w->head;
    w->work_tail = &w->work;
    w->retry_at_us = NEVER_US;
    pthread_mutex_init(&w->lock, NULL);
    thread_cond_init(&w->more);
    thread_cond_init(&w->ended);
    int code = thread_start(&w->thread, writer_thread, w);
    if (code == 0)
        return w;
    err_set(err, "cannot start the thread that saves: %s", strerror(code));
    free(w->path);
    free(w);
    return NULL;
}

/* Under the lock. */
static void
wait_for_end(struct writer *w, int64_t until_us)
{
    while (!w->over && clock_us() < until_us)
        thread_cond_wait(&w->ended, &w->lock, until_us);
}

static void
tell_operator(void (*say)(void *arg, const char *line), void *arg, char *take_line)
{
    if (say)
        say(arg, take_line);
    free(take_line);
}

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
}

bool
writer_close(struct writer **wp, void (*say)(void *arg, const char *line), void *arg)
{
    struct writer *w = *wp;
    *wp = NULL;
    if (!w)
        return true;
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_signal(&w->more);
    wait_for_end(w, clock_us() + SAY_AFTER_MS * (int64_t)US_PER_MS);
    struct unsaved unsaved = w->unsaved;
    bool slow = !w->over && unsaved.cause && unsaved.waiting;
    pthread_mutex_unlock(&w->lock);
    if (slow)
        tell_operator(say, arg,
                      xasprintf("not saved yet: %zu change%s (%s); trying for %d s",
                                unsaved.waiting, plural(unsaved.waiting), unsaved.reason,
                                WRITER_CLOSE_MS / 1000));
    pthread_join(w->thread, NULL);
    size_t n = w->leftover.count;
    if (n && w->leftover.file)
        tell_operator(say, arg,
                      xasprintf("not saved: %zu change%s (%s); the next start takes %s up from %s",
                                n, plural(n), w->state.reason, n == 1 ? "it" : "them",
                                w->leftover.file));
    else if (n)
        tell_operator(say, arg,
                      xasprintf("LOST: %zu change%s (%s); %s", n, plural(n), w->state.reason,
                                w->leftover.why.text));
    bool refused = w->late_refusal.text[0];
    if (refused)
        tell_operator(say, arg, xasprintf("NOT saved: %s", w->late_refusal.text));
    pthread_cond_destroy(&w->ended);
    pthread_cond_destroy(&w->more);
    pthread_mutex_destroy(&w->lock);
    free(w->leftover.file);
    free(w->refused);
    free(w->path);
    free(w);
    return n == 0 && !refused;
}

uint64_t
writer_queue(struct writer *w, struct write_request *req, uint64_t id)
{
    struct write_request *last = req;
    while (last->next)
        last = last->next;
    pthread_mutex_lock(&w->lock);
    req->id = id ? id : WRITER_OWN_IDS | ++w->last_id;
    id = req->id;
    *w->tail = req;
    w->tail = &last->next;
    pthread_cond_signal(&w->more);
    pthread_mutex_unlock(&w->lock);
    return id;
}

uint64_t
writer_queue_row(struct writer *w, const struct write_kind *kind, const void *row, uint64_t id)
{
    return writer_queue(w, write_request_create(kind, row_dup(kind->type, row)), id);
}

void
writer_release_workers(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    w->workers_released = true;
    pthread_cond_broadcast(&w->ended);
    pthread_mutex_unlock(&w->lock);
}

bool
writer_await(struct writer *w, struct write_request *req, struct err *err)
{
    int64_t end_us = clock_us() + AWAIT_MS * (int64_t)US_PER_MS;
    req->awaited = true;
    writer_queue(w, req, 0);
    pthread_mutex_lock(&w->lock);
    while (!req->answered && (req->started || (clock_us() < end_us && !w->workers_released)))
        thread_cond_wait(&w->ended, &w->lock, req->started ? NEVER_US : end_us);
    bool answered = req->answered, saved = answered && !req->refused;
    if (!answered)
        err_set(err, "%s", w->unsaved.cause ? w->unsaved.reason : "the database is busy");
    else if (!saved && err)
        *err = req->err;
    req->abandoned = !answered;
    pthread_mutex_unlock(&w->lock);
    if (answered)
        write_request_destroy(&req);
    return saved;
}

/* ---- what the thread tells the main thread, through the mailbox ---- */

enum news_kind { NEWS_ACK, NEWS_UNSAVED, NEWS_LOST, NEWS_NOTICE };

struct news {
    struct mail mail; /* first: a mail is its news */
    enum news_kind kind;
    struct writer_ops ops;
    void *arg;
    struct write_ack ack;
    struct unsaved unsaved;
    char *text;
};

static void
drop_news(struct mail *m)
{
    struct news *n = (struct news *)m;
    free(n->text);
    free(n);
}

static void
deliver_news(struct mail *m)
{
    struct news *n = (struct news *)m;
    switch (n->kind) {
    case NEWS_ACK:
        n->ack.refused = n->text;
        n->ops.acknowledged(n->arg, &n->ack);
        break;
    case NEWS_UNSAVED:
        n->ops.unsaved(n->arg, &n->unsaved);
        break;
    case NEWS_LOST:
        n->ops.lost(n->arg, n->text);
        break;
    case NEWS_NOTICE:
        n->ops.notice(n->arg, n->text);
        break;
    }
    drop_news(m);
}

static struct news *
make_news(const struct writer *w, enum news_kind kind, const char *text)
{
    struct news *n = xcalloc(1, sizeof *n);
    n->mail = (struct mail){.deliver = deliver_news, .drop = drop_news};
    n->kind = kind;
    n->ops = w->ops;
    n->arg = w->arg;
    n->text = xstrdup(text);
    return n;
}

void
writer_tell_notice(void *arg, const char *line)
{
    const struct writer *w = arg;
    mailbox_push(w->mb, &make_news(w, NEWS_NOTICE, line)->mail, NULL);
}

void
writer_tell_lost(struct writer *w, const char *why)
{
    mailbox_push(w->mb, &make_news(w, NEWS_LOST, why)->mail, NULL);
}

void
writer_answer(struct writer *w, struct write_request *req)
{
    if (req->awaited) {
        pthread_mutex_lock(&w->lock);
        bool abandoned = req->abandoned;
        req->answered = true;
        pthread_cond_broadcast(&w->ended);
        pthread_mutex_unlock(&w->lock);
        if (!abandoned)
            return;
    } else if (req->refused && !req->id && !req->follows) {
        log_msg(LOG_ERROR, "a row was refused: %s", req->err.text);
    } else if (req->id) {
        pthread_mutex_lock(&w->lock);
        if (w->closing && req->refused && !w->late_refusal.text[0])
            w->late_refusal = req->err;
        pthread_mutex_unlock(&w->lock);
        struct news *n = make_news(w, NEWS_ACK, req->refused ? req->err.text : NULL);
        n->ack = (struct write_ack){.request = req->id, .seq = req->seq, .left = req->left};
        n->ack.follows = req->follows;
        mailbox_push(w->mb, &n->mail, NULL);
    }
    write_request_destroy(&req);
}

size_t
writer_count_waiting(const struct writer *w)
{
    size_t n = 0;
    for (const struct write_request *req = w->work; req; req = req->next)
        n += req->id != 0 && !req->awaited;
    return n;
}

void
writer_tell_unsaved(struct writer *w)
{
    w->state.waiting = writer_count_waiting(w);
    if (w->state.cause == UNSAVED_BUSY && !w->state.waiting)
        return; /* nobody misses anything */
    pthread_mutex_lock(&w->lock);
    bool changed = w->state.cause != w->unsaved.cause ||
                   (w->state.cause && (w->state.waiting != w->unsaved.waiting ||
                                       strcmp(w->state.reason, w->unsaved.reason) != 0));
    w->unsaved = w->state;
    pthread_mutex_unlock(&w->lock);
    if (!changed)
        return;
    struct news *n = make_news(w, NEWS_UNSAVED, NULL);
    n->unsaved = w->state;
    mailbox_push(w->mb, &n->mail, NULL);
}
