#include "decode.h"

#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"

enum { CONTENT_MAX_BYTES = 16 << 20 };

struct openai {
    bool input_told, output_told; /* by `usage`: llama-server's `timings` no longer count */
    bool deltas;                  /* text came as `delta`: a `message` only repeats it */
    bool pieces;                  /* a `message` is a piece, as a `delta` is */
    size_t reasoned;              /* bytes of reasoning so far */
};

/* A reason may come with every piece, and text after it. */
static void
take_finish_reason(struct decoder *d, const char *reason)
{
    if (!reason || !*reason)
        return; /* missing, null and empty alike */
    enum finish end = decode_end_of(reason);
    decode_set(&d->out.stop_reason, reason);
    if (end == FINISH_ERROR) {
        /* Not decode_fail: the usage and a better message may still come. */
        d->out.error = ERR_SERVER;
        decode_set(&d->out.error_message, strcmp(reason, "abort") == 0
                                              ? "the server aborted the answer"
                                              : "the server failed while answering");
    }
    if (end != FINISH_STOP || d->out.finish == FINISH_NONE)
        d->out.finish = end;
}

/* Tokens of the prompt that were read from the server's cache, or written to it: in `details`, or beside the other counts
 * (DeepSeek, Moonshot, and proxies in front of Claude). */
static void
take_cached(struct decoder *d, const struct json *usage)
{
    static const char *const read[] = {"cached_tokens", "prompt_cache_hit_tokens",
                                       "cache_read_input_tokens"};
    static const char *const written[] = {"cache_write_tokens", "cache_creation_tokens",
                                          "cache_creation_input_tokens"};
    struct answer_usage *u = &d->out.usage;
    const struct json *places[] = {json_get(usage, "prompt_tokens_details"),
                                   json_get(usage, "input_tokens_details"), usage};
    for (size_t p = 0; p < ARRAY_LEN(places); p++)
        for (size_t i = 0; i < ARRAY_LEN(read); i++) {
            decode_count(places[p], read[i], &u->cache_read);
            decode_count(places[p], written[i], &u->cache_write);
        }
}

static void
take_usage(struct decoder *d, const struct json *usage)
{
    struct openai *o = d->state;
    struct answer_usage *u = &d->out.usage;
    const struct json *details = json_get(usage, "completion_tokens_details");
    o->input_told = decode_input(usage, &u->input) || o->input_told;
    o->output_told = decode_output(d, usage) || o->output_told;
    take_cached(d, usage);
    decode_count(details ? details : json_get(usage, "output_tokens_details"), "reasoning_tokens",
                 &u->thinking);
}

/* llama-server sends its counts as `timings`, also when no usage was asked for; only there do older builds say what was
 * in the cache. */
static void
take_timings(struct decoder *d, const struct json *timings)
{
    const struct openai *o = d->state;
    int64_t fresh = 0;
    int64_t cached = UNKNOWN;
    struct answer_usage *u = &d->out.usage;
    decode_count(timings, "prompt_n", &fresh);
    decode_count(timings, "cache_n", &cached);
    if (!o->output_told)
        decode_output(d, timings);
    if (!o->input_told && fresh > 0)
        u->input = fresh + (cached > 0 ? cached : 0);
    decode_count(timings, "cache_n", &u->cache_read);
}

/* ---- text ---- */

/* The text of a string, or of an array of strings and {"type":"text","text":…} parts; thinking parts are counted. */
static void
gather_content(struct decoder *d, const struct json *content, struct buf *text)
{
    if (json_str(content))
        buf_append_str(text, json_str(content));
    if (!json_is_array(content))
        return;
    for (const struct json *part = json_first(content); part; part = json_next(part)) {
        const char *type = json_get_str(part, "type");
        const char *s = json_str(part) ? json_str(part) : json_get_str(part, "text");
        if (type && strcmp(type, "thinking") == 0) {
            struct buf thought;
            const char *more = json_get_str(part, "thinking");
            buf_init(&thought, CONTENT_MAX_BYTES);
            gather_content(d, json_get(part, "thinking"), &thought);
            decode_thinking(d, s ? strlen(s) : more ? strlen(more) : thought.len);
            buf_finish(&thought);
        } else if (s && type && strcmp(type, "reasoning") == 0) {
            decode_thinking(d, strlen(s));
        } else if (s && (!type || strcmp(type, "text") == 0 || strcmp(type, "output_text") == 0)) {
            buf_append_str(text, s);
        }
    }
}

/* A `message` is the whole text so far: all of it each time, or once more at the end. A server that puts pieces there
 * is known by a message that does not begin as the one before it. */
static void
take_text(struct decoder *d, const char *text, bool delta)
{
    struct openai *o = d->state;
    if (delta || o->pieces) {
        o->deltas = o->deltas || (delta && *text);
        decode_text(d, text);
    } else if (*text && !decode_text_so_far(d, text) && !o->deltas) {
        o->pieces = true;
        decode_text(d, text);
    }
}

/* Bytes of reasoning in a list of blocks: OpenRouter's and LiteLLM's, beside the plain text or instead of it. */
static size_t
blocks_of_reasoning(const struct json *blocks)
{
    static const char *const names[] = {"text", "summary", "thinking", NULL};
    size_t n = 0;
    for (const struct json *b = json_is_array(blocks) ? json_first(blocks) : NULL; b;
         b = json_next(b))
        for (size_t i = 0; names[i]; i++)
            n += json_get_str(b, names[i]) ? strlen(json_get_str(b, names[i])) : 0;
    return n;
}

static void
take_reasoning(struct decoder *d, const struct json *message, bool delta)
{
    static const char *const names[] = {"reasoning", "reasoning_content", "thinking", NULL};
    struct openai *o = d->state;
    const char *s = NULL;
    for (size_t i = 0; names[i] && !(s && *s); i++)
        s = json_get_str(message, names[i]);
    size_t n = s ? strlen(s) : 0;
    n = n ? n : blocks_of_reasoning(json_get(message, "reasoning_details"));
    n = n ? n : blocks_of_reasoning(json_get(message, "thinking_blocks"));
    size_t before = delta || o->pieces ? 0 : o->reasoned;
    if (n <= before)
        return;
    decode_thinking(d, n - before);
    o->reasoned += n - before;
}

static void
take_tools(struct decoder *d, const struct json *message)
{
    const struct json *call = json_first(json_get(message, "tool_calls"));
    const struct json *function =
        json_get(call ? call : message, call ? "function" : "function_call");
    const char *name = json_get_str(function, "name");
    if (!d->out.tool && (call || json_is_object(function)))
        decode_set(&d->out.tool, name && *name ? name : "a tool");
}

static void
take_message(struct decoder *d, const struct json *message, bool delta)
{
    struct buf text;
    if (!json_is_object(message))
        return;
    buf_init(&text, CONTENT_MAX_BYTES);
    take_reasoning(d, message, delta);
    gather_content(d, json_get(message, "content"), &text);
    const char *refusal = json_get_str(message, "refusal"); /* in pieces, as content is */
    if (refusal && *refusal) {
        d->out.finish = FINISH_REFUSED;
        buf_append(&text, refusal, strlen(refusal));
    }
    take_text(d, text.p, delta);
    buf_finish(&text);
    take_tools(d, message);
}

static void
take_choice(struct decoder *d, const struct json *choice)
{
    int64_t index = 0;
    json_get_int(choice, "index", &index);
    if (index != 0)
        return;
    take_message(d, json_get(choice, "delta"), true);
    take_message(d, json_get(choice, "message"), false);
    const char *text = json_get_str(choice, "text"); /* the completions route */
    if (text && !json_get_str(json_get(choice, "delta"), "content"))
        take_text(d, text, true);
    take_finish_reason(d, json_get_str(choice, "finish_reason"));
    struct wire_error e;
    if (wire_error_find(choice, 0, &e)) /* of one of several providers behind the server */
        decode_fail_wire(d, &e);
    decode_find_usage(d, choice, take_usage);
}

/* The shapes of servers' own routes: Ollama's /api/chat and /api/generate, llama-server's /completion, TGI's
 * /generate. */
static bool
take_own_shape(struct decoder *d, const struct json *chunk)
{
    bool done = false, limit = false, special = false;
    const struct json *token = json_get(chunk, "token");
    const struct json *details = json_get(chunk, "details");
    const char *whole = json_get_str(chunk, "generated_text");
    const char *piece = json_get_str(chunk, "response");
    const char *reason = json_get_str(chunk, "done_reason");
    if (!piece)
        piece = json_get_str(chunk, "content");
    json_get_bool(token, "special", &special);
    if (!piece && !special)
        piece = json_get_str(token, "text");
    if (!piece && !token && !whole && !json_is_object(json_get(chunk, "message")))
        return false;
    take_message(d, json_get(chunk, "message"), true);
    take_reasoning(d, chunk, true);
    if (piece)
        take_text(d, piece, true);
    if (whole)
        take_text(d, whole, false);
    json_get_bool(chunk, "stopped_limit", &limit);
    if (json_get_bool(chunk, "done", &done) || json_get_bool(chunk, "stop", &done))
        reason = reason ? reason : limit ? "limit" : json_get_str(chunk, "stop_type");
    if (details && json_get_str(details, "finish_reason"))
        reason = json_get_str(details, "finish_reason");
    if (done || whole || details)
        take_finish_reason(d, reason ? reason : "stop");
    return true;
}

bool
openai_take(struct decoder *d, const struct json *chunk)
{
    struct wire_error e;
    const struct json *inside = json_get(chunk, "x_groq");
    if (wire_error_find(chunk, 0, &e) || (inside && wire_error_find(inside, 0, &e))) {
        decode_fail_wire(d, &e);
        return true;
    }
    decode_set(&d->out.model, json_get_str(chunk, "model"));
    const struct json *choices = json_get(chunk, "choices");
    const struct json *first = json_first(choices);
    bool known = json_is_array(choices);
    for (const struct json *c = known ? first : NULL; c; c = json_next(c))
        take_choice(d, c);
    known = first || take_own_shape(d, chunk) || known;
    decode_find_usage(d, chunk, take_usage);
    take_timings(d, json_get(chunk, "timings"));
    return known;
}

static bool
openai_event(struct decoder *d, const char *type, const char *data, size_t n,
             const struct json *root)
{
    if (!root) {
        if (strcmp(type, "error") == 0)
            decode_fail_plain(d, data, n);
        else
            return *type && strcmp(type, "message") != 0;
        return true;
    }
    if (strcmp(type, "error") == 0) {
        struct wire_error e;
        wire_error_read(root, 0, &e);
        decode_fail_wire(d, &e);
    } else if (json_get(root, "choices") || !decode_foreign(d, root)) {
        return openai_take(d, root);
    }
    return true;
}

static void
openai_document(struct decoder *d, const struct json *root)
{
    if (!json_get(root, "choices") && decode_foreign(d, root))
        return;
    bool several = json_is_array(root), known = false;
    for (const struct json *c = several ? json_first(root) : root; c && !d->ended;
         c = several ? json_next(c) : NULL)
        known = openai_take(d, c) || known;
    if (!d->ended && !known)
        decode_fail_unknown(d, root);
    /* A whole document is a complete answer even without a finish_reason. */
    if (d->out.finish == FINISH_NONE)
        d->out.finish = FINISH_STOP;
    d->ended = true;
}

static const struct body_ops body_ops = {.event = openai_event, .document = openai_document};

const struct decode_ops decode_openai = {.state_bytes = sizeof(struct openai), .body = &body_ops};
