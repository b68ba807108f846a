/* A cassette from anywhere: its times never fall, and it plays through its decoder. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "berdua/base/err.h"
#include "brain/tape/cassette.h"
#include "brain/provider/decoder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {""};
    struct cassette *c = cassette_parse("tape", (const char *)data, size, &err);
    assert(!c == !!err.text[0]);
    if (!c)
        return 0;
    struct decoder *d = decoder_create(PROVIDER_PLAYBACK);
    decoder_become(d, c->provider, c->simulated);
    for (size_t i = 0; i < c->count; i++) {
        assert(c->steps[i].t_us >= (i ? c->steps[i - 1].t_us : 0));
        if (c->steps[i].kind == TAPE_BYTES)
            decoder_feed(d, c->steps[i].bytes, c->steps[i].len);
        else if (c->steps[i].kind == TAPE_END)
            decoder_end_body(d);
    }
    decoder_finish(d);
    decoder_destroy(&d);
    cassette_destroy(&c);
    return 0;
}
