#include "plan.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { HUGE_LINE_BYTES = 2 << 20, MAX_BYTES = 64 << 20 };

/* One answer under construction. */
struct draft {
    const struct rule *r;
    const char *model;
    struct plan *p;
    bool anthropic;
};

/* Writes one event; the data is its JSON. keep: bytes of it that go out, 0: all with the blank line. */
static void
put_event(struct draft *d, int64_t delay_ms, bool token, const char *name, const char *json,
          size_t keep)
{
    const char *nl = d->r->crlf ? "\r\n" : "\n";
    struct buf b;
    buf_init(&b, MAX_BYTES);
    if (d->anthropic && name != NULL)
        buf_printf(&b, "event: %s%s", name, nl);
    buf_append_str(&b, "data: ");
    if (keep > 0) {
        buf_append(&b, json, keep);
    } else {
        buf_append_str(&b, json);
        buf_printf(&b, "%s%s", nl, d->r->single ? "" : nl);
    }
    plan_add(d->p, delay_ms * US_PER_MS, b.p, b.len, token, false);
    buf_finish(&b);
}

static void
put_comment(struct draft *d, int64_t delay_ms)
{
    if (d->anthropic)
        put_event(d, delay_ms, false, "ping", "{\"type\":\"ping\"}", 0);
    else
        plan_add_text(d->p, delay_ms * US_PER_MS, d->r->crlf ? ": ping - now\r\n\r\n" : ":\n\n",
                      false);
}

static void __attribute__((format(printf, 5, 6)))
put_json(struct draft *d, int64_t delay_ms, bool token, const char *name, const char *fmt, ...)
{
    va_list ap;
    struct buf b;
    buf_init(&b, MAX_BYTES);
    va_start(ap, fmt);
    buf_vprintf(&b, fmt, ap);
    va_end(ap);
    put_event(d, delay_ms, token, name, b.p, 0);
    buf_finish(&b);
}

static bool
is_style(const struct draft *d, const char *style)
{
    return strcmp(d->r->style, style) == 0;
}

/* The JSON around one piece of text. */
static void
token_json(const struct draft *d, struct buf *b, const char *escaped, bool thinking)
{
    if (d->anthropic)
        buf_printf(b,
                   "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{\"type\":\"%s\","
                   "\"%s\":\"%s\"}}",
                   !thinking && d->r->thinking > 0, thinking ? "thinking_delta" : "text_delta",
                   thinking ? "thinking" : "text", escaped);
    else
        buf_printf(b,
                   "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                   "\"model\":\"%s\",\"choices\":[{\"index\":0,\"delta\":{\"%s\":\"%s\"},"
                   "\"finish_reason\":%s}]}",
                   d->model,
                   !thinking              ? "content"
                   : is_style(d, "llama") ? "reasoning_content"
                                          : "reasoning",
                   escaped, d->r->finish_each ? "\"stop\"" : "null");
}

static void
put_token(struct draft *d, int64_t delay_ms, const char *escaped, bool thinking)
{
    struct buf b;
    buf_init(&b, MAX_BYTES);
    token_json(d, &b, escaped, thinking);
    put_event(d, delay_ms, !thinking, "content_block_delta", b.p, 0);
    buf_finish(&b);
}

/* Part of an event: up to the middle of the JSON, or within the last character of a token. */
static void
put_cut_event(struct draft *d, const char *escaped, bool within_char)
{
    struct buf b;
    buf_init(&b, MAX_BYTES);
    token_json(d, &b, within_char ? "putus \xe2\x98\x95" : escaped, false);
    const char *cup = strstr(b.p, "\xe2\x98\x95");
    size_t keep = within_char && cup != NULL ? (size_t)(cup - b.p) + 2 : b.len / 2;
    put_event(d, d->r->gap_ms, false, "content_block_delta", b.p, keep);
    buf_finish(&b);
}

static void
open_answer(struct draft *d)
{
    const char *model = d->model;
    if (d->anthropic) {
        put_json(d, 0, false, "message_start",
                 "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
                 "\"role\":\"assistant\",\"content\":[],\"model\":\"%s\",\"stop_reason\":null,"
                 "\"stop_sequence\":null,\"usage\":{\"input_tokens\":12,"
                 "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
                 "\"output_tokens\":1}}}",
                 model);
        return;
    }
    if (is_style(d, "ollama"))
        return;
    put_json(d, 0, false, NULL,
             "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
             "\"model\":\"%s\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
             "\"content\":%s},\"logprobs\":null,\"finish_reason\":null}]}",
             model, is_style(d, "llama") ? "null" : "\"\"");
}

static void
put_thinking(struct draft *d)
{
    if (d->r->thinking == 0)
        return;
    if (d->anthropic)
        put_event(d, 0, false, "content_block_start",
                  "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":"
                  "\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}",
                  0);
    for (int i = 0; i < d->r->thinking; i++)
        put_token(d, d->r->gap_ms, "rahasia ", true);
    if (d->anthropic) {
        put_event(d, 0, false, "content_block_delta",
                  "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":"
                  "\"signature_delta\",\"signature\":\"c2ln\"}}",
                  0);
        put_event(d, 0, false, "content_block_stop",
                  "{\"type\":\"content_block_stop\",\"index\":0}", 0);
    }
}

static void
put_final(struct draft *d, int tokens)
{
    const char *stop = d->r->stop;
    bool hang = d->r->fault == FAULT_HANG_END;
    if (hang)
        d->p->end = END_HANG;
    if (d->anthropic) {
        put_json(d, 0, false, "content_block_stop",
                 "{\"type\":\"content_block_stop\",\"index\":%d}", d->r->thinking > 0);
        put_json(d, 0, false, "message_delta",
                 "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\","
                 "\"stop_sequence\":null,\"stop_details\":null},\"usage\":{\"input_tokens\":12,"
                 "\"output_tokens\":%d}}",
                 stop != NULL ? stop : "end_turn", tokens);
        if (!hang)
            put_event(d, 0, false, "message_stop", "{\"type\":\"message_stop\"}", 0);
        return;
    }
    put_json(d, 0, false, NULL,
             "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
             "\"model\":\"%s\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}",
             d->model, stop != NULL ? stop : "stop");
    put_json(d, 0, false, NULL,
             "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
             "\"model\":\"%s\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,"
             "\"completion_tokens\":%d,\"total_tokens\":%d}%s}",
             d->model, tokens, tokens + 9,
             is_style(d, "llama")
                 ? ",\"timings\":{\"prompt_n\":9,\"prompt_ms\":4.5,\"predicted_n\":5,"
                   "\"predicted_ms\":50.0,\"predicted_per_second\":100.0}"
                 : "");
    if (!hang)
        put_event(d, 0, false, NULL, "[DONE]", 0);
}

/* The error event that a peer of this form sends on a 200 stream. */
static void
put_error_event(struct draft *d)
{
    const char *message = d->r->message;
    if (d->anthropic) {
        put_json(d, d->r->gap_ms, false, "error",
                 "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\","
                 "\"details\":null},\"request_id\":\"req_standin\"}",
                 d->r->code != NULL ? d->r->code : "overloaded_error",
                 message != NULL ? message : "Overloaded");
        return;
    }
    bool llama = is_style(d, "llama");
    put_json(d, d->r->gap_ms, false, NULL,
             "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":500}}",
             message != NULL ? message : "engine died",
             llama ? "server_error" : "InternalServerError");
    if (!llama)
        put_event(d, 0, false, NULL, "[DONE]", 0);
}

static void
put_huge_line(struct draft *d)
{
    char *big = xmalloc(HUGE_LINE_BYTES + 1);
    memset(big, 'x', HUGE_LINE_BYTES);
    big[HUGE_LINE_BYTES] = '\0';
    put_token(d, d->r->gap_ms, big, false);
    free(big);
}

/* What happens once the tokens before the fault are out; true: the ordinary rest follows. */
static bool
put_fault(struct draft *d)
{
    struct plan *p = d->p;
    switch (d->r->fault) {
    case FAULT_HANG:
        p->end = END_HANG;
        return false;
    case FAULT_CUT:
        p->end = END_CLOSE;
        return false;
    case FAULT_CUT_EVENT:
    case FAULT_CUT_CHAR:
        put_cut_event(d, " terpotong di sini", d->r->fault == FAULT_CUT_CHAR);
        p->end = END_CLOSE;
        return false;
    case FAULT_ERROR:
        put_error_event(d);
        return false;
    case FAULT_BARE_ERROR:
        plan_add_text(p, 0, "error: {\"code\":500,\"message\":\"slot broke\"}\n\n", false);
        return false;
    case FAULT_BAD_JSON:
        put_event(d, 0, false, "content_block_delta", "{\"type\":\"content_block_delta\", oops", 0);
        return true;
    case FAULT_ENDLESS:
        put_token(d, d->r->gap_ms, " lagi", false);
        p->loop = true;
        return false;
    case FAULT_HUGE_LINE:
        put_huge_line(d);
        return true;
    case FAULT_NO_END:
        return false;
    default:
        return true;
    }
}

/* The body of a streamed answer; true when it came to its own end. */
static void
put_body(struct draft *d)
{
    const struct rule *r = d->r;
    if (r->fault == FAULT_NOTHING)
        return;
    if (r->fault == FAULT_HANG_BODY) {
        d->p->end = END_HANG;
        return;
    }
    if (r->fault == FAULT_DONE_ONLY) {
        if (d->anthropic)
            put_event(d, r->first_ms, false, "message_stop", "{\"type\":\"message_stop\"}", 0);
        else
            put_event(d, r->first_ms, false, NULL, "[DONE]", 0);
        return;
    }
    open_answer(d);
    if (r->fault == FAULT_PINGS_ONLY) {
        put_comment(d, 20);
        d->p->loop = true;
        return;
    }
    put_thinking(d);
    if (d->anthropic)
        put_json(d, 0, false, "content_block_start",
                 "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":{\"type\":"
                 "\"text\",\"text\":\"\"}}",
                 r->thinking > 0);
    if (r->pings)
        put_comment(d, 0);
    size_t n = r->fault == FAULT_EMPTY ? 0 : r->token_count;
    bool faulty = r->fault != FAULT_NONE && r->fault != FAULT_EMPTY && r->fault != FAULT_HANG_END;
    for (size_t i = 0; i < n; i++) {
        if (faulty && i == (size_t)r->after && !put_fault(d))
            return;
        put_token(d, i == 0 ? r->first_ms : r->gap_ms, r->tokens[i], false);
        if (r->pings)
            put_comment(d, 0);
    }
    if (faulty && (size_t)r->after >= n && !put_fault(d))
        return;
    put_final(d, (int)n);
}

void
wire_stream_body(const struct rule *r, bool anthropic, const char *model, struct plan *p)
{
    struct draft d = {.r = r, .model = model, .p = p, .anthropic = anthropic};
    put_body(&d);
}
