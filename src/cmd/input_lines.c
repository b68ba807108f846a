#include "input_lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "berdua/core/loop.h"
#include "out.h"

void
input_lines_init(struct input_lines *in, struct loop *loop, void (*came)(void *arg), void *arg)
{
    *in = (struct input_lines){.loop = loop, .came = came, .arg = arg};
    buf_init(&in->text, INPUT_LINE_MAX_BYTES);
}

void
input_lines_finish(struct input_lines *in)
{
    buf_finish(&in->text);
}

static void
take_bytes(struct input_lines *in, const char *p, size_t n)
{
    if (in->skipping) {
        const char *nl = memchr(p, '\n', n);
        if (!nl)
            return;
        in->skipping = false;
        n -= (size_t)(nl + 1 - p);
        p = nl + 1;
    }
    if (buf_append(&in->text, p, n))
        return;
    /* The buffer holds one line without an end: whole lines have been taken. */
    out_say("berdua: a line longer than %d bytes is left out\n", INPUT_LINE_MAX_BYTES);
    buf_clear(&in->text);
    in->skipping = true;
    take_bytes(in, p, n);
}

static void
readable(void *arg)
{
    struct input_lines *in = arg;
    char chunk[4096];
    ssize_t n = read(STDIN_FILENO, chunk, sizeof chunk);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n > 0)
        take_bytes(in, chunk, (size_t)n);
    in->ended = n <= 0;
    input_lines_listen(in, !in->ended);
    if (in->came)
        in->came(in->arg);
}

void
input_lines_listen(struct input_lines *in, bool wanted)
{
    wanted = wanted && !in->ended;
    if (wanted && !in->listening)
        loop_add_fd(in->loop, STDIN_FILENO, readable, in);
    else if (!wanted && in->listening)
        loop_remove_fd(in->loop, STDIN_FILENO);
    in->listening = wanted;
}

/* The line of n bytes; NULL: it is no text. */
static char *
take_line(struct input_lines *in, size_t n)
{
    const char *p = in->text.p;
    bool mark = !in->begun && n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0;
    const char *fault = text_fault(p, n);
    in->begun = true;
    if (!fault)
        return xstrndup(p + (mark ? 3 : 0), n - (mark ? 3 : 0));
    out_say("berdua: a line is left out: it %s\n", fault);
    return NULL;
}

char *
input_lines_next(struct input_lines *in)
{
    char *line = NULL, *nl;
    while (!line &&
           ((nl = memchr(in->text.p, '\n', in->text.len)) || (in->ended && in->text.len))) {
        size_t n = nl ? (size_t)(nl - in->text.p) : in->text.len;
        line = take_line(in, n);
        buf_consume(&in->text, nl ? n + 1 : n);
    }
    return line;
}

bool
input_lines_put(struct input_lines *in, const char *line)
{
    struct buf all;
    buf_init(&all, INPUT_LINE_MAX_BYTES);
    bool ok = true;
    for (const char *p = line; *p && ok; p++) /* what has several lines becomes one */
        ok = buf_append_char(&all, *p == '\n' ? ' ' : *p);
    ok = ok && buf_append_char(&all, '\n') && buf_append(&all, in->text.p, in->text.len);
    if (ok) {
        buf_finish(&in->text);
        in->text = all;
    } else {
        buf_finish(&all);
    }
    return ok;
}

bool
input_lines_over(const struct input_lines *in)
{
    return in->ended && !in->text.len;
}

void
input_lines_close(struct input_lines *in)
{
    in->ended = true;
    buf_clear(&in->text);
    input_lines_listen(in, false);
}
