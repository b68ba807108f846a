#include "berdua/base/mem.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
checked(void *p)
{
    if (!p) {
        fputs("berdua: out of memory\n", stderr);
        abort();
    }
    return p;
}

void *
xmalloc(size_t bytes)
{
    return checked(malloc(bytes ? bytes : 1));
}

void *
xcalloc(size_t count, size_t bytes)
{
    return checked(calloc(count ? count : 1, bytes ? bytes : 1));
}

void *
xrealloc(void *p, size_t bytes)
{
    return checked(realloc(p, bytes ? bytes : 1));
}

void *
xreallocarray(void *p, size_t count, size_t bytes)
{
    if (bytes && count > SIZE_MAX / bytes)
        checked(NULL);
    return xrealloc(p, count * bytes);
}

void *
xgrow(void *p, size_t count, size_t bytes)
{
    enum { LEAST = 8 };
    bool full = count == 0 || (count >= LEAST && (count & (count - 1)) == 0);
    return full ? xreallocarray(p, count ? 2 * count : LEAST, bytes) : p;
}

char *
xstrdup(const char *s)
{
    return s ? xstrndup(s, strlen(s)) : NULL;
}

char *
xstrndup(const char *s, size_t n)
{
    return checked(strndup(s, n));
}

char *
xasprintf(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        checked(NULL);
    char *s = xmalloc((size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(s, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return s;
}

void
mem_wipe(void *p, size_t n)
{
    for (volatile unsigned char *v = p; p && n > 0; n--)
        *v++ = 0;
}
