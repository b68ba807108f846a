/* Types of scalars, and how they are written: the parts of conf/yaml.h that need no libyaml. */
#include "yaml.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/conf.h"

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

/* Would the code point move the cursor, reorder text or hide in it when shown? */
static bool
is_hidden(uint32_t cp)
{
    enum utf8_kind kind = utf8_cp_kind(cp);
    return cp <= 0xFFFF && (kind == UTF8_CONTROL || kind == UTF8_INVISIBLE);
}

/* As a JSON string, which is a YAML string too; control and bidi characters are escaped. */
static void
quote(struct buf *out, const char *s)
{
    uint32_t cp;
    buf_append_char(out, '"');
    for (size_t bytes; (bytes = utf8_decode(s, strlen(s), &cp)) > 0; s += bytes) {
        if (cp == '"' || cp == '\\')
            buf_printf(out, "\\%c", (char)cp);
        else if (cp == '\n')
            buf_append_str(out, "\\n");
        else if (cp == '\t')
            buf_append_str(out, "\\t");
        else if (is_hidden(cp))
            buf_printf(out, "\\u%04x", cp);
        else
            buf_append(out, s, bytes);
    }
    buf_append_char(out, '"');
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
            quote(out, n->text);
        return;
    }
    bool map = n->kind == NODE_MAP;
    buf_append_char(out, map ? '{' : '[');
    for (const struct node *c = n->first; c; c = c->next) {
        if (c != n->first)
            buf_append_char(out, ',');
        if (map) {
            quote(out, c->key);
            buf_append_char(out, ':');
        }
        node_to_json(c, out);
    }
    buf_append_char(out, map ? '}' : ']');
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
        quote(out, s);
}

void
conf_append_text(struct buf *out, const char *s)
{
    static const char *const typed[] = {"true", "false", "yes", "no",  "on",
                                        "off",  "y",     "n",   "null"};
    bool quoted = yaml_is_number(s, true);
    for (size_t i = 0; i < ARRAY_LEN(typed); i++)
        quoted = quoted || strcasecmp(s, typed[i]) == 0;
    if (quoted)
        quote(out, s);
    else
        yaml_scalar(out, s);
}
