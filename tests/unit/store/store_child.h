/* A second instance for the store's tests: the test program itself, started again. fork without exec
 * would copy locks and threads that a real second instance does not share. */
#ifndef TESTS_UNIT_STORE_CHILD_H
#define TESTS_UNIT_STORE_CHILD_H

#include "store_kit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

struct child {
    pid_t pid;
    int in;  /* what the child reads as stdin; closing it lets it end */
    int out; /* what it writes to stdout */
};

static const char *child_program;

static inline struct child
child_start(const char *role, const char *path, const char *extra)
{
    int in[2], out[2];
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    fcntl(in[1], F_SETFD, FD_CLOEXEC);
    fcntl(out[0], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        close(in[0]);
        close(out[1]);
        execl(child_program, child_program, role, path, extra, (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    return (struct child){pid, in[1], out[0]};
}

/* One line, without its LF; false at the end. */
static inline bool
child_line(const struct child *c, char *line, size_t size)
{
    size_t n = 0;
    char ch;
    ssize_t got;
    while ((got = read(c->out, &ch, 1)) == 1 || (got < 0 && errno == EINTR)) {
        if (got == 1 && ch == '\n')
            break;
        if (got == 1 && n + 1 < size)
            line[n++] = ch;
    }
    line[n] = 0;
    return got == 1;
}

/* Closes its stdin or kills it, and waits; returns the exit code or -signal. */
static inline int
child_end(struct child *c, int signo)
{
    int status;
    if (signo)
        kill(c->pid, signo);
    close(c->in);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(c->out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* ---- inside the child ---- */

static inline void
child_say(const char *text)
{
    char line[256];
    int n = snprintf(line, sizeof line, "%s\n", text);
    /* One write: the parent sees a whole line or none. */
    if (write(STDOUT_FILENO, line, (size_t)n) != n)
        _exit(3);
}

static inline void
child_wait(void)
{
    char ch;
    while (read(STDIN_FILENO, &ch, 1) == 1)
        ;
}

/* Without the leak check: the child's own small things are not what is tested. */
_Noreturn static inline void
child_done(void)
{
    _exit(0);
}

static inline void
child_must(bool ok)
{
    if (!ok)
        _exit(4);
}

#endif
