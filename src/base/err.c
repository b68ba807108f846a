#include "berdua/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"

/* A bounded part of a text ("%.40s") may end inside a character, and a name from outside may be no UTF-8: each run of
 * such bytes becomes one U+FFFD, and what no longer fits is left out. */
static void
put_text(struct err *err, const char *p)
{
    static const char stand_in[] = "\xef\xbf\xbd";
    size_t n = strlen(p), len = 0, used;
    uint32_t cp;
    bool bad = false;
    for (size_t i = 0; (used = utf8_decode(p + i, n - i, &cp)) > 0; i += used) {
        bool was_bad = bad;
        bad = cp == 0xFFFD && used == 1;
        const char *piece = bad ? stand_in : p + i;
        size_t piece_len = bad ? sizeof stand_in - 1 : used;
        if (bad && was_bad)
            continue;
        if (len + piece_len >= sizeof err->text)
            break;
        memcpy(err->text + len, piece, piece_len);
        len += piece_len;
    }
    err->text[len] = 0;
}

bool
err_set(struct err *err, const char *fmt, ...)
{
    if (!err)
        return false;
    char text[sizeof err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    put_text(err, text);
    return false;
}

bool
err_prefix(struct err *err, const char *fmt, ...)
{
    if (!err)
        return false;
    char context[sizeof err->text];
    char text[sizeof err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(context, sizeof context, fmt, ap);
    va_end(ap);
    snprintf(text, sizeof text, "%.200s: %.300s", context, err->text);
    put_text(err, text);
    return false;
}
