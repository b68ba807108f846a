/* The growable byte string that the whole program uses. It is created with a hard cap, so that no peer decides how
 * much memory is used. Always NUL-terminated one past len (the terminator is not counted). May hold NUL bytes.
 * Owner: whoever embeds it. Thread: its owner's. */
#ifndef BERDUA_BASE_BUF_H
#define BERDUA_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *p;    /* never NULL after buf_init */
    size_t len; /* bytes in use */
    size_t cap; /* bytes allocated, terminator included; 0: p points at a static "" */
    size_t max; /* len never exceeds this */
};

void buf_init(struct buf *b, size_t max_bytes);
/* Frees and returns to the state after buf_init with the same cap. A zeroed buf is accepted. */
void buf_finish(struct buf *b);
/* len = 0, the allocation kept. */
void buf_clear(struct buf *b);
/* These return false, changing nothing, when the result would exceed max. */
bool buf_append(struct buf *b, const void *bytes, size_t n);
bool buf_append_str(struct buf *b, const char *s);
bool buf_append_char(struct buf *b, char c);
bool buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool buf_vprintf(struct buf *b, const char *fmt, va_list ap);
/* Removes n bytes from the front. */
void buf_consume(struct buf *b, size_t n);
void buf_truncate(struct buf *b, size_t len);
/* The bytes, now the caller's (free()); the buf is empty afterwards. */
char *buf_take(struct buf *b);

#endif
