#include "berdua/ui/external.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/spawn.h"

enum { LOOK_MS = 20, HANG_UP_LOOKS = 50 };

struct external {
    const char *command; /* of the environment */
    char *file;
    char *given; /* what it held at first */
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
write_file(struct external *x, struct err *err)
{
    int fd = path_make_temporary(&x->file);
    if (fd < 0)
        return err_set(err, "%s: %s", x->file, strerror(errno));
    bool ok = path_write_fd(fd, x->given, strlen(x->given));
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
    free((*x)->given);
    free(*x);
    *x = NULL;
}

struct external *
external_start(const char *text, struct err *err)
{
    struct external *x = xcalloc(1, sizeof *x);
    x->command = editor_command();
    x->given = xasprintf("%s%s", text, *text ? "\n" : "");
    if (!write_file(x, err)) {
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

/* Somebody wrote in it. */
static bool
was_changed(const struct external *x)
{
    struct buf now;
    struct stat st;
    size_t n = strlen(x->given);
    if (stat(x->file, &st) != 0 || st.st_size == 0)
        return false;
    if (st.st_size != (off_t)n)
        return true;
    buf_init(&now, n + 1);
    bool same = path_read(x->file, &now, NULL) && memcmp(now.p, x->given, n) == 0;
    buf_finish(&now);
    return !same;
}

/* A place for what was typed and cannot be taken: an empty file (0600) by a short name, since a screen may be narrow. */
static char *
make_kept_file(void)
{
    char *file = path_state("edited-XXXXXX");
    path_make_parent(file, NULL);
    int fd = mkstemp(file);
    if (fd >= 0)
        close(fd);
    return file;
}

/* Where it comes first, for a screen cuts what is too long for it. */
static void
say_kept(const char *where, struct err *err)
{
    struct err why = *err;
    err_set(err, "your text is kept in %s: %s", where, why.text);
}

/* Where it cannot be moved the temporary file stays where it is. */
static void
keep_file(struct external *x, struct err *err)
{
    char *file = make_kept_file();
    const char *where = rename(x->file, file) == 0 ? file : x->file;
    if (err)
        say_kept(where, err);
    else
        log_msg(LOG_WARN, "what was typed in the editor is kept in %s", where);
    free(file);
}

void
external_keep(const char *text, size_t n, struct err *err)
{
    struct err failure = {{0}};
    char *file = make_kept_file();
    if (path_write_atomic(file, text, n, &failure))
        say_kept(file, err);
    else
        err_prefix(err, "your text cannot be kept (%s)", failure.text);
    free(file);
}

/* Into out, without the last line end. */
static bool
read_text(const struct external *x, struct buf *out, struct err *err)
{
    if (!judge_status(x, err) || !path_read(x->file, out, err))
        return false;
    if (memchr(out->p, 0, out->len))
        return err_set(err, "the text holds a NUL byte, so it is no text");
    if (out->len && out->p[out->len - 1] == '\n')
        buf_truncate(out, out->len - 1);
    return true;
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
    bool ok = out && read_text(x, out, err);
    if (!ok && was_changed(x))
        keep_file(x, err);
    else
        unlink(x->file);
    if (!ok && out)
        buf_clear(out);
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
