#include "markup.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

static const struct {
    const char *name;
    unsigned short cp;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"nbsp", 0xa0},    {"hellip", 0x2026}, {"mdash", 0x2014}, {"ndash", 0x2013}, {"lsquo", 0x2018},
    {"rsquo", 0x2019}, {"ldquo", 0x201c},  {"rdquo", 0x201d}, {"copy", 0xa9},    {"reg", 0xae},
    {"trade", 0x2122}, {"euro", 0x20ac},   {"deg", 0xb0},     {"times", 0xd7},   {"divide", 0xf7},
    {"plusmn", 0xb1},  {"rarr", 0x2192},   {"larr", 0x2190},  {"bull", 0x2022},  {"middot", 0xb7},
    {"le", 0x2264},    {"ge", 0x2265},     {"ne", 0x2260},    {"agrave", 0xe0},  {"egrave", 0xe8},
    {"eacute", 0xe9},  {"igrave", 0xec},   {"ograve", 0xf2},  {"ugrave", 0xf9},  {"Egrave", 0xc8},
};

size_t
markup_entity(const char *p, size_t n, char out[4])
{
    if (n < 4 || p[0] != '&' || p[n - 1] != ';')
        return 0;
    if (p[1] == '#' && n < 12) {
        bool hex = p[2] == 'x' || p[2] == 'X';
        size_t skip = hex ? 3 : 2;
        char digits[12] = "";
        memcpy(digits, p + skip, n - skip - 1);
        unsigned long cp = strtoul(digits, NULL, hex ? 16 : 10);
        return utf8_encode(cp == 0 || cp > 0x10ffff ? 0xfffd : (uint32_t)cp, out);
    }
    for (size_t i = 0; i < ARRAY_LEN(entities); i++)
        if (strlen(entities[i].name) == n - 2 && memcmp(entities[i].name, p + 1, n - 2) == 0)
            return utf8_encode(entities[i].cp, out);
    return 0;
}

/* Where the '[' of a link reference definition stands in the line, or n. */
static size_t
definition(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && (p[i] == ' ' || p[i] == '>' || p[i] == '\t'))
        i++;
    if (i == n || p[i] != '[')
        return n;
    for (size_t k = i; k + 1 < n; k++)
        if (p[k] == ']' && p[k + 1] == ':')
            return i;
    return n;
}

static bool
too_many_columns(const char *p, size_t n)
{
    size_t pipes = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i] == '|' && ++pipes >= MARKUP_COLS_MAX)
            return true;
    return false;
}

bool
markup_prepare(const char *text, size_t n, char **copy, size_t *cap, size_t *copy_n)
{
    enum { ZEROS = 16 };
    size_t need = n * 2 + ZEROS + 2; /* an escape makes a line of 3 bytes or more one byte longer */
    if (need > *cap) {
        *cap = need;
        *copy = xrealloc(*copy, need);
    }
    char *to = *copy;
    for (size_t line = 0; line < n;) {
        const char *nl = memchr(text + line, '\n', n - line);
        size_t len = nl ? (size_t)(nl - text) - line : n - line;
        if (too_many_columns(text + line, len))
            return false;
        size_t at = definition(text + line, len);
        memcpy(to, text + line, at);
        to += at;
        if (at < len)
            *to++ = '\\';
        memcpy(to, text + line + at, len - at);
        to += len - at;
        *to++ = '\n';
        line += len + 1;
    }
    *copy_n = (size_t)(to - *copy);
    memset(to, 0, ZEROS);
    return true;
}
