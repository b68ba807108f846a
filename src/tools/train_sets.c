/* Readers of public data sets; see train.h. */
#include "train.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"

static void
load_text(const char *data, const char *file, struct buf *out)
{
    struct err err;
    char *path = xasprintf("%s/%s", data, file);
    buf_init(out, 64 << 20);
    if (!path_read(path, out, &err)) {
        fprintf(stderr, "train: %s\n", err.text);
        exit(1);
    }
    free(path);
}

void
read_lines(const char *data, const char *file, row_sink sink, void *ctx)
{
    struct buf b;
    load_text(data, file, &b);
    for (char *p = b.p, *eol; *p; p = eol + (*eol != 0)) {
        eol = p + strcspn(p, "\n");
        sink(ctx, p, (size_t)(eol - p), NULL);
    }
    buf_finish(&b);
}

/* Reads one field from *p into out, unquoted; leaves *p on the separator or the end of the line. */
static void
csv_field(const char **p, struct buf *out)
{
    const char *s = *p;
    buf_clear(out);
    if (*s == '"') {
        for (s++; *s && (*s != '"' || s[1] == '"'); s++) {
            if (*s == '"')
                s++;
            buf_append_char(out, *s);
        }
        if (*s == '"')
            s++;
    }
    while (*s && *s != ',' && *s != '\n') {
        if (*s != '\r')
            buf_append_char(out, *s);
        s++;
    }
    *p = s;
}

void
read_csv(const char *data, const char *file, int text_column, int label_column, row_sink sink,
         void *ctx)
{
    struct buf b, field, text, label;
    load_text(data, file, &b);
    buf_init(&field, 1 << 20);
    buf_init(&text, 1 << 20);
    buf_init(&label, 1 << 20);
    const char *p = b.p;
    for (int row = 0; *p; row++) {
        buf_clear(&text);
        buf_clear(&label);
        for (int column = 0;; column++) {
            csv_field(&p, &field);
            if (column == text_column)
                buf_append(&text, field.p, field.len);
            if (column == label_column)
                buf_append(&label, field.p, field.len);
            if (*p != ',')
                break;
            p++;
        }
        p += *p == '\n';
        if (row > 0)
            sink(ctx, text.p, text.len, label.p);
    }
    buf_finish(&b);
    buf_finish(&field);
    buf_finish(&text);
    buf_finish(&label);
}

/* skip: rows whose field skip_column is that are left out; NULL: none. */
static void
read_fields(const char *data, const char *file, int text_column, int label_column, int skip_column,
            const char *skip, row_sink sink, void *ctx)
{
    struct buf b, label;
    load_text(data, file, &b);
    buf_init(&label, 1 << 20);
    for (char *p = b.p; *p;) {
        size_t eol = strcspn(p, "\n");
        const char *text = p;
        size_t n = 0;
        bool skipped = false;
        buf_clear(&label);
        for (size_t at = 0, column = 0; *p != '#' && at <= eol; column++) {
            size_t len = strcspn(p + at, "\t\n");
            if ((int)column == text_column) {
                text = p + at;
                n = len;
            }
            if ((int)column == label_column)
                buf_append(&label, p + at, len);
            if (skip && (int)column == skip_column)
                skipped = strlen(skip) == len && memcmp(p + at, skip, len) == 0;
            at += len + 1;
        }
        if (n > 0 && !skipped)
            sink(ctx, text, n, label.p);
        p += eol + (p[eol] != 0);
    }
    buf_finish(&b);
    buf_finish(&label);
}

void
read_tsv(const char *data, const char *file, int text_column, int label_column, row_sink sink,
         void *ctx)
{
    read_fields(data, file, text_column, label_column, 0, NULL, sink, ctx);
}

void
read_messages(int label_column, row_sink sink, void *ctx)
{
    read_fields("tests/data/messages", "dev.tsv", 3, label_column, 2, "followup", sink, ctx);
    read_fields("tests/data/messages", "dev2.tsv", 3, label_column, 2, "followup", sink, ctx);
}

void
read_clinc(const char *data, const char *file, const char *key, row_sink sink, void *ctx)
{
    struct buf b;
    struct err err;
    load_text(data, file, &b);
    struct json *root = json_parse(b.p, b.len, &err);
    if (!root) {
        fprintf(stderr, "train: %s: %s\n", file, err.text);
        exit(1);
    }
    for (const struct json *row = json_first(json_get(root, key)); row; row = json_next(row)) {
        const char *text = json_str(json_first(row));
        const char *label = json_str(json_next(json_first(row)));
        if (text)
            sink(ctx, text, strlen(text), label);
    }
    json_free(root);
    buf_finish(&b);
}

void
read_turns(const char *data, const char *file, row_sink sink, void *ctx)
{
    struct buf b;
    load_text(data, file, &b);
    bool begun = false;
    for (char *p = b.p; *p;) {
        size_t eol = strcspn(p, "\n"), at = 0;
        begun |= strncmp(p, "conversations:", 14) == 0;
        while (at < eol && strchr(" -\"'", p[at]))
            at++;
        if (begun && at > 0 && at < eol)
            sink(ctx, p + at, eol - at, NULL);
        p += eol + (p[eol] != 0);
    }
    buf_finish(&b);
}
