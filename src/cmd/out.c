#include "out.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/safe.h"

void
out_json(FILE *to, const struct json *v)
{
    struct buf line;
    buf_init(&line, SIZE_MAX);
    json_print(v, &line);
    buf_append_char(&line, '\n');
    fwrite(line.p, 1, line.len, to);
    fflush(to);
    buf_finish(&line);
}

void
out_text(FILE *to, const char *p, size_t n)
{
    if (!isatty(fileno(to))) {
        fwrite(p, 1, n, to);
        return;
    }
    struct buf safe;
    buf_init(&safe, SIZE_MAX);
    safe_text(&safe, p, n, false);
    fwrite(safe.p, 1, safe.len, to);
    buf_finish(&safe);
}

bool
stdin_read(struct buf *out, struct err *err)
{
    char chunk[65536];
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, stdin)) > 0)
        if (!buf_append(out, chunk, n))
            return err_set(err, "the text is longer than %zu bytes", out->max);
    return !ferror(stdin) || err_set(err, "standard input cannot be read: %s", strerror(errno));
}
