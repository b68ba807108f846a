#include "berdua/core/cancel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/spawn.h"

struct cancel {
    atomic_int refs;
    atomic_bool fired; /* atomic so that a transfer loop may look without the lock */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*wake)(void *arg);
    void *wake_arg;
    int pipe[2]; /* made by cancel_fd, else -1; a byte is in it once fired */
};

static void
cond_init_monotonic(pthread_cond_t *c)
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

static void
cond_wait_until(pthread_cond_t *c, pthread_mutex_t *lock, int64_t at_us)
{
#ifdef __APPLE__
    int64_t left = at_us - clock_us();
    if (left <= 0)
        return;
    struct timespec t = {.tv_sec = left / US_PER_S, .tv_nsec = left % US_PER_S * 1000};
    pthread_cond_timedwait_relative_np(c, lock, &t);
#else
    struct timespec t = {.tv_sec = at_us / US_PER_S, .tv_nsec = at_us % US_PER_S * 1000};
    pthread_cond_timedwait(c, lock, &t);
#endif
}

struct cancel *
cancel_create(void)
{
    struct cancel *c = xcalloc(1, sizeof *c);
    atomic_init(&c->refs, 1);
    atomic_init(&c->fired, false);
    pthread_mutex_init(&c->lock, NULL);
    cond_init_monotonic(&c->changed);
    c->pipe[0] = c->pipe[1] = -1;
    return c;
}

struct cancel *
cancel_ref(struct cancel *c)
{
    if (c)
        atomic_fetch_add(&c->refs, 1);
    return c;
}

void
cancel_unref(struct cancel **cp)
{
    struct cancel *c = *cp;
    *cp = NULL;
    if (!c || atomic_fetch_sub(&c->refs, 1) != 1)
        return;
    for (int i = 0; i < 2; i++)
        if (c->pipe[i] >= 0)
            close(c->pipe[i]);
    pthread_cond_destroy(&c->changed);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

/* Under the lock. */
static void
pipe_mark(struct cancel *c)
{
    ssize_t ignored = c->pipe[1] >= 0 ? write(c->pipe[1], "", 1) : 0;
    (void)ignored;
}

void
cancel_fire(struct cancel *c)
{
    if (!c)
        return;
    pthread_mutex_lock(&c->lock);
    if (!atomic_exchange(&c->fired, true))
        pipe_mark(c);
    pthread_cond_broadcast(&c->changed);
    if (c->wake)
        c->wake(c->wake_arg);
    pthread_mutex_unlock(&c->lock);
}

bool
cancel_fired(const struct cancel *c)
{
    return c && atomic_load(&c->fired);
}

int
cancel_fd(struct cancel *c)
{
    if (!c)
        return -1;
    pthread_mutex_lock(&c->lock);
    if (c->pipe[0] < 0 && spawn_pipe(c->pipe, NULL) && atomic_load(&c->fired))
        pipe_mark(c);
    int fd = c->pipe[0];
    pthread_mutex_unlock(&c->lock);
    return fd;
}

void
cancel_set_waker(struct cancel *c, void (*wake)(void *arg), void *arg)
{
    if (!c)
        return;
    pthread_mutex_lock(&c->lock);
    c->wake = wake;
    c->wake_arg = arg;
    pthread_mutex_unlock(&c->lock);
}

bool
cancel_wait_until(struct cancel *c, int64_t deadline_us)
{
    struct cancel *own = c ? NULL : cancel_create(); /* nobody can fire it: a plain sleep */
    struct cancel *w = c ? c : own;
    pthread_mutex_lock(&w->lock);
    while (!atomic_load(&w->fired)) {
        if (deadline_us == NEVER_US) {
            pthread_cond_wait(&w->changed, &w->lock);
            continue;
        }
        if (clock_us() >= deadline_us)
            break;
        cond_wait_until(&w->changed, &w->lock, deadline_us);
    }
    bool fired = atomic_load(&w->fired);
    pthread_mutex_unlock(&w->lock);
    cancel_unref(&own);
    return fired;
}
