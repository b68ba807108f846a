#include "berdua/brain/complete.h"

#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/brain/brain.h"
#include "berdua/core/cancel.h"
#include "berdua/net/http.h"

struct collector {
    struct cancel *cancel; /* the call's */
    struct answer *out;
    size_t max_bytes;
    bool too_long;
};

static void
collect_text(struct collector *c, const struct call_event *ev)
{
    struct answer *a = c->out;
    a->delta_count += ev->deltas;
    if (c->too_long)
        return;
    if (a->text.len + ev->text.len <= c->max_bytes) {
        buf_append(&a->text, ev->text.p, ev->text.len);
        return;
    }
    c->too_long = true;
    cancel_fire(c->cancel);
}

static void
collect_event(void *arg, struct call_event *ev)
{
    struct collector *c = arg;
    if (ev->kind == CALL_DELTA) {
        collect_text(c, ev);
    } else if (ev->kind == CALL_RETRY) {
        free(c->out->retry_why);
        c->out->retry_why = xstrdup(ev->text.p);
    } else if (ev->kind == CALL_DONE) {
        call_result_apply(ev->result, c->out);
    }
}

static void
begin_answer(struct answer *a, const struct call_spec *spec)
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
    struct http_request leave;
    begin_answer(out, *sp);
    if (!(*sp)->cancel)
        (*sp)->cancel = cancel_create();
    struct collector c = {.cancel = cancel_ref((*sp)->cancel), .out = out, .max_bytes = max_bytes};
    struct call_sink sink = {.arg = &c, .take = collect_event};
    if (call_execute(sp, http, &sink, &leave))
        call_take_leave(http, &leave);
    if (c.too_long) {
        out->status = STATUS_FAILED;
        out->error.kind = ERR_PROTOCOL;
        free(out->error.message);
        out->error.message = xasprintf("the answer is longer than %zu bytes", max_bytes);
    }
    cancel_unref(&c.cancel);
}
