#include "decode.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"

/* RunPod's native queue answers in several JSON bodies: of /run, /runsync, /stream and /status. What a
 * worker puts into `output` is its own affair; here are the shapes of worker-vllm, old and new, and of
 * simple workers. */

enum { BODY_MAX_BYTES = 24 << 20, MAX_DEPTH = 8 };

struct runpod {
    struct buf body;
    struct decoder *inner; /* reads the OpenAI events and objects that a worker passes on */
    /* Outputs that are strings hold either an event stream, cut anywhere, or plain text. Their first bytes decide;
     * until then they are kept in `waiting`. */
    enum { STRINGS_UNDECIDED, STRINGS_EVENTS, STRINGS_PLAIN } strings;
    struct buf waiting;
    bool streamed;  /* text came through /stream: the same text in a later `output` is ignored */
    bool completed; /* COMPLETED was seen */
};

static void
keep_count(int64_t *known, int64_t found)
{
    if (found > 0 || (found == 0 && *known == UNKNOWN))
        *known = found;
}

/* Copies the facts that the inner decoder has found. */
static void
gather(struct decoder *d)
{
    const struct runpod *r = d->state;
    const struct decoded *in = &r->inner->out;
    struct answer_usage *u = &d->out.usage;
    decode_set(&d->out.model, in->model);
    decode_set(&d->out.stop_reason, in->stop_reason);
    decode_set(&d->out.request_id, in->request_id);
    decode_set(&d->out.tool, in->tool);
    d->out.output_stale = d->out.output_stale && in->usage.output == u->output;
    keep_count(&u->input, in->usage.input);
    keep_count(&u->output, in->usage.output);
    keep_count(&u->cache_read, in->usage.cache_read);
    keep_count(&u->cache_write, in->usage.cache_write);
    keep_count(&u->thinking, in->usage.thinking);
    if (in->finish == FINISH_ERROR && d->out.finish != FINISH_ERROR)
        decode_fail(d, in->error, in->error_message);
    else if (in->finish == FINISH_REFUSED)
        decode_set(&d->out.error_message, in->error_message);
}

/* Could these bytes be the beginning of an event stream? */
static bool
begins_events(const char *p, size_t n, bool *undecided)
{
    static const char *const starts[] = {"data:", "event:", "error:", "id:", "retry:", ":"};
    *undecided = false;
    while (n && (*p == '\n' || *p == '\r'))
        p++, n--;
    for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
        size_t len = strlen(starts[i]);
        if (n >= len && memcmp(p, starts[i], len) == 0)
            return true;
        if (n < len && memcmp(p, starts[i], n) == 0)
            *undecided = true;
    }
    return false;
}

/* Some workers send their OpenAI object as a string of JSON. */
static bool
take_serialised(struct decoder *d, const char *s)
{
    struct runpod *r = d->state;
    if (*s != '{')
        return false;
    struct json *root = json_parse_part(s, strlen(s), NULL);
    bool ours = json_is_array(json_get(root, "choices"));
    if (ours)
        openai_take(r->inner, root);
    json_free(root);
    return ours;
}

static void
take_string(struct decoder *d, const char *s)
{
    struct runpod *r = d->state;
    if (r->strings == STRINGS_EVENTS) {
        decoder_feed(r->inner, s, strlen(s));
        return;
    }
    if (r->strings == STRINGS_PLAIN) {
        decode_text(d, s);
        return;
    }
    if (!r->waiting.len && take_serialised(d, s))
        return;
    bool undecided;
    if (!buf_append_str(&r->waiting, s)) {
        decode_fail(d, ERR_PROTOCOL, "RunPod's answer is too large");
        return;
    }
    if (begins_events(r->waiting.p, r->waiting.len, &undecided)) {
        r->strings = STRINGS_EVENTS;
        decoder_feed(r->inner, r->waiting.p, r->waiting.len);
    } else if (!undecided) {
        r->strings = STRINGS_PLAIN;
        decode_text(d, r->waiting.p);
    } else {
        return;
    }
    buf_clear(&r->waiting);
}

/* Workers up to 2.23: {"choices":[{"tokens":["Hel","lo"]}],"usage":{"input":9,"output":2}}. */
static bool
take_tokens(struct decoder *d, const struct json *output)
{
    const struct json *choice = json_first(json_get(output, "choices"));
    const struct json *tokens = json_get(choice, "tokens");
    if (!json_is_array(tokens) && !json_str(tokens))
        return false;
    if (json_str(tokens))
        decode_text(d, json_str(tokens));
    for (const struct json *t = json_first(tokens); t; t = json_next(t))
        if (json_str(t))
            decode_text(d, json_str(t));
    const struct json *usage = json_get(output, "usage");
    decode_input(usage, &d->out.usage.input);
    decode_output(d, usage);
    return true;
}

static void
take_object(struct decoder *d, const struct json *output)
{
    static const char *const names[] = {"text", "output"};
    struct runpod *r = d->state;
    struct wire_error e;
    if (wire_error_find(output, 0, &e)) {
        decode_fail_wire(d, &e);
        return;
    }
    if (take_tokens(d, output))
        return;
    if (openai_take(r->inner, output))
        return;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (json_get_str(output, names[i])) {
            decode_text(d, json_get_str(output, names[i]));
            return;
        }
}

static void
take_output(struct decoder *d, const struct json *output, int depth)
{
    if (d->ended || depth > MAX_DEPTH)
        return;
    if (json_str(output))
        take_string(d, json_str(output));
    else if (json_is_object(output))
        take_object(d, output);
    else if (json_is_array(output))
        for (const struct json *v = json_first(output); v; v = json_next(v))
            take_output(d, v, depth + 1);
    if (!d->ended)
        gather(d);
}

/* `error` is a text, or an object, or a text that is the worker's exception as JSON. */
static void
take_failure(struct decoder *d, const struct json *root)
{
    const char *text = json_get_str(root, "error");
    struct json *inside = text && *text == '{' ? json_parse_part(text, strlen(text), NULL) : NULL;
    struct wire_error e;
    wire_error_read(inside ? inside : root, 0, &e);
    decode_set(&d->out.request_id, e.request_id);
    decode_fail(d, e.kind, e.message ? e.message : "the job failed at RunPod");
    json_free(inside);
}

static void
take_time(const struct json *root, const char *key, int64_t *out_us)
{
    int64_t ms = UNKNOWN;
    decode_count(root, key, &ms);
    if (ms != UNKNOWN)
        *out_us = ms * US_PER_MS;
}

/* Items of a /stream body, each {"output":…}. */
static bool
take_items(struct decoder *d, const struct json *items)
{
    struct runpod *r = d->state;
    bool any = false;
    for (const struct json *i = json_first(items); i; i = json_next(i)) {
        const struct json *output = json_get(i, "output");
        any = true;
        take_output(d, output ? output : i, 0);
    }
    r->streamed =
        r->streamed || d->out.text_seen || r->strings != STRINGS_UNDECIDED || r->waiting.len > 0;
    return any;
}

static void
take_waiting(struct decoder *d)
{
    struct runpod *r = d->state;
    if (r->waiting.len)
        decode_text(d, r->waiting.p);
    r->strings = STRINGS_PLAIN;
    buf_clear(&r->waiting);
}

/* The job has succeeded; the worker's finish_reason, where there is one, says how the answer ended. */
static void
complete_job(struct decoder *d)
{
    struct runpod *r = d->state;
    if (r->strings == STRINGS_UNDECIDED && r->waiting.len)
        take_waiting(d);
    decoder_end_body(r->inner);
    gather(d);
    if (d->out.finish == FINISH_ERROR)
        return;
    enum finish inner = r->inner->out.finish;
    d->out.finish = inner == FINISH_NONE ? FINISH_STOP : inner;
}

static void
take_status(struct decoder *d, const struct json *root, bool more_may_come)
{
    struct runpod *r = d->state;
    const char *status = json_get_str(root, "status");
    if (!status) {
        struct wire_error e;
        if (wire_error_find(root, 0, &e))
            take_failure(d, root);
    } else if (strcmp(status, "COMPLETED") == 0) {
        r->completed = true;
        if (!more_may_come)
            complete_job(d);
    } else if (strcmp(status, "FAILED") == 0) {
        take_failure(d, root);
    } else if (strcmp(status, "CANCELLED") == 0) {
        decode_fail(d, ERR_CANCELLED, "the job was cancelled at RunPod");
    } else if (strcmp(status, "TIMED_OUT") == 0) {
        decode_fail(d, ERR_TIMEOUT, "the job ran out of its time at RunPod");
    } else if (strcmp(status, "IN_QUEUE") == 0) {
        decode_warming(d, d->out.queue_us > 0 ? d->out.queue_us / US_PER_MS : 0);
    }
}

static void
take_body(struct decoder *d, const struct json *root)
{
    struct runpod *r = d->state;
    if (json_is_array(root)) {
        take_items(d, root);
        return;
    }
    take_time(root, "delayTime", &d->out.queue_us);
    take_time(root, "executionTime", &d->out.execution_us);
    bool items = take_items(d, json_get(root, "stream"));
    const char *status = json_get_str(root, "status");
    const struct json *output = json_get(root, "output");
    /* While the job runs, `output` is a worker's progress report. */
    bool final = !status || strcmp(status, "COMPLETED") == 0;
    if (output && final && !r->streamed && !json_is_null(output)) {
        r->streamed = true;
        take_output(d, output, 0);
    }
    if (!d->ended)
        take_status(d, root, items);
}

/* ---- the decoder ---- */

static void
open_runpod(struct decoder *d)
{
    struct runpod *r = d->state;
    buf_init(&r->body, BODY_MAX_BYTES);
    buf_init(&r->waiting, BODY_MAX_BYTES);
    r->inner = decoder_create(PROVIDER_OPENAI);
    r->inner->outer = d;
}

static void
close_runpod(struct decoder *d)
{
    struct runpod *r = d->state;
    decoder_destroy(&r->inner);
    buf_finish(&r->body);
    buf_finish(&r->waiting);
}

static void
feed_runpod(struct decoder *d, const char *p, size_t n)
{
    struct runpod *r = d->state;
    if (!buf_append(&r->body, p, n))
        decode_fail(d, ERR_PROTOCOL, "RunPod's answer is too large");
}

static void
end_runpod_body(struct decoder *d)
{
    struct runpod *r = d->state;
    if (!r->body.len)
        return;
    struct err err = {""};
    struct json *root = json_parse_part(r->body.p, r->body.len, &err);
    if (root) {
        take_body(d, root);
    } else {
        err_prefix(&err, "RunPod's answer is not valid JSON");
        decode_fail(d, ERR_PROTOCOL, err.text);
    }
    json_free(root);
    buf_clear(&r->body);
}

static void
finish_runpod(struct decoder *d)
{
    struct runpod *r = d->state;
    if (r->completed && d->out.finish == FINISH_NONE)
        complete_job(d);
    else if (!d->ended)
        take_waiting(d);
}

const struct decode_ops decode_runpod = {
    .state_bytes = sizeof(struct runpod),
    .open = open_runpod,
    .close = close_runpod,
    .feed = feed_runpod,
    .end_body = end_runpod_body,
    .finish = finish_runpod,
};
