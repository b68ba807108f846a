#include "berdua/core/thread.h"

#include <signal.h>

#include "berdua/base/mem.h"

int
thread_start(pthread_t *thread, void *(*run)(void *arg), void *arg)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
    sigset_t most, before;
    sigfillset(&most);
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        sigdelset(&most, faults[i]);
    /* A new thread inherits the mask, so there is no moment without it. */
    pthread_sigmask(SIG_SETMASK, &most, &before);
    int code = pthread_create(thread, NULL, run, arg);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

/* Of each thread. */
static _Thread_local bool waiting_forbidden;

void
thread_forbid_waiting(bool forbidden)
{
    waiting_forbidden = forbidden;
}

bool
thread_may_wait(void)
{
    return !waiting_forbidden;
}
