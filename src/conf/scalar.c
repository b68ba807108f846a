/* How a scalar is read as a type and written back: the parts of conf/yaml.h that need no libyaml. */
#include "yaml.h"

#include <stdint.h>
#include <string.h>

#include "berdua/base/buf.h"

bool
node_is_null(const struct node *n)
{
    return n->kind == NODE_SCALAR && n->plain &&
           (n->text[0] == 0 || strcmp(n->text, "~") == 0 || strcmp(n->text, "null") == 0);
}

static const char *
skip_digits(const char *s)
{
    while (*s >= '0' && *s <= '9')
        s++;
    return s;
}

bool
yaml_is_number(const char *s, bool loose)
{
    if (*s == '-')
        s++;
    const char *whole = s;
    s = skip_digits(s);
    size_t digits = s - whole;
    if (!loose && (digits == 0 || (digits > 1 && whole[0] == '0')))
        return false;
    if (*s == '.') {
        const char *part = s + 1;
        s = skip_digits(part);
        if (s == part && (!loose || digits == 0))
            return false;
        digits += s - part;
    }
    if (digits == 0)
        return false;
    if (*s == 'e' || *s == 'E') {
        s++;
        if (*s == '+' || *s == '-')
            s++;
        const char *power = s;
        s = skip_digits(s);
        if (s == power)
            return false;
    }
    return *s == 0;
}

void
node_to_json(const struct node *n, struct buf *out)
{
    if (n->kind == NODE_SCALAR) {
        bool typed = n->plain && (strcmp(n->text, "true") == 0 || strcmp(n->text, "false") == 0 ||
                                  yaml_is_number(n->text, false));
        if (node_is_null(n))
            buf_append_str(out, "null");
        else if (typed)
            buf_append_str(out, n->text);
        else
            yaml_quote(out, n->text);
        return;
    }
    bool map = n->kind == NODE_MAP;
    buf_append_char(out, map ? '{' : '[');
    for (const struct node *c = n->first; c; c = c->next) {
        if (c != n->first)
            buf_append_char(out, ',');
        if (map) {
            yaml_quote(out, c->key);
            buf_append_char(out, ':');
        }
        node_to_json(c, out);
    }
    buf_append_char(out, map ? '}' : ']');
}

/* Characters that would move the cursor, reorder text or hide in it when shown; 0: none of them.
 * *bytes is the length of what was looked at. */
static uint32_t
hidden_character(const char *s, size_t *bytes)
{
    const unsigned char *u = (const unsigned char *)s;
    *bytes = 1;
    if (u[0] < 0x20 || u[0] == 0x7F)
        return u[0];
    if (u[0] == 0xC2 && u[1] >= 0x80 && u[1] < 0xA0) {
        *bytes = 2;
        return u[1];
    }
    if ((u[0] & 0xF0) == 0xE0 && (u[1] & 0xC0) == 0x80 && (u[2] & 0xC0) == 0x80) {
        uint32_t c = (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
        if ((c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
            (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF) {
            *bytes = 3;
            return c;
        }
    }
    return 0;
}

void
yaml_quote(struct buf *out, const char *s)
{
    buf_append_char(out, '"');
    while (*s) {
        size_t bytes;
        uint32_t hidden = hidden_character(s, &bytes);
        if (*s == '"' || *s == '\\')
            buf_printf(out, "\\%c", *s);
        else if (*s == '\n')
            buf_append_str(out, "\\n");
        else if (*s == '\t')
            buf_append_str(out, "\\t");
        else if (hidden)
            buf_printf(out, "\\u%04x", hidden);
        else
            buf_append_char(out, *s);
        s += bytes;
    }
    buf_append_char(out, '"');
}

void
yaml_scalar(struct buf *out, const char *s)
{
    static const char safe[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:~@+";
    size_t n = strlen(s);
    bool plain = n > 0 && strspn(s, safe) == n && !strchr("-:~@+", s[0]) && s[n - 1] != ':' &&
                 strcmp(s, "null") != 0 && strncmp(s, "...", 3) != 0;
    if (plain)
        buf_append_str(out, s);
    else
        yaml_quote(out, s);
}
