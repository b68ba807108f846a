#include "berdua/core/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/base/spawn.h"
#include "berdua/core/thread.h"

enum { MAX_SIGNO = 64, HANGUP_S = 5 };

struct watch {
    int fd;
    void (*ready)(void *arg); /* NULL: removed, its slot is freed after the pass */
    void *arg;
};

struct loop_timer {
    struct loop *loop;
    int64_t at_us;
    uint64_t fired_in; /* number of the pass that fired it, so that re-arming in the past cannot
                          keep one pass going for ever */
    void (*fire)(void *arg);
    void *arg;
};

struct caught_signal {
    int signo;
    void (*caught)(int signo, void *arg);
    void *arg;
    struct sigaction old;
};

struct loop {
    struct watch *watches;
    size_t watch_count;
    struct loop_timer **timers;
    size_t timer_count;
    struct caught_signal *signals;
    size_t signal_count;
    int pipe[2];
    int64_t (*before)(void *arg);
    void *before_arg;
    uint64_t pass;
    bool stop;
    int value;
};

/* Signal glue: all that a handler may touch. One loop at a time catches signals. */
static volatile sig_atomic_t pending[MAX_SIGNO + 1];
static volatile sig_atomic_t wake_fd = -1;
static volatile sig_atomic_t running;

static void
handler(int signo)
{
    int saved = errno;
    if (signo > 0 && signo <= MAX_SIGNO)
        pending[signo] = 1;
    if (signo == SIGHUP && running)
        alarm(HANGUP_S); /* a callback that does not return would run on unseen */
    /* A full pipe is fine: it wakes the loop all the same. */
    ssize_t ignored = write(wake_fd, "", 1);
    (void)ignored;
    errno = saved;
}

static void
deliver_signals(void *arg)
{
    struct loop *l = arg;
    char drain[64];
    while (read(l->pipe[0], drain, sizeof drain) == (ssize_t)sizeof drain)
        ;
    for (size_t i = 0; i < l->signal_count; i++) {
        struct caught_signal *s = &l->signals[i];
        if (!pending[s->signo])
            continue;
        pending[s->signo] = 0;
        if (s->signo == SIGHUP)
            alarm(0);
        s->caught(s->signo, s->arg);
    }
}

struct loop *
loop_create(struct err *err)
{
    int fds[2];
    if (!spawn_pipe(fds, err))
        return NULL;
    for (int i = 0; i < 2; i++)
        fcntl(fds[i], F_SETFL, O_NONBLOCK);
    struct loop *l = xcalloc(1, sizeof *l);
    l->pipe[0] = fds[0];
    l->pipe[1] = fds[1];
    loop_add_fd(l, l->pipe[0], deliver_signals, l);
    return l;
}

void
loop_destroy(struct loop **lp)
{
    struct loop *l = *lp;
    *lp = NULL;
    if (!l)
        return;
    for (size_t i = l->signal_count; i-- > 0;)
        sigaction(l->signals[i].signo, &l->signals[i].old, NULL);
    if (wake_fd == l->pipe[1])
        wake_fd = -1;
    close(l->pipe[0]);
    close(l->pipe[1]);
    for (size_t i = 0; i < l->timer_count; i++)
        if (l->timers[i])
            l->timers[i]->loop = NULL;
    free(l->timers);
    free(l->watches);
    free(l->signals);
    free(l);
}

void
loop_add_fd(struct loop *l, int fd, void (*ready)(void *arg), void *arg)
{
    if (fd < 0 || fd >= FD_SETSIZE)
        abort(); /* select would write past its set */
    l->watches = xgrow(l->watches, l->watch_count, sizeof *l->watches);
    l->watches[l->watch_count++] = (struct watch){.fd = fd, .ready = ready, .arg = arg};
}

void
loop_remove_fd(struct loop *l, int fd)
{
    for (size_t i = 0; i < l->watch_count; i++)
        if (l->watches[i].fd == fd)
            l->watches[i].ready = NULL;
}

struct loop_timer *
loop_timer_create(struct loop *l, void (*fire)(void *arg), void *arg)
{
    struct loop_timer *t = xcalloc(1, sizeof *t);
    t->loop = l;
    t->at_us = NEVER_US;
    t->fire = fire;
    t->arg = arg;
    l->timers = xgrow(l->timers, l->timer_count, sizeof(struct loop_timer *));
    l->timers[l->timer_count++] = t;
    return t;
}

void
loop_timer_arm(struct loop_timer *t, int64_t at_us)
{
    t->at_us = at_us;
}

int64_t
loop_timer_at(const struct loop_timer *t)
{
    return t->at_us;
}

void
loop_timer_destroy(struct loop_timer **tp)
{
    struct loop_timer *t = *tp;
    *tp = NULL;
    if (!t)
        return;
    for (size_t i = 0; t->loop && i < t->loop->timer_count; i++)
        if (t->loop->timers[i] == t)
            t->loop->timers[i] = NULL; /* the slot is freed after the pass */
    free(t);
}

bool
loop_add_signal(struct loop *l, int signo, void (*caught)(int signo, void *arg), void *arg,
                struct err *err)
{
    if (signo <= 0 || signo > MAX_SIGNO)
        return err_set(err, "signal %d cannot be caught", signo);
    struct caught_signal s = {.signo = signo, .caught = caught, .arg = arg};
    struct sigaction act = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigemptyset(&act.sa_mask);
    pending[signo] = 0;
    wake_fd = l->pipe[1];
    if (sigaction(signo, &act, &s.old) < 0)
        return err_set(err, "signal %d cannot be caught: %s", signo, strerror(errno));
    l->signals = xgrow(l->signals, l->signal_count, sizeof *l->signals);
    l->signals[l->signal_count++] = s;
    return true;
}

void
loop_set_before_wait(struct loop *l, int64_t (*before)(void *arg), void *arg)
{
    l->before = before;
    l->before_arg = arg;
}

/* Frees the slots of what was removed during the pass. */
static void
compact(struct loop *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->watch_count; i++)
        if (l->watches[i].ready)
            l->watches[n++] = l->watches[i];
    l->watch_count = n;
    n = 0;
    for (size_t i = 0; i < l->timer_count; i++)
        if (l->timers[i])
            l->timers[n++] = l->timers[i];
    l->timer_count = n;
}

/* A descriptor that was closed under us would make every wait fail at once. */
static void
drop_bad_fds(struct loop *l)
{
    for (size_t i = 0; i < l->watch_count; i++) {
        if (fcntl(l->watches[i].fd, F_GETFD) >= 0)
            continue;
        log_msg(LOG_ERROR, "descriptor %d was closed while it was watched", l->watches[i].fd);
        l->watches[i].ready = NULL;
    }
    compact(l);
}

/* Sleeps until a descriptor is readable or until_us; *set holds the readable ones. */
static void
wait_ready(struct loop *l, int64_t until_us, fd_set *set)
{
    struct timespec t, *timeout = NULL;
    int top = -1;
    FD_ZERO(set);
    for (size_t i = 0; i < l->watch_count; i++) {
        FD_SET(l->watches[i].fd, set);
        if (l->watches[i].fd > top)
            top = l->watches[i].fd;
    }
    if (until_us != NEVER_US) {
        int64_t left = until_us - clock_us();
        if (left < 0)
            left = 0;
        t = (struct timespec){.tv_sec = left / US_PER_S, .tv_nsec = left % US_PER_S * 1000};
        timeout = &t;
    }
    if (pselect(top + 1, set, NULL, NULL, timeout, NULL) < 0) {
        if (errno == EBADF)
            drop_bad_fds(l);
        FD_ZERO(set); /* EINTR: the handler has written to the pipe; the next pass sees it */
    }
}

static int64_t
next_timer(const struct loop *l)
{
    int64_t at = NEVER_US;
    for (size_t i = 0; i < l->timer_count; i++)
        if (l->timers[i]->at_us < at)
            at = l->timers[i]->at_us;
    return at;
}

static void
fire_timers(struct loop *l)
{
    int64_t now = clock_us();
    while (!l->stop) {
        struct loop_timer *due = NULL;
        for (size_t i = 0; i < l->timer_count; i++) {
            struct loop_timer *t = l->timers[i];
            if (t && t->at_us <= now && t->fired_in != l->pass && (!due || t->at_us < due->at_us))
                due = t;
        }
        if (!due)
            return;
        due->at_us = NEVER_US;
        due->fired_in = l->pass;
        due->fire(due->arg);
    }
}

int
loop_run(struct loop *l)
{
    fd_set ready;
    l->stop = false;
    thread_forbid_waiting(true);
    running = true;
    while (!l->stop) {
        l->pass++;
        int64_t until = NEVER_US;
        if (l->before)
            until = l->before(l->before_arg);
        if (l->stop)
            break;
        compact(l);
        int64_t timer = next_timer(l);
        wait_ready(l, timer < until ? timer : until, &ready);
        size_t n = l->watch_count; /* those added by a callback wait for the next pass */
        for (size_t i = 0; i < n && !l->stop; i++) {
            struct watch w = l->watches[i]; /* a copy: a callback may move the array */
            if (w.ready && FD_ISSET(w.fd, &ready))
                w.ready(w.arg);
        }
        fire_timers(l);
        compact(l);
    }
    running = false;
    alarm(0);
    thread_forbid_waiting(false);
    return l->value;
}

void
loop_stop(struct loop *l, int value)
{
    l->stop = true;
    l->value = value;
}
