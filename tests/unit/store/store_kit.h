/* What the store's tests share: a folder of their own, and a mailbox that waits for tickets. */
#ifndef TESTS_UNIT_STORE_KIT_H
#define TESTS_UNIT_STORE_KIT_H

#include "unit/unit.h"
#include "unit/scratch.h"

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
    char folder[SCRATCH_BYTES];
    char path[96];
};

static inline int
kit_setup(void **state)
{
    struct kit *k = xcalloc(1, sizeof *k);
    if (scratch_make(k->folder) != 0)
        return -1;
    snprintf(k->path, sizeof k->path, "%s/sub/berdua.db", k->folder);
    *state = k;
    return 0;
}

static inline int
kit_teardown(void **state)
{
    struct kit *k = *state;
    scratch_remove(k->folder);
    free(k);
    return 0;
}

/* What the writer said, kept until a test asks for it. */
enum box_kind { BOX_ACK, BOX_UNSAVED, BOX_LOST, BOX_NOTICE };
struct box_news {
    struct box_news *next;
    enum box_kind kind;
    struct write_ack ack; /* its refused is text */
    struct unsaved unsaved;
    char *text; /* NULL: saved */
};

struct box {
    struct mailbox *mb;
    struct box_news *head, *tail;
    char *url; /* of the writer */
};

static inline void
box_add(struct box *b, struct box_news news, const char *text)
{
    struct box_news *x = xmalloc(sizeof *x);
    *x = news;
    x->text = xstrdup(text);
    x->ack.refused = x->text;
    if (b->tail)
        b->tail->next = x;
    else
        b->head = x;
    b->tail = x;
}

static inline void
box_take_ack(void *arg, const struct write_ack *ack)
{
    box_add(arg, (struct box_news){.kind = BOX_ACK, .ack = *ack}, ack->refused);
}

static inline void
box_take_unsaved(void *arg, const struct unsaved *now)
{
    box_add(arg, (struct box_news){.kind = BOX_UNSAVED, .unsaved = *now}, NULL);
}

static inline void
box_take_lost(void *arg, const char *why)
{
    box_add(arg, (struct box_news){.kind = BOX_LOST}, why);
}

static inline void
box_take_notice(void *arg, const char *line)
{
    box_add(arg, (struct box_news){.kind = BOX_NOTICE}, line);
}

static const struct writer_ops box_ops = {
    .acknowledged = box_take_ack,
    .unsaved = box_take_unsaved,
    .lost = box_take_lost,
    .notice = box_take_notice,
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
box_drop(struct box_news *x)
{
    if (x)
        free(x->text);
    free(x);
}

static inline void
box_close(struct box *b)
{
    while (b->head) {
        struct box_news *x = b->head;
        b->head = x->next;
        box_drop(x);
    }
    b->tail = NULL;
    mailbox_destroy(&b->mb);
    free(b->url);
    b->url = NULL;
}

/* The next news, or NULL after WAIT_MS. box_drop frees it. */
static inline struct box_news *
box_next(struct box *b)
{
    if (!b->head) {
        struct pollfd p = {.fd = mailbox_fd(b->mb), .events = POLLIN};
        if (poll(&p, 1, WAIT_MS) == 1)
            mailbox_deliver(b->mb);
    }
    struct box_news *x = b->head;
    if (x && !(b->head = x->next))
        b->tail = NULL;
    return x;
}

/* The next of a kind (an acknowledgement: of this request); what comes before it is dropped. */
static inline struct box_news *
box_next_of(struct box *b, enum box_kind kind, uint64_t request)
{
    for (;;) {
        struct box_news *x = box_next(b);
        if (!x || (x->kind == kind && (kind != BOX_ACK || x->ack.request == request)))
            return x;
        box_drop(x);
    }
}

/* The answer to a request; 0: that nothing can be saved any more. Earlier news is dropped. */
static inline struct box_news *
box_wait(struct box *b, uint64_t request)
{
    return box_next_of(b, request ? BOX_ACK : BOX_LOST, request);
}

/* The first state of this cause. */
static inline struct unsaved
box_unsaved(struct box *b, enum unsaved_cause cause)
{
    for (;;) {
        struct box_news *x = box_next_of(b, BOX_UNSAVED, 0);
        assert_non_null(x);
        struct unsaved now = x->unsaved;
        box_drop(x);
        if (now.cause == cause)
            return now;
    }
}

static inline bool
box_stored(struct box *b, uint64_t request)
{
    struct box_news *x = box_wait(b, request);
    bool ok = x && !x->text;
    if (x && x->text)
        fprintf(stderr, "store failed: %s\n", x->text);
    box_drop(x);
    return ok;
}

/* The reason, a new string. */
static inline char *
box_failed(struct box *b, uint64_t request)
{
    struct box_news *x = box_wait(b, request);
    assert_non_null(x);
    assert_non_null(x->text);
    char *why = xstrdup(x->text);
    box_drop(x);
    return why;
}

static inline struct writer *
kit_open(const char *path, struct box *b)
{
    struct err err = {{0}};
    struct writer *s = writer_open(path, b->mb, &box_ops, b, &err);
    if (!s)
        fprintf(stderr, "%s\n", err.text);
    assert_non_null(s);
    free(b->url);
    b->url = xstrdup(path);
    return s;
}

static inline void
kit_close(struct writer **s)
{
    writer_close(s, NULL, NULL);
}

/* Until everything asked before has been answered. */
static inline void
kit_settle(struct box *b, struct writer *s)
{
    struct box_news *x = box_wait(b, writer_checkpoint(s, "no answer", 0, "", 0, 0));
    assert_non_null(x);
    box_drop(x);
}

/* The session as it is stored once everything asked before is: its last `limit` turns (0: all), before a turn or up to
 * the newest (0). id NULL: the user's newest. NULL: there is none; err, which may be NULL, says why. */
static inline struct conversation *
kit_load(struct box *b, struct writer *s, const char *id, const char *user, int64_t before_seq,
         size_t limit, struct err *err)
{
    struct err why = {{0}};
    if (s)
        kit_settle(b, s);
    struct store *q = store_open(b->url, err ? err : &why);
    assert_non_null(q);
    struct conversation *c = id ? query_session(q, id, before_seq, limit, err ? err : &why)
                                : query_latest(q, user, limit, err ? err : &why);
    store_close(&q);
    return c;
}

/* Through a writer of its own, as another instance does. */
static inline bool
kit_set_out(const char *path, const char *user, bool is_out, int64_t wall_us)
{
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    bool saved = box_stored(&b, writer_set_memory_out(s, user, is_out, wall_us));
    kit_close(&s);
    box_close(&b);
    return saved;
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
