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

#define REPLACEMENT "\xEF\xBF\xBD"

enum { ERROR_LINE_BYTES = 400, OUTPUT_MAX_BYTES = 64 << 20 };

static void give_up_half(struct decoder *d);

struct decoder *
decoder_create(enum provider provider)
{
    struct decoder *d = xcalloc(1, sizeof *d);
    buf_init(&d->output.text, OUTPUT_MAX_BYTES);
    body_init(&d->body, d);
    d->out.usage = (struct answer_usage){UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, false};
    d->out.queue_us = d->out.execution_us = UNKNOWN;
    if (provider != PROVIDER_PLAYBACK)
        decoder_become(d, provider, false);
    return d;
}

static void
close_state(struct decoder *d)
{
    if (d->ops && d->ops->close)
        d->ops->close(d);
    free(d->state);
    d->state = NULL;
}

void
decoder_become(struct decoder *d, enum provider provider, bool simulated)
{
    close_state(d);
    d->out.simulated = simulated;
    d->ops = provider < PROVIDER_COUNT ? table[provider] : NULL;
    if (!d->ops)
        return;
    d->state = xcalloc(1, d->ops->state_bytes);
    if (d->ops->open)
        d->ops->open(d);
}

void
decoder_destroy(struct decoder **dp)
{
    struct decoder *d = *dp;
    if (!d)
        return;
    close_state(d);
    body_finish(&d->body);
    buf_finish(&d->output.text);
    free((char *)d->out.stop_reason);
    free((char *)d->out.model);
    free((char *)d->out.request_id);
    free((char *)d->out.error_message);
    free(d);
    *dp = NULL;
}

struct decoder_output *
decoder_output(struct decoder *d)
{
    return &d->output;
}

static bool
wants_more(const struct decoder *d)
{
    return d->ops && !d->ended && !d->finished;
}

bool
decoder_feed(struct decoder *d, const char *p, size_t n)
{
    if (wants_more(d) && d->ops->body)
        body_feed(&d->body, p, n);
    else if (wants_more(d))
        d->ops->feed(d, p, n);
    return wants_more(d);
}

bool
decoder_end_body(struct decoder *d)
{
    if (wants_more(d) && d->ops->body)
        body_end(&d->body);
    else if (wants_more(d))
        d->ops->end_body(d);
    return wants_more(d);
}

const struct decoded *
decoder_finish(struct decoder *d)
{
    decoder_end_body(d);
    if (d->ops && d->ops->finish && !d->finished)
        d->ops->finish(d);
    give_up_half(d);
    d->finished = true;
    return &d->out;
}

const struct decoded *
decoder_state(const struct decoder *d)
{
    return &d->out;
}

/* ---- for the decoders ---- */

static void
put_text(struct decoder *d, const char *p, size_t n)
{
    struct decoder *to = d->outer ? d->outer : d;
    if (!d->out.text_seen)
        d->out.text_seen = !utf8_blank(p, n);
    if (!buf_append(&to->output.text, p, n))
        decode_fail(d, ERR_PROTOCOL, "the answer is too long");
}

/* Half of a surrogate pair at p, as json_parse_part leaves it: 0xD800 to 0xDFFF; 0: none. */
static uint32_t
surrogate_at(const char *p, size_t n)
{
    const unsigned char *u = (const unsigned char *)p;
    if (n < 3 || u[0] != 0xED || u[1] < 0xA0 || u[1] > 0xBF || (u[2] & 0xC0) != 0x80)
        return 0;
    return 0xD000u | (uint32_t)(u[1] & 0x3F) << 6 | (u[2] & 0x3Fu);
}

/* Appends the text with pairs joined and what is no character as U+FFFD. Returns how many bytes were used; the
 * few after them may be the first half of a character. */
static size_t
join_halves(struct buf *out, const char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        uint32_t cp, high = surrogate_at(p + i, n - i);
        size_t len = 3;
        if (high >= 0xD800 && high <= 0xDBFF) {
            uint32_t low = surrogate_at(p + i + 3, n - i - 3);
            char four[4];
            if (i + 3 == n)
                break;
            if (low >= 0xDC00) {
                cp = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                buf_append(out, four, utf8_encode(cp, four));
                i += 6;
                continue;
            }
        } else if (!high) {
            len = utf8_decode(p + i, n - i, &cp);
            if (len == 0)
                break;
        }
        if (high || (len == 1 && cp == 0xFFFD))
            buf_append_str(out, REPLACEMENT);
        else
            buf_append(out, p + i, len);
        i += len;
    }
    return i;
}

static void
give_up_half(struct decoder *d)
{
    bool surrogate = surrogate_at(d->half, d->half_len) != 0;
    for (unsigned i = 0; i < (surrogate ? 1 : d->half_len); i++)
        put_text(d, REPLACEMENT, strlen(REPLACEMENT));
    d->half_len = 0;
}

void
decode_text(struct decoder *d, const char *s)
{
    struct decoder *to = d->outer ? d->outer : d;
    size_t n = strlen(s);
    if (!n)
        return;
    to->output.deltas++;
    if (!to->half_len && utf8_valid(s, n)) {
        put_text(d, s, n);
        return;
    }
    struct buf in, whole;
    buf_init(&in, n + sizeof to->half);
    buf_init(&whole, 3 * (n + sizeof to->half));
    buf_append(&in, to->half, to->half_len);
    buf_append(&in, s, n);
    size_t used = join_halves(&whole, in.p, in.len);
    to->half_len = (unsigned)(in.len - used);
    memcpy(to->half, in.p + used, to->half_len);
    put_text(d, whole.p, whole.len);
    buf_finish(&in);
    buf_finish(&whole);
}

void
decode_thinking(struct decoder *d, size_t n)
{
    struct decoder_output *o = d->outer ? &d->outer->output : &d->output;
    o->thinking_bytes += (int64_t)n;
    o->thoughts++;
}

void
decode_warming(struct decoder *d, int64_t delay_ms)
{
    d->output.warmings++;
    d->output.warming_ms = delay_ms;
}

void
decode_set(const char **slot, const char *value)
{
    if (!value || !*value || (*slot && strcmp(*slot, value) == 0))
        return;
    struct buf text;
    size_t n = strlen(value);
    buf_init(&text, 3 * n + 1);
    utf8_repair(&text, value, n);
    free((char *)*slot);
    *slot = buf_take(&text);
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
decode_fail_wire(struct decoder *d, const struct wire_error *e)
{
    decode_set(&d->out.request_id, e->request_id);
    decode_fail(d, e->kind, e->message);
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
