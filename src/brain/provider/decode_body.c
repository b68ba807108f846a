#include "decode.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"

/* Limit of an answer that comes as one JSON document; no model writes as much. */
enum { DOCUMENT_MAX_BYTES = 16 << 20 };

static void
fail_not_json(struct body *b, const char *what, const struct err *err)
{
    char why[180];
    snprintf(why, sizeof why, "%s is not valid JSON (%.100s)", what, err->text);
    decode_fail(b->d, ERR_PROTOCOL, why);
}

static bool
is_done(const char *p, size_t n)
{
    while (n && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
        p++, n--;
    if (n && *p == '"')
        p++, n--;
    return n >= 6 && strncasecmp(p, "[DONE]", 6) == 0;
}

static bool
looks_like_json(const char *p, size_t n)
{
    while (n && (*p == ' ' || *p == '\t'))
        p++, n--;
    return n && *p == '{';
}

static bool
take_event(void *arg, const char *type, const char *data, size_t n)
{
    struct body *b = arg;
    struct err err = {""};
    if (is_done(data, n)) {
        decode_done(b->d);
        return false;
    }
    struct json *root = json_parse_part(data, n, &err);
    bool known = b->d->ops->body->event(b->d, type, data, n, root);
    if (!known)
        decode_odd(b->d, data, n, root);
    /* A broken object may have been a piece of the answer; a word ("ping", "[HEARTBEAT]") was none. */
    bool piece = b->form == BODY_VALUES || looks_like_json(data, n);
    if (!known && !root && piece && !b->at_end && !b->d->ended && b->d->out.finish == FINISH_NONE)
        fail_not_json(b,
                      b->form == BODY_VALUES ? "a line of the answer (NDJSON, no event stream)"
                                             : "an event of the stream",
                      &err);
    json_free(root);
    return !b->d->ended;
}

/* Early llama-server wrote "error: {…}", a field that SSE does not know. Other such lines are no part of an answer. */
static bool
take_other_line(void *arg, const char *line, size_t n)
{
    static const char field[] = "error:";
    struct body *b = arg;
    if (b->d->out.finish != FINISH_NONE)
        return true;
    if (n < strlen(field) || memcmp(line, field, strlen(field)) != 0) {
        decode_odd(b->d, line, n, NULL);
        return true;
    }
    const char *value = line + strlen(field);
    n -= strlen(field);
    struct json *root = json_parse_part(value, n, NULL);
    bool told = !root || wire_says(root);
    struct wire_error e;
    if (told && root) {
        wire_error_read(root, 0, &e);
        decode_fail_wire(b->d, &e);
    } else if (told) {
        decode_fail_plain(b->d, value, n);
    }
    json_free(root);
    return !told;
}

void
body_init(struct body *b, struct decoder *d)
{
    *b = (struct body){.d = d};
    buf_init(&b->head, DOCUMENT_MAX_BYTES);
    sse_init(&b->sse,
             &(struct sse_sink){.event = take_event, .other_line = take_other_line, .arg = b});
}

void
body_finish(struct body *b)
{
    buf_finish(&b->head);
    sse_finish(&b->sse);
}

static void
feed_events(struct body *b, const char *p, size_t n)
{
    struct err err = {""};
    if (!sse_feed(&b->sse, p, n, &err) && !b->d->ended)
        decode_fail(b->d, ERR_PROTOCOL, err.text[0] ? err.text : "the event stream is broken");
}

/* The first n bytes of the head are one of several values (NDJSON): an event without a type. */
static void
take_value(struct body *b, size_t n)
{
    b->form = BODY_VALUES;
    take_event(b, "", b->head.p, n);
    buf_consume(&b->head, n);
    b->scanned = b->first = 0;
}

/* A value that others follow is one of several; else it is a document. */
static void
take_values(struct body *b)
{
    while (!b->d->ended && b->scanned < b->head.len) {
        const char *p = b->head.p + b->scanned;
        if (!b->value.depth && *p != '{' && *p != '[') {
            b->scanned++;
        } else if (!b->value.depth && b->first) {
            take_value(b, b->first);
        } else {
            const char *end = json_end_find(&b->value, p, b->head.len - b->scanned);
            b->scanned = end ? (size_t)(end - b->head.p) : b->head.len;
            if (end && b->form == BODY_VALUES)
                take_value(b, b->scanned);
            else if (end)
                b->first = b->scanned;
        }
    }
}

/* The first byte that is neither a blank nor part of a byte order mark decides whether the body is an event
 * stream or a JSON document. */
static void
decide_form(struct body *b, size_t from)
{
    static const char bom[] = "\xEF\xBB\xBF";
    for (size_t i = from; i < b->head.len; i++) {
        char c = b->head.p[i];
        if ((i < 3 && c == bom[i]) || c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        if (c == '<')
            decode_fail(b->d, ERR_PROTOCOL,
                        "the server sent a web page, not an answer: is base_url right?");
        b->form = c == '{' || c == '[' ? BODY_DOCUMENT : BODY_EVENTS;
        return;
    }
}

void
body_feed(struct body *b, const char *p, size_t n)
{
    if (b->form == BODY_EVENTS) {
        feed_events(b, p, n);
        return;
    }
    size_t from = b->head.len;
    if (!buf_append(&b->head, p, n)) {
        decode_fail(b->d, ERR_PROTOCOL, "the answer is too large");
        return;
    }
    if (b->form == BODY_UNDECIDED)
        decide_form(b, from);
    if (b->d->ended)
        return;
    if (b->form != BODY_EVENTS) {
        take_values(b);
    } else {
        feed_events(b, b->head.p, b->head.len);
        buf_finish(&b->head);
    }
}

static void
end_document(struct body *b)
{
    struct err err = {""};
    struct json *root = json_parse_part(b->head.p, b->head.len, &err);
    if (root)
        b->d->ops->body->document(b->d, root);
    else
        fail_not_json(b, "the answer", &err);
    json_free(root);
}

void
body_end(struct body *b)
{
    b->at_end = true;
    if (b->form == BODY_EVENTS)
        sse_end(&b->sse, NULL);
    else if (b->form == BODY_DOCUMENT)
        end_document(b);
    b->at_end = false;
    b->form = BODY_UNDECIDED;
    b->scanned = b->first = 0;
    b->value = (struct json_end){0};
    buf_clear(&b->head);
    struct sse_sink sink = b->sse.sink;
    sse_finish(&b->sse);
    sse_init(&b->sse, &sink);
}
