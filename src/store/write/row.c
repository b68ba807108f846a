#include "row.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/answer.h"
#include "store/sqlite/db.h"

/* The field inside its row. */
static void *
field_in(void *row, const struct field *f)
{
    return (char *)row + f->at;
}

static const void *
field_of(const void *row, const struct field *f)
{
    return (const char *)row + f->at;
}

static void
put_int(void *p, int v)
{
    memcpy(p, &v, sizeof v);
}

static void
put_real(void *p, double v)
{
    memcpy(p, &v, sizeof v);
}

void *
row_dup(const struct row_type *type, const void *row)
{
    void *copy = xmalloc(type->size);
    memcpy(copy, row, type->size);
    for (size_t i = 0; i < type->count; i++) {
        const struct field *f = &type->fields[i];
        if (f->kind == FIELD_STR) {
            char **text = field_in(copy, f);
            *text = xstrdup(*text);
        } else if (f->kind == FIELD_BYTES) {
            const struct buf *from = field_of(row, f);
            struct buf *to = field_in(copy, f);
            buf_init(to, from->max);
            buf_append(to, from->p, from->len);
        }
    }
    return copy;
}

void
row_finish(const struct row_type *type, void *row)
{
    for (size_t i = 0; i < type->count; i++) {
        const struct field *f = &type->fields[i];
        if (f->kind == FIELD_STR) {
            char **text = field_in(row, f);
            free(*text);
            *text = NULL;
        } else if (f->kind == FIELD_BYTES) {
            buf_finish(field_in(row, f));
        }
    }
}

/* ---- statements ---- */

static void
bind_field(const struct field *f, const void *p, struct stmt *s, int i)
{
    int64_t n;
    int small;
    double d;
    bool b;
    switch (f->kind) {
    case FIELD_STR:
        stmt_bind_str(s, i, *(char *const *)p);
        break;
    case FIELD_BYTES: {
        const struct buf *text = p;
        stmt_bind_bytes(s, i, text->p, text->len);
        break;
    }
    case FIELD_ID:
        stmt_bind_str(s, i, *(const char *)p ? p : NULL);
        break;
    case FIELD_INT:
    case FIELD_KNOWN:
        memcpy(&n, p, sizeof n);
        if (f->kind == FIELD_KNOWN && n == UNKNOWN)
            stmt_bind_null(s, i);
        else
            stmt_bind_int(s, i, n);
        break;
    case FIELD_SMALL:
    case FIELD_CODE:
        memcpy(&small, p, sizeof small);
        if (f->kind == FIELD_CODE && small == 0)
            stmt_bind_null(s, i);
        else
            stmt_bind_int(s, i, small);
        break;
    case FIELD_BOOL:
        memcpy(&b, p, sizeof b);
        stmt_bind_int(s, i, b);
        break;
    case FIELD_REAL:
        memcpy(&d, p, sizeof d);
        stmt_bind_real(s, i, d);
        break;
    case FIELD_WORD:
        memcpy(&small, p, sizeof small);
        stmt_bind_str(s, i, f->words->name(small));
        break;
    }
}

int
row_bind(const struct row_type *type, const void *row, struct stmt *s, int first)
{
    for (size_t i = 0; i < type->count; i++)
        bind_field(&type->fields[i], field_of(row, &type->fields[i]), s, first++);
    return first;
}

bool
row_run(const struct row_type *type, const void *row, struct db *db, const char *sql,
        struct err *err)
{
    struct stmt *s = db_stmt(db, sql, err);
    if (s)
        row_bind(type, row, s, 1);
    return s && stmt_run(s, err);
}

static int
word_value(const struct words *words, const char *word)
{
    if (!word)
        return words->none;
    int value = words->parse(word);
    return value >= 0 ? value : words->unknown;
}

static void
copy_id(char *out, const char *id)
{
    size_t n = id ? strnlen(id, ID_LEN) : 0;
    memcpy(out, id ? id : "", n);
    out[n] = 0;
}

static void
read_field(const struct field *f, void *p, struct stmt *s, int col)
{
    int64_t n = stmt_int(s, col);
    size_t len;
    switch (f->kind) {
    case FIELD_STR:
        *(char **)p = stmt_dup(s, col);
        break;
    case FIELD_BYTES: {
        const char *text = stmt_bytes(s, col, &len);
        buf_append(p, text, len);
        break;
    }
    case FIELD_ID:
        copy_id(p, stmt_str(s, col));
        break;
    case FIELD_KNOWN:
        if (stmt_is_null(s, col))
            n = UNKNOWN;
        memcpy(p, &n, sizeof n);
        break;
    case FIELD_INT:
        memcpy(p, &n, sizeof n);
        break;
    case FIELD_SMALL:
    case FIELD_CODE:
        put_int(p, (int)n);
        break;
    case FIELD_BOOL:
        *(bool *)p = n != 0;
        break;
    case FIELD_REAL:
        put_real(p, stmt_real(s, col));
        break;
    case FIELD_WORD:
        put_int(p, word_value(f->words, stmt_str(s, col)));
        break;
    }
}

void
row_read(const struct row_type *type, void *row, struct stmt *s, int first)
{
    for (size_t i = 0; i < type->count; i++)
        read_field(&type->fields[i], field_in(row, &type->fields[i]), s, first++);
}

/* ---- recovery files ---- */

/* A JSON string where that keeps every byte, else {"hex": "…"}. */
static void
add_bytes(struct json *o, const char *name, const char *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    if (!memchr(p, 0, n) && utf8_valid(p, n)) {
        json_add_strn(o, name, p, n);
        return;
    }
    struct json *wrapped = json_object();
    char *hex = xmalloc(2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        hex[2 * i] = digits[(unsigned char)p[i] >> 4];
        hex[2 * i + 1] = digits[(unsigned char)p[i] & 15];
    }
    json_add_strn(wrapped, "hex", hex, 2 * n);
    json_add(o, name, wrapped);
    free(hex);
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Appends the bytes; false: neither form. */
static bool
get_bytes(const struct json *v, struct buf *out)
{
    const char *text = json_str(v);
    if (text)
        return buf_append_str(out, text);
    const char *hex = json_get_str(v, "hex");
    for (size_t i = 0; hex && hex[i]; i += 2) {
        int high = hex_digit(hex[i]), low = hex[i + 1] ? hex_digit(hex[i + 1]) : -1;
        if (high < 0 || low < 0 || !buf_append_char(out, (char)(high << 4 | low)))
            return false;
    }
    return hex != NULL;
}

/* JSON's numbers are exact up to here; a larger one is a string. */
#define EXACT_INT ((int64_t)1 << 53)

static void
add_int(struct json *o, const char *name, int64_t n)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)n);
    if (n > EXACT_INT || n < -EXACT_INT)
        json_add_str(o, name, digits);
    else
        json_add_int(o, name, n);
}

static bool
get_int(const struct json *v, int64_t *out)
{
    double d;
    char *end;
    const char *digits = json_str(v);
    if (digits) {
        errno = 0;
        *out = strtoll(digits, &end, 10);
        return *digits && !*end && errno == 0;
    }
    if (!json_num(v, &d) || d != floor(d) || fabs(d) > (double)EXACT_INT)
        return false;
    *out = (int64_t)d;
    return true;
}

static void
encode_field(const struct field *f, const void *p, struct json *o)
{
    int64_t n;
    int small;
    double d;
    const char *text = f->kind == FIELD_STR ? *(char *const *)p : p;
    switch (f->kind) {
    case FIELD_BYTES:
        add_bytes(o, f->name, ((const struct buf *)p)->p, ((const struct buf *)p)->len);
        break;
    case FIELD_STR:
    case FIELD_ID:
        if (text)
            add_bytes(o, f->name, text, strlen(text));
        else
            json_add_null(o, f->name);
        break;
    case FIELD_INT:
    case FIELD_KNOWN:
        memcpy(&n, p, sizeof n);
        add_int(o, f->name, n);
        break;
    case FIELD_SMALL:
    case FIELD_CODE:
        memcpy(&small, p, sizeof small);
        json_add_int(o, f->name, small);
        break;
    case FIELD_BOOL:
        json_add_bool(o, f->name, *(const bool *)p);
        break;
    case FIELD_REAL:
        memcpy(&d, p, sizeof d);
        json_add_num(o, f->name, d);
        break;
    case FIELD_WORD:
        memcpy(&small, p, sizeof small);
        json_add_str(o, f->name, f->words->name(small));
        break;
    }
}

struct json *
row_encode(const struct row_type *type, const void *row)
{
    struct json *o = json_object();
    for (size_t i = 0; i < type->count; i++)
        encode_field(&type->fields[i], field_of(row, &type->fields[i]), o);
    return o;
}

static bool
decode_text(const struct field *f, void *p, const struct json *v)
{
    struct buf text;
    if (f->kind == FIELD_BYTES)
        return get_bytes(v, p);
    if (f->kind == FIELD_STR && json_is_null(v))
        return true;
    buf_init(&text, ANSWER_MAX_BYTES);
    bool ok = get_bytes(v, &text) && strlen(text.p) == text.len;
    if (f->kind == FIELD_ID) {
        ok = ok && text.len <= ID_LEN;
        copy_id(p, ok ? text.p : "");
    } else if (ok) {
        *(char **)p = xstrdup(text.p);
    }
    buf_finish(&text);
    return ok;
}

static bool
decode_field(const struct field *f, void *p, const struct json *v)
{
    double d = NAN;
    bool number = json_num(v, &d);
    int64_t n;
    switch (f->kind) {
    case FIELD_STR:
    case FIELD_BYTES:
    case FIELD_ID:
        return decode_text(f, p, v);
    case FIELD_INT:
    case FIELD_KNOWN:
        return get_int(v, p);
    case FIELD_SMALL:
    case FIELD_CODE:
        if (!get_int(v, &n) || n < INT_MIN || n > INT_MAX)
            return false;
        put_int(p, (int)n);
        return true;
    case FIELD_BOOL: {
        struct json *pair = json_object();
        json_add(pair, "v", json_dup(v));
        bool ok = json_get_bool(pair, "v", p);
        json_free(pair);
        return ok;
    }
    case FIELD_REAL:
        memcpy(p, &d, sizeof d);
        return number || json_is_null(v);
    case FIELD_WORD:
        put_int(p, word_value(f->words, json_str(v)));
        return json_str(v) ? f->words->parse(json_str(v)) >= 0 : json_is_null(v);
    }
    return false;
}

void *
row_decode(const struct row_type *type, const struct json *o, struct err *err)
{
    void *row = xcalloc(1, type->size);
    for (size_t i = 0; i < type->count; i++)
        if (type->fields[i].kind == FIELD_BYTES)
            buf_init(field_in(row, &type->fields[i]), ANSWER_MAX_BYTES);
    for (size_t i = 0; i < type->count; i++) {
        const struct field *f = &type->fields[i];
        const struct json *v = json_get(o, f->name);
        if (v && decode_field(f, field_in(row, f), v))
            continue;
        err_set(err, "%s is missing or wrong", f->name);
        row_finish(type, row);
        free(row);
        return NULL;
    }
    return row;
}
