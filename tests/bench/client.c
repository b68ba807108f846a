#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { ROWS = 48, COLS = 160, READ_BYTES = 65536 };

static void
die(const char *what)
{
    perror(what);
    abort();
}

/* ours: the end we read (and type into); theirs: the program's. */
static void
open_ends(enum client_kind kind, int *ours, int *theirs)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLS};
    int ends[2];
    if (kind == CLIENT_PIPE) {
        if (pipe(ends) < 0)
            die("pipe");
        *ours = ends[0];
        *theirs = ends[1];
    } else {
        *ours = posix_openpt(O_RDWR | O_NOCTTY);
        if (*ours < 0 || grantpt(*ours) < 0 || unlockpt(*ours) < 0)
            die("pseudo-terminal");
        *theirs = open(ptsname(*ours), O_RDWR | O_NOCTTY);
        if (*theirs < 0)
            die("pseudo-terminal");
        ioctl(*ours, TIOCSWINSZ, &size);
    }
    fcntl(*ours, F_SETFD, FD_CLOEXEC);
    fcntl(*ours, F_SETFL, O_NONBLOCK);
}

extern char **environ;

static void
become(enum client_kind kind, int end, char *const *argv, char *const *env)
{
    if (kind == CLIENT_TERMINAL) {
        setsid();
        ioctl(end, TIOCSCTTY, 0);
        dup2(end, STDIN_FILENO);
        dup2(end, STDERR_FILENO);
    }
    dup2(end, STDOUT_FILENO);
    if (end > STDERR_FILENO)
        close(end);
    environ = (char **)(uintptr_t)env;
    execvp(argv[0], argv);
    _exit(127);
}

struct client *
client_start(enum client_kind kind, char *const *argv, char *const *env)
{
    struct client *c = xcalloc(1, sizeof *c);
    int end;
    open_ends(kind, &c->fd, &end);
    c->started_us = clock_us();
    c->pid = fork();
    if (c->pid < 0)
        die("fork");
    if (c->pid == 0)
        become(kind, end, argv, env);
    close(end);
    return c;
}

void
client_stop(struct client **cp, double *cpu_s)
{
    struct client *c = *cp;
    struct rusage before, after;
    int status;
    *cp = NULL;
    if (!c)
        return;
    getrusage(RUSAGE_CHILDREN, &before);
    kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    getrusage(RUSAGE_CHILDREN, &after);
    if (cpu_s)
        *cpu_s += (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
                  (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6 +
                  (double)(after.ru_stime.tv_sec - before.ru_stime.tv_sec) +
                  (double)(after.ru_stime.tv_usec - before.ru_stime.tv_usec) / 1e6;
    if (c->fd >= 0)
        close(c->fd);
    free(c);
}

void
client_send(struct client *c, const char *bytes)
{
    size_t n = strlen(bytes);
    if (write(c->fd, bytes, n) != (ssize_t)n)
        die("typing");
}

static void
take(struct client *c)
{
    static char piece[READ_BYTES];
    ssize_t n = read(c->fd, piece, sizeof piece);
    int64_t now = clock_us();
    if (n > 0) {
        c->bytes += n;
        scan_feed(&c->scan, piece, (size_t)n, now);
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        close(c->fd);
        c->fd = -1;
    }
}

bool
client_pump(struct client *const *clients, int n, bool (*done)(void *arg), void *arg,
            int64_t until_us)
{
    for (;;) {
        fd_set in;
        int top = -1;
        int64_t left = until_us - clock_us();
        if (done && done(arg))
            return true;
        FD_ZERO(&in);
        for (int i = 0; i < n; i++) {
            if (clients[i]->fd >= 0)
                FD_SET(clients[i]->fd, &in);
            top = clients[i]->fd > top ? clients[i]->fd : top;
        }
        if (left <= 0 || top < 0)
            return false;
        struct timespec t = {.tv_sec = left / US_PER_S, .tv_nsec = left % US_PER_S * 1000};
        if (pselect(top + 1, &in, NULL, NULL, &t, NULL) <= 0)
            continue;
        for (int i = 0; i < n; i++)
            if (clients[i]->fd >= 0 && FD_ISSET(clients[i]->fd, &in))
                take(clients[i]);
    }
}
