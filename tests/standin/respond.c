#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { MAX_BYTES = 64 << 20 };

void
wire_quote(struct buf *out, const char *p, size_t n)
{
    buf_append_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20)
            buf_printf(out, "\\u%04x", c);
        else
            buf_append_char(out, (char)c);
    }
    buf_append_char(out, '"');
}

bool
wire_is_http_fault(const struct rule *r)
{
    switch (r->fault) {
    case FAULT_RESET:
    case FAULT_CLOSE:
    case FAULT_GARBAGE:
    case FAULT_TLS:
    case FAULT_HANG_HEAD:
    case FAULT_HTML:
    case FAULT_REDIRECT:
        return true;
    default:
        return r->status != 0 && r->status != 200;
    }
}

static const char *
anthropic_error_type(int status)
{
    switch (status) {
    case 400:
        return "invalid_request_error";
    case 401:
        return "authentication_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 413:
        return "request_too_large";
    case 429:
        return "rate_limit_error";
    case 504:
        return "timeout_error";
    case 529:
        return "overloaded_error";
    default:
        return "api_error";
    }
}

/* Real peers name the key they reject; so does this one, so that its redaction is tested. */
static char *
error_message(const struct rule *r, const struct ask *ask)
{
    if (r->message != NULL)
        return xstrdup(r->message);
    if (r->status == 401)
        return xasprintf("Incorrect API key provided: %s.", ask->key);
    if (r->status == 404)
        return xasprintf("model: %s", ask->model);
    return xasprintf("stand-in says %d", r->status);
}

static void
put_http_error(const struct rule *r, const struct ask *ask, struct plan *p)
{
    struct buf body;
    struct buf head;
    char *message = error_message(r, ask);
    bool runpod = ask->form >= FORM_RUN && ask->form <= FORM_HEALTH;
    buf_init(&body, MAX_BYTES);
    buf_init(&head, MAX_BYTES);
    if (runpod) {
        buf_append_str(&body, "{\"error\":");
        wire_quote(&body, message, strlen(message));
        buf_append_str(&body, "}");
    } else if (ask->form == FORM_ANTHROPIC || ask->anthropic_headers) {
        buf_printf(&body, "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":",
                   r->code != NULL ? r->code : anthropic_error_type(r->status));
        wire_quote(&body, message, strlen(message));
        buf_append_str(&body, "},\"request_id\":\"req_standin\"}");
        buf_append_str(&head, "request-id: req_standin\r\n");
    } else {
        buf_append_str(&body, "{\"error\":{\"message\":");
        wire_quote(&body, message, strlen(message));
        buf_printf(&body, ",\"type\":\"%s\",\"param\":null,\"code\":%d}}",
                   r->code != NULL ? r->code : "Error", r->status);
    }
    if (r->retry_after != NULL)
        buf_printf(&head, "retry-after: %s\r\n", r->retry_after);
    if (r->retry_after_ms != NULL)
        buf_printf(&head, "retry-after-ms: %s\r\n", r->retry_after_ms);
    plan_response(p, (int64_t)r->head_ms * US_PER_MS, r->status, "application/json", head.p, body.p,
                  body.len);
    buf_finish(&body);
    buf_finish(&head);
    free(message);
}

/* gzip without a compressor: stored blocks. */
static void
gzip_store(struct buf *out, const char *p, size_t n)
{
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1)));
    }
    crc = ~crc;
    buf_append(out, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    for (size_t at = 0; at < n || at == 0;) {
        size_t part = n - at > 65535 ? 65535 : n - at;
        unsigned char head[5] = {at + part == n, (unsigned char)(part & 0xff),
                                 (unsigned char)(part >> 8), (unsigned char)(~part & 0xff),
                                 (unsigned char)((~part >> 8) & 0xff)};
        buf_append(out, head, 5);
        buf_append(out, p + at, part);
        at += part;
        if (n == 0)
            break;
    }
    for (int i = 0; i < 4; i++)
        buf_append_char(out, (char)(crc >> (8 * i)));
    for (int i = 0; i < 4; i++)
        buf_append_char(out, (char)(n >> (8 * i)));
}

/* All text of the rule in one answer object, as a request without stream gets it. */
static void
put_whole(const struct rule *r, const struct ask *ask, struct plan *p)
{
    struct buf text;
    struct buf body;
    buf_init(&text, MAX_BYTES);
    buf_init(&body, MAX_BYTES);
    if (r->fault != FAULT_EMPTY) {
        for (size_t i = 0; i < r->token_count; i++)
            buf_append_str(&text, r->tokens[i]);
    }
    if (ask->form == FORM_ANTHROPIC)
        buf_printf(&body,
                   "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{"
                   "\"type\":\"text\",\"text\":\"%s\"}],\"model\":\"%s\",\"stop_reason\":\"%s\","
                   "\"stop_sequence\":null,\"usage\":{\"input_tokens\":12,\"output_tokens\":%zu}}",
                   text.p, ask->model, r->stop != NULL ? r->stop : "end_turn", r->token_count);
    else
        buf_printf(&body,
                   "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":"
                   "\"%s\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                   "\"content\":\"%s\"},\"finish_reason\":\"%s\"}],\"usage\":{\"prompt_tokens\":9,"
                   "\"completion_tokens\":%zu,\"total_tokens\":%zu}}",
                   ask->model, text.p, r->stop != NULL ? r->stop : "stop", r->token_count,
                   r->token_count + 9);
    plan_response(p, (int64_t)(r->head_ms + r->first_ms) * US_PER_MS, 200,
                  r->type != NULL ? r->type : "application/json", NULL, body.p, body.len);
    buf_finish(&text);
    buf_finish(&body);
}

static void
put_html(const struct rule *r, struct plan *p)
{
    static const char page[] =
        "<!DOCTYPE html>\n<html><head><title>Bad gateway</title>"
        "<script>alert(1)</script></head><body><h1>502</h1>The edge is unwell.</body></html>\n";
    plan_response(p, (int64_t)r->head_ms * US_PER_MS, r->status != 0 ? r->status : 200, "text/html",
                  NULL, page, sizeof(page) - 1);
}

static void
put_redirect(const struct rule *r, struct plan *p)
{
    char *extra = xasprintf("Location: %s\r\n", r->message != NULL ? r->message : "/elsewhere");
    plan_response(p, (int64_t)r->head_ms * US_PER_MS, 302, "text/plain", extra, "", 0);
    free(extra);
}

static void
put_file(const struct rule *r, struct plan *p)
{
    struct buf b;
    char part[65536];
    size_t n;
    FILE *f = fopen(r->file, "rb");
    buf_init(&b, MAX_BYTES);
    while (f != NULL && (n = fread(part, 1, sizeof(part), f)) > 0)
        buf_append(&b, part, n);
    if (f != NULL)
        fclose(f);
    plan_response(p, (int64_t)r->head_ms * US_PER_MS, r->status != 0 ? r->status : 200,
                  r->type != NULL ? r->type : "text/event-stream", NULL, b.p, b.len);
    buf_finish(&b);
}

/* The plan holds the body's steps: puts the head before them and the end of the body behind. */
static void
wrap_stream(const struct rule *r, struct plan *body, struct plan *p)
{
    char *head = xasprintf("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nCache-Control: no-cache\r\n"
                           "%s\r\n",
                           r->type != NULL ? r->type : "text/event-stream",
                           r->close ? "Connection: close\r\n" : "Transfer-Encoding: chunked\r\n");
    plan_add_text(p, (int64_t)r->head_ms * US_PER_MS, head, false);
    free(head);
    for (size_t i = 0; i < body->count; i++)
        plan_add(p, body->steps[i].delay_us, body->steps[i].p, body->steps[i].len,
                 body->steps[i].token, !r->close);
    p->loop = body->loop;
    p->end = body->end;
    if (p->end != END_KEEP || p->loop)
        return;
    if (r->close)
        p->end = END_CLOSE;
    else
        plan_add_text(p, 0, "0\r\n\r\n", false);
}

static void
put_gzip(const struct rule *r, struct plan *body, struct plan *p)
{
    struct buf plain;
    struct buf zipped;
    buf_init(&plain, MAX_BYTES);
    buf_init(&zipped, MAX_BYTES);
    for (size_t i = 0; i < body->count; i++)
        buf_append(&plain, body->steps[i].p, body->steps[i].len);
    gzip_store(&zipped, plain.p, plain.len);
    plan_response(p, (int64_t)r->head_ms * US_PER_MS, 200, "text/event-stream",
                  "Content-Encoding: gzip\r\n", zipped.p, zipped.len);
    buf_finish(&plain);
    buf_finish(&zipped);
}

void
wire_answer(const struct rule *r, const struct ask *ask, struct plan *p)
{
    p->chunk = r->chunk;
    switch (r->fault) {
    case FAULT_RESET:
        p->end = END_RESET;
        return;
    case FAULT_CLOSE:
        p->end = END_CLOSE;
        return;
    case FAULT_HANG_HEAD:
        p->end = END_HANG;
        return;
    case FAULT_GARBAGE:
        plan_add_text(p, (int64_t)r->head_ms * US_PER_MS, "\x15\x03\x01 ini bukan HTTP\r\n\r\n",
                      false);
        p->end = END_CLOSE;
        return;
    case FAULT_TLS: /* an alert: a record of TLS was expected */
        plan_add(p, (int64_t)r->head_ms * US_PER_MS, "\x15\x03\x01\0\x02\x02\x46", 7, false, false);
        p->end = END_CLOSE;
        return;
    case FAULT_HTML:
        put_html(r, p);
        return;
    case FAULT_REDIRECT:
        put_redirect(r, p);
        return;
    default:
        break;
    }
    if (r->file != NULL) {
        put_file(r, p);
        return;
    }
    if (r->status != 0 && r->status != 200) {
        put_http_error(r, ask, p);
        return;
    }
    if (r->fault == FAULT_JSON || !ask->stream) {
        put_whole(r, ask, p);
        return;
    }
    struct plan body = {0};
    wire_stream_body(r, ask->form == FORM_ANTHROPIC, ask->model, &body);
    if (r->fault == FAULT_GZIP)
        put_gzip(r, &body, p);
    else
        wrap_stream(r, &body, p);
    plan_finish(&body);
}

void
wire_models(const struct ask *ask, struct plan *p)
{
    static const char anthropic[] =
        "{\"data\":[{\"type\":\"model\",\"id\":\"claude-haiku-5-5\",\"display_name\":\"Haiku\"},"
        "{\"type\":\"model\",\"id\":\"claude-sonnet-5-5\",\"display_name\":\"Sonnet\"}],"
        "\"has_more\":false}";
    static const char openai[] =
        "{\"object\":\"list\",\"data\":[{\"id\":\"zantara-llama-3.1-8b\",\"object\":\"model\","
        "\"created\":1,\"owned_by\":\"vllm\"}]}";
    const char *body = ask->anthropic_headers ? anthropic : openai;
    plan_response(p, 0, 200, "application/json", NULL, body, strlen(body));
}
