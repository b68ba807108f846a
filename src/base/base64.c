#include "berdua/base/base64.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool
base64_encode(struct buf *out, const char *p, size_t n)
{
    const unsigned char *u = (const unsigned char *)p;
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)u[i] << 16 | (i + 1 < n ? (unsigned)u[i + 1] << 8 : 0) |
                     (i + 2 < n ? u[i + 2] : 0);
        char four[4] = {digits[v >> 18], digits[v >> 12 & 63],
                        i + 1 < n ? digits[v >> 6 & 63] : '=', i + 2 < n ? digits[v & 63] : '='};
        if (!buf_append(out, four, sizeof four))
            return false;
    }
    return true;
}

char *
base64_decode(const char *s, size_t *len)
{
    size_t n = strlen(s);
    while (n && s[n - 1] == '=')
        n--;
    char *out = xmalloc(n / 4 * 3 + 4);
    unsigned v = 0;
    int bits = 0;
    *len = 0;
    for (size_t i = 0; i < n; i++) {
        const char *digit = memchr(digits, s[i], 64);
        if (!digit) {
            free(out);
            return NULL;
        }
        v = (v << 6 | (unsigned)(digit - digits)) & 0xffffff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[(*len)++] = (char)(unsigned char)(v >> bits);
        }
    }
    out[*len] = 0;
    return out;
}
