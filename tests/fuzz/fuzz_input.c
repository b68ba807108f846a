/* The input decoder: any bytes, cut anywhere, give the same events, and every event is well formed. */
#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "ui/term/input.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
note(void *arg, const struct input_event *ev)
{
    struct buf *out = arg;
    if (memchr(ev->name, 0, sizeof ev->name) == NULL)
        abort();
    if (ev->kind == INPUT_PASTE) {
        if (!utf8_valid(ev->bytes, ev->len))
            abort();
        for (size_t i = 0; i < ev->len; i++)
            if ((unsigned char)ev->bytes[i] < 32 && ev->bytes[i] != '\n' && ev->bytes[i] != '\t')
                abort();
    }
    buf_printf(out, "%d %s %d %d %d %d ", (int)ev->kind, ev->name, ev->button, ev->row, ev->col,
               ev->press);
    buf_append(out, ev->bytes, ev->kind == INPUT_MOUSE || ev->kind == INPUT_FOCUS ? 0 : ev->len);
    buf_append_char(out, '\n');
}

typedef void taker(struct input *in, const char *p, size_t n, int64_t now_us);

/* step 0: in one piece; else in pieces of that many bytes. */
static void
run(struct buf *out, const uint8_t *data, size_t size, size_t step, taker *take)
{
    struct input *in = input_create(note, out);
    if (step == 0)
        step = size ? size : 1;
    for (size_t at = 0; at < size; at += step)
        take(in, (const char *)data + at, size - at < step ? size - at : step, 1000);
    while (input_deadline(in) != NEVER_US)
        input_tick(in, input_deadline(in));
    input_destroy(&in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf whole, parts;
    buf_init(&whole, 64 << 20);
    buf_init(&parts, 64 << 20);
    run(&whole, data, size, 0, input_read); /* what was read at once is seen together */
    buf_clear(&whole);
    run(&whole, data, size, 0, input_feed);
    for (size_t step = 1; step <= 3; step++) {
        buf_clear(&parts);
        run(&parts, data, size, step, input_feed);
        if (parts.len != whole.len || memcmp(parts.p, whole.p, whole.len) != 0)
            abort();
    }
    buf_finish(&whole);
    buf_finish(&parts);
    return 0;
}
