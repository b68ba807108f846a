#include "unit/unit.h"

#include "berdua/core/cancel.h"
#include "berdua/core/event.h"
#include "berdua/core/mailbox.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

static void
push(struct mailbox *mb, enum event_kind kind, uint32_t call, uint32_t generation, const char *text)
{
    struct event *ev = event_create(kind, call, generation);
    buf_append_str(&ev->text, text);
    assert_true(mailbox_push(mb, &ev, NULL));
    assert_null(ev);
}

static bool
readable(struct mailbox *mb)
{
    struct pollfd p = {.fd = mailbox_fd(mb), .events = POLLIN};
    return poll(&p, 1, 0) == 1;
}

static struct event *
pop(struct event **list)
{
    struct event *ev = *list;
    assert_non_null(ev);
    *list = ev->next;
    return ev;
}

static void
deltas_of_one_call_merge_at_the_tail_and_keep_their_order(void **state)
{
    (void)state;
    struct mailbox *mb = mailbox_create(1000, NULL);
    push(mb, EV_DELTA, 1, 7, "a");
    push(mb, EV_DELTA, 1, 7, "b");
    push(mb, EV_DELTA, 2, 7, "x");
    push(mb, EV_DELTA, 1, 7, "c");
    push(mb, EV_THINKING, 1, 7, "");
    push(mb, EV_DELTA, 1, 7, "d");
    push(mb, EV_DELTA, 1, 8, "e");
    static const struct {
        const char *text;
        uint32_t call, merged;
    } want[] = {{"ab", 1, 2}, {"x", 2, 1}, {"c", 1, 1}, {"", 1, 0}, {"d", 1, 1}, {"e", 1, 1}};
    struct event *list = mailbox_take(mb);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct event *ev = pop(&list);
        assert_string_equal(ev->text.p, want[i].text);
        assert_int_equal(ev->call, want[i].call);
        assert_int_equal(ev->merged, want[i].merged);
        event_destroy(&ev);
    }
    assert_null(list);
    mailbox_destroy(&mb);
}

static void
the_pipe_is_readable_exactly_while_something_is_unread(void **state)
{
    (void)state;
    struct mailbox *mb = mailbox_create(1000, NULL);
    assert_false(readable(mb));
    assert_null(mailbox_take(mb));
    push(mb, EV_CONNECTED, 1, 0, "");
    push(mb, EV_FIRST_BYTE, 1, 0, "");
    assert_true(readable(mb));
    struct event *list = mailbox_take(mb);
    assert_false(readable(mb));
    while (list) {
        struct event *ev = pop(&list);
        event_destroy(&ev);
    }
    push(mb, EV_DONE, 1, 0, "");
    assert_true(readable(mb));
    mailbox_destroy(&mb); /* frees what is unread */
}

struct flood {
    struct mailbox *mb;
    struct cancel *cancel;
    atomic_int pushed;
    int total;
    bool refused;
};

static void *
flood(void *arg)
{
    struct flood *f = arg;
    for (int i = 0; i < f->total && !f->refused; i++) {
        struct event *ev = event_create(EV_DELTA, 1, 0);
        buf_append_str(&ev->text, "0123456789");
        f->refused = !mailbox_push(f->mb, &ev, f->cancel);
        if (!f->refused)
            atomic_fetch_add(&f->pushed, 1);
    }
    struct event *done = event_create(EV_DONE, 1, 0);
    mailbox_push(f->mb, &done, f->cancel);
    return NULL;
}

static void
a_slow_reader_holds_the_writer_back_and_loses_nothing(void **state)
{
    (void)state;
    struct flood f = {.mb = mailbox_create(100, NULL), .total = 5000};
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, flood, &f), 0);
    size_t got = 0;
    bool done = false;
    while (!done) {
        struct pollfd p = {.fd = mailbox_fd(f.mb), .events = POLLIN};
        poll(&p, 1, -1);
        struct event *list = mailbox_take(f.mb);
        while (list) {
            struct event *ev = pop(&list);
            assert_true(ev->text.len <= 100);
            got += ev->text.len;
            done = done || ev->kind == EV_DONE;
            event_destroy(&ev);
        }
    }
    pthread_join(t, NULL);
    assert_int_equal(got, 50000);
    mailbox_destroy(&f.mb);
}

static void
cancel_frees_a_writer_that_waits_and_its_end_still_gets_through(void **state)
{
    (void)state;
    struct flood f = {.mb = mailbox_create(100, NULL), .cancel = cancel_create(), .total = 1000000};
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, flood, &f), 0);
    while (atomic_load(&f.pushed) < 10)
        sched_yield();
    cancel_fire(f.cancel);
    mailbox_kick(f.mb);
    pthread_join(t, NULL);
    assert_true(f.refused);
    assert_int_equal(atomic_load(&f.pushed), 10);
    struct event *list = mailbox_take(f.mb);
    struct event *text = pop(&list), *done = pop(&list);
    assert_int_equal(text->text.len, 100);
    assert_int_equal(done->kind, EV_DONE);
    assert_null(list);
    event_destroy(&text);
    event_destroy(&done);
    mailbox_destroy(&f.mb);
    cancel_unref(&f.cancel);
}

static void
a_delta_larger_than_the_cap_goes_in_alone(void **state)
{
    (void)state;
    struct mailbox *mb = mailbox_create(4, NULL);
    push(mb, EV_DELTA, 1, 0, "much more than four");
    push(mb, EV_DELTA, 2, 0, "other calls are not held back");
    struct event *list = mailbox_take(mb);
    while (list) {
        struct event *ev = pop(&list);
        event_destroy(&ev);
    }
    mailbox_destroy(&mb);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deltas_of_one_call_merge_at_the_tail_and_keep_their_order),
        cmocka_unit_test(the_pipe_is_readable_exactly_while_something_is_unread),
        cmocka_unit_test(a_slow_reader_holds_the_writer_back_and_loses_nothing),
        cmocka_unit_test(cancel_frees_a_writer_that_waits_and_its_end_still_gets_through),
        cmocka_unit_test(a_delta_larger_than_the_cap_goes_in_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
