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

/* One answer of the writer, kept until a test asks for it. */
struct box_answer {
    struct box_answer *next;
    struct writer_answer a; /* its why is a copy */
};

struct box {
    struct mailbox *mb;
    struct box_answer *head, *tail;
};

static inline struct box
box_open(void)
{
    struct err err = {{0}};
    struct box b = {.mb = mailbox_create(1 << 20, &err)};
    assert_non_null(b.mb);
    return b;
}

static inline void
box_drop(struct box_answer *x)
{
    if (x && x->a.data)
        x->a.free_data(x->a.data);
    if (x)
        free((char *)x->a.why);
    free(x);
}

/* As writer_answered. */
static inline void
box_take(void *arg, struct writer_answer *a)
{
    struct box *b = arg;
    struct box_answer *x = xcalloc(1, sizeof *x);
    x->a = *a;
    x->a.why = xstrdup(a->why);
    a->data = NULL;
    if (b->tail)
        b->tail->next = x;
    else
        b->head = x;
    b->tail = x;
}

static inline void
box_close(struct box *b)
{
    while (b->head) {
        struct box_answer *x = b->head;
        b->head = x->next;
        box_drop(x);
    }
    mailbox_destroy(&b->mb);
}

/* The next answer, or NULL after WAIT_MS. box_drop frees it. */
static inline struct box_answer *
box_next(struct box *b)
{
    if (!b->head) {
        struct pollfd p = {.fd = mailbox_fd(b->mb), .events = POLLIN};
        if (poll(&p, 1, WAIT_MS) == 1)
            mailbox_deliver(b->mb);
    }
    struct box_answer *x = b->head;
    if (x && !(b->head = x->next))
        b->tail = NULL;
    return x;
}

/* The answer to a request; earlier ones are dropped. */
static inline struct box_answer *
box_wait(struct box *b, int64_t request_id)
{
    for (;;) {
        struct box_answer *x = box_next(b);
        if (!x || x->a.request_id == request_id)
            return x;
        box_drop(x);
    }
}

static inline bool
box_stored(struct box *b, int64_t request_id)
{
    struct box_answer *x = box_wait(b, request_id);
    bool ok = x && x->a.kind == WRITER_STORED;
    if (x && x->a.why)
        fprintf(stderr, "store failed: %s\n", x->a.why);
    box_drop(x);
    return ok;
}

/* The reason, a new string. */
static inline char *
box_failed(struct box *b, int64_t request_id)
{
    struct box_answer *x = box_wait(b, request_id);
    assert_non_null(x);
    assert_int_equal(x->a.kind, WRITER_FAILED);
    char *why = xstrdup(x->a.why);
    box_drop(x);
    return why;
}

static inline struct conversation *
box_loaded(struct box *b, int64_t request_id)
{
    struct box_answer *x = box_wait(b, request_id);
    assert_non_null(x);
    if (x->a.why)
        fprintf(stderr, "store failed: %s\n", x->a.why);
    assert_int_equal(x->a.kind, WRITER_LOADED);
    struct conversation *c = x->a.data;
    x->a.data = NULL;
    box_drop(x);
    return c;
}

static inline struct writer *
kit_open(const char *path, struct box *b)
{
    struct err err = {{0}};
    struct writer *s = writer_open(path, b->mb, box_take, b, &err);
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
    turn_choose_canonical(t);
}

#endif
