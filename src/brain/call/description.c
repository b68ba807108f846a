/* The description of a call as plain data: what is asked, what is reported, how it ended. */
#include "berdua/brain/call.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/core/cancel.h"

enum { MAX_TEXT_BYTES = 64 << 20 };

void
prompt_finish(struct prompt *p)
{
    free(p->system);
    free(p->aside);
    for (size_t i = 0; i < p->count; i++)
        free(p->messages[i].text);
    free(p->messages);
    *p = (struct prompt){0};
}

void
prompt_add(struct prompt *p, bool assistant, const char *text)
{
    p->messages = xreallocarray(p->messages, p->count + 1, sizeof *p->messages);
    p->messages[p->count++] =
        (struct prompt_message){.assistant = assistant, .text = xstrdup(text)};
}

static const char *const purposes[CALL_PURPOSE_COUNT] = {[CALL_ANSWER] = "answer",
                                                         [CALL_CONTEXT] = "context",
                                                         [CALL_ANALYSIS] = "analysis",
                                                         [CALL_WARM_UP] = "warm_up",
                                                         [CALL_JUDGE] = "judge"};

NAMES_DEFINE(call_purpose, purposes)

void
call_spec_destroy(struct call_spec **sp)
{
    struct call_spec *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    prompt_finish(&s->prompt);
    free(s->about);
    free(s->record_dir);
    cancel_unref(&s->cancel);
    free(s);
}

void
call_result_destroy(struct call_result **result)
{
    struct call_result *r = *result;
    *result = NULL;
    if (!r)
        return;
    free(r->error.message);
    free(r->error.request_id);
    free(r->model);
    free(r->stop_reason);
    free(r);
}

void
call_event_init(struct call_event *ev, enum call_event_kind kind, uint32_t call,
                uint32_t generation)
{
    *ev = (struct call_event){.kind = kind,
                              .call = call,
                              .generation = generation,
                              .at_us = clock_us(),
                              .ttft_us = UNKNOWN,
                              .warmth = NAN,
                              .cultural = NAN};
    buf_init(&ev->text, MAX_TEXT_BYTES);
}

void
call_event_finish(struct call_event *ev)
{
    buf_finish(&ev->text);
    call_result_destroy(&ev->result);
}

void
call_result_apply(struct call_result *r, struct answer *a)
{
    a->phase = PHASE_ENDED;
    a->status = r->status;
    free(a->error.message);
    free(a->error.request_id);
    a->error = r->error;
    r->error = (struct answer_error){0};
    a->times = r->times;
    a->usage = r->usage;
    if (r->model) {
        free(a->model);
        a->model = r->model;
        r->model = NULL;
    }
    free(a->stop_reason);
    a->stop_reason = r->stop_reason;
    r->stop_reason = NULL;
    a->warmth = r->warmth;
    a->cultural = r->cultural;
    a->words = r->words;
    a->retries = r->retries;
    a->cold = r->cold;
    a->simulated = a->simulated || r->simulated;
}
