#include "segment.h"

#include <ctype.h>
#include <string.h>

enum { LANGUAGE_MAX_BYTES = 20 };

static size_t
count(const char *p, size_t n, char c)
{
    size_t i = 0;
    while (i < n && p[i] == c)
        i++;
    return i;
}

/* The indent, as far as fences need it. */
static size_t
short_indent(const char *line, size_t n)
{
    return count(line, n < 4 ? n : 4, ' ');
}

static bool
is_blank(const char *line, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            return false;
    return true;
}

bool
segment_opens_fence(const char *line, size_t n, struct fence *fence)
{
    fence->indent = short_indent(line, n);
    if (fence->indent > 3 || fence->indent == n)
        return false;
    const char *p = line + fence->indent;
    size_t rest = n - fence->indent;
    fence->c = *p;
    if (*p != '`' && *p != '~')
        return false;
    fence->len = count(p, rest, *p);
    if (fence->len < 3)
        return false;
    return *p == '~' || memchr(p + fence->len, '`', rest - fence->len) == NULL;
}

size_t
segment_language(const char *word, size_t n)
{
    size_t len = 0;
    while (len < n && !is_blank(word + len, 1) &&
           (isalnum((unsigned char)word[len]) || memchr("+-#._", word[len], 5)))
        len++;
    return len <= LANGUAGE_MAX_BYTES && (len == n || is_blank(word + len, 1)) ? len : 0;
}

bool
segment_closes_fence(const char *line, size_t n, char c, size_t len)
{
    size_t indent = short_indent(line, n);
    size_t run = count(line + indent, n - indent, c);
    return indent <= 3 && run >= len && is_blank(line + indent + run, n - indent - run);
}

static bool
is_list_marker(const char *line, size_t n)
{
    size_t i = count(line, n, ' ');
    if (i < n && (line[i] == '-' || line[i] == '*' || line[i] == '+')) {
        i++;
    } else {
        size_t digits = i;
        while (i < n && line[i] >= '0' && line[i] <= '9')
            i++;
        if (i == digits || i == n || (line[i] != '.' && line[i] != ')'))
            return false;
        i++;
    }
    return i == n || line[i] == ' ' || line[i] == '\t' || line[i] == '\r';
}

enum answer { NO, YES, NOT_YET };

static enum answer
is_heading(const char *line, size_t n)
{
    size_t marks = count(line, n, '#');
    if (marks == 0 || marks > 6)
        return NO;
    if (marks == n)
        return NOT_YET;
    return line[marks] == ' ' || line[marks] == '\t' ? YES : NO;
}

static bool
fence_of_top_level(const struct segmenter *s, const char *line, size_t n, struct fence *fence)
{
    return segment_opens_fence(line, n, fence) && (!s->list || fence->indent == 0);
}

/* Does a segment begin with this line, which is not the first of the open one? */
static enum answer
cuts(const struct segmenter *s, const char *line, size_t n, bool whole, struct cut *cut)
{
    struct fence fence;
    if (n == 0)
        return whole ? NO : NOT_YET;
    bool margin = line[0] == ' ' || line[0] == '\t' || line[0] == '\r';
    cut->gap = true;
    if (s->after_blank && !margin)
        return YES;
    enum answer heading = is_heading(line, n);
    if (heading == YES)
        return YES;
    if (heading == NOT_YET && !whole) /* whether a gap follows is known with the next byte */
        return NOT_YET;
    if (!margin && s->line - s->begin > SEGMENT_SOFT_MAX_BYTES) {
        cut->gap = false;
        return YES;
    }
    if (fence_of_top_level(s, line, n, &fence))
        return whole ? YES : NOT_YET;
    return whole || (!margin && line[0] != '`' && line[0] != '~') ? NO : NOT_YET;
}

static void
begin_at(struct segmenter *s, size_t at)
{
    s->begin = at;
    s->after_blank = s->list = s->asked = false;
    s->fence = 0;
}

/* Takes note of a whole line; true when it closes a fence: the segment ends behind it. */
static bool
read_line(struct segmenter *s, const char *line, size_t n)
{
    struct fence fence;
    if (s->fence)
        return segment_closes_fence(line, n, s->fence, s->fence_len);
    s->after_blank = is_blank(line, n);
    if (fence_of_top_level(s, line, n, &fence)) {
        s->fence = fence.c;
        s->fence_len = fence.len;
    } else if (is_list_marker(line, n)) {
        s->list = true;
    }
    return false;
}

bool
segment_next(struct segmenter *s, const char *text, size_t n, struct cut *cut)
{
    for (;;) {
        if (s->searched < s->line)
            s->searched = s->line;
        const char *nl = memchr(text + s->searched, '\n', n - s->searched);
        size_t end = nl ? (size_t)(nl - text) : n;
        const char *line = text + s->line;
        if (s->line > s->begin && !s->fence && !s->asked) {
            enum answer a = cuts(s, line, end - s->line, nl != NULL, cut);
            s->asked = a == NO;
            if (a == YES) {
                cut->begin = s->begin;
                cut->at = s->line;
                begin_at(s, s->line);
                return true;
            }
        }
        s->searched = end;
        if (!nl)
            return false;
        size_t len = end - s->line, next = end + 1;
        bool first = s->line == s->begin;
        bool closed = read_line(s, line, len);
        s->line = next;
        s->asked = false;
        if (first && !s->fence && is_blank(line, len)) {
            begin_at(s, next);
        } else if (closed) {
            cut->begin = s->begin;
            cut->at = next;
            cut->gap = true;
            begin_at(s, next);
            return true;
        }
    }
}
