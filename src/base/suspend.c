#include "berdua/base/suspend.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

static const int stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};

static sigset_t
stop_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < ARRAY_LEN(stops); i++)
        sigaddset(&set, stops[i]);
    return set;
}

/* With the signals of stop_set blocked. Everything here may be called in a handler. */
static void
stop(int signo)
{
    const struct sigaction plain = {.sa_handler = SIG_DFL};
    struct sigaction ours, on_continue;
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, signo);
    clock_hold();
    sigaction(signo, &plain, &ours);
    sigaction(SIGCONT, &plain, &on_continue);
    raise(signo);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL); /* here the program is stopped */
    pthread_sigmask(SIG_BLOCK, &one, NULL);
    sigaction(SIGCONT, &on_continue, NULL);
    sigaction(signo, &ours, NULL);
    clock_release();
}

static void
caught(int signo)
{
    int saved = errno;
    stop(signo);
    errno = saved;
}

void
suspend_watch(void)
{
    const struct sigaction watch = {
        .sa_handler = caught, .sa_mask = stop_set(), .sa_flags = SA_RESTART};
    for (size_t i = 0; i < ARRAY_LEN(stops); i++) {
        struct sigaction now;
        if (sigaction(stops[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL)
            sigaction(stops[i], &watch, NULL);
    }
}

void
suspend_now(int signo)
{
    const sigset_t set = stop_set();
    struct sigaction now;
    sigset_t before;
    if (sigaction(signo, NULL, &now) != 0 || now.sa_handler == SIG_IGN)
        return;
    pthread_sigmask(SIG_BLOCK, &set, &before);
    stop(signo);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
