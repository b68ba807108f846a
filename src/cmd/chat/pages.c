#include "pages.h"

#include <stdlib.h>
#include <time.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "berdua/core/loop.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/pool.h"
#include "berdua/export/export.h"
#include "berdua/store/query.h"
#include "page/page_source.h"

enum { MAILBOX_BYTES = 1 << 16 };

#define PAGE_ROW(id, name, ...) [ACT_##id - ACT_HELP] = &page_##name,
const struct page_ops *const page_table[PAGE_COUNT] = {UI_PAGES(PAGE_ROW)};

void
page_words(enum action page, void (*add)(void *add_arg, const char *word), void *add_arg)
{
    const struct export_format *f;
    for (size_t i = 0; page == ACT_EXPORT && (f = export_format_at(i)) != NULL; i++)
        add(add_arg, export_format_name(f));
}

struct pages {
    const struct config *config;
    struct loop *loop;
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
    enum action page;
    uint32_t number;
    char *about, *marked;
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
    free(q->marked);
    free(q);
}

/* ---- in the worker ---- */

static void
load_page(struct task *t, void *local)
{
    struct question *q = (struct question *)t;
    const struct pages *p = q->pages;
    const struct page_source source = {.config = p->config,
                                       .user = p->config->user,
                                       .about = q->about,
                                       .marked = q->marked,
                                       .previews = true,
                                       .measure = q->measure,
                                       .keyring = p->keyring,
                                       .cancel = q->cancel};
    (void)local;
    q->doc = doc_create();
    page_table[q->page - ACT_HELP]->load(q->doc, &source);
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
pages_create(const struct config *config, struct loop *loop)
{
    struct pages *p = xcalloc(1, sizeof *p);
    p->config = config;
    p->loop = loop;
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
    free(p);
    *pp = NULL;
}

static bool
start_worker(struct pages *p, struct err *err)
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
pages_ask(struct pages *p, struct ui *ui, enum action page, const char *about, const char *marked,
          const struct measure *measure)
{
    struct err err = {0};
    p->ui = ui;
    if (!start_worker(p, &err)) {
        struct doc *d = doc_create();
        doc_warning(d, "failed", "%s", err.text);
        ui_show(ui, page, d);
        return;
    }
    if (p->cancel)
        cancel_fire(p->cancel);
    cancel_unref(&p->cancel);
    p->cancel = cancel_create();
    struct question *q = xcalloc(1, sizeof *q);
    *q = (struct question){.task = {.run = load_page, .done = show_page, .drop = question_destroy},
                           .pages = p,
                           .page = page,
                           .number = ++p->asked,
                           .about = xstrdup(about),
                           .marked = xstrdup(marked),
                           .measure = measure,
                           .cancel = cancel_ref(p->cancel)};
    pool_start(p->pool, &q->task);
}

/* ---- a session to go on with ---- */

struct reading {
    struct task task;
    const struct config *config;
    char *id;
    size_t turns;
    struct conversation *got;
    struct err err;
    pages_session *done;
    void *arg;
};

static void
reading_destroy(struct task *t)
{
    struct reading *r = (struct reading *)t;
    conversation_destroy(&r->got);
    free(r->id);
    free(r);
}

static void
read_session(struct task *t, void *local)
{
    struct reading *r = (struct reading *)t;
    (void)local;
    struct store *q = store_open(r->config->store_url, &r->err);
    if (q)
        r->got = query_session(q, r->id, 0, r->turns, &r->err);
    store_close(&q);
}

static void
give_session(struct task *t)
{
    struct reading *r = (struct reading *)t;
    r->done(r->arg, r->got, r->err.text);
    r->got = NULL;
    reading_destroy(t);
}

void
pages_read_session(struct pages *p, const char *id, size_t turns, pages_session *done, void *arg)
{
    struct err err = {0};
    if (!start_worker(p, &err)) {
        done(arg, NULL, err.text);
        return;
    }
    struct reading *r = xcalloc(1, sizeof *r);
    *r = (struct reading){
        .task = {.run = read_session, .done = give_session, .drop = reading_destroy},
        .config = p->config,
        .id = xstrdup(id),
        .turns = turns,
        .done = done,
        .arg = arg};
    pool_start(p->pool, &r->task);
}
