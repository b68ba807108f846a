#include "berdua/base/buf.h"

#include "berdua/base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Shared by every empty buf; never written to, because cap is 0. */
static char empty[1];

void
buf_init(struct buf *b, size_t max_bytes)
{
    *b = (struct buf){.p = empty, .max = max_bytes};
}

void
buf_finish(struct buf *b)
{
    if (b->cap)
        free(b->p);
    buf_init(b, b->max);
}

void
buf_clear(struct buf *b)
{
    buf_truncate(b, 0);
}

/* Room for n more bytes and the terminator. */
static bool
reserve_room(struct buf *b, size_t n)
{
    if (n > b->max || b->len > b->max - n)
        return false;
    size_t need = b->len + n + 1;
    if (need <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < need)
        cap += cap / 2;
    if (b->max < SIZE_MAX && cap > b->max + 1)
        cap = b->max + 1;
    b->p = xrealloc(b->cap ? b->p : NULL, cap);
    b->cap = cap;
    return true;
}

bool
buf_append(struct buf *b, const void *bytes, size_t n)
{
    if (!reserve_room(b, n))
        return false;
    if (n)
        memcpy(b->p + b->len, bytes, n);
    b->len += n;
    b->p[b->len] = 0;
    return true;
}

bool
buf_append_str(struct buf *b, const char *s)
{
    return buf_append(b, s, strlen(s));
}

bool
buf_append_char(struct buf *b, char c)
{
    return buf_append(b, &c, 1);
}

bool
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    bool ok = n >= 0 && reserve_room(b, (size_t)n);
    if (ok) {
        vsnprintf(b->p + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
    return ok;
}

bool
buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    bool ok = buf_vprintf(b, fmt, ap);
    va_end(ap);
    return ok;
}

void
buf_consume(struct buf *b, size_t n)
{
    if (n >= b->len) {
        buf_truncate(b, 0);
        return;
    }
    memmove(b->p, b->p + n, b->len - n);
    buf_truncate(b, b->len - n);
}

void
buf_truncate(struct buf *b, size_t len)
{
    if (!b->cap)
        return;
    b->len = len;
    b->p[len] = 0;
}

char *
buf_take(struct buf *b)
{
    char *s = b->cap ? b->p : xstrdup("");
    buf_init(b, b->max);
    return s;
}
