/* What decoding costs: CPU time of one event, from the bytes as they come off the wire to the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "brain/provider/decoder.h"

enum { EVENTS = 40000, CHUNK_BYTES = 16384, ROUNDS = 5 };

static const char anthropic_event[] =
    "event: content_block_delta\n"
    "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
    "{\"type\":\"text_delta\",\"text\":\" terima\"}}\n\n";
static const char openai_event[] =
    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1795332958,"
    "\"model\":\"zantara-llama-3.1-8b\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" "
    "terima\"},"
    "\"logprobs\":null,\"finish_reason\":null}]}\n\n";
static const char llama_event[] =
    "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\" terima\"}}],"
    "\"created\":1795332958,\"id\":\"chatcmpl-ZKGaDNsO09hanlb8lExW2tbEUOPm6WAA\",\"model\":"
    "\"tiny\","
    "\"system_fingerprint\":\"b1-de3ff81\",\"object\":\"chat.completion.chunk\"}\n\n";

static double
cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
decode_all(enum provider provider, const struct buf *stream, size_t *text)
{
    double from = cpu_s();
    struct decoder *d = decoder_create(provider);
    for (size_t i = 0; i < stream->len; i += CHUNK_BYTES) {
        struct decoder_output *out = decoder_output(d);
        decoder_feed(d, stream->p + i,
                     stream->len - i < CHUNK_BYTES ? stream->len - i : CHUNK_BYTES);
        *text += out->text.len;
        buf_clear(&out->text);
    }
    decoder_finish(d);
    decoder_destroy(&d);
    return cpu_s() - from;
}

/* The floor under any decoder that parses each event: JSON alone. */
static double
parse_all(const char *event)
{
    const char *json = strchr(event, '{');
    size_t n = strlen(json) - 2;
    double from = cpu_s();
    for (int i = 0; i < EVENTS; i++)
        json_free(json_parse(json, n, NULL));
    return cpu_s() - from;
}

static void
measure(const char *name, enum provider provider, const char *event)
{
    struct buf stream;
    size_t n = strlen(event);
    double best = 1e9;
    double floor_s = 1e9;
    buf_init(&stream, 64 << 20);
    for (int i = 0; i < EVENTS; i++)
        buf_append(&stream, event, n);
    for (int round = 0; round < ROUNDS; round++) {
        size_t text = 0;
        double s = decode_all(provider, &stream, &text);
        if (text != EVENTS * strlen(" terima"))
            printf("%s: wrong text\n", name);
        best = s < best ? s : best;
        s = parse_all(event);
        floor_s = s < floor_s ? s : floor_s;
    }
    printf("%-28s %6.0f %8.1f %9.1f %11.2f\n", name, best / EVENTS * 1e9, best * 1e3,
           (double)stream.len / best / 1e6, best / floor_s);
    buf_finish(&stream);
}

int
main(void)
{
    printf("decode, %d events           ns/event   CPU ms      MB/s  x JSON alone\n", EVENTS);
    measure("anthropic", PROVIDER_ANTHROPIC, anthropic_event);
    measure("openai (vLLM, Ollama)", PROVIDER_OPENAI, openai_event);
    measure("openai (llama-server)", PROVIDER_OPENAI, llama_event);
    return 0;
}
