#include "berdua/ui/external.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/spawn.h"

enum { LOOK_MS = 20, HANG_UP_LOOKS = 50 };

struct external {
    const char *command; /* of the environment */
    char *file;
    pid_t pid;
    bool ended;
    int status; /* as waitpid gave it */
    struct sigaction old_int, old_quit;
};

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
write_file(struct external *x, const char *text, struct err *err)
{
    int fd = path_make_temporary(&x->file);
    if (fd < 0)
        return err_set(err, "%s: %s", x->file, strerror(errno));
    bool ok = path_write_fd(fd, text, strlen(text)) && path_write_fd(fd, "\n", *text ? 1 : 0);
    ok = close(fd) == 0 && ok;
    if (ok)
        return true;
    err_set(err, "%s: %s", x->file, strerror(errno));
    unlink(x->file);
    return false;
}

/* The variable may hold arguments ("code --wait"), so a shell splits it; the file is an argument of the shell and is
 * never parsed. */
static bool
spawn_editor(struct external *x, struct err *err)
{
    char *line = xasprintf("%s \"$1\"", x->command);
    const char *const argv[] = {"/bin/sh", "-c", line, "berdua", x->file, NULL};
    struct spawn s = {.argv = argv, .in = SPAWN_SAME, .out = SPAWN_SAME, .errors = SPAWN_SAME};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGINT, &ignore, &x->old_int);
    sigaction(SIGQUIT, &ignore, &x->old_quit);
    bool ok = spawn_start(&s, &x->pid, err);
    free(line);
    return ok;
}

static void
external_free(struct external **x)
{
    free((*x)->file);
    free(*x);
    *x = NULL;
}

struct external *
external_start(const char *text, struct err *err)
{
    struct external *x = xcalloc(1, sizeof *x);
    x->command = editor_command();
    if (!write_file(x, text, err)) {
        external_free(&x);
    } else if (!spawn_editor(x, err)) {
        x->ended = true;
        external_finish(&x, NULL, NULL);
    }
    return x;
}

bool
external_ended(struct external *x)
{
    if (!x->ended)
        x->ended = spawn_ended(x->pid, &x->status);
    return x->ended;
}

static bool
judge_status(const struct external *x, struct err *err)
{
    char text[64];
    if (WIFEXITED(x->status) && WEXITSTATUS(x->status) == 0)
        return true;
    if (WIFEXITED(x->status) && WEXITSTATUS(x->status) == 127)
        return err_set(err, "%s: not found; set $VISUAL or $EDITOR", x->command);
    return err_set(err, "%s: %s", x->command, spawn_status_text(x->status, text, sizeof text));
}

bool
external_finish(struct external **xp, struct buf *out, struct err *err)
{
    struct external *x = *xp;
    if (!external_ended(x)) {
        kill(x->pid, SIGHUP); /* upon which editors save what they hold for a later recovery */
        for (int i = 0; i < HANG_UP_LOOKS && !external_ended(x); i++)
            poll(NULL, 0, LOOK_MS);
        if (!external_ended(x)) {
            kill(x->pid, SIGKILL);
            waitpid(x->pid, &x->status, 0);
        }
    }
    sigaction(SIGINT, &x->old_int, NULL);
    sigaction(SIGQUIT, &x->old_quit, NULL);
    bool ok = out && judge_status(x, err) && path_read(x->file, out, err);
    if (ok && out->len && out->p[out->len - 1] == '\n')
        buf_truncate(out, out->len - 1);
    unlink(x->file);
    external_free(xp);
    return ok;
}

bool
external_edit(const char *text, struct buf *out, struct err *err)
{
    struct external *x = external_start(text, err);
    if (!x)
        return false;
    while (waitpid(x->pid, &x->status, 0) < 0 && errno == EINTR)
        ;
    x->ended = true;
    return external_finish(&x, out, err);
}
