#include "berdua/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut text must not end inside a UTF-8 character. */
static void
trim_partial(char *text)
{
    size_t n = strlen(text);
    size_t back = 0;
    while (back < 3 && back < n && ((unsigned char)text[n - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back >= n)
        return;
    unsigned char lead = (unsigned char)text[n - 1 - back];
    size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (need > back)
        text[n - 1 - back] = 0;
}

bool
err_set(struct err *err, const char *fmt, ...)
{
    if (!err)
        return false;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    trim_partial(err->text);
    return false;
}

bool
err_prefix(struct err *err, const char *fmt, ...)
{
    if (!err)
        return false;
    char context[sizeof err->text];
    char reason[sizeof err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(context, sizeof context, fmt, ap);
    va_end(ap);
    memcpy(reason, err->text, sizeof reason);
    snprintf(err->text, sizeof err->text, "%.200s: %.300s", context, reason);
    trim_partial(err->text);
    return false;
}
