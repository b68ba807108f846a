#include "berdua/core/thread.h"

#include <signal.h>
#include <time.h>

#include "berdua/base/clock.h"
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

void
thread_cond_init(pthread_cond_t *c)
{
#ifdef __APPLE__
    pthread_cond_init(c, NULL); /* waits are relative there, so the clock does not matter */
#else
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(c, &attr);
    pthread_condattr_destroy(&attr);
#endif
}

void
thread_cond_wait(pthread_cond_t *c, pthread_mutex_t *lock, int64_t until_us)
{
    if (until_us == NEVER_US) {
        pthread_cond_wait(c, lock);
        return;
    }
    int64_t left = until_us - clock_us(); /* of our clock, which may have stood still */
    if (left <= 0)
        return;
#ifdef __APPLE__
    struct timespec t = {.tv_sec = left / US_PER_S, .tv_nsec = left % US_PER_S * 1000};
    pthread_cond_timedwait_relative_np(c, lock, &t);
#else
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    left += t.tv_nsec / 1000;
    t.tv_sec += left / US_PER_S;
    t.tv_nsec = left % US_PER_S * 1000;
    pthread_cond_timedwait(c, lock, &t);
#endif
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
