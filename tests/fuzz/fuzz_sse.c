/* The parser must survive any bytes, and any chunking must give the same events. The first byte
 * chooses the chunk size. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/net/sse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
on_event(void *arg, const char *type, const char *data, size_t n)
{
    struct buf *out = arg;
    buf_append_str(out, type);
    buf_append_char(out, 0);
    buf_append(out, data, n);
    buf_append_char(out, 1);
    return true;
}

static bool
on_other_line(void *arg, const char *value, size_t n)
{
    struct buf *out = arg;
    buf_append_char(out, 2);
    buf_append(out, value, n);
    return true;
}

static void
run(const char *p, size_t n, size_t piece, struct buf *out)
{
    struct sse s;
    bool ok = true;
    sse_init(&s, &(struct sse_sink){on_event, on_other_line, out});
    for (size_t i = 0; ok && i < n; i += piece) {
        size_t len = n - i < piece ? n - i : piece;
        char *copy = xmalloc(len);
        memcpy(copy, p + i, len);
        ok = sse_feed(&s, copy, len, NULL);
        free(copy);
    }
    if (ok)
        sse_end(&s, NULL);
    sse_finish(&s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct buf whole, pieces;
    buf_init(&whole, 16 << 20);
    buf_init(&pieces, 16 << 20);
    run((const char *)data + 1, size - 1, size, &whole);
    run((const char *)data + 1, size - 1, (size_t)data[0] % 7 + 1, &pieces);
    assert(whole.len == pieces.len && memcmp(whole.p, pieces.p, whole.len) == 0);
    buf_finish(&whole);
    buf_finish(&pieces);
    return 0;
}
