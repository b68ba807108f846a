/* What the decoder targets share: any bytes must do no harm, and any chunking must give the same answer.
 * The first byte chooses the chunk size; for runpod a NUL ends one body and begins the next. */
#ifndef TESTS_FUZZ_DECODING_H
#define TESTS_FUZZ_DECODING_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "brain/provider/decoder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct outcome {
    struct buf text;
    int64_t thinking;
    int warmings;
    struct decoder *d;
    const struct decoded *end;
};

/* Takes what the decoder has yielded. */
static void
take_output(struct outcome *o)
{
    struct decoder_output *out = decoder_output(o->d);
    assert(!memchr(out->text.p, 0, out->text.len) && utf8_valid(out->text.p, out->text.len));
    assert(out->thinking_bytes >= o->thinking && out->warming_ms >= 0);
    if (out->taken_back)
        buf_clear(&o->text);
    out->taken_back = false;
    buf_append(&o->text, out->text.p, out->text.len);
    o->thinking = out->thinking_bytes;
    o->warmings += (int)out->warmings;
    buf_clear(&out->text);
    out->warmings = 0;
}

static void
run(struct outcome *o, enum provider provider, const char *p, size_t n, size_t piece, bool bodies)
{
    *o = (struct outcome){.thinking = 0};
    buf_init(&o->text, 64 << 20);
    o->d = decoder_create(provider);
    for (size_t i = 0; i < n;) {
        size_t len = n - i < piece ? n - i : piece;
        const char *end = bodies ? memchr(p + i, 0, len) : NULL;
        len = end ? (size_t)(end - (p + i)) : len;
        char *copy = xmalloc(len);
        memcpy(copy, p + i, len);
        decoder_feed(o->d, copy, len);
        take_output(o);
        free(copy);
        i += len;
        if (end) {
            decoder_end_body(o->d);
            i++;
        }
    }
    o->end = decoder_finish(o->d);
    take_output(o);
}

static void
assert_same(const char *a, const char *b)
{
    assert(!a == !b && (!a || strcmp(a, b) == 0));
}

static void
compare(enum provider provider, const uint8_t *data, size_t size, bool bodies)
{
    if (size < 1)
        return;
    struct outcome a = {0};
    struct outcome b = {0};
    const char *p = (const char *)data + 1;
    run(&a, provider, p, size - 1, size, bodies);
    run(&b, provider, p, size - 1, (size_t)data[0] % 61 + 1, bodies);
    assert(a.text.len == b.text.len && memcmp(a.text.p, b.text.p, a.text.len) == 0);
    assert(a.thinking == b.thinking && a.warmings == b.warmings);
    assert(a.end->finish == b.end->finish && a.end->error == b.end->error);
    assert((a.end->finish == FINISH_ERROR) == (a.end->error != ERR_NONE));
    assert(a.end->finish != FINISH_ERROR || a.end->error_message);
    assert(a.end->usage.input == b.end->usage.input && a.end->usage.output == b.end->usage.output);
    assert(a.end->usage.input >= UNKNOWN && a.end->usage.output >= UNKNOWN);
    assert_same(a.end->stop_reason, b.end->stop_reason);
    assert_same(a.end->error_message, b.end->error_message);
    decoder_destroy(&a.d);
    decoder_destroy(&b.d);
    buf_finish(&a.text);
    buf_finish(&b.text);
}

#endif
