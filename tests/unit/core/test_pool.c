#include "unit/unit.h"

#include "berdua/base/clock.h"
#include "berdua/core/cancel.h"
#include "berdua/core/pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
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
    struct trace *t;
    char name;
};

static void
wait_at_gate(void *arg, void *local)
{
    struct step *s = arg;
    s->t->local = local;
    atomic_fetch_add(&s->t->count, 1);
    cancel_wait_until(s->t->gate, NEVER_US);
}

static void
note(void *arg, void *local)
{
    (void)local;
    struct step *s = arg;
    int i = atomic_fetch_add(&s->t->count, 1) - 1;
    s->t->order[i] = s->name;
}

static void
note_mask(void *arg, void *local)
{
    (void)local;
    struct step *s = arg;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    s->t->blocked = sigismember(&mask, SIGINT) && sigismember(&mask, SIGWINCH) &&
                    sigismember(&mask, SIGTERM) && sigismember(&mask, SIGPIPE);
    s->t->faults_free = !sigismember(&mask, SIGSEGV) && !sigismember(&mask, SIGABRT);
    atomic_fetch_add(&s->t->count, 1);
}

static void
drop(void *arg)
{
    struct step *s = arg;
    atomic_fetch_add(&s->t->dropped, 1);
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
    struct pool *p = pool_create(1, &ops, NULL);
    struct step g = {&t, 'g'}, steps[] = {{&t, 's'}, {&t, 'a'}, {&t, 'c'}, {&t, 'b'}};
    static const enum pool_priority prio[] = {PRIO_SHADOW, PRIO_ANSWER, PRIO_CONTEXT, PRIO_ANSWER};
    pool_push(p, &(struct pool_job){.run = wait_at_gate, .arg = &g, .priority = PRIO_ANALYSIS});
    wait_count(&t, 1);
    for (int i = 0; i < 4; i++)
        pool_push(p, &(struct pool_job){.run = note, .arg = &steps[i], .priority = prio[i]});
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
    struct pool *p = pool_create(1, &(struct pool_ops){.most_workers = 3}, NULL);
    struct step g = {&t, 'g'}, s = {&t, 's'}, a = {&t, 'a'};
    pool_push(p, &(struct pool_job){.run = wait_at_gate, .arg = &g, .priority = PRIO_SHADOW});
    wait_count(&t, 1);
    pool_push(p, &(struct pool_job){.run = note, .arg = &s, .drop = drop, .priority = PRIO_SHADOW});
    pool_push(p, &(struct pool_job){.run = wait_at_gate, .arg = &g, .priority = PRIO_ANSWER});
    wait_count(&t, 2);
    pool_push(p, &(struct pool_job){.run = wait_at_gate, .arg = &g, .priority = PRIO_CONTEXT});
    wait_count(&t, 3);
    pool_push(p, &(struct pool_job){.run = note, .arg = &a, .drop = drop, .priority = PRIO_ANSWER});
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
    struct pool *p = pool_create(1, &ops, NULL);
    struct step a = {&t, 'a'};
    pool_push(p, &(struct pool_job){.run = note_mask, .arg = &a, .priority = PRIO_ANSWER});
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
    struct pool *p = pool_create(1, NULL, NULL);
    struct step g = {&t, 'g'};
    struct pool_job job = {.run = wait_at_gate, .drop = drop, .arg = &g};
    pool_push(p, &job);
    wait_count(&t, 1);
    pool_push(p, &job);
    pool_push(p, &job);
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
    struct pool *p = pool_create(2, NULL, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    struct step s = {&t, 'm'};
    pool_push(p, &(struct pool_job){.run = note_mask, .arg = &s});
    wait_count(&t, 1);
    pool_destroy(&p);
    assert_true(t.blocked);
    assert_true(t.faults_free);
    assert_int_equal(sigismember(&before, SIGINT), sigismember(&after, SIGINT));
}

static void
note_local(void *arg, void *local)
{
    struct step *s = arg;
    s->t->local = local;
    atomic_fetch_add(&s->t->count, 1);
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
    struct pool *p = pool_create(4, &ops, NULL);
    struct trace t[3] = {{0}};
    void *last[3] = {0};
    int same =
        0; /* rounds in a row; a worker is busy for a moment after its job, so not every one */
    for (int round = 1; same < 20; round++) {
        bool both = true;
        for (unsigned i = 1; i < 3; i++) {
            struct step s = {&t[i], 'x'};
            pool_push(p, &(struct pool_job){.run = note_local, .arg = &s, .affinity = i});
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_overtake_shadows_and_equals_keep_their_order),
        cmocka_unit_test(what_is_awaited_gets_a_worker_of_its_own_and_a_shadow_waits),
        cmocka_unit_test(a_worker_that_is_only_coming_up_is_not_doubled),
        cmocka_unit_test(destroying_waits_for_the_running_and_drops_the_waiting),
        cmocka_unit_test(workers_block_signals_but_let_faults_through),
        cmocka_unit_test(jobs_of_one_affinity_meet_the_same_worker_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
