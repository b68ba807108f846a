#include "unit/unit.h"

#include "berdua/base/clock.h"
#include "berdua/core/cancel.h"

#include <pthread.h>
#include <stdatomic.h>

static void *
wait_for_ever(void *arg)
{
    struct cancel *c = arg;
    bool fired = cancel_wait_until(c, NEVER_US);
    cancel_unref(&c);
    return fired ? arg : NULL;
}

static void
firing_ends_a_wait_in_another_thread(void **state)
{
    (void)state;
    struct cancel *c = cancel_create();
    pthread_t t;
    void *result;
    assert_int_equal(pthread_create(&t, NULL, wait_for_ever, cancel_ref(c)), 0);
    assert_false(cancel_fired(c));
    cancel_fire(c);
    pthread_join(t, &result);
    assert_non_null(result);
    assert_true(cancel_fired(c));
    cancel_unref(&c);
    assert_null(c);
}

static void
a_wait_ends_at_its_deadline_and_at_once_when_already_fired(void **state)
{
    (void)state;
    struct cancel *c = cancel_create();
    int64_t until = clock_us() + 2000;
    assert_false(cancel_wait_until(c, until));
    assert_true(clock_us() >= until);
    assert_false(cancel_wait_until(c, 0));
    cancel_fire(c);
    assert_true(cancel_wait_until(c, NEVER_US));
    cancel_unref(&c);
    assert_false(cancel_fired(NULL));
    assert_false(cancel_wait_until(NULL, clock_us() + 100));
}

static void
count(void *arg)
{
    (*(int *)arg)++;
}

static void
the_waker_is_called_while_it_is_set(void **state)
{
    (void)state;
    struct cancel *c = cancel_create();
    int calls = 0;
    cancel_set_waker(c, count, &calls);
    cancel_fire(c);
    assert_int_equal(calls, 1);
    cancel_set_waker(c, NULL, NULL);
    cancel_fire(c);
    assert_int_equal(calls, 1);
    cancel_unref(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(firing_ends_a_wait_in_another_thread),
        cmocka_unit_test(a_wait_ends_at_its_deadline_and_at_once_when_already_fired),
        cmocka_unit_test(the_waker_is_called_while_it_is_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
