#include "restore.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Everything here is read by a signal handler: written before `armed`, never freed. */
static struct {
    volatile sig_atomic_t armed;
    int fd;
    struct termios cooked;
    char reset[256];
    size_t n;
} guard;

/* TERM, HUP and INT are caught by the event loop when it runs; these handlers only stand where nobody
 * else has taken the signal. */
static const int signals[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL, SIGABRT,
                              SIGQUIT, SIGTERM, SIGHUP, SIGINT, SIGALRM};
enum { SIGNALS = sizeof signals / sizeof *signals, FAULTS = 4 };
static struct sigaction before[SIGNALS];

/* A stack of its own, so that a stack overflow can still be reported. */
static char stack[64 * 1024];

static void
put_reset(void)
{
    size_t at = 0;
    while (at < guard.n) {
        ssize_t put = write(guard.fd, guard.reset + at, guard.n - at);
        if (put > 0) {
            at += (size_t)put;
            continue;
        }
        struct pollfd p = {.fd = guard.fd, .events = POLLOUT};
        if (errno != EINTR && (errno != EAGAIN || poll(&p, 1, 200) <= 0))
            return;
    }
}

/* Restores if armed, and disarms. */
static void
restore_now(void)
{
    if (!guard.armed)
        return;
    guard.armed = 0;
    int saved = errno;
    /* From the background, changing the terminal would stop us instead. */
    sigset_t ttou, old;
    sigemptyset(&ttou);
    sigaddset(&ttou, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &ttou, &old);
    put_reset();
    tcsetattr(guard.fd, TCSANOW, &guard.cooked);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    errno = saved;
}

static void
caught(int signo, siginfo_t *info, void *context)
{
    (void)context;
    restore_now();
    for (int i = 0; i < SIGNALS; i++) {
        if (signals[i] != signo)
            continue;
        sigaction(signo, &before[i], NULL);
        /* A real fault happens again on return, with its own address in the core. */
        if (i < FAULTS && info && info->si_code > 0)
            return;
    }
    raise(signo);
}

static void
install(void)
{
    static bool installed;
    if (!installed)
        atexit(restore_now);
    installed = true;
    stack_t now;
    if (sigaltstack(NULL, &now) == 0 && now.ss_flags & SS_DISABLE) {
        stack_t ours = {.ss_sp = stack, .ss_size = sizeof stack};
        sigaltstack(&ours, NULL);
    }
    for (int i = 0; i < SIGNALS; i++) {
        struct sigaction old;
        if (sigaction(signals[i], NULL, &old) != 0)
            continue;
        bool ours = old.sa_flags & SA_SIGINFO && old.sa_sigaction == caught;
        bool taken = old.sa_flags & SA_SIGINFO || old.sa_handler != SIG_DFL;
        /* A fault handler of a debugging library comes after ours; what is ignored stays so. */
        if (ours || (taken && i >= FAULTS) ||
            (!(old.sa_flags & SA_SIGINFO) && old.sa_handler == SIG_IGN))
            continue;
        before[i] = old;
        struct sigaction sa = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_ONSTACK};
        sigemptyset(&sa.sa_mask);
        sigaction(signals[i], &sa, NULL);
    }
}

void
restore_arm(int fd, const struct termios *cooked, const char *reset, size_t n)
{
    guard.armed = 0;
    guard.fd = fd;
    guard.cooked = *cooked;
    guard.n = n < sizeof guard.reset ? n : sizeof guard.reset - 1;
    memcpy(guard.reset, reset, guard.n);
    guard.armed = 1;
    install();
}

void
restore_disarm(void)
{
    guard.armed = 0;
}
