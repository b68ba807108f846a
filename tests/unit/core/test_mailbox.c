#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/core/cancel.h"
#include "berdua/core/mailbox.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_BYTES = 1 << 20 };

/* Mail that merges with the mail before it when both are of one stream, and is written to a log when it is
 * delivered: "stream:text " each. */
struct note {
    struct mail mail;
    struct buf text;
    struct buf *log;
};

static atomic_int dropped;

static void
free_note(struct note *n)
{
    buf_finish(&n->text);
    free(n);
}

static void
drop_note(struct mail *m)
{
    atomic_fetch_add(&dropped, 1);
    free_note((struct note *)m);
}

static void
deliver_note(struct mail *m)
{
    struct note *n = (struct note *)m;
    buf_printf(n->log, "%u:%s ", m->stream, n->text.p);
    free_note(n);
}

static bool
merge_note(struct mail *tail, struct mail *m)
{
    struct note *n = (struct note *)m;
    return tail->stream == m->stream && tail->merge &&
           buf_append(&((struct note *)tail)->text, n->text.p, n->text.len);
}

static struct mail *
note(struct buf *log, uint32_t stream, const char *text, bool merges)
{
    struct note *n = xcalloc(1, sizeof *n);
    buf_init(&n->text, LOG_BYTES);
    buf_append_str(&n->text, text);
    n->log = log;
    n->mail = (struct mail){.deliver = deliver_note,
                            .drop = drop_note,
                            .merge = merges ? merge_note : NULL,
                            .stream = stream,
                            .bytes = merges ? strlen(text) : 0};
    return &n->mail;
}

static bool
readable(struct mailbox *mb)
{
    struct pollfd p = {.fd = mailbox_fd(mb), .events = POLLIN};
    return poll(&p, 1, 0) == 1;
}

static void
text_of_one_stream_merges_at_the_tail_and_keeps_its_order(void **state)
{
    (void)state;
    struct buf log;
    buf_init(&log, LOG_BYTES);
    struct mailbox *mb = mailbox_create(1000, NULL);
    static const struct {
        uint32_t stream;
        const char *text;
        bool merges;
    } sent[] = {{1, "a", true},         {1, "b", true}, {2, "x", true}, {1, "c", true},
                {1, "THINKING", false}, {1, "d", true}, {2, "e", true}};
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++)
        assert_true(
            mailbox_push(mb, note(&log, sent[i].stream, sent[i].text, sent[i].merges), NULL));
    mailbox_deliver(mb);
    assert_string_equal(log.p, "1:ab 2:x 1:c 1:THINKING 1:d 2:e ");
    mailbox_destroy(&mb);
    buf_finish(&log);
}

static void
the_pipe_is_readable_exactly_while_something_is_unread(void **state)
{
    (void)state;
    struct buf log;
    buf_init(&log, LOG_BYTES);
    struct mailbox *mb = mailbox_create(1000, NULL);
    assert_false(readable(mb));
    mailbox_deliver(mb);
    mailbox_push(mb, note(&log, 1, "one", false), NULL);
    mailbox_push(mb, note(&log, 1, "two", false), NULL);
    assert_true(readable(mb));
    mailbox_deliver(mb);
    assert_false(readable(mb));
    assert_string_equal(log.p, "1:one 1:two ");
    mailbox_push(mb, note(&log, 1, "three", false), NULL);
    assert_true(readable(mb));
    atomic_store(&dropped, 0);
    mailbox_destroy(&mb);
    assert_int_equal(atomic_load(&dropped), 1); /* what nobody will read is freed */
    buf_finish(&log);
}

/* Sends itself on once more while it is delivered. */
struct echo {
    struct mail mail;
    struct mailbox *mb;
    int left;
};

static void
drop_echo(struct mail *m)
{
    free(m);
}

static void
deliver_echo(struct mail *m)
{
    struct echo *e = (struct echo *)m;
    if (e->left-- > 0)
        mailbox_push(e->mb, m, NULL);
    else
        free(e);
}

static void
mail_that_comes_during_a_delivery_waits_for_the_next(void **state)
{
    (void)state;
    struct mailbox *mb = mailbox_create(1000, NULL);
    struct echo *e = xcalloc(1, sizeof *e);
    *e = (struct echo){.mail = {.deliver = deliver_echo, .drop = drop_echo}, .mb = mb, .left = 3};
    mailbox_push(mb, &e->mail, NULL);
    int rounds = 0;
    while (readable(mb)) {
        mailbox_deliver(mb);
        rounds++;
    }
    assert_int_equal(rounds, 4);
    mailbox_destroy(&mb);
}

struct flood {
    struct mailbox *mb;
    struct cancel *cancel;
    struct buf *log;
    atomic_int pushed;
    int total;
    bool refused;
};

static void *
flood(void *arg)
{
    struct flood *f = arg;
    for (int i = 0; i < f->total && !f->refused; i++) {
        f->refused = !mailbox_push(f->mb, note(f->log, 1, "0123456789", true), f->cancel);
        if (!f->refused)
            atomic_fetch_add(&f->pushed, 1);
    }
    mailbox_push(f->mb, note(f->log, 1, "END", false), f->cancel);
    return NULL;
}

static void
a_slow_reader_holds_the_sender_back_and_loses_nothing(void **state)
{
    (void)state;
    struct buf log;
    buf_init(&log, LOG_BYTES);
    struct flood f = {.mb = mailbox_create(100, NULL), .total = 5000, .log = &log};
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, flood, &f), 0);
    size_t got = 0;
    bool done = false;
    while (!done) {
        struct pollfd p = {.fd = mailbox_fd(f.mb), .events = POLLIN};
        poll(&p, 1, -1);
        mailbox_deliver(f.mb);
        assert_true(log.len <= 120); /* never more than the cap at once, and the end */
        for (size_t i = 0; i < log.len; i++)
            got += log.p[i] == '9';
        done = strstr(log.p, "END") != NULL;
        buf_clear(&log);
    }
    pthread_join(t, NULL);
    assert_int_equal(got, 5000);
    mailbox_destroy(&f.mb);
    buf_finish(&log);
}

static void
cancel_frees_a_sender_that_waits_and_its_end_still_gets_through(void **state)
{
    (void)state;
    struct buf log;
    buf_init(&log, LOG_BYTES);
    struct flood f = {
        .mb = mailbox_create(100, NULL), .cancel = cancel_create(), .total = 1000000, .log = &log};
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, flood, &f), 0);
    while (atomic_load(&f.pushed) < 10)
        sched_yield();
    cancel_fire(f.cancel);
    mailbox_kick(f.mb);
    pthread_join(t, NULL);
    assert_true(f.refused);
    assert_int_equal(atomic_load(&f.pushed), 10);
    mailbox_deliver(f.mb);
    assert_int_equal(log.len, strlen("1:") + 100 + strlen(" 1:END "));
    mailbox_destroy(&f.mb);
    cancel_unref(&f.cancel);
    buf_finish(&log);
}

static void
more_than_the_cap_goes_in_alone_and_other_streams_are_not_held_back(void **state)
{
    (void)state;
    struct buf log;
    buf_init(&log, LOG_BYTES);
    struct mailbox *mb = mailbox_create(4, NULL);
    assert_true(mailbox_push(mb, note(&log, 1, "much-more-than-four", true), NULL));
    assert_true(mailbox_push(mb, note(&log, 2, "others-too", true), NULL));
    mailbox_deliver(mb);
    assert_string_equal(log.p, "1:much-more-than-four 2:others-too ");
    mailbox_destroy(&mb);
    buf_finish(&log);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_one_stream_merges_at_the_tail_and_keeps_its_order),
        cmocka_unit_test(the_pipe_is_readable_exactly_while_something_is_unread),
        cmocka_unit_test(mail_that_comes_during_a_delivery_waits_for_the_next),
        cmocka_unit_test(a_slow_reader_holds_the_sender_back_and_loses_nothing),
        cmocka_unit_test(cancel_frees_a_sender_that_waits_and_its_end_still_gets_through),
        cmocka_unit_test(more_than_the_cap_goes_in_alone_and_other_streams_are_not_held_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
