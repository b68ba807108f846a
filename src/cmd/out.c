#include "out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/safe.h"
#include "berdua/base/shorten.h"
#include "berdua/base/utf8.h"
#include "berdua/ui/doc.h"

enum {
    SAID_MAX_BYTES = 4 << 10, /* at once */
    PIPE_COLS = 120           /* where there is no screen to be as wide as */
};

/* A message may quote a name of any length. */
void
out_say(const char *fmt, ...)
{
    struct buf text, said;
    va_list ap;
    buf_init(&text, SIZE_MAX);
    buf_init(&said, SIZE_MAX);
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    shorten(&said, text.p, text.len, SAID_MAX_BYTES);
    out_text(stderr, said.p, said.len);
    buf_finish(&text);
    buf_finish(&said);
}

void
out_print(const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    buf_init(&text, SIZE_MAX);
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    out_text(stdout, text.p, text.len);
    buf_finish(&text);
}

void
out_json(FILE *to, struct json *take_v)
{
    struct buf line;
    buf_init(&line, SIZE_MAX);
    json_print(take_v, &line);
    if (isatty(fileno(to))) {
        struct buf safe;
        buf_init(&safe, SIZE_MAX);
        safe_json(&safe, line.p, line.len);
        buf_finish(&line);
        line = safe;
    }
    buf_append_char(&line, '\n');
    fwrite(line.p, 1, line.len, to);
    fflush(to);
    buf_finish(&line);
    json_free(take_v);
}

bool
out_json_if(bool ok, struct json *take_v)
{
    if (ok)
        out_json(stdout, take_v);
    else
        json_free(take_v);
    return ok;
}

void
out_text(FILE *to, const char *p, size_t n)
{
    if (!isatty(fileno(to))) {
        fwrite(p, 1, n, to);
        return;
    }
    struct buf safe;
    buf_init(&safe, SIZE_MAX);
    safe_text(&safe, p, n, false);
    fwrite(safe.p, 1, safe.len, to);
    buf_finish(&safe);
}

void
out_block(const char *p, size_t n)
{
    out_text(stdout, p, n);
    if (n == 0 || p[n - 1] != '\n')
        putchar('\n');
}

void
out_safe(const char *text, bool one_line, int cols)
{
    struct buf safe;
    buf_init(&safe, SIZE_MAX);
    safe_text(&safe, text, strlen(text), one_line);
    size_t n = cols > 0 ? utf8_fit(safe.p, safe.len, cols) : safe.len;
    fwrite(safe.p, 1, n, stdout);
    if (n < safe.len)
        fputs("…", stdout);
    buf_finish(&safe);
}

void
out_doc(const struct doc *d)
{
    struct buf text;
    struct winsize ws = {.ws_col = 0};
    bool terminal = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0;
    buf_init(&text, SIZE_MAX);
    doc_print(d, terminal && ws.ws_col > 0 ? ws.ws_col : PIPE_COLS, &text);
    out_text(stdout, text.p, text.len);
    buf_finish(&text);
}

const char *
out_time(int64_t wall_us, char out[OUT_TIME_BYTES])
{
    return clock_format(wall_us, "%Y-%m-%d %H:%M", out, OUT_TIME_BYTES);
}

const char *
text_fault(const char *p, size_t n)
{
    bool wide = n >= 4 && (memcmp(p, "\xff\xfe\0", 4) == 0 || memcmp(p, "\0\0\xfe\xff", 4) == 0);
    if (wide)
        return "is not UTF-8; convert it, for example with iconv -f utf-32 -t utf-8";
    if (n >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 || memcmp(p, "\xfe\xff", 2) == 0))
        return "is not UTF-8; convert it, for example with iconv -f utf-16 -t utf-8";
    const char *nul = memchr(p, 0, n);
    if (nul && nul < p + 2 && n >= 4 && nul[1] && !nul[2]) /* ASCII in units of two bytes */
        return nul == p ? "is not UTF-8; convert it, for example with iconv -f utf-16be -t utf-8"
                        : "is not UTF-8; convert it, for example with iconv -f utf-16le -t utf-8";
    if (nul)
        return "holds a NUL byte";
    return utf8_valid(p, n) ? NULL
                            : "is not UTF-8; convert it, for example with iconv -f latin1 -t utf-8";
}

bool
stdin_read(struct buf *out, struct err *err)
{
    char chunk[65536];
    size_t n, begin = out->len;
    while ((n = fread(chunk, 1, sizeof chunk, stdin)) > 0)
        if (!buf_append(out, chunk, n))
            return err_set(err, "the text is longer than %zu bytes", out->max);
    if (ferror(stdin))
        return err_set(err, "standard input cannot be read: %s", strerror(errno));
    if (begin == 0 && out->len >= 3 && memcmp(out->p, "\xef\xbb\xbf", 3) == 0)
        buf_consume(out, 3);
    const char *fault = text_fault(out->p + begin, out->len - begin);
    return !fault || err_set(err, "the text %s", fault);
}
