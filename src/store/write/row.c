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
row_field(const void *row, const struct field *f)
{
    return (const char *)row + f->at;
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
            const struct buf *from = row_field(row, f);
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

/* ---- fields and values ---- */

static const enum sql_kind stored_as[] = {
    [FIELD_STR] = SQL_ARG_TEXT,  [FIELD_BYTES] = SQL_ARG_BYTES, [FIELD_ID] = SQL_ARG_TEXT,
    [FIELD_INT] = SQL_ARG_INT,   [FIELD_KNOWN] = SQL_ARG_INT,   [FIELD_SMALL] = SQL_ARG_INT,
    [FIELD_CODE] = SQL_ARG_INT,  [FIELD_BOOL] = SQL_ARG_INT,    [FIELD_REAL] = SQL_ARG_REAL,
    [FIELD_WORD] = SQL_ARG_TEXT,
};

static struct sql_arg
get_field(const struct field *f, const void *row)
{
    struct sql_arg v = {.kind = stored_as[f->kind]};
    const void *p = row_field(row, f);
    int small;
    switch (f->kind) {
    case FIELD_STR:
        v.text = *(char *const *)p;
        break;
    case FIELD_ID:
        v.text = p;
        break;
    case FIELD_WORD:
        memcpy(&small, p, sizeof small);
        v.text = f->words->name(small);
        break;
    case FIELD_BYTES:
        v.text = ((const struct buf *)p)->p;
        v.len = ((const struct buf *)p)->len;
        break;
    case FIELD_INT:
    case FIELD_KNOWN:
        memcpy(&v.n, p, sizeof v.n);
        break;
    case FIELD_SMALL:
    case FIELD_CODE:
        memcpy(&small, p, sizeof small);
        v.n = small;
        break;
    case FIELD_BOOL:
        v.n = *(const bool *)p;
        break;
    case FIELD_REAL:
        memcpy(&v.d, p, sizeof v.d);
        break;
    }
    return v;
}

/* v has its length. false: it does not fit, and the nearest that does is set. */
static bool
set_field(const struct field *f, void *row, const struct sql_arg *v)
{
    void *p = field_in(row, f);
    bool whole = v->text && strnlen(v->text, v->len) == v->len;
    int small = v->n < INT_MIN || v->n > INT_MAX ? 0 : (int)v->n;
    size_t n = v->text ? strnlen(v->text, v->len < ID_LEN ? v->len : ID_LEN) : 0;
    switch (f->kind) {
    case FIELD_STR:
        *(char **)p = v->text ? xstrndup(v->text, v->len) : NULL;
        return whole || !v->text;
    case FIELD_ID:
        memcpy(p, v->text ? v->text : "", n);
        ((char *)p)[n] = 0;
        return whole && v->len <= ID_LEN;
    case FIELD_WORD:
        small = v->text ? f->words->parse(v->text) : f->words->none;
        whole = !v->text || small >= 0;
        small = whole ? small : f->words->unknown;
        memcpy(p, &small, sizeof small);
        return whole;
    case FIELD_BYTES:
        return v->text && buf_append(p, v->text, v->len);
    case FIELD_INT:
    case FIELD_KNOWN:
        memcpy(p, &v->n, sizeof v->n);
        return true;
    case FIELD_SMALL:
    case FIELD_CODE:
        memcpy(p, &small, sizeof small);
        return small == v->n;
    case FIELD_BOOL:
        *(bool *)p = v->n != 0;
        return true;
    case FIELD_REAL:
        memcpy(p, &v->d, sizeof v->d);
        return true;
    }
    return false;
}

/* ---- statements ---- */

static bool
is_none(const struct field *f, const struct sql_arg *v)
{
    return (f->kind == FIELD_KNOWN && v->n == UNKNOWN) || (f->kind == FIELD_CODE && v->n == 0) ||
           (f->kind == FIELD_ID && !*v->text);
}

struct stmt *
row_query(const struct row_type *type, const void *row, struct db *db, const char *sql,
          const struct sql_arg *more, struct err *err)
{
    static const struct sql_arg null = {.kind = SQL_ARG_TEXT}, end = {.kind = SQL_ARGS_END};
    size_t extra = 0;
    more = more ? more : &end;
    while (more[extra].kind != SQL_ARGS_END)
        extra++;
    struct sql_arg *args = xcalloc(type->count + extra + 1, sizeof *args);
    for (size_t i = 0; i < type->count; i++) {
        args[i] = get_field(&type->fields[i], row);
        if (is_none(&type->fields[i], &args[i]))
            args[i] = null;
    }
    for (size_t i = 0; i < extra; i++)
        args[type->count + i] = more[i];
    struct stmt *s = db_query(db, sql, args, err);
    free(args);
    return s;
}

bool
row_run(const struct row_type *type, const void *row, struct db *db, const char *sql,
        struct err *err)
{
    return stmt_run(row_query(type, row, db, sql, NULL, err), err);
}

void
row_read(const struct row_type *type, void *row, struct stmt *s, int first)
{
    for (size_t i = 0; i < type->count; i++) {
        const struct field *f = &type->fields[i];
        int col = first + (int)i;
        struct sql_arg v = {.kind = stored_as[f->kind]};
        if (v.kind == SQL_ARG_INT)
            v.n = stmt_int(s, col);
        if (f->kind == FIELD_KNOWN)
            v.n = stmt_known(s, col);
        if (f->kind == FIELD_SMALL && v.n < 0)
            v.n = 0;
        if (v.kind == SQL_ARG_REAL)
            v.d = stmt_amount(s, col);
        else if (v.kind != SQL_ARG_INT && !stmt_is_null(s, col))
            v.text = stmt_bytes(s, col, &v.len);
        set_field(f, row, &v);
    }
}

/* ---- recovery files ---- */

static const char hex_digits[] = "0123456789abcdef";

/* A JSON string where that keeps every byte, else {"hex": "…"}. */
static void
add_bytes(struct json *o, const char *name, const char *p, size_t n)
{
    if (!memchr(p, 0, n) && utf8_valid(p, n)) {
        json_add_strn(o, name, p, n);
        return;
    }
    struct json *wrapped = json_object();
    char *hex = xmalloc(2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        hex[2 * i] = hex_digits[(unsigned char)p[i] >> 4];
        hex[2 * i + 1] = hex_digits[(unsigned char)p[i] & 15];
    }
    json_add_strn(wrapped, "hex", hex, 2 * n);
    json_add(o, name, wrapped);
    free(hex);
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
        const char *high = strchr(hex_digits, hex[i]), *low = memchr(hex_digits, hex[i + 1], 16);
        if (!high || !low ||
            !buf_append_char(out, (char)((high - hex_digits) << 4 | (low - hex_digits))))
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
encode_field(const struct field *f, const void *row, struct json *o)
{
    struct sql_arg v = get_field(f, row);
    if (f->kind == FIELD_BOOL)
        json_add_bool(o, f->name, v.n);
    else if (v.kind == SQL_ARG_INT)
        add_int(o, f->name, v.n);
    else if (v.kind == SQL_ARG_REAL)
        json_add_num(o, f->name, v.d);
    else if (v.text)
        add_bytes(o, f->name, v.text, v.kind == SQL_ARG_TEXT ? strlen(v.text) : v.len);
    else
        json_add_null(o, f->name);
}

struct json *
row_encode(const struct row_type *type, const void *row)
{
    struct json *o = json_object();
    for (size_t i = 0; i < type->count; i++)
        encode_field(&type->fields[i], row, o);
    return o;
}

static bool
decode_field(const struct field *f, void *row, const struct json *o)
{
    const struct json *v = json_get(o, f->name);
    struct sql_arg value = {.d = NAN};
    struct buf text;
    bool truth, ok;
    if (!v && (f->kind == FIELD_BOOL || f->kind == FIELD_STR))
        return true; /* a later version's: none, or false */
    buf_init(&text, ANSWER_MAX_BYTES);
    bool newer = f->kind == FIELD_KNOWN || f->kind == FIELD_BOOL || f->kind == FIELD_REAL;
    if (!v && newer) { /* a column that is newer than the file is not there */
        value.n = f->kind == FIELD_KNOWN ? UNKNOWN : 0;
        ok = true;
    } else if (f->kind == FIELD_BOOL) {
        ok = json_get_bool(o, f->name, &truth);
        value.n = ok && truth;
    } else if (stored_as[f->kind] == SQL_ARG_INT) {
        ok = get_int(v, &value.n);
    } else if (stored_as[f->kind] == SQL_ARG_REAL) {
        ok = json_num(v, &value.d) || json_is_null(v);
    } else if ((ok = get_bytes(v, &text))) {
        value.text = text.p;
        value.len = text.len;
    } else {
        ok = json_is_null(v) || (!v && f->kind == FIELD_WORD && f->words->newer);
    }
    ok = set_field(f, row, &value) && ok;
    buf_finish(&text);
    return ok;
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
        if (decode_field(f, row, o))
            continue;
        err_set(err, "%s is missing or wrong", f->name);
        row_finish(type, row);
        free(row);
        return NULL;
    }
    return row;
}
