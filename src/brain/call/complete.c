#include "berdua/brain/complete.h"

#include <stdlib.h>

#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/net/http.h"

static void
collect_event(void *arg, struct call_event *ev)
{
    struct answer *a = arg;
    if (ev->kind == CALL_DELTA) {
        a->delta_count += ev->deltas;
        buf_append(&a->text, ev->text.p, ev->text.len); /* within the spec's max_bytes */
    } else if (ev->kind == CALL_TAKEN_BACK) {
        a->delta_count = 0;
        buf_clear(&a->text);
    } else if (ev->kind == CALL_RETRY) {
        free(a->retry_why);
        a->retry_why = xstrdup(ev->text.p);
    } else if (ev->kind == CALL_NOTICE) {
        log_msg(LOG_WARN, "%s", ev->text.p);
    } else if (ev->kind == CALL_DONE) {
        call_result_apply(ev->result, a);
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
complete(struct call_spec **sp, struct http *http, struct answer *out)
{
    struct http_request leave;
    begin_answer(out, *sp);
    struct call_sink sink = {.arg = out, .take = collect_event};
    if (call_execute(sp, http, &sink, &leave))
        call_take_leave(http, &leave);
}
