#include "berdua/base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/utf8.h"

/* cJSON loses the whole document at a lone surrogate, cuts a string at U+0000 and lets invalid UTF-8
 * through; text that holds one of those is rewritten before it is parsed. */

#define REPLACEMENT "\xEF\xBF\xBD"

/* Integers up to here survive a double. */

static cJSON *
tree(const struct json *v)
{
    return (cJSON *)(uintptr_t)(const void *)v;
}

static struct json *
wrap(cJSON *v)
{
    if (!v)
        abort(); /* cJSON gives no reason here but "out of memory" */
    return (struct json *)v;
}

/* The readers run several times for each event of a stream, so they read the node's type without calling the
 * library. */
static bool
is(const struct json *v, int type)
{
    return v && (tree(v)->type & 0xFF) == type;
}

/* Length of the valid UTF-8 sequence at p, or 0. */
static size_t
sequence_len(const char *p, size_t n)
{
    uint32_t cp;
    size_t len = utf8_decode(p, n, &cp);
    return len == 1 && cp == 0xFFFD ? 0 : len;
}

static int
hex4(const char *p, size_t n)
{
    int v = 0;
    if (n < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        v = v * 16 + digit;
    }
    return v;
}

/* The number of bytes at p that need no look: ASCII without NUL and backslash. */
static size_t
plain_run(const char *p, size_t n)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t highs = 0x8080808080808080u;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t w;
        memcpy(&w, p + i, 8);
        uint64_t slash = w ^ (ones * '\\');
        if ((w | (w - ones) | (slash - ones)) & highs)
            break;
    }
    while (i < n && (unsigned char)p[i] - 1u < 0x7f && p[i] != '\\')
        i++;
    return i;
}

enum mending { MEND_WHOLE, MEND_PART /* the next text may hold the other half of a character */ };

/* Examines the bytes at p, which are not plain ASCII. Returns how many belong together, 0 for an escape that no
 * parser accepts. *instead is their replacement; "" keeps them. */
static size_t
special_len(const char *p, size_t n, enum mending how, char instead[8])
{
    instead[0] = 0;
    if (p[0] != '\\') {
        size_t len = p[0] ? sequence_len(p, n) : 0;
        if (!len && (how == MEND_WHOLE || !p[0]))
            memcpy(instead, REPLACEMENT, sizeof REPLACEMENT);
        return len ? len : 1;
    }
    if (n < 2 || p[1] != 'u')
        return n < 2 ? 0 : 2;
    int unit = hex4(p + 2, n - 2);
    if (unit < 0)
        return 0;
    bool half = unit >= 0xD800 && unit <= 0xDFFF;
    if (half && unit <= 0xDBFF && n >= 12 && p[6] == '\\' && p[7] == 'u') {
        int low = hex4(p + 8, n - 8);
        if (low >= 0xDC00 && low <= 0xDFFF)
            return 12;
    }
    if (half && how == MEND_PART)
        snprintf(instead, 8, "\xED%c%c", 0x80 | (unit >> 6 & 0x3F), 0x80 | (unit & 0x3F));
    else if (half || unit == 0)
        memcpy(instead, "\\ufffd", 7);
    return 6;
}

/* Appends p to out with every flaw mended; text without a flaw is not copied, and out stays empty. false: a broken
 * escape at *at. */
static bool
mend(struct buf *out, const char *p, size_t n, enum mending how, size_t *at)
{
    size_t copied = 0;
    for (size_t i = plain_run(p, n); i < n; i += plain_run(p + i, n - i)) {
        char instead[8];
        size_t len = special_len(p + i, n - i, how, instead);
        *at = i;
        if (!len)
            return false;
        if (instead[0]) {
            buf_append(out, p + copied, i - copied);
            buf_append_str(out, instead);
            copied = i + len;
        }
        i += len;
    }
    if (copied)
        buf_append(out, p + copied, n - copied);
    return true;
}

static struct json *
parse_mended(const char *p, size_t n, enum mending how, struct err *err)
{
    while (n && memchr(" \n\r\t", p[n - 1], 4))
        n--;
    /* cJSON reads one byte past an end that is a comma. */
    if (!n || p[n - 1] == ',') {
        err_set(err, n ? "byte %zu: not valid JSON" : "byte %zu: empty, not JSON", n);
        return NULL;
    }
    struct buf mended;
    buf_init(&mended, n * 6);
    size_t at;
    cJSON *root = NULL;
    if (!mend(&mended, p, n, how, &at)) {
        err_set(err, "byte %zu: broken escape", at);
        goto out;
    }
    const char *text = mended.len ? mended.p : p;
    size_t len = mended.len ? mended.len : n;
    const char *end = text;
    root = cJSON_ParseWithLengthOpts(text, len, &end, 0);
    if (root && end != text + len) {
        cJSON_Delete(root);
        root = NULL;
        err_set(err, "byte %zu: something follows the JSON value", (size_t)(end - text));
    } else if (!root) {
        size_t off = end >= text && end <= text + len ? (size_t)(end - text) : 0;
        err_set(err, "byte %zu: not valid JSON", off);
    }
out:
    buf_finish(&mended);
    return (struct json *)root;
}

struct json *
json_parse(const char *p, size_t n, struct err *err)
{
    return parse_mended(p, n, MEND_WHOLE, err);
}

struct json *
json_parse_part(const char *p, size_t n, struct err *err)
{
    return parse_mended(p, n, MEND_PART, err);
}

void
json_free(struct json *root)
{
    cJSON_Delete(tree(root));
}

struct json *
json_dup(const struct json *v)
{
    return v ? wrap(cJSON_Duplicate(tree(v), 1)) : NULL;
}

/* ---- readers ---- */

const struct json *
json_get(const struct json *object, const char *key)
{
    if (!is(object, cJSON_Object))
        return NULL;
    for (const cJSON *c = tree(object)->child; c; c = c->next)
        if (c->string && c->string[0] == key[0] && strcmp(c->string, key) == 0)
            return (const struct json *)c;
    return NULL;
}

const struct json *
json_at(const struct json *v, const char *path)
{
    for (size_t n; v && path[n = strcspn(path, ".")]; path += n + 1) {
        const struct json *m = json_is_object(v) ? json_first(v) : NULL;
        while (m && (strncmp(json_key(m), path, n) != 0 || json_key(m)[n]))
            m = json_next(m);
        v = m;
    }
    return v ? json_get(v, path) : NULL;
}

const char *
json_str(const struct json *v)
{
    return is(v, cJSON_String) ? tree(v)->valuestring : NULL;
}

const char *
json_get_str(const struct json *object, const char *key)
{
    return json_str(json_get(object, key));
}

bool
json_num(const struct json *v, double *out)
{
    if (!is(v, cJSON_Number))
        return false;
    *out = tree(v)->valuedouble;
    return true;
}

bool
json_get_num(const struct json *object, const char *key, double *out)
{
    return json_num(json_get(object, key), out);
}

bool
json_get_int(const struct json *object, const char *key, int64_t *out)
{
    double d;
    if (!json_get_num(object, key, &d) || !(d >= -9.2e18 && d <= 9.2e18))
        return false;
    *out = (int64_t)d;
    return true;
}

bool
json_get_bool(const struct json *object, const char *key, bool *out)
{
    const struct json *v = json_get(object, key);
    if (!v || !cJSON_IsBool(tree(v)))
        return false;
    *out = cJSON_IsTrue(tree(v));
    return true;
}

bool
json_is_object(const struct json *v)
{
    return is(v, cJSON_Object);
}

bool
json_is_array(const struct json *v)
{
    return is(v, cJSON_Array);
}

bool
json_is_null(const struct json *v)
{
    return is(v, cJSON_NULL);
}

const struct json *
json_first(const struct json *container)
{
    return json_is_object(container) || json_is_array(container)
               ? (const struct json *)tree(container)->child
               : NULL;
}

const struct json *
json_next(const struct json *v)
{
    return v ? (const struct json *)tree(v)->next : NULL;
}

const char *
json_key(const struct json *v)
{
    return v ? tree(v)->string : NULL;
}

size_t
json_count(const struct json *container)
{
    size_t n = 0;
    for (const struct json *v = json_first(container); v; v = json_next(v))
        n++;
    return n;
}

/* ---- builders ---- */

static struct json *
string_node(const char *s, size_t n)
{
    struct buf b;
    buf_init(&b, n * 3);
    for (size_t i = 0, run; i < n; i += run + 1) {
        run = strnlen(s + i, n - i);
        utf8_repair(&b, s + i, run);
        if (i + run < n)
            buf_append_str(&b, REPLACEMENT); /* for a NUL */
    }
    struct json *v = wrap(cJSON_CreateString(b.p));
    buf_finish(&b);
    return v;
}

struct json *
json_object(void)
{
    return wrap(cJSON_CreateObject());
}

struct json *
json_array(void)
{
    return wrap(cJSON_CreateArray());
}

void
json_add(struct json *object, const char *key, struct json *take_value)
{
    struct json *value = take_value ? take_value : wrap(cJSON_CreateNull());
    if (!cJSON_AddItemToObject(tree(object), key, tree(value)))
        json_free(value);
}

void
json_add_str(struct json *object, const char *key, const char *s)
{
    if (s)
        json_add_strn(object, key, s, strlen(s));
    else
        json_add_null(object, key);
}

void
json_add_strn(struct json *object, const char *key, const char *s, size_t n)
{
    json_add(object, key, string_node(s, n));
}

static struct json *
number_node(double v)
{
    return wrap(isfinite(v) ? cJSON_CreateNumber(v) : cJSON_CreateNull());
}

void
json_add_num(struct json *object, const char *key, double v)
{
    json_add(object, key, number_node(v));
}

void
json_add_int(struct json *object, const char *key, int64_t v)
{
    json_add_num(object, key, (double)v);
}

void
json_add_bool(struct json *object, const char *key, bool v)
{
    json_add(object, key, wrap(cJSON_CreateBool(v)));
}

void
json_add_null(struct json *object, const char *key)
{
    json_add(object, key, NULL);
}

void
json_push(struct json *array, struct json *take_value)
{
    if (!cJSON_AddItemToArray(tree(array), tree(take_value)))
        json_free(take_value);
}

void
json_push_num(struct json *array, double v)
{
    json_push(array, number_node(v));
}

void
json_push_str(struct json *array, const char *s)
{
    json_push(array, s ? string_node(s, strlen(s)) : wrap(cJSON_CreateNull()));
}

/* In the place of old, which may be NULL. By name, the library would replace one that differs only in case. */
static void
put_member(struct json *into, struct json *old, const char *key, struct json *take_value)
{
    if (old)
        cJSON_ReplaceItemViaPointer(tree(into), tree(old), tree(take_value));
    else
        json_add(into, key, take_value);
}

void
json_merge(struct json *into, const struct json *over)
{
    for (const struct json *v = json_first(over); v; v = json_next(v)) {
        const char *key = json_key(v);
        struct json *old = key ? (struct json *)tree(json_get(into, key)) : NULL;
        if (!key)
            continue;
        if (json_is_object(v)) {
            if (!json_is_object(old)) {
                struct json *fresh = wrap(cJSON_Duplicate(tree(v), false)); /* with its name */
                put_member(into, old, key, fresh);
                old = fresh;
            }
            json_merge(old, v);
        } else if (!json_is_null(v)) {
            put_member(into, old, key, json_dup(v));
        } else if (old) {
            json_free(wrap(cJSON_DetachItemViaPointer(tree(into), tree(old))));
        }
    }
}

/* ---- printing ---- */

/* The number of bytes at p that stand in a string as they are, of those that are ASCII. */
static size_t
quiet_run(const char *p, size_t n)
{
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t w;
        memcpy(&w, p + i, 8);
        uint64_t slash = w ^ (ones * '\\'), quote = w ^ (ones * '"');
        /* Below 0x20, above 0x7e, or one of the two; a byte beside such a one may be taken for one, too. */
        uint64_t loud = (w - ones * 0x20) | (w + ones) | (slash - ones) | (quote - ones) | w;
        if (loud & highs)
            break;
    }
    while (i < n && (unsigned char)p[i] >= 0x20 && (unsigned char)p[i] < 0x7f && p[i] != '"' &&
           p[i] != '\\')
        i++;
    return i;
}

static bool
quote_raw(struct buf *out, const char *s, size_t n)
{
    if (!buf_append_char(out, '"'))
        return false;
    size_t i = 0;
    while (i < n) {
        size_t from = i;
        i += quiet_run(s + i, n - i);
        if (i > from && !buf_append(out, s + from, i - from))
            return false;
        if (i >= n)
            break;
        unsigned char c = (unsigned char)s[i];
        size_t len = sequence_len(s + i, n - i);
        const char *named = c == '"'    ? "\\\""
                            : c == '\\' ? "\\\\"
                            : c == '\n' ? "\\n"
                            : c == '\r' ? "\\r"
                            : c == '\t' ? "\\t"
                            : !c        ? "\\ufffd" /* readers promise strings free of NUL */
                            : !len      ? REPLACEMENT
                                        : NULL;
        bool ok = named                   ? buf_append_str(out, named)
                  : c < 0x20 || c == 0x7f ? buf_printf(out, "\\u%04x", c)
                                          : buf_append(out, s + i, len);
        if (!ok)
            return false;
        i += len ? len : 1;
    }
    return buf_append_char(out, '"');
}

static bool
print_value(const cJSON *v, struct buf *out)
{
    if (cJSON_IsNumber(v))
        return json_print_number(out, v->valuedouble);
    if (cJSON_IsString(v))
        return quote_raw(out, v->valuestring, strlen(v->valuestring));
    if (cJSON_IsBool(v))
        return buf_append_str(out, cJSON_IsTrue(v) ? "true" : "false");
    bool object = cJSON_IsObject(v);
    if (!object && !cJSON_IsArray(v))
        return buf_append_str(out, "null");
    if (!buf_append_char(out, object ? '{' : '['))
        return false;
    for (const cJSON *c = v->child; c; c = c->next) {
        if (c != v->child && !buf_append_char(out, ','))
            return false;
        if (object &&
            (!quote_raw(out, c->string ? c->string : "", c->string ? strlen(c->string) : 0) ||
             !buf_append_char(out, ':')))
            return false;
        if (!print_value(c, out))
            return false;
    }
    return buf_append_char(out, object ? '}' : ']');
}

bool
json_print(const struct json *v, struct buf *out)
{
    size_t before = out->len;
    if (v && print_value(tree(v), out))
        return true;
    buf_truncate(out, before);
    return false;
}

bool
json_quote(struct buf *out, const char *s, size_t n)
{
    size_t before = out->len;
    if (quote_raw(out, s, n))
        return true;
    buf_truncate(out, before);
    return false;
}
