#include "berdua/stats/markdown_counts.h"

#include <stdbool.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/utf8.h"

int64_t
code_points(const char *text, size_t n)
{
    int64_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* ```[^`]*``` */
static size_t
fence_at(const char *p, const char *end)
{
    if (end - p < 6 || memcmp(p, "```", 3) != 0)
        return 0;
    const char *close = memchr(p + 3, '`', (size_t)(end - p - 3));
    return close && end - close >= 3 && memcmp(close, "```", 3) == 0 ? (size_t)(close + 3 - p) : 0;
}

static void
without_fences(struct buf *out, const char *p, const char *end)
{
    for (const char *tick; p < end; p = tick) {
        tick = memchr(p, '`', (size_t)(end - p));
        tick = tick ? tick : end;
        buf_append(out, p, (size_t)(tick - p));
        size_t fence = fence_at(tick, end);
        if (!fence && tick < end)
            buf_append_char(out, *tick++);
        tick += fence;
    }
}

/* Bytes of the character at p when it is one of that kind, else 0. */
static size_t
one(const char *p, const char *end, bool (*is)(uint32_t cp))
{
    uint32_t cp;
    size_t n = utf8_decode(p, (size_t)(end - p), &cp);
    return n && is(cp) ? n : 0;
}

static const char *
while_all(const char *p, const char *end, bool (*is)(uint32_t cp))
{
    for (size_t n; p < end && (n = one(p, end, is)) > 0;)
        p += n;
    return p;
}

/* ^#{k}\s */
static void
count_header(struct markdown_counts *c, const char *p, const char *end)
{
    size_t k = 0;
    while (p + k < end && p[k] == '#')
        k++;
    if (k >= 1 && k <= 6 && one(p + k, end, utf8_cp_space))
        c->headers[k - 1]++;
}

/* ^\s*\d+\.\s and ^\s*[-*+]\s, which may begin some lines above: where the match ends, or p. */
static const char *
count_list(struct markdown_counts *c, const char *p, const char *end)
{
    const char *item = while_all(p, end, utf8_cp_space);
    const char *digits = while_all(item, end, utf8_cp_digit);
    bool ordered = digits > item && digits < end && *digits == '.';
    bool unordered = item < end && strchr("-*+", *item) && *item;
    const char *mark = ordered ? digits + 1 : item + 1;
    size_t blank = ordered || unordered ? one(mark, end, utf8_cp_space) : 0;
    c->ordered += ordered && blank;
    c->unordered += !ordered && unordered && blank;
    return blank ? mark + blank : p;
}

/* \*\*[^*\n]+\*\* of a sign */
static int64_t
count_bold(const char *p, const char *end, char sign)
{
    int64_t count = 0;
    while (p < end && (p = memchr(p, sign, (size_t)(end - p))) != NULL && end - p >= 5) {
        const char *close = p + 2;
        if (p[1] == sign)
            while (close < end && *close != sign && *close != '\n')
                close++;
        bool bold = close > p + 2 && end - close >= 2 && close[0] == sign && close[1] == sign;
        count += bold;
        p = bold ? close + 2 : p + 1;
    }
    return count;
}

struct markdown_counts
markdown_count(const char *text, size_t n)
{
    struct markdown_counts c = {{0}};
    struct buf plain;
    buf_init(&plain, n);
    without_fences(&plain, text, text + n);
    const char *end = plain.p + plain.len, *counted = plain.p;
    for (const char *p = plain.p; p < end;) {
        count_header(&c, p, end);
        if (p >= counted)
            counted = count_list(&c, p, end);
        const char *next = memchr(p, '\n', (size_t)(end - p));
        p = next ? next + 1 : end;
    }
    c.stars = count_bold(plain.p, end, '*');
    c.underscores = count_bold(plain.p, end, '_');
    buf_finish(&plain);
    return c;
}
