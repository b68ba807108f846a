#include "page_worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "berdua/core/loop.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/knowledge/knowledge.h"
#include "berdua/measure/measure.h"
#include "berdua/ui/doc.h"
#include "cmd/chat/page/log_page.h"
#include "cmd/chat/page/memory_page.h"
#include "cmd/chat/page/rollout_page.h"
#include "cmd/route_explain.h"
#include "cmd/chat/page/sessions_page.h"

enum { MAILBOX_BYTES = 1 << 16, LOOK_UP_US = 3000000, INSIGHTS_SHOWN = 8 };

struct pages {
    const struct config *config;
    struct loop *loop;
    char *user;
    struct ui *ui;
    struct pool *pool; /* NULL until something is asked */
    struct mailbox *mailbox;
    struct keyring *keyring;
    struct cancel *cancel; /* of the newest question */
    uint32_t asked;        /* its number */
};

/* A question, and then its answer. */
struct question {
    struct task task;
    struct pages *pages; /* what never changes while the pool lives */
    enum ui_page page;
    uint32_t number;
    char *about;
    const struct measure *measure;
    struct cancel *cancel;
    struct doc *doc;
};

static void
question_destroy(struct task *t)
{
    struct question *q = (struct question *)t;
    cancel_unref(&q->cancel);
    doc_destroy(&q->doc);
    free(q->about);
    free(q);
}

/* ---- in the worker ---- */

static void
found_rows(struct doc *d, const struct insights *found)
{
    bool chroma = found->source == KNOWLEDGE_CHROMA;
    doc_row(d, "source", "%s%s%s", chroma ? "Chroma" : "built-in look-up",
            found->embedding ? ", embedding " : "", found->embedding ? found->embedding : "");
    if (found->why_not_chroma)
        doc_warning(d, "not Chroma", "%s", found->why_not_chroma);
    doc_row(d, "took", "%.1f ms", (double)found->took_us / US_PER_MS);
    if (found->count == 0)
        doc_remark(d, "Nothing in the knowledge base fits.");
    for (size_t i = 0; i < found->count; i++) {
        const struct insight *in = &found->v[i];
        char score[16];
        snprintf(score, sizeof score, "%.2f", in->score);
        doc_blank(d);
        doc_row(d, score, "%s (%s)", in->topic, in->id);
        doc_row(d, "", "%s", in->text);
    }
}

static void
look_up(const struct question *q, struct doc *d)
{
    struct err err = {0};
    struct insights found;
    struct knowledge *k = knowledge_open(q->pages->config, q->pages->keyring, &err);
    struct knowledge_query query = {.text = q->about,
                                    .text_len = strlen(q->about),
                                    .limit = INSIGHTS_SHOWN,
                                    .deadline_us = clock_us() + LOOK_UP_US,
                                    .cancel = q->cancel};
    doc_row(d, "asked", "%s", q->about);
    if (k && knowledge_search(k, &query, &found, &err)) {
        found_rows(d, &found);
        insights_finish(&found);
    } else {
        doc_warning(d, "failed", "%s", err.text);
    }
    knowledge_close(&k);
}

static void
fill_page(struct task *t, void *local)
{
    struct question *q = (struct question *)t;
    (void)local;
    q->doc = doc_create("");
    if (q->page == UI_PAGE_MEMORY)
        memory_page(q->pages->config, q->pages->user, q->doc);
    else if (q->page == UI_PAGE_SESSIONS)
        sessions_page(q->pages->config, q->pages->user, q->doc);
    else if (q->page == UI_PAGE_ROLLOUT)
        rollout_page(q->pages->config, q->doc);
    else if (q->page == UI_PAGE_LOG)
        log_page(q->doc);
    else if (!q->about)
        doc_remark(q->doc, "Nothing was said yet. The command takes a text, too.");
    else if (q->page == UI_PAGE_KNOWLEDGE)
        look_up(q, q->doc);
    else
        route_explain_rows(q->pages->config, q->measure, q->about, q->pages->user, q->doc);
}

/* ---- here ---- */

static void
show_page(struct task *t)
{
    struct question *q = (struct question *)t;
    if (q->number == q->pages->asked) {
        ui_show(q->pages->ui, q->page, q->doc);
        q->doc = NULL;
    }
    question_destroy(t);
}

static void
read_mail(void *arg)
{
    mailbox_deliver(((struct pages *)arg)->mailbox);
}

struct pages *
pages_create(const struct config *config, struct loop *loop, const char *user)
{
    struct pages *p = xcalloc(1, sizeof *p);
    p->config = config;
    p->loop = loop;
    p->user = xstrdup(user);
    return p;
}

void
pages_destroy(struct pages **pp)
{
    struct pages *p = *pp;
    if (!p)
        return;
    if (p->cancel)
        cancel_fire(p->cancel);
    keyring_stop(p->keyring);
    pool_destroy(&p->pool);
    if (p->mailbox)
        loop_remove_fd(p->loop, mailbox_fd(p->mailbox));
    mailbox_destroy(&p->mailbox);
    cancel_unref(&p->cancel);
    keyring_destroy(&p->keyring);
    free(p->user);
    free(p);
    *pp = NULL;
}

static bool
begin(struct pages *p, struct err *err)
{
    if (p->pool)
        return true;
    if (!p->mailbox) {
        p->mailbox = mailbox_create(MAILBOX_BYTES, err);
        if (!p->mailbox)
            return false;
        loop_add_fd(p->loop, mailbox_fd(p->mailbox), read_mail, p);
    }
    tzset(); /* here, so that the worker, which writes dates, need not */
    p->keyring = keyring_create();
    p->pool = pool_create(1, NULL, p->mailbox, err);
    if (!p->pool)
        keyring_destroy(&p->keyring);
    return p->pool != NULL;
}

void
pages_ask(struct pages *p, struct ui *ui, enum ui_page page, const char *about,
          const struct measure *measure)
{
    struct err err = {0};
    p->ui = ui;
    if (!begin(p, &err)) {
        struct doc *d = doc_create("");
        doc_warning(d, "failed", "%s", err.text);
        ui_show(ui, page, d);
        return;
    }
    if (p->cancel)
        cancel_fire(p->cancel);
    cancel_unref(&p->cancel);
    p->cancel = cancel_create();
    struct question *q = xcalloc(1, sizeof *q);
    *q = (struct question){.task = {.run = fill_page, .done = show_page, .drop = question_destroy},
                           .pages = p,
                           .page = page,
                           .number = ++p->asked,
                           .about = xstrdup(about),
                           .measure = measure,
                           .cancel = cancel_ref(p->cancel)};
    pool_start(p->pool, &q->task);
}
