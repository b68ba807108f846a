/* The clock that stands still while the program is stopped, and waits that go by it. */
#include "unit/unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/core/thread.h"

static int64_t
system_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

/* Holds the clock until the system's has gone on that far. */
static void
hold_for(int64_t us)
{
    clock_hold();
    for (int64_t until = system_us() + us; system_us() < until;)
        ;
    clock_release();
}

static void
held_it_stands_and_released_it_goes_on_from_there(void **state)
{
    (void)state;
    int64_t system_before = system_us(), before = clock_us();
    clock_hold();
    int64_t held = clock_us();
    while (system_us() < system_before + 3000)
        assert_true(clock_us() == held);
    clock_release();
    hold_for(2000);
    int64_t went_on = clock_us() - before;
    assert_true(held >= before && went_on >= held - before);
    assert_true(system_us() - system_before - went_on >= 2000);
}

static atomic_bool over;

static void *
read_on(void *went_back)
{
    for (int64_t last = 0; !over;) {
        int64_t now = clock_us();
        if (now < last)
            *(bool *)went_back = true;
        last = now;
    }
    return NULL;
}

static void
no_thread_sees_it_go_back(void **state)
{
    pthread_t threads[2];
    bool went_back[2] = {false};
    (void)state;
    for (int i = 0; i < 2; i++)
        assert_int_equal(thread_start(&threads[i], read_on, &went_back[i]), 0);
    for (int i = 0; i < 2000; i++)
        hold_for(i % 3);
    over = true;
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        assert_false(went_back[i]);
    }
}

static void
a_wait_lasts_as_long_by_this_clock(void **state)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t never;
    int waits = 0;
    (void)state;
    hold_for(20000);
    thread_cond_init(&never);
    pthread_mutex_lock(&lock);
    for (int64_t until = clock_us() + 10000; clock_us() < until; waits++)
        thread_cond_wait(&never, &lock, until);
    pthread_mutex_unlock(&lock);
    pthread_cond_destroy(&never);
    assert_in_range(waits, 1, 10); /* it sleeps, and is not woken at once again and again */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(held_it_stands_and_released_it_goes_on_from_there),
        cmocka_unit_test(no_thread_sees_it_go_back),
        cmocka_unit_test(a_wait_lasts_as_long_by_this_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
