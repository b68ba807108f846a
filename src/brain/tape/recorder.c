#include "cassette.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/base64.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/redactor.h"
#include "berdua/conf/secret.h"

enum {
    LINE_MAX_BYTES = 64 << 20,
    /* Shorter keys are placeholders of local servers, such as "none". */
    KEY_MIN = 6,
    PART_MIN = 12 /* a part of the key that is worth hiding */
};

struct recorder {
    int fd; /* -1 once a write has failed */
    char *name;
    struct err why; /* of the write that failed */
    char *secrets;  /* one a line */
    struct redactor *redactor;
    /* the end of the last chunk, not written yet because it may be a part of a secret */
    struct buf held;
    int64_t held_us;
};

/* Length of the longest beginning of p that is a part of a secret; worth: one that is long enough to be hidden. */
static size_t
match_len(const struct recorder *r, const char *p, size_t n, bool worth)
{
    size_t best = 0;
    for (const char *key = r->secrets; *key;) {
        size_t whole = strcspn(key, "\n");
        size_t least = !worth ? 1 : whole < PART_MIN ? whole : PART_MIN;
        for (size_t k = 0; whole >= KEY_MIN && k < whole; k++) {
            size_t len = 0;
            while (len < n && k + len < whole && p[len] == key[k + len])
                len++;
            best = len >= least && len > best ? len : best;
        }
        key += whole + (key[whole] == '\n');
    }
    return best;
}

static void
append_redacted(const struct recorder *r, struct buf *out, const char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t len = match_len(r, p + i, n - i, true);
        if (len) {
            buf_append_str(out, "…");
            i += len;
        } else {
            buf_append_char(out, p[i++]);
        }
    }
}

/* Length of the longest end of p that is a part of a secret: with the next chunk it may become a longer one. */
static size_t
hold_len(const struct recorder *r, const char *p, size_t n)
{
    size_t most = strlen(r->secrets);
    for (size_t len = n < most ? n : most; len > 0; len--)
        if (match_len(r, p + n - len, len, false) == len)
            return len;
    return 0;
}

/* One write for one line, so that a crash leaves whole lines and at most one broken end. */
static void
write_line(struct recorder *r, struct buf *line)
{
    size_t at = 0;
    buf_append_char(line, '\n');
    while (r->fd >= 0 && at < line->len) {
        ssize_t n = write(r->fd, line->p + at, line->len - at);
        if (n >= 0) {
            at += (size_t)n;
        } else if (errno != EINTR) {
            err_set(&r->why, "%s: %s", r->name, path_unwritable(errno));
            close(r->fd);
            r->fd = -1;
        }
    }
}

static void
write_bytes(struct recorder *r, int64_t t_us, const char *p, size_t n)
{
    struct buf clean, line;
    buf_init(&clean, LINE_MAX_BYTES);
    buf_init(&line, LINE_MAX_BYTES);
    append_redacted(r, &clean, p, n);
    if (clean.len) {
        buf_printf(&line, "{\"t_us\":%lld,", (long long)t_us);
        if (utf8_valid(clean.p, clean.len) && !memchr(clean.p, 0, clean.len)) {
            buf_append_str(&line, "\"bytes\":");
            json_quote(&line, clean.p, clean.len);
        } else {
            buf_append_str(&line, "\"base64\":\"");
            base64_encode(&line, clean.p, clean.len);
            buf_append_char(&line, '"');
        }
        buf_append_char(&line, '}');
        write_line(r, &line);
    }
    buf_finish(&clean);
    buf_finish(&line);
}

static void
write_held(struct recorder *r)
{
    struct buf rest;
    buf_init(&rest, LINE_MAX_BYTES);
    redactor_pass(r->redactor, &rest, true);
    buf_append(&r->held, rest.p, rest.len);
    buf_finish(&rest);
    if (r->held.len)
        write_bytes(r, r->held_us, r->held.p, r->held.len);
    buf_clear(&r->held);
}

static void
write_header(struct recorder *r, const struct recording *what, const char *request,
             size_t request_len)
{
    struct json *head = json_object();
    json_add_int(head, "berdua_cassette", 1);
    json_add_str(head, "brain", brain_id_name(what->brain));
    json_add_str(head, "provider", what->provider);
    if (what->model)
        json_add_str(head, "model", what->model);
    json_add_str(head, "purpose", call_purpose_name(what->purpose));
    json_add_str(head, "message", what->message ? what->message : "");
    struct json *body = request ? json_parse(request, request_len, NULL) : NULL;
    if (body)
        json_add(head, "request", body);
    struct buf line, clean;
    buf_init(&line, LINE_MAX_BYTES);
    buf_init(&clean, LINE_MAX_BYTES);
    json_print(head, &line);
    append_redacted(r, &clean, line.p, line.len);
    write_line(r, &clean);
    buf_finish(&line);
    buf_finish(&clean);
    json_free(head);
}

static char *
file_name(const char *dir, enum brain_id brain)
{
    char id[ID_LEN + 1];
    char when[32];
    time_t now = (time_t)(clock_wall_us() / US_PER_S);
    struct tm tm;
    id_make(id);
    gmtime_r(&now, &tm);
    strftime(when, sizeof when, "%Y-%m-%dT%H-%M-%S", &tm);
    return xasprintf("%s/%s-%s-%s.cassette", dir, when, brain_id_name(brain), id);
}

struct recorder *
recorder_open(const struct recording *what, const char *request_body, size_t request_len,
              const char *secrets, struct err *err)
{
    struct recorder *r = NULL;
    char *name = file_name(what->dir, what->brain);
    if (!path_make_parent(name, err))
        goto out;
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        err_set(err, "%s: %s", name, path_unwritable(errno));
        goto out;
    }
    r = xcalloc(1, sizeof *r);
    r->fd = fd;
    r->name = xstrdup(name);
    r->secrets = xstrdup(secrets ? secrets : "");
    r->redactor = redactor_create(secrets);
    buf_init(&r->held, LINE_MAX_BYTES);
    write_header(r, what, request_body, request_len);
    if (r->fd < 0) {
        unlink(name);
        recorder_close(&r, err);
    }
out:
    free(name);
    return r;
}

static void
record_bytes(struct recorder *r, const struct cassette_step *step)
{
    struct buf shown;
    buf_init(&shown, LINE_MAX_BYTES);
    buf_append(&shown, step->bytes, step->len);
    redactor_pass(r->redactor, &shown, false);
    if (!buf_append(&r->held, shown.p, shown.len))
        write_held(r);
    buf_finish(&shown);
    r->held_us = step->t_us;
    size_t hold = hold_len(r, r->held.p, r->held.len);
    write_bytes(r, step->t_us, r->held.p, r->held.len - hold);
    buf_consume(&r->held, r->held.len - hold);
}

static void
record_step(struct recorder *r, const struct cassette_step *step)
{
    write_held(r);
    struct buf line;
    buf_init(&line, 4096);
    buf_printf(&line, "{\"t_us\":%lld,", (long long)step->t_us);
    if (step->kind == TAPE_STATUS) {
        buf_printf(&line, "\"status\":%d}", step->status);
    } else if (step->kind == TAPE_FAIL) {
        buf_append_str(&line, "\"fail\":");
        json_quote(&line, step->bytes, step->len < 64 ? step->len : 64);
        buf_append_char(&line, '}');
    } else {
        buf_printf(&line, "\"%s\":true}", step->kind == TAPE_CONNECTED ? "connected" : "end");
    }
    write_line(r, &line);
    buf_finish(&line);
}

bool
recorder_step(struct recorder *r, const struct cassette_step *step, struct err *err)
{
    if (step->kind == TAPE_BYTES)
        record_bytes(r, step);
    else
        record_step(r, step);
    return r->fd >= 0 || err_set(err, "%s", r->why.text);
}

bool
recorder_close(struct recorder **rp, struct err *err)
{
    struct recorder *r = *rp;
    if (!r)
        return true;
    if (r->fd >= 0)
        write_held(r);
    if (r->fd >= 0 && close(r->fd) != 0)
        err_set(&r->why, "%s: %s", r->name, path_unwritable(errno));
    bool ok = !r->why.text[0] || err_set(err, "%s", r->why.text);
    secret_free(&r->secrets);
    redactor_destroy(&r->redactor);
    free(r->name);
    buf_finish(&r->held);
    free(r);
    *rp = NULL;
    return ok;
}
