/* Base64 (RFC 4648), for bytes that are not text. Thread: any. */
#ifndef BERDUA_BASE_BASE64_H
#define BERDUA_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Appends; false when the cap is hit. */
bool base64_encode(struct buf *out, const char *p, size_t n);
/* A new string of *len bytes and a NUL; NULL when s is not base64. */
char *base64_decode(const char *s, size_t *len);

#endif
