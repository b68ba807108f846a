#include "decode.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"

/* A block is known by its index. No chat answer has more blocks than this; later ones are ignored. */
enum { MAX_BLOCKS = 4096 };

enum block_type { BLOCK_NONE, BLOCK_TEXT, BLOCK_THINKING, BLOCK_OTHER };

struct anthropic {
    unsigned char *blocks; /* enum block_type by index */
    size_t block_count;
    int64_t fresh, read,
        write; /* input tokens: new, read from the cache, written to it; UNKNOWN until the peer names them */
};

static enum block_type
block_type_of(const struct json *block)
{
    const char *type = json_get_str(block, "type");
    if (!type)
        return BLOCK_OTHER;
    if (strcmp(type, "text") == 0)
        return BLOCK_TEXT;
    return strcmp(type, "thinking") == 0 || strcmp(type, "redacted_thinking") == 0 ? BLOCK_THINKING
                                                                                   : BLOCK_OTHER;
}

static bool
block_index(const struct json *event, size_t *out)
{
    int64_t i;
    if (!json_get_int(event, "index", &i) || i < 0 || i >= MAX_BLOCKS)
        return false;
    *out = (size_t)i;
    return true;
}

static void
block_open(struct anthropic *a, size_t index, enum block_type type)
{
    if (index >= a->block_count) {
        size_t count = index + 8;
        a->blocks = xreallocarray(a->blocks, count, 1);
        memset(a->blocks + a->block_count, BLOCK_NONE, count - a->block_count);
        a->block_count = count;
    }
    a->blocks[index] = (unsigned char)type;
}

static void
take_tool(struct decoder *d, const struct json *block)
{
    const char *type = json_get_str(block, "type");
    const char *name = json_get_str(block, "name");
    if (type && strcmp(type, "tool_use") == 0 && !d->out.tool)
        decode_set(&d->out.tool, name && *name ? name : "a tool");
}

/* Shows what a block holds when it opens, or all of it in a whole message. */
static void
show_block(struct decoder *d, const struct json *block)
{
    enum block_type type = block_type_of(block);
    const char *text = json_get_str(block, type == BLOCK_TEXT ? "text" : "thinking");
    if (type == BLOCK_TEXT && text)
        decode_text(d, text);
    else if (type == BLOCK_THINKING)
        decode_thinking(d, text ? strlen(text) : 0);
    take_tool(d, block);
}

/* Counts are cumulative: a later one replaces an earlier one; null and zero keep it. */
static void
take_usage(struct decoder *d, const struct json *usage, bool output_is_final)
{
    struct anthropic *a = d->state;
    struct answer_usage *u = &d->out.usage;
    decode_input(usage, &a->fresh);
    decode_count(usage, "cache_read_input_tokens", &a->read);
    decode_count(usage, "cache_creation_input_tokens", &a->write);
    u->cache_read = a->read;
    u->cache_write = a->write;
    int64_t input =
        (a->fresh > 0 ? a->fresh : 0) + (a->read > 0 ? a->read : 0) + (a->write > 0 ? a->write : 0);
    if (input > 0)
        u->input = input;
    if (output_is_final)
        decode_output(d, usage);
    decode_count(json_get(usage, "output_tokens_details"), "thinking_tokens", &u->thinking);
}

static void
take_final_usage(struct decoder *d, const struct json *usage)
{
    take_usage(d, usage, true);
}

/* Keeps the reason of a refusal as "category: explanation", or the one of the two that is there. */
static void
take_stop_details(struct decoder *d, const struct json *details)
{
    const char *category = json_get_str(details, "category");
    const char *why = json_get_str(details, "explanation");
    if (!category && !why)
        return;
    struct buf line;
    buf_init(&line, 512);
    if (category)
        wire_one_line(&line, category, strlen(category), 60);
    if (category && why)
        buf_append_str(&line, ": ");
    if (why)
        wire_one_line(&line, why, strlen(why), 400);
    decode_set(&d->out.error_message, line.p);
    buf_finish(&line);
}

static void
take_stop(struct decoder *d, const struct json *holder)
{
    decode_set(&d->out.stop_reason, json_get_str(holder, "stop_reason"));
    take_stop_details(d, json_get(holder, "stop_details"));
}

/* Called at the final event only: a stream that breaks off after its stop reason is a cut one. */
static void
end_properly(struct decoder *d)
{
    d->out.finish = decode_end_of(d->out.stop_reason);
    d->ended = true;
}

static void
take_delta(struct decoder *d, const struct json *event)
{
    const struct anthropic *a = d->state;
    const struct json *delta = json_get(event, "delta");
    const char *type = json_get_str(delta, "type");
    if (!type)
        return;
    size_t index;
    enum block_type block = block_index(event, &index) && index < a->block_count
                                ? (enum block_type)a->blocks[index]
                                : BLOCK_NONE;
    if (strcmp(type, "text_delta") == 0) {
        const char *text = json_get_str(delta, "text");
        if (text && (block == BLOCK_TEXT || block == BLOCK_NONE))
            decode_text(d, text);
        else if (text && block == BLOCK_THINKING)
            decode_thinking(d, strlen(text));
    } else if (strcmp(type, "thinking_delta") == 0) {
        const char *text = json_get_str(delta, "thinking");
        decode_thinking(d, text ? strlen(text) : 0);
    }
}

static void
take_start(struct decoder *d, const struct json *message)
{
    decode_set(&d->out.model, json_get_str(message, "model"));
    /* The first event's output_tokens is no total: it counts only what was made before that event. */
    take_usage(d, json_get(message, "usage"), false);
}

/* A whole message: the answer of a peer that does not stream, or a repetition of what has been streamed. */
static bool
take_whole(struct decoder *d, const struct json *root)
{
    const struct json *content = json_get(root, "content");
    bool again = decode_text_begun(d);
    if (!json_is_array(content) && !json_str(content))
        return false;
    take_start(d, root);
    take_usage(d, json_get(root, "usage"), true);
    if (json_str(content) && !again)
        decode_text(d, json_str(content));
    for (const struct json *b = again ? NULL : json_first(content); b; b = json_next(b))
        show_block(d, b);
    take_stop(d, root);
    return true;
}

/* false: the event's type is not known here. */
static bool
take_typed(struct decoder *d, const char *type, const struct json *root)
{
    if (strcmp(type, "content_block_delta") == 0) {
        take_delta(d, root);
    } else if (strcmp(type, "content_block_start") == 0) {
        const struct json *block = json_get(root, "content_block");
        size_t index;
        if (block_index(root, &index))
            block_open(d->state, index, block_type_of(block));
        show_block(d, block);
    } else if (strcmp(type, "message_start") == 0) {
        const struct json *message = json_get(root, "message");
        take_start(d, message);
        for (const struct json *b = json_first(json_get(message, "content")); b; b = json_next(b))
            show_block(d, b); /* of a server that begins with some of the answer, or all */
    } else if (strcmp(type, "message_delta") == 0) {
        take_stop(d, json_get(root, "delta"));
        decode_find_usage(d, root, take_final_usage);
    } else if (strcmp(type, "message_stop") == 0) {
        decode_find_usage(d, root, take_final_usage);
        end_properly(d);
    } else if (strcmp(type, "message") == 0) {
        take_whole(d, root);
    } else {
        return strcmp(type, "content_block_stop") == 0 || strcmp(type, "ping") == 0;
    }
    return true;
}

static bool
anthropic_event(struct decoder *d, const char *type, const char *data, size_t n,
                const struct json *root)
{
    if (!root) {
        /* An event of an unknown type may carry data that is not JSON. */
        if (strcmp(type, "error") != 0)
            return *type && strncmp(type, "message_", 8) != 0 && strncmp(type, "content_", 8) != 0;
        decode_fail_plain(d, data, n);
        return true;
    }
    const char *named = json_get_str(root, "type");
    if (named && take_typed(d, named, root))
        return true;
    struct wire_error e;
    bool told = strcmp(type, "error") == 0;
    if (told)
        wire_error_read(root, 0, &e);
    if (told || wire_error_find(root, 0, &e))
        decode_fail_wire(d, &e);
    else if (d->out.model || !decode_foreign(d, root))
        return false;
    return true;
}

static void
anthropic_document(struct decoder *d, const struct json *root)
{
    struct wire_error e;
    if (wire_error_find(root, 0, &e))
        decode_fail_wire(d, &e);
    else if (take_whole(d, root))
        end_properly(d);
    else if (!decode_foreign(d, root))
        decode_fail_unknown(d, root);
}

static const struct body_ops body_ops = {.event = anthropic_event, .document = anthropic_document};

static void
open_anthropic(struct decoder *d)
{
    struct anthropic *a = d->state;
    a->fresh = a->read = a->write = UNKNOWN;
}

static void
close_anthropic(struct decoder *d)
{
    free(((struct anthropic *)d->state)->blocks);
}

const struct decode_ops decode_anthropic = {
    .state_bytes = sizeof(struct anthropic),
    .body = &body_ops,
    .open = open_anthropic,
    .close = close_anthropic,
};
