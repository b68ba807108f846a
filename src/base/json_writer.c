#include "berdua/base/json_writer.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"

struct json_writer
json_writer_on(struct buf *out)
{
    return (struct json_writer){.out = out};
}

static void
put(struct json_writer *w, const char *p, size_t n)
{
    if (!buf_append(w->out, p, n))
        w->full = true;
}

/* What stands before a value, in one piece. */
static void
begin_value(struct json_writer *w, const char *key)
{
    enum { KEY_MAX = 64 };
    char text[KEY_MAX + 4];
    size_t n = 0, len = key ? strlen(key) : 0;
    assert(len <= KEY_MAX);
    if (w->comma)
        text[n++] = ',';
    w->comma = true;
    if (key) {
        text[n++] = '"';
        memcpy(text + n, key, len);
        n += len;
        text[n++] = '"';
        text[n++] = ':';
    }
    put(w, text, n);
}

static void
open_level(struct json_writer *w, const char *key, bool list)
{
    assert(w->depth < JSON_WRITER_DEPTH);
    begin_value(w, key);
    put(w, list ? "[" : "{", 1);
    w->lists = w->lists << 1 | list;
    w->depth++;
    w->comma = false;
}

void
json_write_object(struct json_writer *w, const char *key)
{
    open_level(w, key, false);
}

void
json_write_list(struct json_writer *w, const char *key)
{
    open_level(w, key, true);
}

void
json_write_end(struct json_writer *w)
{
    assert(w->depth > 0);
    put(w, w->lists & 1 ? "]" : "}", 1);
    w->lists >>= 1;
    w->depth--;
    w->comma = true;
}

void
json_write_strn(struct json_writer *w, const char *key, const char *s, size_t n)
{
    begin_value(w, key);
    if (!json_quote(w->out, s, n))
        w->full = true;
}

void
json_write_str(struct json_writer *w, const char *key, const char *s)
{
    if (s)
        json_write_strn(w, key, s, strlen(s));
    else
        json_write_null(w, key);
}

void
json_write_num(struct json_writer *w, const char *key, double v)
{
    begin_value(w, key);
    if (!json_print_number(w->out, v))
        w->full = true;
}

void
json_write_float(struct json_writer *w, const char *key, double v)
{
    json_write_num(w, key, v);
    if (v == floor(v) && fabs(v) < 1e15)
        put(w, ".0", 2);
}

void
json_write_int(struct json_writer *w, const char *key, int64_t v)
{
    json_write_num(w, key, (double)v);
}

void
json_write_bool(struct json_writer *w, const char *key, bool v)
{
    begin_value(w, key);
    put(w, v ? "true" : "false", v ? 4 : 5);
}

void
json_write_null(struct json_writer *w, const char *key)
{
    begin_value(w, key);
    put(w, "null", 4);
}

void
json_write_printed(struct json_writer *w, const char *key, const char *json, size_t n)
{
    begin_value(w, key);
    put(w, json, n);
}

void
json_write_tree(struct json_writer *w, const char *key, const struct json *v)
{
    if (!v) {
        json_write_null(w, key);
        return;
    }
    begin_value(w, key);
    if (!json_print(v, w->out))
        w->full = true;
}
