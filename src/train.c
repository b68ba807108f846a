/* Build tool: fits a model from the public sets in a folder and prints its file.
 * usage: train MODEL DATA > src/measure/weights/MODEL.txt */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "measure/linear.h"

static const struct {
    const char *name;
    struct linear *(*train)(const char *data, const char **notes);
} models[] = {
    {"language", train_language},
    {"politeness", train_politeness},
    {"affect", train_affect},
    {"tone", train_tone},
};

static void
load(const char *data, const char *file, struct buf *out)
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
    load(data, file, &b);
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
    load(data, file, &b);
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

void
read_tsv(const char *data, const char *file, int text_column, int label_column, row_sink sink,
         void *ctx)
{
    struct buf b, label;
    load(data, file, &b);
    buf_init(&label, 1 << 20);
    for (char *p = b.p; *p;) {
        size_t eol = strcspn(p, "\n");
        const char *text = p;
        size_t n = 0;
        buf_clear(&label);
        for (size_t at = 0, column = 0; *p != '#' && at <= eol; column++) {
            size_t len = strcspn(p + at, "\t\n");
            if ((int)column == text_column) {
                text = p + at;
                n = len;
            }
            if ((int)column == label_column)
                buf_append(&label, p + at, len);
            at += len + 1;
        }
        if (n > 0)
            sink(ctx, text, n, label.p);
        p += eol + (p[eol] != 0);
    }
    buf_finish(&b);
    buf_finish(&label);
}

void
read_clinc(const char *data, const char *file, const char *key, row_sink sink, void *ctx)
{
    struct buf b;
    struct err err;
    load(data, file, &b);
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
    load(data, file, &b);
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

int
main(int argc, char **argv)
{
    for (size_t i = 0; argc == 3 && i < ARRAY_LEN(models); i++) {
        if (strcmp(argv[1], models[i].name) != 0)
            continue;
        const char *notes = "";
        struct linear *l = models[i].train(argv[2], &notes);
        struct buf out;
        buf_init(&out, 16 << 20);
        linear_print(l, notes, &out);
        fwrite(out.p, 1, out.len, stdout);
        buf_finish(&out);
        linear_destroy(&l);
        return fflush(stdout) == 0 ? 0 : 1;
    }
    fputs("usage: train MODEL DATA\n", stderr);
    return 2;
}
