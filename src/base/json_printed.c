/* Stored JSON that is handed on as it stands, without a tree. */
#include "berdua/base/json.h"

#include <string.h>

#include "berdua/base/utf8.h"

enum { DEPTH_MOST = 8 };

struct cursor {
    const char *p, *end;
};

static bool
take(struct cursor *c, char want)
{
    if (c->p == c->end || *c->p != want)
        return false;
    c->p++;
    return true;
}

static bool
take_string(struct cursor *c)
{
    if (!take(c, '"'))
        return false;
    for (; c->p < c->end && *c->p != '"'; c->p++) {
        unsigned char byte = (unsigned char)*c->p;
        if (byte < 0x20 || byte == 0x7f)
            return false;
        if (byte == '\\' && (++c->p == c->end || !strchr("\"\\bfnrt", *c->p) || !*c->p))
            return false;
    }
    return take(c, '"');
}

static bool take_value(struct cursor *c, int depth);

static bool
take_members(struct cursor *c, bool object, int depth)
{
    char close = object ? '}' : ']';
    if (take(c, close))
        return true;
    do {
        if (object && (!take_string(c) || !take(c, ':')))
            return false;
        if (!take_value(c, depth + 1))
            return false;
    } while (take(c, ','));
    return take(c, close);
}

static bool
take_value(struct cursor *c, int depth)
{
    if (c->p == c->end || depth == DEPTH_MOST)
        return false;
    if (take(c, '{'))
        return take_members(c, true, depth);
    return take(c, '[') ? take_members(c, false, depth) : take_string(c);
}

bool
json_is_printed(const char *p, size_t n)
{
    struct cursor c = {p, p + n};
    return take_value(&c, 0) && c.p == c.end && utf8_valid(p, n);
}
