#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* pipe2, posix_spawn_file_actions_addclosefrom_np */
#endif
#include "berdua/base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"

extern char **environ;

/* Written by spawn_hide_variable before threads start, read-only afterwards. It is kept here and not
 * handed to each caller, so that no caller can forget it. */
static char **hidden;
static size_t hidden_count;

void
spawn_hide_variable(const char *name)
{
    if (!name || !*name)
        return;
    for (size_t i = 0; i < hidden_count; i++)
        if (strcmp(hidden[i], name) == 0)
            return;
    hidden = xgrow(hidden, hidden_count, sizeof *hidden);
    hidden[hidden_count++] = xstrdup(name);
}

static bool
variable_is_hidden(const char *entry)
{
    static const char *const known[] = {"ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN",
                                        "RUNPOD_API_KEY",    "OPENAI_API_KEY",
                                        "HF_TOKEN",          "CHROMA_API_KEY"};
    size_t n = strcspn(entry, "=");
    for (size_t i = 0; i < ARRAY_LEN(known) + hidden_count; i++) {
        const char *name = i < ARRAY_LEN(known) ? known[i] : hidden[i - ARRAY_LEN(known)];
        if (strlen(name) == n && memcmp(name, entry, n) == 0)
            return true;
    }
    return false;
}

/* The entries themselves are borrowed; only the list is to be freed. */
static char **
child_environment(void)
{
    size_t count = 0, kept = 0;
    while (environ[count])
        count++;
    char **list = xcalloc(count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        if (!variable_is_hidden(environ[i]))
            list[kept++] = environ[i];
    return list;
}

bool
spawn_pipe(int fds[2], struct err *err)
{
    int raw[2];
#ifdef __linux__
    if (pipe2(raw, O_CLOEXEC) != 0) /* a thread may start a child at any moment */
#else
    if (pipe(raw) != 0)
#endif
        return err_set(err, "no pipe: %s", strerror(errno));
    for (int i = 0; i < 2; i++) {
        fds[i] = fcntl(raw[i], F_DUPFD_CLOEXEC, 3);
        if (fds[i] < 0)
            err_set(err, "no pipe: %s", strerror(errno));
        close(raw[i]);
    }
    if (fds[0] >= 0 && fds[1] >= 0)
        return true;
    for (int i = 0; i < 2; i++) {
        if (fds[i] >= 0)
            close(fds[i]);
        fds[i] = -1;
    }
    return false;
}

static int
redirect(posix_spawn_file_actions_t *files, int fd, int to, int flags)
{
    if (fd == SPAWN_SAME)
        return 0;
    if (fd == SPAWN_NOWHERE)
        return posix_spawn_file_actions_addopen(files, to, "/dev/null", flags, 0);
    return posix_spawn_file_actions_adddup2(files, fd, to);
}

/* The program's own descriptors are all closed on exec; those that a library opened in its own way are
 * closed here, where the system has a call for it. */
static int
close_the_rest(posix_spawn_file_actions_t *files)
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    return posix_spawn_file_actions_addclosefrom_np(files, 3);
#else
    (void)files;
    return 0;
#endif
}

static int
set_attributes(posix_spawnattr_t *attributes, const struct spawn *s)
{
    static const int reset[] = {SIGHUP,   SIGINT,  SIGQUIT, SIGTERM, SIGPIPE, SIGXFSZ, SIGALRM,
                                SIGCHLD,  SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGUSR1, SIGUSR2,
                                SIGWINCH, SIGSEGV, SIGABRT, SIGBUS,  SIGFPE,  SIGILL};
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    sigset_t none, all;
    sigemptyset(&none);
    sigemptyset(&all);
    for (size_t i = 0; i < ARRAY_LEN(reset); i++)
        sigaddset(&all, reset[i]);
    if (s->own_group)
        flags |= POSIX_SPAWN_SETPGROUP;
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    int why = posix_spawnattr_setflags(attributes, flags);
    why = why ? why : posix_spawnattr_setpgroup(attributes, 0);
    why = why ? why : posix_spawnattr_setsigmask(attributes, &none);
    return why ? why : posix_spawnattr_setsigdefault(attributes, &all);
}

/* posix_spawn and not fork: other threads run, and between fork and exec nothing that takes a lock
 * (malloc, stdio) may be called. */
bool
spawn_start(const struct spawn *s, pid_t *pid, struct err *err)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    char **variables = child_environment();
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    const int own[] = {s->in, s->out, s->errors};
    int why = 0;
    for (int fd = 0; fd < 3 && !why; fd++)
        if (own[fd] == SPAWN_SAME)
            why = posix_spawn_file_actions_addinherit_np(&files, fd);
    why = why ? why : redirect(&files, s->in, 0, O_RDONLY);
#else
    int why = redirect(&files, s->in, 0, O_RDONLY);
#endif
    why = why ? why : redirect(&files, s->out, 1, O_WRONLY);
    why = why ? why : redirect(&files, s->errors, 2, O_WRONLY);
    why = why ? why : close_the_rest(&files);
    why = why ? why : set_attributes(&attributes, s);
    why =
        why ? why
            : posix_spawn(pid, s->argv[0], &files, &attributes, (char *const *)s->argv, variables);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    free(variables);
    return why == 0 || err_set(err, "cannot start %s: %s", s->argv[0], strerror(why));
}

char *
spawn_find(const char *name)
{
    const char *path = getenv("PATH");
    if (strchr(name, '/'))
        return access(name, X_OK) == 0 ? xstrdup(name) : NULL;
    for (const char *p = path ? path : ""; *p && *name;) {
        size_t n = strcspn(p, ":");
        char *file = xasprintf("%.*s/%s", (int)n, p, name);
        if (n > 0 && access(file, X_OK) == 0)
            return file;
        free(file);
        p += n + (p[n] == ':');
    }
    return NULL;
}

bool
spawn_ended(pid_t pid, int *status)
{
    pid_t done;
    do
        done = waitpid(pid, status, WNOHANG);
    while (done < 0 && errno == EINTR);
    return done != 0;
}

void
spawn_kill(pid_t pid)
{
    int status;
    kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
}

const char *
spawn_status_text(int status, char *text, size_t size)
{
    if (WIFSIGNALED(status))
        snprintf(text, size, "signal %d", WTERMSIG(status));
    else
        snprintf(text, size, "exit status %d", WEXITSTATUS(status));
    return text;
}
