#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { MAX_OUT_BYTES = 256 << 20, PIPE_IN = 0, PIPE_OUT = 1, PIPE_ERR = 2 };

struct cli {
    pid_t pid;
    int64_t began_us;
    int fd[3]; /* our ends; -1 when closed */
    char *input;
    size_t input_len, input_at;
    struct buf out, err;
};

static void
fail_cli(const char *what)
{
    perror(what);
    abort();
}

/* In the child: never returns. */
static void
run_child(struct place *place, char *const *argv, const int theirs[3])
{
    setsid(); /* no controlling terminal */
    for (int i = 0; i < 3; i++) {
        if (dup2(theirs[i], i) < 0)
            _exit(126);
    }
    for (int fd = 3; fd < 256; fd++)
        close(fd);
    execve(argv[0], argv, place_environ(place));
    _exit(127);
}

static void
close_end(struct cli *c, int i)
{
    if (c->fd[i] >= 0)
        close(c->fd[i]);
    c->fd[i] = -1;
}

struct cli *
cli_start(struct place *place, const char *const *args, const char *input)
{
    struct cli *c = xcalloc(1, sizeof(*c));
    size_t n = 0;
    int theirs[3];
    while (args[n] != NULL)
        n++;
    char **argv = xcalloc(n + 2, sizeof(char *));
    argv[0] = xstrdup(program_path());
    for (size_t i = 0; i < n; i++)
        argv[i + 1] = xstrdup(args[i]);
    for (int i = 0; i < 3; i++) {
        int ends[2];
        if (pipe(ends) < 0)
            fail_cli("pipe");
        theirs[i] = ends[i == PIPE_IN ? 0 : 1];
        c->fd[i] = ends[i == PIPE_IN ? 1 : 0];
        fcntl(c->fd[i], F_SETFL, O_NONBLOCK);
        fcntl(c->fd[i], F_SETFD, FD_CLOEXEC);
    }
    buf_init(&c->out, MAX_OUT_BYTES);
    buf_init(&c->err, MAX_OUT_BYTES);
    c->input = xstrdup(input != NULL ? input : "");
    c->input_len = strlen(c->input);
    signal(SIGPIPE, SIG_IGN);
    c->began_us = clock_us();
    c->pid = fork();
    if (c->pid < 0)
        fail_cli("fork");
    if (c->pid == 0)
        run_child(place, argv, theirs);
    for (int i = 0; i < 3; i++)
        close(theirs[i]);
    if (!c->input_len) /* a command that reads its input to the end shall not wait for cli_wait */
        close_end(c, PIPE_IN);
    for (size_t i = 0; i <= n; i++)
        free(argv[i]);
    free(argv);
    return c;
}

int
cli_pid(const struct cli *c)
{
    return (int)c->pid;
}

static void
give_input(struct cli *c)
{
    ssize_t n = write(c->fd[PIPE_IN], c->input + c->input_at, c->input_len - c->input_at);
    if (n > 0)
        c->input_at += (size_t)n;
    if ((n < 0 && errno != EAGAIN) || c->input_at == c->input_len)
        close_end(c, PIPE_IN);
}

static void
take_output(struct cli *c, int i, struct buf *into)
{
    char part[65536];
    ssize_t n = read(c->fd[i], part, sizeof(part));
    if (n > 0)
        buf_append(into, part, (size_t)n);
    else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(c, i);
}

/* One wait for whatever moves; false when both outputs are closed or the deadline has passed. */
static bool
pump(struct cli *c)
{
    int64_t left = c->began_us + (int64_t)patience_ms() * US_PER_MS - clock_us();
    if (c->input_at == c->input_len)
        close_end(c, PIPE_IN);
    if ((c->fd[PIPE_OUT] < 0 && c->fd[PIPE_ERR] < 0) || left <= 0)
        return false;
    struct pollfd fds[3] = {{.fd = c->fd[PIPE_IN], .events = POLLOUT},
                            {.fd = c->fd[PIPE_OUT], .events = POLLIN},
                            {.fd = c->fd[PIPE_ERR], .events = POLLIN}};
    if (poll(fds, 3, (int)(left / US_PER_MS) + 1) < 0)
        return errno == EINTR;
    if (fds[0].revents != 0)
        give_input(c);
    if (fds[1].revents != 0)
        take_output(c, PIPE_OUT, &c->out);
    if (fds[2].revents != 0)
        take_output(c, PIPE_ERR, &c->err);
    return true;
}

bool
cli_wait_out(struct cli *c, const char *text)
{
    while (strstr(c->out.p, text) == NULL) {
        if (!pump(c))
            return false;
    }
    return true;
}

void
cli_wait(struct cli **pc, struct cli_result *r)
{
    struct cli *c = *pc;
    int status = 0;
    *pc = NULL;
    while (pump(c))
        ;
    *r = (struct cli_result){.out = c->out, .err = c->err};
    r->late = c->fd[PIPE_OUT] >= 0 || c->fd[PIPE_ERR] >= 0;
    if (r->late)
        kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    r->took_us = clock_us() - c->began_us;
    r->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    r->code = r->signal != 0 ? 128 + r->signal : WEXITSTATUS(status);
    for (int i = 0; i < 3; i++)
        close_end(c, i);
    free(c->input);
    free(c);
}

void
cli_run(struct cli_result *r, struct place *place, const char *const *args, const char *input)
{
    struct cli *c = cli_start(place, args, input);
    cli_wait(&c, r);
}

void
cli_finish(struct cli_result *r)
{
    buf_finish(&r->out);
    buf_finish(&r->err);
}

void
cli_show(const struct cli_result *r)
{
    fprintf(stderr, "exit %d%s\n--- stdout\n%s\n--- stderr\n%s\n", r->code,
            r->late ? " (late)" : "", r->out.p, r->err.p);
}

char *
cli_only_session(struct place *place)
{
    struct cli_result r;
    cli_run(&r, place, (const char *const[]){"sessions", "list", NULL}, NULL);
    char *id = xstrndup(r.out.p, 26);
    cli_finish(&r);
    return id;
}
