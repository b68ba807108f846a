#include "editor_parts.h"

#include "berdua/base/utf8.h"

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

static bool
in_word(const char *p, size_t n, size_t *len)
{
    uint32_t cp;
    *len = utf8_decode(p, n, &cp);
    if (*len == 0)
        *len = 1;
    return utf8_cp_in_word(cp);
}

static size_t
character_before(const char *p, size_t at)
{
    size_t to = at - 1;
    while (to > 0 && at - to < 4 && continues(p[to]))
        to--;
    uint32_t cp;
    return to + utf8_decode(p + to, at - to, &cp) == at ? to : at - 1;
}

static size_t
word_end(const char *p, size_t n, size_t at)
{
    size_t len;
    for (bool word = false; at < n; at += len) {
        bool now = in_word(p + at, n - at, &len);
        if (word && !now)
            break;
        word = now;
    }
    return at;
}

static size_t
word_begin(const char *p, size_t at)
{
    size_t len;
    for (bool word = false; at > 0;) {
        size_t before = character_before(p, at);
        bool now = in_word(p + before, at - before, &len);
        if (word && !now)
            break;
        word = now;
        at = before;
    }
    return at;
}

size_t
textpos_words(const char *p, size_t n, size_t at, int count)
{
    for (; count > 0 && at < n; count--)
        at = word_end(p, n, at);
    for (; count < 0 && at > 0; count++)
        at = word_begin(p, at);
    return at;
}
