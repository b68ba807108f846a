/* Allocation that cannot fail: running out of memory aborts the program with one line on stderr.
 * Thread: any. The caller owns what is returned and gives it to free(). */
#ifndef BERDUA_BASE_MEM_H
#define BERDUA_BASE_MEM_H

#include <stddef.h>

void *xmalloc(size_t bytes);
void *xcalloc(size_t count, size_t bytes);
void *xrealloc(void *p, size_t bytes);
/* count * bytes with the overflow checked. */
void *xreallocarray(void *p, size_t count, size_t bytes);
/* Room for one more after the first `count` elements of an array that only this function makes larger. */
void *xgrow(void *p, size_t count, size_t bytes);
/* NULL gives NULL. */
char *xstrdup(const char *s);
/* At most n bytes, always terminated. */
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Zeroes a secret; the compiler keeps the stores although the memory is freed next. NULL: nothing. */
void mem_wipe(void *p, size_t n);

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
