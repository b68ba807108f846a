#include "berdua/base/err.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/shorten.h"
#include "berdua/base/utf8.h"

enum { CONTEXT_MAX_BYTES = 200, REASON_MAX_BYTES = 300 };

/* A bounded part of a text ("%.40s") may end inside a character, and a name from outside may be no UTF-8: each run of
 * such bytes becomes one U+FFFD. */
static void
append_clean(struct buf *out, const char *p, size_t n)
{
    uint32_t cp;
    bool bad = false;
    for (size_t i = 0, used; i < n; i += used) {
        bool was_bad = bad;
        used = utf8_decode(p + i, n - i, &cp);
        bad = used == 0 || (cp == 0xFFFD && used == 1);
        if (used == 0)
            used = n - i; /* half a character at the end */
        if (!bad)
            buf_append(out, p + i, used);
        else if (!was_bad)
            buf_append_str(out, "\xef\xbf\xbd");
    }
}

/* What is formatted, of no more than max bytes. */
static void
append_reason(struct buf *out, size_t max, const char *fmt, va_list ap)
{
    struct buf raw, clean;
    buf_init(&raw, SIZE_MAX);
    buf_init(&clean, SIZE_MAX);
    buf_vprintf(&raw, fmt, ap);
    append_clean(&clean, raw.p, raw.len);
    shorten(out, clean.p, clean.len, max);
    buf_finish(&raw);
    buf_finish(&clean);
}

static void
take_text(struct err *err, struct buf *text)
{
    memcpy(err->text, text->p, text->len + 1);
    buf_finish(text);
}

bool
err_set(struct err *err, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    if (!err)
        return false;
    buf_init(&text, sizeof err->text - 1);
    va_start(ap, fmt);
    append_reason(&text, text.max, fmt, ap);
    va_end(ap);
    take_text(err, &text);
    return false;
}

bool
err_prefix(struct err *err, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    if (!err)
        return false;
    buf_init(&text, sizeof err->text - 1);
    va_start(ap, fmt);
    append_reason(&text, CONTEXT_MAX_BYTES, fmt, ap);
    va_end(ap);
    buf_append_str(&text, ": ");
    shorten(&text, err->text, strlen(err->text), REASON_MAX_BYTES);
    take_text(err, &text);
    return false;
}
