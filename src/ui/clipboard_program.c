#include "clipboard_program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/spawn.h"

enum { RUN_S = 5, SAID_BYTES = 200 };

struct clipboard_program {
    char *words; /* of the command, each with a NUL behind it */
    pid_t pid;
    int said; /* a file without a name for its errors: what it leaves running can go on writing there */
    int64_t deadline_us;
    int status;
    bool ended, killed;
};

static bool
is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

const char *
clipboard_command(const char *setting)
{
    static const struct {
        const char *needs; /* a variable; NULL: none */
        const char *program, *command;
    } known[] = {
        {"WAYLAND_DISPLAY", "wl-copy", "wl-copy"},
        {"DISPLAY", "xclip", "xclip -selection clipboard"},
        {"DISPLAY", "xsel", "xsel --clipboard --input"},
        {NULL, "pbcopy", "pbcopy"},
    };
    if (setting && strcmp(setting, "auto") != 0)
        return strcmp(setting, "osc52") == 0 ? NULL : setting;
    if (is_set("SSH_CONNECTION") || is_set("SSH_TTY"))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        char *path =
            !known[i].needs || is_set(known[i].needs) ? spawn_find(known[i].program) : NULL;
        free(path);
        if (path)
            return known[i].command;
    }
    return NULL;
}

/* A file that has no name any more; -1 with a reason. */
static int
open_nameless(struct err *err)
{
    char *file = NULL;
    int fd = path_make_temporary(&file);
    if (fd < 0)
        err_set(err, "%s: %s", file ? file : "a temporary file", strerror(errno));
    else
        unlink(file);
    free(file);
    return fd;
}

/* Its words, new, and a NULL behind them; their text is c's. */
static const char **
split(struct clipboard_program *c, const char *command)
{
    static const char blanks[] = " \t";
    const char **argv = NULL;
    size_t count = 0;
    c->words = xstrdup(command);
    for (char *p = c->words + strspn(c->words, blanks); *p; p += strspn(p, blanks)) {
        argv = xgrow(argv, count, sizeof *argv);
        argv[count++] = p;
        p += strcspn(p, blanks);
        if (*p)
            *p++ = 0;
    }
    argv = xgrow(argv, count, sizeof *argv);
    argv[count] = NULL;
    return argv;
}

static bool
start(struct clipboard_program *c, const char **argv, int in, struct err *err)
{
    char *path = argv[0] ? spawn_find(argv[0]) : NULL;
    if (!path)
        return err_set(err, "%s: not found", argv[0] ? argv[0] : "ui.clipboard");
    argv[0] = path;
    struct spawn s = {
        .argv = argv, .in = in, .out = SPAWN_NOWHERE, .errors = c->said, .own_group = true};
    bool ok = spawn_start(&s, &c->pid, err);
    free(path);
    c->ended = !ok;
    c->deadline_us = clock_us() + (int64_t)RUN_S * US_PER_S;
    return ok;
}

struct clipboard_program *
clipboard_start(const char *command, const char *text, size_t n, struct err *err)
{
    struct clipboard_program *c = xcalloc(1, sizeof *c);
    const char **argv = split(c, command);
    c->ended = true;
    c->said = open_nameless(err);
    int in = c->said < 0 ? -1 : open_nameless(err);
    bool ok = in >= 0;
    if (ok && (!path_write_fd(in, text, n) || lseek(in, 0, SEEK_SET) != 0))
        ok = err_set(err, "a temporary file: %s", strerror(errno));
    ok = ok && start(c, argv, in, err);
    free(argv);
    if (in >= 0)
        close(in);
    if (!ok)
        clipboard_finish(&c, NULL);
    return c;
}

const char *
clipboard_name(const struct clipboard_program *c)
{
    return path_base(c->words + strspn(c->words, " \t"));
}

int64_t
clipboard_deadline(const struct clipboard_program *c)
{
    return c->deadline_us;
}

bool
clipboard_ended(struct clipboard_program *c, int64_t now_us)
{
    if (!c->ended)
        c->ended = spawn_ended(c->pid, &c->status);
    if (!c->ended && now_us >= c->deadline_us) {
        spawn_kill(c->pid);
        c->ended = c->killed = true;
    }
    return c->ended;
}

/* The first line of what it said. */
static void
read_said(const struct clipboard_program *c, char out[SAID_BYTES])
{
    ssize_t n = pread(c->said, out, SAID_BYTES - 1, 0);
    out[n > 0 ? n : 0] = 0;
    out[strcspn(out, "\r\n")] = 0;
}

bool
clipboard_finish(struct clipboard_program **cp, struct err *err)
{
    struct clipboard_program *c = *cp;
    char said[SAID_BYTES], how[32];
    bool ok = c->ended && !c->killed && c->status == 0;
    if (c->killed) {
        err_set(err, "%s took longer than %d s", clipboard_name(c), RUN_S);
    } else if (!ok && err) {
        read_said(c, said);
        err_set(err, "%s: %s", clipboard_name(c),
                said[0] ? said : spawn_status_text(c->status, how, sizeof how));
    }
    if (c->said >= 0)
        close(c->said);
    free(c->words);
    free(c);
    *cp = NULL;
    return ok;
}
