#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "decode.h"

static const struct decode_ops *const table[PROVIDER_COUNT] = {
    [PROVIDER_ANTHROPIC] = &decode_anthropic,
    [PROVIDER_OPENAI] = &decode_openai,
    [PROVIDER_RUNPOD] = &decode_runpod,
};

enum { ERROR_LINE_BYTES = 400, ODD_BYTES = 160, OUTPUT_MAX_BYTES = 64 << 20 };

struct decoder *
decoder_create(enum provider provider)
{
    struct decoder *d = xcalloc(1, sizeof *d);
    buf_init(&d->output.text, OUTPUT_MAX_BYTES);
    buf_init(&d->voice.held, OUTPUT_MAX_BYTES);
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
    buf_finish(&d->voice.held);
    free((char *)d->out.stop_reason);
    free((char *)d->out.model);
    free((char *)d->out.request_id);
    free((char *)d->out.error_message);
    free((char *)d->out.tool);
    free((char *)d->out.odd);
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
    decode_text_end(d, d->out.finish == FINISH_STOP || d->out.finish == FINISH_REFUSED);
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

/* As JSON without the escapes that it does not need, in which a secret would not be found. */
static void
append_tree(struct buf *line, const struct json *root)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    json_print(root, &text);
    wire_one_line(line, text.p, text.len, ODD_BYTES);
    buf_finish(&text);
}

void
decode_odd(struct decoder *d, const char *p, size_t n, const struct json *root)
{
    struct buf line;
    if (d->out.odd)
        return;
    buf_init(&line, ODD_BYTES + 8);
    if (root)
        append_tree(&line, root);
    else
        wire_one_line(&line, p, n, ODD_BYTES);
    decode_set(&d->out.odd, line.p);
    buf_finish(&line);
}

void
decode_fail_unknown(struct decoder *d, const struct json *root)
{
    struct buf why;
    buf_init(&why, ODD_BYTES * 2);
    buf_append_str(&why, "the answer is JSON of an unknown shape: ");
    append_tree(&why, root);
    decode_fail(d, ERR_PROTOCOL, why.p);
    buf_finish(&why);
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

enum finish
decode_end_of(const char *reason)
{
    static const struct {
        const char *reason;
        enum finish end;
    } ends[] = {
        {"length", FINISH_LENGTH},
        {"max_tokens", FINISH_LENGTH},
        {"model_length", FINISH_LENGTH},
        {"limit", FINISH_LENGTH},
        /* A full context window cuts the answer as the token limit does; the text before it is valid. */
        {"model_context_window_exceeded", FINISH_LENGTH},
        {"max_output_tokens", FINISH_LENGTH},
        {"content_filter", FINISH_REFUSED}, /* Gemini's goes on: "content_filter: SAFETY" */
        {"content_filtered", FINISH_REFUSED},
        {"refusal", FINISH_REFUSED},
        {"safety", FINISH_REFUSED},
        {"sensitive", FINISH_REFUSED},
        {"abort", FINISH_ERROR},
        {"error", FINISH_ERROR},
        {"network_error", FINISH_ERROR},
        {"insufficient_system_resource", FINISH_ERROR},
    };
    size_t n = reason ? strcspn(reason, ": ") : 0;
    for (size_t i = 0; n && i < ARRAY_LEN(ends); i++)
        if (strlen(ends[i].reason) == n && strncasecmp(reason, ends[i].reason, n) == 0)
            return ends[i].end;
    return FINISH_STOP;
}

static void
fail_without_answer(struct decoder *d)
{
    struct buf why;
    buf_init(&why, ODD_BYTES * 4);
    buf_printf(&why, "the server ended the stream without an answer%s%s",
               d->out.odd ? "; it sent: " : "", d->out.odd ? d->out.odd : "");
    decode_fail(d, ERR_EMPTY, why.p);
    buf_finish(&why);
}

/* Some servers and proxies end a failed stream with [DONE], as if it had been a good one: a stream with nothing in it
 * is a failure. */
void
decode_done(struct decoder *d)
{
    struct decoder *to = d->outer ? d->outer : d;
    decode_text_end(to, decode_end_of(d->out.stop_reason) != FINISH_LENGTH);
    if (d->out.finish == FINISH_NONE &&
        (to->out.text_seen || to->output.thinking_bytes || d->out.tool))
        d->out.finish = decode_end_of(d->out.stop_reason);
    else if (d->out.finish == FINISH_NONE)
        fail_without_answer(d);
    d->ended = true;
}
