/* What the store's tests share: a folder of their own, and a mailbox that waits for tickets. */
#ifndef TESTS_UNIT_STORE_KIT_H
#define TESTS_UNIT_STORE_KIT_H

#include "unit/unit.h"

#include <ftw.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/core/event.h"
#include "berdua/core/mailbox.h"
#include "berdua/store/query.h"
#include "berdua/store/writer.h"

enum { WAIT_MS = 60000 };

struct kit {
    char folder[64];
    char path[96];
};

static inline int
kit_setup(void **state)
{
    struct kit *k = xcalloc(1, sizeof *k);
    snprintf(k->folder, sizeof k->folder, "/tmp/berdua-store-XXXXXX");
    if (!mkdtemp(k->folder))
        return -1;
    snprintf(k->path, sizeof k->path, "%s/sub/berdua.db", k->folder);
    *state = k;
    return 0;
}

static inline int
kit_remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static inline int
kit_teardown(void **state)
{
    struct kit *k = *state;
    nftw(k->folder, kit_remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(k);
    return 0;
}

struct box {
    struct mailbox *mb;
    struct event *unread;
};

static inline struct box
box_open(void)
{
    struct err err = {{0}};
    struct box b = {mailbox_create(1 << 20, &err), NULL};
    assert_non_null(b.mb);
    return b;
}

static inline void
box_close(struct box *b)
{
    while (b->unread) {
        struct event *ev = b->unread;
        b->unread = ev->next;
        event_destroy(&ev);
    }
    mailbox_destroy(&b->mb);
}

/* The next event, or NULL after WAIT_MS. */
static inline struct event *
box_next(struct box *b)
{
    if (!b->unread) {
        struct pollfd p = {.fd = mailbox_fd(b->mb), .events = POLLIN};
        if (poll(&p, 1, WAIT_MS) == 1)
            b->unread = mailbox_take(b->mb);
    }
    struct event *ev = b->unread;
    if (ev)
        b->unread = ev->next;
    return ev;
}

/* The event that answers a ticket; earlier ones are dropped. */
static inline struct event *
box_wait(struct box *b, int64_t ticket)
{
    for (;;) {
        struct event *ev = box_next(b);
        if (!ev || ev->num == ticket)
            return ev;
        event_destroy(&ev);
    }
}

static inline bool
box_stored(struct box *b, int64_t ticket)
{
    struct event *ev = box_wait(b, ticket);
    bool ok = ev && ev->kind == EV_STORED;
    if (ev && ev->kind == EV_STORE_FAILED)
        fprintf(stderr, "store failed: %s\n", ev->text.p);
    if (ev)
        event_destroy(&ev);
    return ok;
}

/* The reason, a new string. */
static inline char *
box_failed(struct box *b, int64_t ticket)
{
    struct event *ev = box_wait(b, ticket);
    assert_non_null(ev);
    assert_int_equal(ev->kind, EV_STORE_FAILED);
    char *why = xstrdup(ev->text.p);
    event_destroy(&ev);
    return why;
}

static inline struct conversation *
box_loaded(struct box *b, int64_t ticket)
{
    struct event *ev = box_wait(b, ticket);
    assert_non_null(ev);
    if (ev->kind == EV_STORE_FAILED)
        fprintf(stderr, "store failed: %s\n", ev->text.p);
    assert_int_equal(ev->kind, EV_LOADED);
    struct conversation *c = ev->data;
    ev->data = NULL;
    event_destroy(&ev);
    return c;
}

static inline struct writer *
kit_open(const char *path, struct box *b)
{
    struct err err = {{0}};
    struct writer *s = writer_open(path, b->mb, &err);
    if (!s)
        fprintf(stderr, "%s\n", err.text);
    assert_non_null(s);
    return s;
}

/* A turn that both brains were asked. */
static inline struct turn *
kit_turn(const char *message)
{
    struct turn *t = turn_create(message);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->asked[b] = true;
        id_make(t->answers[b].id);
        t->answers[b].provider = xstrdup(b == BRAIN_CLAUDE ? "anthropic" : "openai");
        t->answers[b].model = xstrdup(b == BRAIN_CLAUDE ? "haiku" : "zantara");
    }
    return t;
}

static inline void
kit_answer(struct turn *t, enum brain_id b, const char *text)
{
    t->answers[b].status = STATUS_COMPLETE;
    t->answers[b].phase = PHASE_ENDED;
    buf_append_str(&t->answers[b].text, text);
    if (t->served == BRAIN_NONE)
        t->served = b;
    turn_settle_canonical(t);
}

#endif
