#include "editor_parts.h"

static bool
continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t
line_begin(const char *p, size_t at)
{
    while (at > 0 && p[at - 1] != '\n')
        at--;
    return at;
}

static size_t
line_end(const char *p, size_t n, size_t at)
{
    while (at < n && p[at] != '\n')
        at++;
    return at;
}

static size_t
characters(const char *p, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += !continues(p[i]);
    return n;
}

static size_t
skip_characters(const char *p, size_t from, size_t limit, size_t count)
{
    while (count-- && from < limit) {
        from++;
        while (from < limit && continues(p[from]))
            from++;
    }
    return from;
}

bool
textpos_above(const char *p, size_t at, size_t *to)
{
    size_t begin = line_begin(p, at);
    if (begin == 0)
        return false;
    *to = skip_characters(p, line_begin(p, begin - 1), begin - 1, characters(p, begin, at));
    return true;
}

bool
textpos_below(const char *p, size_t n, size_t at, size_t *to)
{
    size_t end = line_end(p, n, at);
    if (end == n)
        return false;
    *to =
        skip_characters(p, end + 1, line_end(p, n, end + 1), characters(p, line_begin(p, at), at));
    return true;
}
