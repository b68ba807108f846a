/* SHA-256 (FIPS 180-4), so that a reader can tell that what is printed is what was made. Pure. Thread: any. */
#ifndef BERDUA_BASE_SHA256_H
#define BERDUA_BASE_SHA256_H

#include <stddef.h>

enum { SHA256_HEX = 64 };

/* In lower-case hexadecimal digits. */
void sha256_hex(const void *p, size_t n, char out[SHA256_HEX + 1]);

#endif
