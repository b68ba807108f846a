#include "unit/unit.h"

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/spawn.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What `sh -c script` prints; ended by the time this returns. */
static void
output_of(const char *script, char *text, size_t size)
{
    const char *argv[] = {"/bin/sh", "-c", script, NULL};
    struct err err = {""};
    int fds[2], status = 0;
    pid_t pid;
    assert_true(spawn_pipe(fds, &err));
    struct spawn s = {
        .argv = argv, .in = SPAWN_NOWHERE, .out = fds[1], .errors = SPAWN_SAME, .own_group = true};
    assert_true(spawn_start(&s, &pid, &err));
    close(fds[1]);
    size_t n = 0;
    ssize_t got;
    while (n + 1 < size && (got = read(fds[0], text + n, size - n - 1)) > 0)
        n += (size_t)got;
    text[n] = 0;
    close(fds[0]);
    while (!spawn_ended(pid, &status))
        poll(NULL, 0, 1);
    assert_int_equal(status, 0);
}

static void
a_child_gets_its_streams_and_no_other_descriptor(void **state)
{
    (void)state;
    char text[512];
    output_of("echo out; cat", text, sizeof text);
    assert_string_equal(text, "out\n");
    if (access("/proc/self/fd", R_OK) != 0)
        skip();
    int leaked = open("/dev/null", O_RDONLY); /* as a library might, without close-on-exec */
    output_of("ls -l /proc/self/fd | sed -n 's/.* \\([0-9]*\\) -> .*/\\1/p' | tr '\\n' ' '", text,
              sizeof text);
    close(leaked);
    assert_string_equal(text, "0 1 2 3 "); /* 3: the folder that ls reads */
}

static void
no_key_is_in_the_childs_environment(void **state)
{
    (void)state;
    char text[16384];
    setenv("ANTHROPIC_API_KEY", "sk-hidden-1", 1);
    setenv("BERDUA_TEST_OWN", "sk-hidden-2", 1);
    setenv("BERDUA_TEST_OWN_TOO", "shown", 1);
    spawn_hide_variable("BERDUA_TEST_OWN");
    spawn_hide_variable("BERDUA_TEST_OWN");
    output_of("env", text, sizeof text);
    assert_null(strstr(text, "hidden"));
    assert_non_null(strstr(text, "BERDUA_TEST_OWN_TOO=shown"));
    assert_string_equal(getenv("BERDUA_TEST_OWN"), "sk-hidden-2");
}

static void
signals_are_as_a_program_expects_them(void **state)
{
    (void)state;
    char text[64];
    sigset_t blocked, old;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &old);
    signal(SIGPIPE, SIG_IGN);
    output_of("(kill -TERM $(sh -c 'echo $PPID'); echo blocked) & wait; "
              "(kill -PIPE $(sh -c 'echo $PPID'); echo ignored) & wait; echo end",
              text, sizeof text);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &old, NULL);
    assert_string_equal(text, "end\n");
}

static void
a_group_is_ended_as_a_whole(void **state)
{
    (void)state;
    const char *argv[] = {"/bin/sh", "-c", "sleep 60 & echo started; wait", NULL};
    struct err err = {""};
    int fds[2];
    pid_t pid;
    char text[16];
    assert_true(spawn_pipe(fds, &err));
    struct spawn s = {.argv = argv,
                      .in = SPAWN_NOWHERE,
                      .out = fds[1],
                      .errors = SPAWN_NOWHERE,
                      .own_group = true};
    assert_true(spawn_start(&s, &pid, &err));
    close(fds[1]);
    assert_int_equal(read(fds[0], text, sizeof text), 8);
    int64_t before = clock_us();
    spawn_kill(pid);
    assert_int_equal(read(fds[0], text, sizeof text), 0); /* sleep held the other end */
    assert_true(clock_us() - before < 30 * US_PER_S);
    close(fds[0]);
}

static void
a_program_that_is_not_there_is_named(void **state)
{
    (void)state;
    const char *argv[] = {"/nonexistent/berdua-editor", NULL};
    struct err err = {""};
    pid_t pid;
    struct spawn s = {.argv = argv, .in = SPAWN_SAME, .out = SPAWN_SAME, .errors = SPAWN_SAME};
    assert_false(spawn_start(&s, &pid, &err));
    assert_non_null(strstr(err.text, "/nonexistent/berdua-editor"));
    char text[32];
    assert_string_equal(spawn_status_text(3 << 8, text, sizeof text), "exit status 3");
    assert_string_equal(spawn_status_text(9, text, sizeof text), "signal 9");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_gets_its_streams_and_no_other_descriptor),
        cmocka_unit_test(no_key_is_in_the_childs_environment),
        cmocka_unit_test(signals_are_as_a_program_expects_them),
        cmocka_unit_test(a_group_is_ended_as_a_whole),
        cmocka_unit_test(a_program_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
