#include "berdua/conf/secret.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/spawn.h"
#include "berdua/conf/config.h"
#include "berdua/conf/redactor.h"

enum { SECRET_MOST = 64 * 1024, COMMAND_S = 10, LOOK_AGAIN_MS = 10, SHARED_PART = 12 };

void
secret_free(char **key)
{
    if (!*key)
        return;
    mem_wipe(*key, strlen(*key));
    free(*key);
    *key = NULL;
}

static const char *const nouns[] = {"API key", "token", "password"};

/* A key and a token go into an HTTP header, and have no blanks; a password is any text. */
static bool
may_hold(const struct secret_conf *s, char c)
{
    if (s->kind == SECRET_PASSWORD)
        return (unsigned char)c >= ' ' && c != 0x7f;
    return c > ' ' && c <= '~';
}

/* *key becomes the first line of the n bytes without the blanks around it. Errors name the source and never quote the text. */
static bool
take_line(const struct secret_conf *s, const char *text, size_t n, const char *source, char **key,
          struct err *err)
{
    if (n > SECRET_MOST)
        return err_set(err, "%s gives more than %d KiB", source, SECRET_MOST / 1024);
    if (memchr(text, 0, n))
        return err_set(err, "%s gives a NUL byte, so it is no text", source);
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0) /* editors on Windows begin a file so */
        text += 3;
    n = strcspn(text, "\r\n");
    while (n && (text[0] == ' ' || text[0] == '\t')) {
        text++;
        n--;
    }
    while (n && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    if (n == 0)
        return err_set(err, "%s gives an empty first line", source);
    for (size_t i = 0; i < n; i++)
        if (!may_hold(s, text[i]))
            return err_set(err, "%s gives a %s inside the %s", source,
                           s->kind == SECRET_PASSWORD ? "control character"
                                                      : "blank or special character",
                           nouns[s->kind]);
    *key = xstrndup(text, n);
    return true;
}

static bool
from_env(const struct secret_conf *s, char **key, struct err *err)
{
    const char *value = getenv(s->env);
    char source[160];
    snprintf(source, sizeof source, "the environment variable %.100s", s->env);
    return take_line(s, value, strlen(value), source, key, err);
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
from_file(const struct secret_conf *s, char **key, struct err *err)
{
    bool ok = false;
    char *file = path_expand(s->file);
    char *text = xcalloc(1, SECRET_MOST + 2);
    struct stat st;
    int fd = path_open_plain(file, O_RDONLY, 0, &st, err);
    if (fd < 0)
        goto out;
    if (st.st_mode & (S_IRWXG | S_IRWXO)) {
        err_set(err, "%s can be read by others than its owner (mode %03o); chmod 600 %s", file,
                (unsigned)(st.st_mode & 0777), file);
        goto out;
    }
    size_t n = 0;
    ssize_t got;
    while (n <= SECRET_MOST && (got = read_some(fd, text + n, SECRET_MOST + 1 - n)) > 0)
        n += (size_t)got;
    ok = take_line(s, text, n, file, key, err);
out:
    if (fd >= 0)
        close(fd);
    mem_wipe(text, SECRET_MOST + 1);
    free(text);
    free(file);
    return ok;
}

struct output {
    char *text; /* SECRET_MOST + 1 bytes, zeroed */
    size_t n;
    bool ended, cancelled;
    int status; /* of waitpid, once ended */
};

/* Reads what is there; false: nothing more will come. */
static bool
collect_some(int fd, struct output *o)
{
    char rest[256];
    bool room = o->n < SECRET_MOST;
    ssize_t got =
        room ? read_some(fd, o->text + o->n, SECRET_MOST - o->n) : read_some(fd, rest, sizeof rest);
    if (got > 0 && room)
        o->n += (size_t)got;
    return got > 0;
}

/* Until the shell has ended, the time is over or one of enders can be read. A child of the shell that keeps the
 * pipe open is not waited for. */
static void
collect(int fd, pid_t pid, const int enders[2], struct output *o)
{
    int64_t deadline = clock_us() + (int64_t)COMMAND_S * US_PER_S;
    bool open = true;
    while ((!o->ended || open) && clock_us() < deadline) {
        struct pollfd p[3] = {{.fd = open ? fd : -1, .events = POLLIN},
                              {.fd = enders ? enders[0] : -1, .events = POLLIN},
                              {.fd = enders ? enders[1] : -1, .events = POLLIN}};
        poll(p, 3, o->ended ? 0 : LOOK_AGAIN_MS);
        if (!o->ended && (p[1].revents || p[2].revents)) {
            o->cancelled = true;
            break;
        }
        if (p[0].revents)
            open = collect_some(fd, o);
        else if (o->ended)
            open = false;
        if (!o->ended)
            o->ended = spawn_ended(pid, &o->status);
    }
    if (!o->ended)
        spawn_kill(pid);
}

/* The shell gets a process group of its own, so that a time-out ends its children too; its input and error
 * output lead nowhere, because the screen may belong to curses. */
static bool
from_command(const struct secret_conf *s, const int enders[2], char **key, struct err *err,
             bool *cancelled)
{
    const char *argv[] = {"/bin/sh", "-c", s->command, NULL};
    int fds[2];
    pid_t pid;
    bool ok = false;
    if (!spawn_pipe(fds, err))
        return false;
    struct spawn shell = {.argv = argv,
                          .in = SPAWN_NOWHERE,
                          .out = fds[1],
                          .errors = SPAWN_NOWHERE,
                          .own_group = true};
    bool started = spawn_start(&shell, &pid, err);
    close(fds[1]);
    struct output o = {.text = xcalloc(1, SECRET_MOST + 1)};
    char how[32];
    if (!started)
        goto out;
    collect(fds[0], pid, enders, &o);
    *cancelled = o.cancelled;
    if (o.cancelled)
        err_set(err, "cancelled while the key command ran");
    else if (!o.ended)
        err_set(err, "the command took longer than %d s; run it by hand to see why", COMMAND_S);
    else if (o.status != 0)
        err_set(err, "the command ended with %s; run it by hand to see why",
                spawn_status_text(o.status, how, sizeof how));
    else
        ok = take_line(s, o.text, o.n, "the command", key, err);
out:
    close(fds[0]);
    mem_wipe(o.text, SECRET_MOST);
    free(o.text);
    return ok;
}

bool
secret_resolve(const struct secret_conf *s, const int enders[2], char **key, struct err *err)
{
    bool cancelled = false, ok = true;
    const char *value = s->env ? getenv(s->env) : NULL;
    *key = NULL;
    if (s->env && (!value || !*value))
        return err_set(err, s->section ? "No %s: set %s (%s.env)" : "No %s: set %s", nouns[s->kind],
                       s->env, s->section);
    if (s->env)
        ok = from_env(s, key, err);
    else if (s->file)
        ok = from_file(s, key, err);
    else if (s->command)
        ok = from_command(s, enders, key, err, &cancelled);
    if (ok || cancelled)
        return ok;
    const char *source = s->env ? "env" : s->file ? "file" : "command";
    if (s->section)
        return err_prefix(err, "No %s: %s.%s", nouns[s->kind], s->section, source);
    return err_prefix(err, "No %s", nouns[s->kind]);
}

/* Length of the longest beginning of s that is worth hiding: one of the secrets, or a part of it. */
static size_t
secret_part(const char *s, const char *secrets, size_t shortest)
{
    size_t best = 0;
    while (secrets && *secrets) {
        size_t whole = strcspn(secrets, "\n");
        size_t least = whole < SHARED_PART ? whole : SHARED_PART;
        for (size_t k = 0; whole >= shortest && k < whole; k++) {
            size_t n = 0;
            while (k + n < whole && s[n] == secrets[k + n])
                n++;
            if (n >= least && n > best)
                best = n;
        }
        secrets += whole + (secrets[whole] == '\n');
    }
    return best;
}

static void
redact(char *s, const char *secrets, size_t shortest)
{
    static const char mark[] = "…";
    if (!s || !secrets)
        return;
    char *out = s;
    while (*s) {
        size_t n = secret_part(s, secrets, shortest);
        if (n == 0) {
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

/* The other forms that a text may give a secret. */
static void
redact_forms(char *s, const char *secrets)
{
    struct redactor *r = s ? redactor_create(secrets) : NULL;
    struct buf text;
    if (!r)
        return;
    size_t n = strlen(s);
    buf_init(&text, n + 1);
    buf_append(&text, s, n);
    redactor_pass(r, &text, true);
    assert(text.len <= n); /* the mark is shorter than what it hides */
    memcpy(s, text.p, text.len + 1);
    buf_finish(&text);
    redactor_destroy(&r);
}

void
secret_redact(char *s, const char *secrets)
{
    redact(s, secrets, 1);
    redact_forms(s, secrets);
}

void
secret_redact_word(char *s, const char *secrets)
{
    redact(s, secrets, SHARED_PART);
    redact_forms(s, secrets);
}
