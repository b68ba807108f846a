#include "unit/unit.h"

#include "berdua/base/clock.h"
#include "berdua/core/loop.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct world {
    struct loop *l;
    struct loop_timer *a, *b;
    int fds[2];
    char trace[32];
    int passes;
    int caught;
};

static void
trace(struct world *w, char c)
{
    size_t n = strlen(w->trace);
    assert_true(n + 1 < sizeof w->trace);
    w->trace[n] = c;
}

static void
on_a(void *arg)
{
    trace(arg, 'a');
}

static void
on_b(void *arg)
{
    struct world *w = arg;
    trace(w, 'b');
    loop_stop(w->l, 3);
}

static void
timers_fire_once_in_the_order_of_their_times(void **state)
{
    (void)state;
    struct world w = {.l = loop_create(NULL)};
    w.b = loop_timer_create(w.l, on_b, &w);
    w.a = loop_timer_create(w.l, on_a, &w);
    int64_t now = clock_us();
    loop_timer_arm(w.b, now + 3000);
    loop_timer_arm(w.a, now + 1000);
    assert_int_equal(loop_timer_at(w.a), now + 1000);
    assert_int_equal(loop_run(w.l), 3);
    assert_true(clock_us() >= now + 3000);
    assert_string_equal(w.trace, "ab");
    assert_true(loop_timer_at(w.a) == NEVER_US);
    loop_timer_destroy(&w.a);
    loop_timer_destroy(&w.b);
    loop_destroy(&w.l);
}

static void
re_arm_in_the_past(void *arg)
{
    struct world *w = arg;
    trace(w, 'r');
    loop_timer_arm(w->a, 0);
}

static void
read_and_stop(void *arg)
{
    struct world *w = arg;
    char c;
    assert_int_equal(read(w->fds[0], &c, 1), 1);
    trace(w, c);
    loop_stop(w->l, 0);
}

static void
a_timer_always_due_does_not_starve_descriptors(void **state)
{
    (void)state;
    struct world w = {.l = loop_create(NULL)};
    assert_int_equal(pipe(w.fds), 0);
    w.a = loop_timer_create(w.l, re_arm_in_the_past, &w);
    loop_timer_arm(w.a, 0);
    loop_add_fd(w.l, w.fds[0], read_and_stop, &w);
    assert_int_equal(write(w.fds[1], "x", 1), 1);
    loop_run(w.l);
    assert_non_null(strchr(w.trace, 'x'));
    loop_timer_destroy(&w.a);
    loop_destroy(&w.l);
    close(w.fds[0]);
    close(w.fds[1]);
}

static void
swap_watch(void *arg)
{
    struct world *w = arg;
    trace(w, 's');
    loop_remove_fd(w->l, w->fds[0]);
    loop_add_fd(w->l, w->fds[0], read_and_stop, w);
}

static void
never(void *arg)
{
    (void)arg;
    fail_msg("called after its removal");
}

static void
remove_other(void *arg)
{
    struct world *w = arg;
    char c;
    assert_int_equal(read(w->fds[0], &c, 1), 1);
    loop_remove_fd(w->l, w->fds[1]);
    loop_stop(w->l, 0);
}

static void
watches_may_change_inside_a_callback(void **state)
{
    (void)state;
    struct world w = {.l = loop_create(NULL)};
    int p[2];
    assert_int_equal(pipe(p), 0);
    w.fds[0] = p[0];
    loop_add_fd(w.l, p[0], swap_watch, &w);
    assert_int_equal(write(p[1], "1", 1), 1);
    loop_run(w.l);
    assert_string_equal(w.trace, "s1");

    int q[2];
    assert_int_equal(pipe(q), 0);
    assert_int_equal(write(p[1], "2", 1), 1);
    assert_int_equal(write(q[1], "3", 1), 1);
    loop_remove_fd(w.l, p[0]);
    w.fds[1] = q[0];
    loop_add_fd(w.l, p[0], remove_other, &w);
    loop_add_fd(w.l, q[0], never, &w);
    loop_run(w.l);
    loop_destroy(&w.l);
    for (int i = 0; i < 2; i++) {
        close(p[i]);
        close(q[i]);
    }
}

static void
on_signal(int signo, void *arg)
{
    struct world *w = arg;
    w->caught = signo;
    loop_stop(w->l, signo);
}

static int64_t
raise_once(void *arg)
{
    struct world *w = arg;
    if (w->passes++ == 0)
        raise(SIGUSR1);
    return NEVER_US;
}

static void
a_signal_is_handled_on_the_loop_and_its_old_action_comes_back(void **state)
{
    (void)state;
    struct world w = {.l = loop_create(NULL)};
    struct sigaction before, after;
    sigaction(SIGUSR1, NULL, &before);
    assert_true(loop_add_signal(w.l, SIGUSR1, on_signal, &w, NULL));
    loop_set_before_wait(w.l, raise_once, &w);
    assert_int_equal(loop_run(w.l), SIGUSR1);
    assert_int_equal(w.caught, SIGUSR1);
    loop_destroy(&w.l);
    sigaction(SIGUSR1, NULL, &after);
    assert_true(before.sa_handler == after.sa_handler);
}

static int64_t
count_passes(void *arg)
{
    struct world *w = arg;
    w->passes++;
    return NEVER_US;
}

static void
with_nothing_due_the_loop_sleeps(void **state)
{
    (void)state;
    struct world w = {.l = loop_create(NULL)};
    loop_set_before_wait(w.l, count_passes, &w);
    w.b = loop_timer_create(w.l, on_b, &w);
    loop_timer_arm(w.b, clock_us() + 30000);
    loop_run(w.l);
    assert_int_equal(w.passes, 1);
    loop_timer_destroy(&w.b);
    loop_destroy(&w.l);
}

static int64_t
stop_when_asked_again(void *arg)
{
    struct world *w = arg;
    if (w->passes++ > 0)
        loop_stop(w->l, 9);
    return clock_us() + 500;
}

static void
before_wait_names_the_time_of_the_next_pass(void **state)
{
    (void)state;
    struct world w = {.l = loop_create(NULL)};
    loop_set_before_wait(w.l, stop_when_asked_again, &w);
    assert_int_equal(loop_run(w.l), 9);
    assert_int_equal(w.passes, 2);
    loop_destroy(&w.l);
}

static void
a_watched_descriptor_that_was_closed_does_not_make_it_spin(void **state)
{
    (void)state;
    struct world w = {.l = loop_create(NULL)};
    int p[2];
    assert_int_equal(pipe(p), 0);
    loop_add_fd(w.l, p[0], never, &w);
    close(p[0]);
    close(p[1]);
    loop_set_before_wait(w.l, count_passes, &w);
    w.b = loop_timer_create(w.l, on_b, &w);
    loop_timer_arm(w.b, clock_us() + 20000);
    loop_run(w.l);
    assert_true(w.passes <= 3);
    loop_timer_destroy(&w.b);
    loop_destroy(&w.l);
}

static void
nothing_caught(int signo, void *arg)
{
    (void)signo;
    (void)arg;
}

static int64_t
never_returns(void *arg)
{
    (void)arg;
    raise(SIGHUP);
    volatile bool spins = true;
    while (spins)
        ;
    return 0;
}

static void
a_hangup_ends_a_callback_that_never_returns(void **state)
{
    (void)state;
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        const struct rlimit cpu = {60, 60}; /* SIGXCPU, when nothing else has ended it */
        struct loop *l = loop_create(NULL);
        setrlimit(RLIMIT_CPU, &cpu);
        loop_add_signal(l, SIGHUP, nothing_caught, NULL, NULL);
        loop_set_before_wait(l, never_returns, NULL);
        loop_run(l);
        _exit(1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGALRM);
}

static int64_t
returns_late(void *arg)
{
    int *passes = arg;
    if (++*passes == 1)
        raise(SIGHUP);
    return *passes < 3 ? 0 : NEVER_US;
}

static void
stop_at_hangup(int signo, void *arg)
{
    (void)signo;
    loop_stop(arg, 7);
}

static void
a_hangup_that_is_handled_sets_no_deadline_for_what_follows(void **state)
{
    (void)state;
    int passes = 0;
    struct loop *l = loop_create(NULL);
    loop_add_signal(l, SIGHUP, stop_at_hangup, l, NULL);
    loop_set_before_wait(l, returns_late, &passes);
    assert_int_equal(loop_run(l), 7);
    assert_int_equal(alarm(0), 0);
    raise(SIGHUP); /* a second one, while the end is put in order */
    assert_int_equal(alarm(0), 0);
    loop_destroy(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timers_fire_once_in_the_order_of_their_times),
        cmocka_unit_test(a_timer_always_due_does_not_starve_descriptors),
        cmocka_unit_test(watches_may_change_inside_a_callback),
        cmocka_unit_test(a_signal_is_handled_on_the_loop_and_its_old_action_comes_back),
        cmocka_unit_test(a_hangup_ends_a_callback_that_never_returns),
        cmocka_unit_test(a_hangup_that_is_handled_sets_no_deadline_for_what_follows),
        cmocka_unit_test(with_nothing_due_the_loop_sleeps),
        cmocka_unit_test(before_wait_names_the_time_of_the_next_pass),
        cmocka_unit_test(a_watched_descriptor_that_was_closed_does_not_make_it_spin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
