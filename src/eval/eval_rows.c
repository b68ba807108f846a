#include "berdua/eval/eval_rows.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/id_set.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"

enum { ID_BYTES = 1024, MESSAGE_BYTES = 4 << 20 };

uint64_t
eval_id_hash(const char *id)
{
    uint64_t h = hash_bytes(id, strlen(id), 0);
    return h ? h : 1;
}

/* A text or a whole number, as JSON; NULL: something else. */
static char *
read_id(const struct json *v, size_t line)
{
    struct buf text;
    double n;
    if (!v)
        return xasprintf("%zu", line);
    bool whole = json_num(v, &n) && n == (double)(int64_t)n && n > -9e15 && n < 9e15;
    buf_init(&text, ID_BYTES);
    if ((!whole && !json_str(v)) || !json_print(v, &text)) {
        buf_finish(&text);
        return NULL;
    }
    return buf_take(&text);
}

static bool
read_row(struct eval_row *row, const struct json *o, struct id_set *seen, struct err *err)
{
    const char *message = json_get_str(o, "message");
    const struct json *expect = json_get(o, "expect");
    if (!json_is_object(o))
        return err_set(err, "a row is an object");
    if (!message || message[strspn(message, " \t\r\n")] == 0)
        return err_set(err, "it has no \"message\"");
    if (strlen(message) > MESSAGE_BYTES)
        return err_set(err, "the message is longer than %d bytes", MESSAGE_BYTES);
    row->message = xstrdup(message);
    row->id = read_id(json_get(o, "id"), row->line);
    if (!row->id)
        return err_set(err, "\"id\" is a text of at most %d bytes, or a whole number", ID_BYTES);
    if (!id_set_add(seen, eval_id_hash(row->id)))
        return err_set(err, "the id %.100s stands there twice", row->id);
    row->expect = expect && !json_is_null(expect) ? expectation_parse(expect, err) : NULL;
    return row->expect || !expect || json_is_null(expect);
}

static void
finish_row(struct eval_row *row)
{
    expectation_destroy(&row->expect);
    free(row->id);
    free(row->message);
}

static bool
add_line(struct eval_rows *rows, struct id_set *seen, const char *p, size_t n, size_t line,
         struct err *err)
{
    struct eval_row row = {.line = line};
    struct json *o = json_parse(p, n, err);
    bool ok = o && read_row(&row, o, seen, err);
    json_free(o);
    if (!ok) {
        finish_row(&row);
        return false;
    }
    rows->v = xgrow(rows->v, rows->count, sizeof *rows->v);
    rows->v[rows->count++] = row;
    return true;
}

static bool
is_blank(const char *p, size_t n)
{
    while (n && strchr(" \t\r", p[n - 1]) && p[n - 1])
        n--;
    return n == 0;
}

bool
eval_rows_parse(struct eval_rows *rows, const char *name, const char *text, size_t n, size_t limit,
                struct err *err)
{
    struct id_set seen = {0};
    const char *p = text, *end = text + n;
    bool ok = true;
    *rows = (struct eval_rows){0};
    if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) /* a byte-order mark */
        p += 3;
    for (size_t line = 1; ok && p < end && (!limit || rows->count < limit); line++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t len = (size_t)((stop ? stop : end) - p);
        if (!is_blank(p, len) && !add_line(rows, &seen, p, len, line, err))
            ok = err_prefix(err, "%s:%zu", name, line);
        p += len + 1;
    }
    id_set_finish(&seen);
    if (!ok)
        eval_rows_finish(rows);
    return ok;
}

void
eval_rows_finish(struct eval_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        finish_row(&rows->v[i]);
    free(rows->v);
    *rows = (struct eval_rows){0};
}
