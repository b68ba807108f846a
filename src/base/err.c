#include "berdua/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"

/* A cut text must not end inside a UTF-8 character. */
static void
trim_partial(char *text)
{
    text[utf8_whole_prefix(text, strlen(text))] = 0;
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
