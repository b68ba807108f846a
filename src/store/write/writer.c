#include "writer_private.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
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
    pthread_cond_init(&w->more, NULL);
    pthread_cond_init(&w->ended, NULL);
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
        writer_wait_on(&w->ended, &w->lock, until_us);
}

static void
say_line(void (*say)(void *arg, const char *line), void *arg, char *take_line)
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
        say_line(say, arg,
                 xasprintf("not saved yet: %zu change%s (%s); trying for %d s", unsaved.waiting,
                           plural(unsaved.waiting), unsaved.reason, WRITER_CLOSE_MS / 1000));
    pthread_join(w->thread, NULL);
    size_t n = w->leftover.count;
    if (n && w->leftover.file)
        say_line(say, arg,
                 xasprintf("not saved: %zu change%s; the next start takes %s up from %s", n,
                           plural(n), n == 1 ? "it" : "them", w->leftover.file));
    else if (n)
        say_line(say, arg,
                 xasprintf("LOST: %zu change%s (%s); %s", n, plural(n), w->state.reason,
                           w->leftover.why.text));
    bool refused = w->late_refusal.text[0];
    if (refused)
        say_line(say, arg, xasprintf("NOT saved: %s", w->late_refusal.text));
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
        writer_wait_on(&w->ended, &w->lock, req->started ? NEVER_US : end_us);
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
