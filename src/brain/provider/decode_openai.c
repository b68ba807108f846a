#include "decode.h"

#include <string.h>

#include "berdua/base/json.h"

struct openai {
    bool usage_told; /* `usage` was there: llama-server's `timings` no longer count */
};

static bool
one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static void
take_finish_reason(struct decoder *d, const char *reason)
{
    static const char *const lengths[] = {"length", "max_tokens", "model_length", NULL};
    static const char *const broken[] = {"abort", "error", NULL};
    if (!reason || !*reason)
        return; /* missing, null and empty alike */
    decode_set(&d->out.stop_reason, reason);
    if (one_of(reason, broken)) {
        /* Not decode_fail: the usage and a better message may still come. */
        d->out.finish = FINISH_ERROR;
        d->out.error = ERR_SERVER;
        decode_set(&d->out.error_message, strcmp(reason, "abort") == 0
                                              ? "the server aborted the answer"
                                              : "the server failed while answering");
    } else if (one_of(reason, lengths)) {
        d->out.finish = FINISH_LENGTH;
    } else if (strcmp(reason, "content_filter") == 0) {
        d->out.finish = FINISH_REFUSED;
    } else if (d->out.finish == FINISH_NONE) {
        d->out.finish = FINISH_STOP;
    }
}

static void
take_usage(struct decoder *d, const struct json *usage)
{
    struct answer_usage *u = &d->out.usage;
    decode_count(usage, "prompt_tokens", &u->input);
    decode_count(usage, "completion_tokens", &u->output);
    decode_count(json_get(usage, "prompt_tokens_details"), "cached_tokens", &u->cache_read);
    decode_count(json_get(usage, "completion_tokens_details"), "reasoning_tokens", &u->thinking);
}

/* llama-server sends its counts as `timings` when no usage was asked for. */
static void
take_timings(struct decoder *d, const struct json *timings)
{
    int64_t fresh = UNKNOWN;
    int64_t cached = UNKNOWN;
    struct answer_usage *u = &d->out.usage;
    decode_count(timings, "prompt_n", &fresh);
    decode_count(timings, "cache_n", &cached);
    decode_count(timings, "predicted_n", &u->output);
    if (fresh != UNKNOWN)
        u->input = fresh + (cached > 0 ? cached : 0);
    if (cached != UNKNOWN)
        u->cache_read = cached;
}

/* A string, or an array of strings and {"type":"text","text":…} parts. */
static void
take_content(struct decoder *d, const struct json *content)
{
    if (json_str(content)) {
        decode_text(d, json_str(content));
        return;
    }
    if (!json_is_array(content))
        return;
    for (const struct json *part = json_first(content); part; part = json_next(part)) {
        const char *type = json_get_str(part, "type");
        const char *text = json_str(part) ? json_str(part) : json_get_str(part, "text");
        if (!text)
            continue;
        if (!type || strcmp(type, "text") == 0 || strcmp(type, "output_text") == 0)
            decode_text(d, text);
        else if (strcmp(type, "thinking") == 0 || strcmp(type, "reasoning") == 0)
            decode_thinking(d, strlen(text));
    }
}

static void
take_message(struct decoder *d, const struct json *message)
{
    const char *reasoning = json_get_str(message, "reasoning");
    if (!reasoning || !*reasoning)
        reasoning = json_get_str(message, "reasoning_content");
    if (reasoning && *reasoning)
        decode_thinking(d, strlen(reasoning));
    take_content(d, json_get(message, "content"));
    const char *refusal = json_get_str(message, "refusal");
    if (refusal && *refusal) {
        d->out.finish = FINISH_REFUSED;
        decode_set(&d->out.error_message, refusal);
    }
}

static void
take_choice(struct decoder *d, const struct json *choice)
{
    int64_t index = 0;
    json_get_int(choice, "index", &index);
    if (index != 0)
        return;
    const struct json *delta = json_get(choice, "delta");
    take_message(d, json_is_object(delta) ? delta : json_get(choice, "message"));
    if (json_get_str(choice, "text")) /* the completions route */
        decode_text(d, json_get_str(choice, "text"));
    take_finish_reason(d, json_get_str(choice, "finish_reason"));
}

void
openai_take(struct decoder *d, const struct json *chunk)
{
    struct openai *o = d->state;
    struct wire_error e;
    if (wire_error_find(chunk, 0, &e)) {
        decode_fail_wire(d, &e);
        return;
    }
    decode_set(&d->out.model, json_get_str(chunk, "model"));
    const struct json *choices = json_get(chunk, "choices");
    if (json_is_array(choices))
        for (const struct json *c = json_first(choices); c; c = json_next(c))
            take_choice(d, c);
    const struct json *usage = json_get(chunk, "usage");
    if (json_is_object(usage)) {
        take_usage(d, usage);
        o->usage_told = true;
    } else if (!o->usage_told && json_is_object(json_get(chunk, "timings"))) {
        take_timings(d, json_get(chunk, "timings"));
    }
}

/* Some servers and proxies end a failed stream with [DONE], as if it had been a good one: a stream without text
 * is a failure. */
static void
take_done(struct decoder *d)
{
    if (d->out.finish == FINISH_NONE && d->out.text_seen)
        d->out.finish = FINISH_STOP;
    else if (d->out.finish == FINISH_NONE)
        decode_fail(d, ERR_EMPTY, "the server ended the stream without an answer");
    d->ended = true;
}

static bool
openai_event(struct decoder *d, const char *type, const char *data, size_t n,
             const struct json *root)
{
    if (!root) {
        while (n && (*data == ' ' || *data == '\t'))
            data++, n--;
        if (n >= 6 && memcmp(data, "[DONE]", 6) == 0)
            take_done(d);
        else if (strcmp(type, "error") == 0)
            decode_fail_plain(d, data, n);
        else
            return *type && strcmp(type, "message") != 0;
        return true;
    }
    if (strcmp(type, "error") == 0) {
        struct wire_error e;
        wire_error_read(root, 0, &e);
        decode_fail_wire(d, &e);
    } else {
        openai_take(d, root);
    }
    return true;
}

static void
openai_document(struct decoder *d, const struct json *root)
{
    bool answer = json_is_array(json_get(root, "choices"));
    openai_take(d, root);
    if (!d->ended && !answer)
        decode_fail(d, ERR_PROTOCOL, "the answer is JSON of an unknown shape");
    /* A whole document is a complete answer even without a finish_reason. */
    if (d->out.finish == FINISH_NONE)
        d->out.finish = FINISH_STOP;
    d->ended = true;
}

static const struct body_ops body_ops = {.event = openai_event, .document = openai_document};

const struct decode_ops decode_openai = {.state_bytes = sizeof(struct openai), .body = &body_ops};
