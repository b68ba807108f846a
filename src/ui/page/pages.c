/* The pages about a message: the context Claude was given, the route, what the knowledge base says; and
 * what is remembered of the user. */
#include "ui/ui_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "ui/text/words.h"

static void
ms_row(struct doc *d, const char *label, int64_t us, const char *rest)
{
    doc_row(d, label, "%lld ms%s", (long long)((us + US_PER_MS / 2) / US_PER_MS), rest);
}

/* ---- context ---- */

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
    if (a->times.ttft_us != UNKNOWN)
        ms_row(d, "first token", a->times.ttft_us, "");
    if (a->times.total_us != UNKNOWN)
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
    if (c->started_us != UNKNOWN)
        ms_row(d, "Claude began", c->started_us, grace);
    if (c->why && c->source != CONTEXT_LLAMA)
        doc_row(d, "not LLAMA's", "%s", c->why);
    if (c->late_us != UNKNOWN)
        ms_row(d, "LLAMA's came", c->late_us,
               c->saved ? " after the message, kept for later ones"
                        : " after the message, not kept");
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

static struct doc *
context_doc(const struct turn *t)
{
    struct doc *d = doc_create("Context of the message");
    if (t)
        doc_row(d, "message", "%s", t->message);
    if (t && t->context.wanted)
        context_rows(d, &t->context);
    else if (t)
        doc_remark(d, "This message was answered without. Claude is given a context in the modes "
                      "context and full, when a message is about feelings or customs.");
    else
        doc_remark(d, "Nothing was asked yet.");
    return d;
}

/* ---- route, as this message took it ---- */

static void
route_rows(struct doc *d, const struct turn *t)
{
    doc_row(d, "message", "%s", t->message);
    if (!t->route.rule) {
        doc_remark(d, "It was not routed: mode %s.", chat_mode_name(t->mode));
        return;
    }
    doc_row(d, "rule", "%s", t->route.rule);
    doc_row(d, "asked", "%s%s%s", words_brain(t->route.brain), t->route.style ? ", " : "",
            t->route.style ? t->route.style : "");
    doc_row(d, "bucket", "%.2f, LLAMA's share is %g %%", t->route.bucket / 100.0, t->route.percent);
    if (t->route.reason)
        doc_row(d, "reason", "%s", t->route.reason);
    if (t->route.fallback != BRAIN_NONE)
        doc_warning(d, "fallback", "%s took over%s%s", words_brain(t->route.fallback),
                    t->route.fallback_why ? ": " : "",
                    t->route.fallback_why ? t->route.fallback_why : "");
}

/* ---- the overlay ---- */

static const struct {
    enum page page;
    enum ui_page asked;
    const char *title;
} asked_pages[] = {
    {PAGE_ROUTE, UI_PAGE_ROUTE, "Route"},
    {PAGE_KNOWLEDGE, UI_PAGE_KNOWLEDGE, "Knowledge"},
    {PAGE_MEMORY, UI_PAGE_MEMORY, "Memory"},
    {PAGE_SESSIONS, UI_PAGE_SESSIONS, "Sessions"},
    {PAGE_ROLLOUT, UI_PAGE_ROLLOUT, "Rollout of LLAMA"},
    {PAGE_LOG, UI_PAGE_LOG, "Log"},
};

static int
asked_page(enum page page)
{
    for (int i = 0; i < (int)ARRAY_LEN(asked_pages); i++)
        if (asked_pages[i].page == page)
            return i;
    return -1;
}

void
ui_fill_about(struct ui *ui)
{
    const struct turn *t = view_current(ui->view);
    int i = asked_page(ui->page);
    struct doc *own = i < 0 ? context_doc(t) : doc_create(asked_pages[i].title);
    if (ui->page == PAGE_ROUTE && ui->page_argument)
        doc_row(own, "message", "%s", ui->page_argument);
    else if (ui->page == PAGE_ROUTE && t)
        route_rows(own, t);
    if (i >= 0 && !ui->doc)
        doc_remark(own, ui->ops.ask ? "looking …" : "is not known here");
    doc_lay(own, ui->overlay, ui->cols);
    if (ui->doc)
        doc_lay_more(ui->doc, ui->overlay, ui->cols);
    doc_destroy(&own);
}

void
ui_open_about(struct ui *ui, enum page page, const char *argument)
{
    const struct turn *t = view_current(ui->view);
    int i = asked_page(page);
    doc_destroy(&ui->doc);
    char *about = xstrdup(argument);
    free(ui->page_argument);
    ui->page_argument = about;
    ui_open_page(ui, page);
    if (i < 0 || !ui->ops.ask)
        return;
    if ((page == PAGE_ROUTE || page == PAGE_KNOWLEDGE) && !argument && t)
        argument = t->message;
    ui->ops.ask(ui->ops.arg, asked_pages[i].asked, argument);
}

void
ui_refresh_page(struct ui *ui)
{
    if (ui->page != PAGE_CONTEXT)
        return;
    int place = overlay_place(ui->overlay);
    ui_fill_about(ui);
    overlay_scroll(ui->overlay, place, ui_page_rows(ui));
    ui_dirty(ui, DIRTY_STATUS);
}

void
ui_show(struct ui *ui, enum ui_page page, struct doc *doc)
{
    int i = asked_page(ui->page);
    if (i < 0 || asked_pages[i].asked != page) {
        doc_destroy(&doc);
        return;
    }
    doc_destroy(&ui->doc);
    ui->doc = doc;
    ui_fill_about(ui);
    ui_dirty(ui, DIRTY_STATUS);
}
