#include "berdua/core/cancel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/spawn.h"
#include "berdua/core/thread.h"

struct cancel {
    atomic_int refs;
    atomic_bool fired; /* atomic so that a transfer loop may look without the lock */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*wake)(void *arg);
    void *wake_arg;
    int pipe[2]; /* made by cancel_fd, else -1; a byte is in it once fired */
};

struct cancel *
cancel_create(void)
{
    struct cancel *c = xcalloc(1, sizeof *c);
    atomic_init(&c->refs, 1);
    atomic_init(&c->fired, false);
    pthread_mutex_init(&c->lock, NULL);
    thread_cond_init(&c->changed);
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
    while (!atomic_load(&w->fired) && clock_us() < deadline_us)
        thread_cond_wait(&w->changed, &w->lock, deadline_us);
    bool fired = atomic_load(&w->fired);
    pthread_mutex_unlock(&w->lock);
    cancel_unref(&own);
    return fired;
}
