/* The page of the cultural context that Claude was given for a message. */
#include "berdua/ui/page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/ui/doc.h"
#include "ui/text/words.h"

/* Nothing where it is not known. */
static void
ms_row(struct doc *d, const char *label, int64_t us, const char *rest)
{
    char s[WORDS_FIGURE];
    if (us != UNKNOWN)
        doc_row(d, label, "%s%s", words_ms(s, us), rest);
}

static const char *
source_words(const struct context *c)
{
    static const char *const words[CONTEXT_SOURCE_COUNT] = {
        [CONTEXT_NONE] = "none: nothing was there in time",
        [CONTEXT_LLAMA] = "LLAMA wrote it for this message",
        [CONTEXT_SAVED] = "saved: LLAMA wrote it for an earlier message",
        [CONTEXT_BASELINE] = "baseline: entries of the knowledge base",
    };
    return c->started_us == UNKNOWN ? "is awaited" : words[c->source];
}

static void
call_rows(struct doc *d, const struct context *c)
{
    const struct answer *a = &c->answer;
    char s[WORDS_FIGURE];
    if (!c->asked)
        return;
    doc_heading(d, "LLAMA's call for it");
    doc_row(d, "state", "%s",
            a->status == STATUS_RUNNING ? answer_phase_name(a->phase)
                                        : answer_status_name(a->status));
    if (a->model)
        doc_row(d, "model", "%s", a->model);
    ms_row(d, "first token", a->times.ttft_us, "");
    ms_row(d, "total", a->times.total_us, "");
    if (answer_tokens_out(a) > 0)
        doc_row(d, "tokens", "%lld", (long long)answer_tokens_out(a));
    if (!isnan(a->cost_usd))
        doc_row(d, "cost", "%s", words_cost(s, a->cost_usd));
    if (a->error.kind != ERR_NONE) {
        struct buf why;
        buf_init(&why, 4096);
        words_error(&why, a);
        doc_warning(d, "error", "%s", why.p);
        buf_finish(&why);
    }
}

static void
found_rows(struct doc *d, const struct context *c)
{
    if (c->insight_count == 0)
        return;
    doc_heading(d, "Found in the knowledge base");
    for (size_t i = 0; i < c->insight_count; i++) {
        const struct context_insight *in = &c->insights[i];
        char score[16];
        snprintf(score, sizeof score, "%.2f", in->score);
        doc_row(d, score, "%s", in->topic ? in->topic : in->id ? in->id : "");
        if (in->text)
            doc_row(d, "", "%s", in->text);
    }
}

static void
context_rows(struct doc *d, const struct context *c)
{
    char grace[48];
    snprintf(grace, sizeof grace, " after the message (at most %d ms)", c->grace_ms);
    doc_row(d, "source", "%s", source_words(c));
    ms_row(d, "Claude began", c->started_us, grace);
    if (c->why && c->source != CONTEXT_LLAMA)
        doc_row(d, "not LLAMA's", "%s", c->why);
    ms_row(d, "LLAMA's came", c->late_us,
           c->saved ? " after the message, kept for later ones" : " after the message, not kept");
    if (c->text && c->text[0]) {
        doc_heading(d, "Told to Claude");
        doc_text(d, c->text, strlen(c->text));
    }
    if (c->asked && c->source != CONTEXT_LLAMA && c->answer.text.len > 0) {
        doc_heading(d, context_running(c) ? "LLAMA's own, coming in" : "LLAMA's own, too late");
        doc_text(d, c->answer.text.p, c->answer.text.len);
    }
    found_rows(d, c);
    call_rows(d, c);
}

static void
context_fill(struct doc *d, const struct page_view *v)
{
    const struct turn *t = v->turn;
    if (!t) {
        doc_remark(d, "No message yet.");
        return;
    }
    doc_row(d, "message", "%s", t->message);
    if (t->context.wanted)
        context_rows(d, &t->context);
    else
        doc_remark(d,
                   "No context was used for this message. Claude is given one in the modes context "
                   "and full, when a message is about feelings or customs.");
}

const struct page_ops page_context = {
    .title = "Context of the message", .live = true, .settings = true, .fill = context_fill};
