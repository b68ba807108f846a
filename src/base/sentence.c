#include "berdua/base/sentence.h"

#include <ctype.h>
#include <string.h>

#include "berdua/base/mem.h"

static size_t
closing_bytes(const char *p, size_t n)
{
    static const char *const signs[] = {"\"", "'", ")", "]", "*", "_", "”", "’", "»"};
    size_t at = 0;
    for (size_t k = 0; k < ARRAY_LEN(signs);) {
        size_t len = strlen(signs[k]);
        bool stands = n - at >= len && memcmp(p + at, signs[k], len) == 0;
        at += stands ? len : 0;
        k = stands ? 0 : k + 1; /* any may follow */
    }
    return at;
}

static size_t
blank_bytes(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && isspace((unsigned char)p[i]))
        i++;
    return i;
}

size_t
sentence_bytes(const char *p, size_t n, bool *whole)
{
    size_t i = blank_bytes(p, n);
    bool number = true;
    *whole = false;
    while (i < n && !*whole) {
        char c = p[i++];
        *whole = c == '\n';
        if (c == '!' || c == '?' || (c == '.' && !number)) {
            size_t end = i + closing_bytes(p + i, n - i);
            *whole = end == n || isspace((unsigned char)p[end]);
            i = *whole ? end : i;
        }
        number = number && c >= '0' && c <= '9';
    }
    return i + blank_bytes(p + i, n - i);
}
