#include "berdua/brain/decoder.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "decode.h"

static const struct decode_ops *const table[PROVIDER_COUNT] = {
    [PROVIDER_ANTHROPIC] = &decode_anthropic,
    [PROVIDER_OPENAI] = &decode_openai,
    [PROVIDER_RUNPOD] = &decode_runpod,
};

enum { ERROR_LINE_BYTES = 400 };

struct decoder *
decoder_create(enum provider provider, const struct decoder_sink *sink)
{
    struct decoder *d = xcalloc(1, sizeof *d);
    d->sink = *sink;
    d->out.usage = (struct answer_usage){.input = UNKNOWN,
                                         .output = UNKNOWN,
                                         .cache_read = UNKNOWN,
                                         .cache_write = UNKNOWN,
                                         .thinking = UNKNOWN};
    d->out.queue_us = d->out.execution_us = UNKNOWN;
    if (provider != PROVIDER_PLAYBACK)
        decoder_become(d, provider, false);
    return d;
}

void
decoder_become(struct decoder *d, enum provider provider, bool simulated)
{
    if (d->ops)
        d->ops->close(d->state);
    d->ops = provider < PROVIDER_COUNT ? table[provider] : NULL;
    d->state = d->ops ? d->ops->open(d) : NULL;
    d->out.simulated = simulated;
}

void
decoder_destroy(struct decoder **dp)
{
    struct decoder *d = *dp;
    if (!d)
        return;
    if (d->ops)
        d->ops->close(d->state);
    free((char *)d->out.stop_reason);
    free((char *)d->out.model);
    free((char *)d->out.request_id);
    free((char *)d->out.error_message);
    free(d);
    *dp = NULL;
}

bool
decoder_feed(struct decoder *d, const char *p, size_t n)
{
    if (d->ops && !d->ended && !d->finished)
        d->ops->feed(d, p, n);
    return d->ops && !d->ended && !d->finished;
}

void
decoder_end_body(struct decoder *d)
{
    if (d->ops && !d->ended && !d->finished)
        d->ops->end_body(d);
}

const struct decoded *
decoder_finish(struct decoder *d)
{
    decoder_end_body(d);
    if (d->ops && d->ops->finish && !d->finished)
        d->ops->finish(d);
    d->finished = true;
    return &d->out;
}

const struct decoded *
decoder_state(const struct decoder *d)
{
    return &d->out;
}

/* ---- for the decoders ---- */

void
decode_text(struct decoder *d, const char *s)
{
    size_t n = strlen(s);
    if (!n)
        return;
    if (!d->out.text_seen)
        d->out.text_seen = strspn(s, " \t\r\n\v\f") < n;
    if (d->sink.text)
        d->sink.text(d->sink.arg, s, n);
}

void
decode_thinking(struct decoder *d, size_t n)
{
    d->thinking_bytes += (int64_t)n;
    if (d->sink.thinking)
        d->sink.thinking(d->sink.arg, d->thinking_bytes);
}

void
decode_set(const char **slot, const char *value)
{
    if (!value || !*value || (*slot && strcmp(*slot, value) == 0))
        return;
    free((char *)*slot);
    *slot = xstrdup(value);
}

void
decode_fail(struct decoder *d, enum error_kind kind, const char *message)
{
    struct buf line;
    buf_init(&line, ERROR_LINE_BYTES + 8);
    if (message)
        wire_one_line(&line, message, strlen(message), ERROR_LINE_BYTES);
    d->out.finish = FINISH_ERROR;
    d->out.error = kind;
    decode_set(&d->out.error_message, line.len ? line.p : "the server reported an error");
    d->ended = true;
    buf_finish(&line);
}

void
decode_fail_plain(struct decoder *d, const char *message, size_t n)
{
    struct buf text;
    buf_init(&text, 3 * (size_t)ERROR_LINE_BYTES);
    utf8_repair(&text, message, n < ERROR_LINE_BYTES ? n : ERROR_LINE_BYTES);
    decode_fail(d, wire_error_kind(0, text.p), text.p);
    buf_finish(&text);
}

void
decode_count(const struct json *object, const char *key, int64_t *out)
{
    int64_t v;
    if (json_get_int(object, key, &v) && v >= 0 && v < INT64_C(1) << 48)
        *out = v;
}
