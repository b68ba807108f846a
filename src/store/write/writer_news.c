/* What the writer tells the main thread, through the mailbox. */
#include "writer_private.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/core/mailbox.h"
#include "write_request.h"

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
        n->ack = (struct write_ack){.request = req->id, .seq = req->seq};
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

void
writer_tell_lost(struct writer *w, const char *why)
{
    mailbox_push(w->mb, &make_news(w, NEWS_LOST, why)->mail, NULL);
}
