#include "unit/unit.h"

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/core/cancel.h"
#include "berdua/core/pool.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static atomic_int opened, closed;

static void *
open_local(void *arg)
{
    atomic_fetch_add(&opened, 1);
    return arg;
}

static void
close_local(void *local)
{
    (void)local;
    atomic_fetch_add(&closed, 1);
}

struct trace {
    struct cancel *gate;
    char order[16];
    atomic_int count;
    atomic_int dropped;
    void *local;
    bool blocked, faults_free;
};

struct step {
    struct task task;
    struct trace *t;
    char name;
    bool ran;
};

static void
wait_at_gate(struct task *task, void *local)
{
    struct step *s = (struct step *)task;
    s->ran = true;
    s->t->local = local;
    atomic_fetch_add(&s->t->count, 1);
    cancel_wait_until(s->t->gate, NEVER_US);
}

static void
note(struct task *task, void *local)
{
    (void)local;
    struct step *s = (struct step *)task;
    s->ran = true;
    int i = atomic_fetch_add(&s->t->count, 1) - 1;
    s->t->order[i] = s->name;
}

static void
note_mask(struct task *task, void *local)
{
    (void)local;
    struct step *s = (struct step *)task;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    s->t->blocked = sigismember(&mask, SIGINT) && sigismember(&mask, SIGWINCH) &&
                    sigismember(&mask, SIGTERM) && sigismember(&mask, SIGPIPE);
    s->t->faults_free = !sigismember(&mask, SIGSEGV) && !sigismember(&mask, SIGABRT);
    atomic_fetch_add(&s->t->count, 1);
}

static void
drop(struct task *task)
{
    struct step *s = (struct step *)task;
    if (!s->ran)
        atomic_fetch_add(&s->t->dropped, 1);
}

static void
start(struct pool *p, struct step *s, void (*run)(struct task *task, void *local),
      enum pool_priority priority)
{
    s->task = (struct task){.run = run, .drop = drop, .priority = priority};
    pool_start(p, &s->task);
}

static void
wait_count(struct trace *t, int n)
{
    while (atomic_load(&t->count) < n)
        sched_yield();
}

static void
answers_overtake_shadows_and_equals_keep_their_order(void **state)
{
    (void)state;
    struct trace t = {.gate = cancel_create()};
    struct pool_ops ops = {.open = open_local, .close = close_local, .arg = &t};
    struct pool *p = pool_create(1, &ops, NULL, NULL);
    struct step g = {.t = &t, .name = 'g'}, steps[] = {{.t = &t, .name = 's'},
                                                       {.t = &t, .name = 'a'},
                                                       {.t = &t, .name = 'c'},
                                                       {.t = &t, .name = 'b'}};
    static const enum pool_priority prio[] = {PRIO_SHADOW, PRIO_ANSWER, PRIO_CONTEXT, PRIO_ANSWER};
    start(p, &g, wait_at_gate, PRIO_ANALYSIS);
    wait_count(&t, 1);
    for (int i = 0; i < 4; i++)
        start(p, &steps[i], note, prio[i]);
    cancel_fire(t.gate);
    wait_count(&t, 5);
    pool_destroy(&p);
    assert_string_equal(t.order, "abcs");
    assert_ptr_equal(t.local, &t);
    assert_int_equal(atomic_load(&opened), 1);
    assert_int_equal(atomic_load(&closed), 1);
    cancel_unref(&t.gate);
}

static void
what_is_awaited_gets_a_worker_of_its_own_and_a_shadow_waits(void **state)
{
    (void)state;
    struct trace t = {.gate = cancel_create()};
    struct pool *p = pool_create(1, &(struct pool_ops){.most_workers = 3}, NULL, NULL);
    struct step g[3] = {{.t = &t}, {.t = &t}, {.t = &t}}, s = {.t = &t, .name = 's'},
                a = {.t = &t, .name = 'a'};
    start(p, &g[0], wait_at_gate, PRIO_SHADOW);
    wait_count(&t, 1);
    start(p, &s, note, PRIO_SHADOW);
    start(p, &g[1], wait_at_gate, PRIO_ANSWER);
    wait_count(&t, 2);
    start(p, &g[2], wait_at_gate, PRIO_CONTEXT);
    wait_count(&t, 3);
    start(p, &a, note, PRIO_ANSWER);
    assert_int_equal(atomic_load(&t.count), 3); /* there are no more than three */
    cancel_fire(t.gate);
    wait_count(&t, 5);
    pool_destroy(&p);
    assert_int_equal(atomic_load(&t.dropped), 0);
    cancel_unref(&t.gate);
}

static void
a_worker_that_is_only_coming_up_is_not_doubled(void **state)
{
    (void)state;
    struct trace t = {.gate = cancel_create()};
    atomic_store(&opened, 0);
    struct pool_ops ops = {.open = open_local, .close = close_local, .arg = &t, .most_workers = 8};
    struct pool *p = pool_create(1, &ops, NULL, NULL);
    struct step a = {.t = &t, .name = 'a'};
    start(p, &a, note_mask, PRIO_ANSWER);
    wait_count(&t, 1);
    pool_destroy(&p);
    assert_int_equal(atomic_load(&opened), 1);
    cancel_unref(&t.gate);
}

static void
destroying_waits_for_the_running_and_drops_the_waiting(void **state)
{
    (void)state;
    struct trace t = {.gate = cancel_create()};
    struct pool *p = pool_create(1, NULL, NULL, NULL);
    struct step steps[] = {{.t = &t}, {.t = &t}, {.t = &t}};
    start(p, &steps[0], wait_at_gate, PRIO_ANSWER);
    wait_count(&t, 1);
    start(p, &steps[1], wait_at_gate, PRIO_ANSWER);
    start(p, &steps[2], wait_at_gate, PRIO_ANSWER);
    cancel_fire(t.gate);
    pool_destroy(&p);
    /* How many the worker took up before it saw the end is open; none is lost. */
    assert_int_equal(atomic_load(&t.count) + atomic_load(&t.dropped), 3);
    cancel_unref(&t.gate);
}

static void
workers_block_signals_but_let_faults_through(void **state)
{
    (void)state;
    struct trace t = {0};
    sigset_t before, after;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    struct pool *p = pool_create(2, NULL, NULL, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    struct step s = {.t = &t, .name = 'm'};
    start(p, &s, note_mask, PRIO_ANSWER);
    wait_count(&t, 1);
    pool_destroy(&p);
    assert_true(t.blocked);
    assert_true(t.faults_free);
    assert_int_equal(sigismember(&before, SIGINT), sigismember(&after, SIGINT));
}

static void
note_local(struct task *task, void *local)
{
    struct step *s = (struct step *)task;
    s->t->local = local;
    atomic_fetch_add(&s->t->count, 1);
}

static void
free_step(struct task *task)
{
    free(task);
}

static void *
own_mark(void *arg)
{
    (void)arg;
    return malloc(1);
}

static void
jobs_of_one_affinity_meet_the_same_worker_again(void **state)
{
    (void)state;
    struct pool_ops ops = {.open = own_mark, .close = free};
    struct pool *p = pool_create(4, &ops, NULL, NULL);
    struct trace t[3] = {{0}};
    void *last[3] = {0};
    int same =
        0; /* rounds in a row; a worker is busy for a moment after its job, so not every one */
    for (int round = 1; same < 20; round++) {
        bool both = true;
        for (unsigned i = 1; i < 3; i++) {
            struct step *s = xcalloc(1, sizeof *s);
            *s = (struct step){.task = {.run = note_local, .drop = free_step, .affinity = i},
                               .t = &t[i]};
            pool_start(p, &s->task);
            wait_count(&t[i], round);
            both = both && t[i].local == last[i];
            last[i] = t[i].local;
        }
        /* As long as only one thread has come up, it serves both. */
        same = both && last[1] != last[2] ? same + 1 : 0;
        for (int i = 0; i < 50; i++)
            sched_yield();
    }
    assert_ptr_not_equal(last[1], last[2]);
    pool_destroy(&p);
}

static void
append(char *log, const char *word)
{
    size_t n = strlen(log);
    snprintf(log + n, 64 - n, "%s", word);
}

struct report {
    struct task task;
    const char *word;
    char *log; /* the main thread's, in done */
};

static void
run_report(struct task *task, void *local)
{
    (void)local;
    ((struct report *)task)->word = "done";
}

static void
drop_report(struct task *task)
{
    struct report *r = (struct report *)task;
    append(r->log, "dropped ");
    free(r);
}

static void
take_report(struct task *task)
{
    struct report *r = (struct report *)task;
    append(r->log, r->word);
    free(r);
}

static struct report *
make_report(char *log)
{
    struct report *r = xcalloc(1, sizeof *r);
    r->task = (struct task){.run = run_report, .done = take_report, .drop = drop_report};
    r->log = log;
    return r;
}

static void
a_task_is_done_on_the_main_thread_and_dropped_when_nobody_is_left_to_take_it(void **state)
{
    (void)state;
    char log[64] = "";
    struct mailbox *mb = mailbox_create(1000, NULL);
    struct pool *p = pool_create(1, NULL, mb, NULL);
    pool_start(p, &make_report(log)->task);
    struct pollfd fd = {.fd = mailbox_fd(mb), .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 60000), 1);
    assert_string_equal(log, "");
    mailbox_deliver(mb);
    assert_string_equal(log, "done");
    pool_start(p, &make_report(log)->task);
    pool_stop(p);
    pool_start(p, &make_report(log)->task); /* nobody runs it */
    assert_non_null(strstr(log, "donedropped "));
    pool_destroy(&p);
    mailbox_destroy(&mb); /* what was run and not taken */
    assert_string_equal(log, "donedropped dropped ");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_overtake_shadows_and_equals_keep_their_order),
        cmocka_unit_test(what_is_awaited_gets_a_worker_of_its_own_and_a_shadow_waits),
        cmocka_unit_test(a_worker_that_is_only_coming_up_is_not_doubled),
        cmocka_unit_test(destroying_waits_for_the_running_and_drops_the_waiting),
        cmocka_unit_test(workers_block_signals_but_let_faults_through),
        cmocka_unit_test(
            a_task_is_done_on_the_main_thread_and_dropped_when_nobody_is_left_to_take_it),
        cmocka_unit_test(jobs_of_one_affinity_meet_the_same_worker_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
