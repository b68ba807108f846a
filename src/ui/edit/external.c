#include "external.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"

static const char *
editor_command(void)
{
    const char *names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *v = getenv(names[i]);
        if (v && v[strspn(v, " \t")])
            return v;
    }
    return "vi";
}

static bool
write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

/* The variable may hold arguments ("code --wait"), so a shell splits it; the file is an argument of the
 * shell and is never parsed. */
static void
run_child(const char *command, const char *file)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int reset[] = {SIGINT, SIGQUIT, SIGTSTP, SIGPIPE, SIGWINCH, SIGSEGV, SIGABRT, SIGBUS, SIGFPE};
    for (size_t i = 0; i < ARRAY_LEN(reset); i++)
        signal(reset[i], SIG_DFL);
    char *line = xasprintf("%s \"$1\"", command);
    execl("/bin/sh", "sh", "-c", line, "berdua", file, (char *)NULL);
    _exit(127);
}

static bool
wait_for(pid_t pid, const char *command, struct err *err)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return err_set(err, "%s: %s", command, strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return err_set(err, "%s: not found; set $VISUAL or $EDITOR", command);
    if (WIFSIGNALED(status))
        return err_set(err, "%s: ended by signal %d", command, WTERMSIG(status));
    return err_set(err, "%s: ended with status %d", command, WEXITSTATUS(status));
}

bool
external_edit(const char *text, struct buf *out, struct err *err)
{
    bool ok = false;
    const char *command = editor_command();
    const char *tmp = getenv("TMPDIR");
    char *file = xasprintf("%s/berdua-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
    int fd = mkstemp(file); /* 0600 */
    if (fd < 0) {
        err_set(err, "%s: %s", file, strerror(errno));
        goto out_name;
    }
    ok = write_all(fd, text, strlen(text)) && write_all(fd, "\n", *text ? 1 : 0);
    ok = close(fd) == 0 && ok;
    if (!ok) {
        err_set(err, "%s: %s", file, strerror(errno));
        goto out_file;
    }
    /* As system(3) does: what is typed for the editor is not for us. */
    struct sigaction ignore = {.sa_handler = SIG_IGN}, old_int, old_quit;
    sigaction(SIGINT, &ignore, &old_int);
    sigaction(SIGQUIT, &ignore, &old_quit);
    pid_t pid = fork();
    if (pid == 0)
        run_child(command, file);
    ok = pid > 0 ? wait_for(pid, command, err) : err_set(err, "fork: %s", strerror(errno));
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGQUIT, &old_quit, NULL);
    ok = ok && path_read(file, out, err);
    if (out->len && out->p[out->len - 1] == '\n')
        buf_truncate(out, out->len - 1);
out_file:
    unlink(file);
out_name:
    free(file);
    return ok;
}
