#include "lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "cmd.h"

enum { LINE_MAX_BYTES = 32 << 20 }; /* 4 MB of text may be written with six bytes for each */

bool
lines_read_all(const char *command, struct buf *out)
{
    char piece[65536];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, stdin)) > 0) {
        if (!buf_append(out, piece, n)) {
            fprintf(stderr, "berdua %s: the text is longer than %zu bytes\n", command, out->max);
            return false;
        }
    }
    if (ferror(stdin)) {
        fprintf(stderr, "berdua %s: reading failed: %s\n", command, strerror(errno));
        return false;
    }
    return true;
}

static bool
one_line(const char *command, size_t number, const char *p, size_t n,
         void (*each)(void *ctx, const struct json *line, struct buf *out), void *ctx,
         struct buf *out)
{
    struct err err = {""};
    struct json *v = json_parse(p, n, &err);
    bool ok = v && json_is_object(v);
    buf_clear(out);
    if (ok) {
        each(ctx, v, out);
    } else {
        fprintf(stderr, "berdua %s: line %zu: %s\n", command, number,
                v ? "not an object" : err.text);
        buf_append_str(out, "{\"error\":\"not a JSON object\"}");
    }
    json_free(v);
    buf_append_char(out, '\n');
    fwrite(out->p, 1, out->len, stdout);
    return ok;
}

int
lines_each(const char *command, void (*each)(void *ctx, const struct json *line, struct buf *out),
           void *ctx)
{
    struct buf out;
    char *line = NULL;
    size_t cap = 0, number = 0;
    ssize_t n;
    int code = EXIT_DONE;
    buf_init(&out, 8 * (size_t)LINE_MAX_BYTES);
    while ((n = getline(&line, &cap, stdin)) >= 0) {
        number++;
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        if (n == 0)
            continue;
        if (n > LINE_MAX_BYTES || !one_line(command, number, line, (size_t)n, each, ctx, &out))
            code = EXIT_FAILED;
    }
    free(line);
    buf_finish(&out);
    return code;
}
