#include "berdua/brain/complete.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/cancel.h"
#include "berdua/core/event.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/thread.h"

/* A call waits while its mailbox is full, so somebody else must read along: this thread, which lives as long
 * as the call. */
enum { MAILBOX_BYTES = 256 << 10 };

struct listener {
    struct mailbox *mailbox;
    struct cancel *cancel; /* the call's */
    struct answer *out;
    size_t max_bytes;
    bool too_long;
    struct call_result *result; /* of EV_DONE, once it has come */
};

static void
hear(struct listener *l, struct event *ev)
{
    struct answer *a = l->out;
    switch (ev->kind) {
    case EV_DELTA:
        a->delta_count += ev->merged ? ev->merged : 1;
        if (!l->too_long && a->text.len + ev->text.len <= l->max_bytes) {
            buf_append(&a->text, ev->text.p, ev->text.len);
        } else if (!l->too_long) {
            l->too_long = true;
            cancel_fire(l->cancel);
            mailbox_kick(l->mailbox);
        }
        break;
    case EV_RETRY:
        free(a->retry_why);
        a->retry_why = xstrdup(ev->text.p);
        break;
    case EV_DONE:
        l->result = ev->data;
        ev->data = NULL;
        break;
    default:
        break;
    }
}

static void *
listen(void *arg)
{
    struct listener *l = arg;
    struct pollfd fd = {.fd = mailbox_fd(l->mailbox), .events = POLLIN};
    while (!l->result) {
        if (poll(&fd, 1, -1) < 0 && errno != EINTR)
            break;
        struct event *list = mailbox_take(l->mailbox);
        while (list) {
            struct event *ev = list;
            list = ev->next;
            ev->next = NULL;
            hear(l, ev);
            event_destroy(&ev);
        }
    }
    return NULL;
}

static void
take_result(struct answer *a, struct call_result *r)
{
    a->status = r->status;
    a->error = r->error;
    r->error = (struct answer_error){0};
    a->times = r->times;
    a->usage = r->usage;
    if (r->model) {
        free(a->model);
        a->model = r->model;
        r->model = NULL;
    }
    a->stop_reason = r->stop_reason;
    r->stop_reason = NULL;
    a->warmth = r->warmth;
    a->cultural = r->cultural;
    a->words = r->words;
    a->retries = r->retries;
    a->cold = r->cold;
    a->simulated = r->simulated;
}

static void
fail(struct answer *a, enum error_kind kind, char *take_message)
{
    a->status = STATUS_FAILED;
    free(a->error.message);
    a->error.kind = kind;
    a->error.message = take_message;
}

static void
begin(struct answer *a, const struct call_spec *spec)
{
    answer_init(a, spec->brain);
    a->provider = xstrdup(provider_name(spec->conf->provider));
    a->model = xstrdup(spec->model->id);
    a->tier = xstrdup(spec->model->tier);
    a->truncated = spec->prompt.truncated;
}

void
complete(struct call_spec **sp, struct http *http, size_t max_bytes, struct answer *out)
{
    struct err err = {0};
    pthread_t thread;
    begin(out, *sp);
    if (!(*sp)->cancel)
        (*sp)->cancel = cancel_create();
    struct listener l = {.cancel = cancel_ref((*sp)->cancel), .out = out, .max_bytes = max_bytes};
    l.mailbox = mailbox_create(MAILBOX_BYTES, &err);
    int code = l.mailbox ? thread_start(&thread, listen, &l) : 0;
    if (code)
        err_set(&err, "cannot start a thread: %s", strerror(code));
    if (!l.mailbox || code) {
        fail(out, ERR_CONNECT, xstrdup(err.text));
        call_spec_destroy(sp);
        goto out;
    }
    struct event *done = call_execute(sp, http, l.mailbox);
    if (done) /* NULL: it is in the mailbox already */
        mailbox_push(l.mailbox, &done, NULL);
    pthread_join(thread, NULL);
    if (l.result)
        take_result(out, l.result);
    else
        fail(out, ERR_PROTOCOL, xstrdup("the call ended without a result"));
    call_result_destroy(l.result);
    if (l.too_long)
        fail(out, ERR_PROTOCOL, xasprintf("the answer is longer than %zu bytes", max_bytes));
out:
    out->phase = PHASE_ENDED;
    mailbox_destroy(&l.mailbox);
    cancel_unref(&l.cancel);
}
