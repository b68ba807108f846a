#include "write_request.h"

#include <stdlib.h>

#include "berdua/base/mem.h"

struct write_request *
write_request_create(enum write_kind kind)
{
    struct write_request *req = xcalloc(1, sizeof *req);
    req->kind = kind;
    answer_init(&req->answer, BRAIN_CLAUDE);
    buf_init(&req->bytes, ANSWER_MAX_BYTES);
    return req;
}

void
write_request_destroy(struct write_request **req)
{
    struct write_request *o = *req;
    *req = NULL;
    if (!o)
        return;
    free(o->session);
    free(o->turn_id);
    free(o->answer_id);
    free(o->user);
    free(o->title);
    free(o->rater);
    free(o->context);
    free(o->topic);
    free(o->language);
    free(o->text);
    free(o->model);
    free(o->purpose);
    turn_destroy(&o->turn);
    answer_finish(&o->answer);
    buf_finish(&o->bytes);
    verdict_finish(&o->verdict);
    free(o);
}

bool
write_request_is_load(const struct write_request *req)
{
    return req->kind == WRITE_LOAD || req->kind == WRITE_OLDER || req->kind == WRITE_ROLLOUT;
}

void
answer_copy(struct answer *to, const struct answer *from)
{
    struct buf text = to->text;
    *to = *from;
    to->text = text;
    buf_clear(&to->text);
    buf_append(&to->text, from->text.p, from->text.len);
    to->provider = xstrdup(from->provider);
    to->model = xstrdup(from->model);
    to->tier = xstrdup(from->tier);
    to->stop_reason = xstrdup(from->stop_reason);
    to->error.message = xstrdup(from->error.message);
    to->error.request_id = xstrdup(from->error.request_id);
    to->retry_why = xstrdup(from->retry_why);
    to->score_rules = xstrdup(from->score_rules);
}

struct turn *
turn_dup(const struct turn *t)
{
    struct turn *copy = xmalloc(sizeof *copy);
    *copy = *t;
    copy->message = xstrdup(t->message);
    copy->kind.rules = xstrdup(t->kind.rules);
    copy->route.rule = xstrdup(t->route.rule);
    copy->route.style = xstrdup(t->route.style);
    copy->route.reason = xstrdup(t->route.reason);
    copy->route.fallback_why = xstrdup(t->route.fallback_why);
    context_init(&copy->context);
    verdict_state_init(&copy->verdict);
    copy->verdict_log = (struct verdict_log){.count = 0};
    for (int b = 0; b < BRAIN_COUNT; b++) {
        answer_init(&copy->answers[b], (enum brain_id)b);
        if (t->asked[b])
            answer_copy(&copy->answers[b], &t->answers[b]);
    }
    return copy;
}
