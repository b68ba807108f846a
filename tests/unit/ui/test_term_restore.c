#include "ptyscreen.h"

#include "berdua/base/err.h"
#include "ui/term/curses.h"
#include "ui/term/term.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* The sanitizers would catch crash signals themselves. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
    return "handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0";
}
const char *__tsan_default_options(void);
const char *
__tsan_default_options(void)
{
    return "handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0";
}

enum way { RETURN, EXIT, RAISE, FAULT, ABORT, OUTSIDE };

static void
child(int slave, enum way way, int signo)
{
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    /* cmocka has taken the crash signals for itself. */
    static const int taken[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        signal(taken[i], SIG_DFL);
    setenv("TERM", "xterm-256color", 1);
    struct config config = {.ui = {.mouse = true, .sync_output = SYNC_ON}};
    struct term *t = term_create(slave, slave, &config, true, NULL);
    if (!t)
        _exit(99);
    mvaddstr(0, 0, "on the screen");
    wnoutrefresh(stdscr);
    term_frame(t, -1, 0);
    switch (way) {
    case RETURN:
        term_destroy(&t);
        _exit(7);
    case EXIT:
        exit(7);
    case RAISE:
        raise(signo);
        break;
    case FAULT: {
        volatile uintptr_t address = 8;
        volatile int *nowhere = (volatile int *)address;
        *nowhere = 1;
        break;
    }
    case ABORT:
        abort();
    case OUTSIDE:
        for (;;)
            pause();
    }
    _exit(98);
}

/* Ends a child that has the terminal in one of the ways, and looks at what is left. */
static int
end_by(enum way way, int signo)
{
    struct ptyscreen p;
    struct termios before, after;
    ptyscreen_prepare(&p, 24, 80);
    tcgetattr(p.slave, &before);
    pid_t pid = fork();
    if (pid == 0) {
        close(p.master);
        child(p.slave, way, signo);
    }
    assert_true(pid > 0);
    ptyscreen_start(&p);
    if (way == OUTSIDE) {
        pthread_mutex_lock(&p.lock);
        while (!strstr(p.bytes.p, "on the screen") || !strstr(p.bytes.p, "\033[?2026l"))
            pthread_cond_wait(&p.grew, &p.lock);
        pthread_mutex_unlock(&p.lock);
        kill(pid, signo);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    tcgetattr(p.slave, &after);
    assert_int_equal(after.c_lflag, before.c_lflag);
    assert_int_equal(after.c_iflag, before.c_iflag);
    assert_int_equal(after.c_oflag, before.c_oflag);
    close(p.slave);
    p.slave = -1;
    ptyscreen_wait(&p, SIZE_MAX);
    static const char *const modes[] = {"\033[?2004", "\033[?1004", "\033[?1000", "\033[?1006",
                                        "\033[?1036"};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        const char *last = NULL;
        for (const char *s = p.bytes.p; (s = strstr(s, modes[i])); s++)
            if (strchr("hl", s[strlen(modes[i])]))
                last = s;
        assert_non_null(last);
        assert_int_equal(last[strlen(modes[i])], 'l');
    }
    assert_false(p.alternate);
    assert_true(p.cursor_visible);
    ptyscreen_close(&p);
    return status;
}

static void
an_orderly_end_leaves_the_terminal_as_it_was(void **state)
{
    (void)state;
    int status = end_by(RETURN, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    status = end_by(EXIT, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

static void
a_crash_leaves_the_terminal_as_it_was_and_is_still_that_crash(void **state)
{
    (void)state;
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        int status = end_by(RAISE, signals[i]);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
    }
    int status = end_by(ABORT, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void
a_real_fault_does_too(void **state)
{
    (void)state;
    int status = end_by(FAULT, 0);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSEGV);
}

static void
a_signal_nobody_else_has_taken_ends_it_in_order(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        int status = end_by(OUTSIDE, signals[i]);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_orderly_end_leaves_the_terminal_as_it_was),
        cmocka_unit_test(a_crash_leaves_the_terminal_as_it_was_and_is_still_that_crash),
        cmocka_unit_test(a_real_fault_does_too),
        cmocka_unit_test(a_signal_nobody_else_has_taken_ends_it_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
