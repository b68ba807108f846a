#include "berdua/conf/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/conf/config.h"

extern char **environ;

enum { SECRET_MOST = 64 * 1024, COMMAND_S = 10, SHARED_PART = 12 };

/* Through volatile, so that the compiler keeps stores to memory that is about to be freed. */
static void
wipe(void *p, size_t n)
{
    volatile unsigned char *v = p;
    while (n-- > 0)
        *v++ = 0;
}

void
secret_free(char **key)
{
    if (!*key)
        return;
    wipe(*key, strlen(*key));
    free(*key);
    *key = NULL;
}

/* The first line of text, without blanks around it; what would break out of an HTTP header is refused.
 * source is for errors, which never hold the text. */
static bool
take_line(const char *text, const char *source, char **key, struct err *err)
{
    size_t n = strcspn(text, "\r\n");
    while (n && (text[0] == ' ' || text[0] == '\t')) {
        text++;
        n--;
    }
    while (n && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    if (n == 0)
        return err_set(err, "api_key: %s gives an empty first line", source);
    for (size_t i = 0; i < n; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return err_set(err, "api_key: %s gives a blank or special character inside the key",
                           source);
    *key = xstrndup(text, n);
    return true;
}

static bool
from_env(const char *name, char **key, struct err *err)
{
    const char *value = getenv(name);
    if (!value || !value[0])
        return err_set(err,
                       "api_key: the environment variable %s is not set; export %s=… or name "
                       "another source in the configuration",
                       name, name);
    char source[160];
    snprintf(source, sizeof source, "the environment variable %.100s", name);
    return take_line(value, source, key, err);
}

static ssize_t
read_some(int fd, char *p, size_t n)
{
    ssize_t got;
    do
        got = read(fd, p, n);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool
from_file(const char *path, char **key, struct err *err)
{
    bool ok = false;
    char *file = path_expand(path);
    char *text = xcalloc(1, SECRET_MOST + 1);
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hold us */
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        err_set(err, "api_key: %s: %s", file, strerror(errno));
        goto out;
    }
    if (!S_ISREG(st.st_mode)) {
        err_set(err, "api_key: %s: not a plain file", file);
        goto out;
    }
    if (st.st_mode & (S_IRWXG | S_IRWXO)) {
        err_set(err, "api_key: %s can be read by others than its owner (mode %03o); chmod 600 %s",
                file, (unsigned)(st.st_mode & 0777), file);
        goto out;
    }
    size_t n = 0;
    ssize_t got;
    while (n < SECRET_MOST && (got = read_some(fd, text + n, SECRET_MOST - n)) > 0)
        n += (size_t)got;
    ok = take_line(text, file, key, err);
out:
    if (fd >= 0)
        close(fd);
    wipe(text, SECRET_MOST);
    free(text);
    free(file);
    return ok;
}

/* Both ends close on exec and are above the standard three, so that dup2 in the child always makes a
 * new descriptor. */
static bool
make_pipe(int fds[2])
{
    int raw[2];
    if (pipe(raw) != 0)
        return false;
    fds[0] = fcntl(raw[0], F_DUPFD_CLOEXEC, 3);
    fds[1] = fcntl(raw[1], F_DUPFD_CLOEXEC, 3);
    close(raw[0]);
    close(raw[1]);
    if (fds[0] >= 0 && fds[1] >= 0)
        return true;
    if (fds[0] >= 0)
        close(fds[0]);
    if (fds[1] >= 0)
        close(fds[1]);
    return false;
}

/* In a process group of its own, so that a time-out ends what the shell started too; stdin and stderr
 * lead nowhere, because the screen may belong to curses. */
static int
spawn_shell(const char *command, int out, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigemptyset(&all);
    sigaddset(&all, SIGPIPE);
    sigaddset(&all, SIGINT);
    sigaddset(&all, SIGQUIT);
    sigaddset(&all, SIGTERM);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, out, 1);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    char *argv[] = {"sh", "-c", (char *)command, NULL};
    int why = posix_spawn(pid, "/bin/sh", &files, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return why;
}

struct output {
    char *text; /* SECRET_MOST + 1 bytes, zeroed */
    size_t n;
    bool ended, timed_out;
    int status; /* of waitpid, once ended */
};

/* Reads until the shell has ended; a grandchild that keeps the pipe open does not hold us. */
static void
collect(int fd, pid_t pid, struct output *o)
{
    int64_t deadline = clock_us() + (int64_t)COMMAND_S * US_PER_S;
    bool open = true;
    while (!o->ended || open) {
        struct pollfd p = {.fd = open ? fd : -1, .events = POLLIN};
        int ready = poll(&p, 1, o->ended ? 0 : 10);
        if (ready > 0) {
            char rest[256];
            bool room = o->n < SECRET_MOST;
            ssize_t got = room ? read_some(fd, o->text + o->n, SECRET_MOST - o->n)
                               : read_some(fd, rest, sizeof rest);
            if (got <= 0)
                open = false;
            else if (room)
                o->n += (size_t)got;
        } else if (o->ended) {
            open = false;
        }
        if (!o->ended) {
            pid_t done = waitpid(pid, &o->status, WNOHANG);
            o->ended = done == pid || (done < 0 && errno == ECHILD);
        }
        if (clock_us() >= deadline) {
            o->timed_out = !o->ended;
            break;
        }
    }
    if (o->ended)
        return;
    kill(-pid, SIGKILL);
    while (waitpid(pid, &o->status, 0) < 0 && errno == EINTR)
        continue;
}

static bool
from_command(const char *command, char **key, struct err *err)
{
    int fds[2];
    pid_t pid;
    bool ok = false;
    if (!make_pipe(fds))
        return err_set(err, "api_key: cannot run the command: %s", strerror(errno));
    int why = spawn_shell(command, fds[1], &pid);
    close(fds[1]);
    struct output o = {.text = xcalloc(1, SECRET_MOST + 1)};
    if (why != 0) {
        err_set(err, "api_key: cannot run the command: %s", strerror(why));
        goto out;
    }
    collect(fds[0], pid, &o);
    if (o.timed_out)
        err_set(err, "api_key: the command took longer than %d s; run it by hand to see why",
                COMMAND_S);
    else if (WIFSIGNALED(o.status))
        err_set(err, "api_key: the command was ended by signal %d; run it by hand to see why",
                WTERMSIG(o.status));
    else if (WEXITSTATUS(o.status) != 0)
        err_set(err, "api_key: the command ended with exit status %d; run it by hand to see why",
                WEXITSTATUS(o.status));
    else
        ok = take_line(o.text, "the command", key, err);
out:
    close(fds[0]);
    wipe(o.text, SECRET_MOST);
    free(o.text);
    return ok;
}

bool
secret_resolve(const struct secret_conf *s, char **key, struct err *err)
{
    *key = NULL;
    if (s->env)
        return from_env(s->env, key, err);
    if (s->file)
        return from_file(s->file, key, err);
    if (s->command)
        return from_command(s->command, key, err);
    return true;
}

/* The longest beginning of s that stands somewhere in key. */
static size_t
longest_part(const char *s, const char *key)
{
    size_t best = 0;
    for (const char *k = key; *k; k++) {
        size_t n = 0;
        while (k[n] && s[n] == k[n])
            n++;
        if (n > best)
            best = n;
    }
    return best;
}

void
secret_redact(char *s, const char *key)
{
    static const char mark[] = "…";
    size_t whole = key ? strlen(key) : 0;
    if (!s || whole == 0)
        return;
    size_t least = whole < SHARED_PART ? whole : SHARED_PART;
    char *out = s;
    while (*s) {
        size_t n = longest_part(s, key);
        if (n < least) {
            *out++ = *s++;
            continue;
        }
        s += n;
        if (n >= sizeof mark - 1) {
            memcpy(out, mark, sizeof mark - 1);
            out += sizeof mark - 1;
        } else {
            *out++ = '*';
        }
    }
    *out = 0;
}
