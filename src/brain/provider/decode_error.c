#include "decode.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

enum { LINE_BYTES = 400 };

/* Words found in the error types and codes of servers. A row fits when the server's type or code contains its word
 * in any case; the first row that fits wins, so special words stand above general ones. */
static const struct {
    const char *word;
    enum error_kind kind;
} kinds[] = {
    {"exceed_context", ERR_CONTEXT_LENGTH},
    {"context_length", ERR_CONTEXT_LENGTH},
    {"context_window", ERR_CONTEXT_LENGTH},
    {"request_too_large", ERR_CONTEXT_LENGTH},
    {"spend_limit", ERR_BUDGET},
    {"billing", ERR_BUDGET},
    {"insufficient_quota", ERR_BUDGET},
    {"rate_limit", ERR_RATE_LIMIT},
    {"ratelimit", ERR_RATE_LIMIT},
    {"ramp_limit", ERR_RATE_LIMIT},
    {"too_many_requests", ERR_RATE_LIMIT},
    {"overloaded", ERR_OVERLOADED},
    {"unavailable", ERR_OVERLOADED},
    {"authentication", ERR_AUTH},
    {"permission", ERR_AUTH},
    {"unauthorized", ERR_AUTH},
    {"invalid_api_key", ERR_AUTH},
    {"not_found", ERR_NOT_FOUND},
    {"notfound", ERR_NOT_FOUND},
    {"invalid_request", ERR_BAD_REQUEST},
    {"badrequest", ERR_BAD_REQUEST},
    {"bad_request", ERR_BAD_REQUEST},
    {"validation", ERR_BAD_REQUEST},
    {"not_supported", ERR_BAD_REQUEST},
};

static bool
contains(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (; *text; text++)
        if (strncasecmp(text, word, n) == 0)
            return true;
    return false;
}

static enum error_kind
kind_of_word(const char *word)
{
    for (size_t i = 0; word && i < ARRAY_LEN(kinds); i++)
        if (contains(word, kinds[i].word))
            return kinds[i].kind;
    return ERR_NONE;
}

static enum error_kind
kind_of_status(int status)
{
    static const struct {
        int status;
        enum error_kind kind;
    } known[] = {
        {401, ERR_AUTH},
        {403, ERR_AUTH},
        {407, ERR_CONNECT}, /* by a proxy on the way */
        {402, ERR_BUDGET},
        {404, ERR_NOT_FOUND},
        {410, ERR_NOT_FOUND},
        {429, ERR_RATE_LIMIT},
        {503, ERR_OVERLOADED},
        {529, ERR_OVERLOADED},
        {413, ERR_CONTEXT_LENGTH},
        /* Time-outs and conflicts inside the server are worth another try, as its failures are. */
        {408, ERR_SERVER},
        {409, ERR_SERVER},
        {424, ERR_SERVER},
    };
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (known[i].status == status)
            return known[i].kind;
    if (status >= 400 && status < 500)
        return ERR_BAD_REQUEST;
    return status >= 500 || status == 0 ? ERR_SERVER : ERR_PROTOCOL;
}

/* Only two servers have an error type for a prompt that exceeds the context; for the others the message is
 * searched. */
static enum error_kind
sharpen(enum error_kind kind, const char *message)
{
    static const char *const signs[] = {"context length",     "context size",   "context window",
                                        "prompt is too long", "context_length", "input is too long",
                                        "must have less than"};
    bool vague = kind == ERR_BAD_REQUEST || kind == ERR_SERVER;
    for (size_t i = 0; vague && message && i < ARRAY_LEN(signs); i++)
        if (contains(message, signs[i]))
            return ERR_CONTEXT_LENGTH;
    return kind;
}

enum error_kind
wire_error_kind(int status, const char *message)
{
    return sharpen(kind_of_status(status), message);
}

/* An error code that is an HTTP status, as in vLLM's and llama-server's "code":500; else 0. */
static int
status_within(const struct json *error)
{
    static const char *const names[] = {"code", "http_status_code", "status", "status_code"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        int64_t code;
        if (json_get_int(error, names[i], &code) && code >= 400 && code < 600)
            return (int)code;
    }
    return 0;
}

static const char *
first_string(const struct json *object, const char *const *names)
{
    for (; *names; names++) {
        const char *s = json_get_str(object, *names);
        if (s && *s)
            return s;
    }
    return NULL;
}

/* Does a word in the body say more than the status? A word such as invalid_request comes with any status. */
static bool
outranks(enum error_kind word, int status)
{
    if (word == ERR_NONE)
        return false;
    if (status == 403)
        return word == ERR_BUDGET;
    if (status == 429)
        return word == ERR_BUDGET || word == ERR_OVERLOADED;
    if (status >= 500)
        return word == ERR_BUDGET || word == ERR_CONTEXT_LENGTH || word == ERR_OVERLOADED;
    return status != 401 && status != 402 && status != 404 && status != 407 && status != 408 &&
           status != 413;
}

bool
decode_is_id(const char *s)
{
    size_t n = 0;
    while (s && s[n] > ' ' && s[n] < 0x7f)
        n++;
    return n > 0 && n < 128 && !s[n];
}

void
wire_error_read(const struct json *root, int status, struct wire_error *out)
{
    static const char *const texts[] = {"message", "error_message", "msg", "error", NULL};
    static const char *const ids[] = {"request_id", "requestId", NULL};
    const struct json *inner = json_get(root, "error");
    if (!inner)
        inner = json_first(json_get(root, "errors"));
    const struct json *error = json_is_object(inner) ? inner : root;
    const char *message = first_string(error, texts);
    if (!message || json_str(inner) == message)
        message = json_str(inner);
    if (!message)
        message = json_str(root);
    if (!message) { /* FastAPI: {"detail":"…"} or {"detail":[{"msg":"…"}]} */
        const struct json *detail = json_get(root, "detail");
        message = json_str(detail) ? json_str(detail) : json_get_str(json_first(detail), "msg");
    }
    /* TGI puts the type beside a plain string; others a name there, and the message beside it. */
    const char *words[] = {json_get_str(json_get(error, "details"), "error_code"),
                           json_get_str(error, "code"), json_get_str(error, "type"),
                           json_get_str(error, "error_type"),
                           json_str(inner) != message ? json_str(inner) : NULL};
    if (!status)
        status = status_within(error);
    enum error_kind word = ERR_NONE;
    for (size_t i = 0; i < ARRAY_LEN(words) && word == ERR_NONE; i++)
        word = kind_of_word(words[i]);
    enum error_kind kind = outranks(word, status) ? word : kind_of_status(status);
    kind = sharpen(kind, message);
    /* llama-server has this type for no other reason. */
    bool loading = status == 503 && words[2] && strcmp(words[2], "unavailable_error") == 0;
    const char *id = first_string(root, ids);
    *out = (struct wire_error){kind, message, decode_is_id(id) ? id : NULL, loading};
}

bool
wire_says(const struct json *v)
{
    double number;
    if (json_str(v))
        return *json_str(v);
    if (json_num(v, &number))
        return number != 0;
    if (v && !json_is_null(v) && !json_is_object(v) && !json_is_array(v)) { /* true or false */
        struct buf word;
        buf_init(&word, 8);
        bool yes = json_print(v, &word) && strcmp(word.p, "true") == 0;
        buf_finish(&word);
        return yes;
    }
    for (const struct json *c = json_first(v); c; c = json_next(c))
        if (wire_says(c))
            return true;
    return false;
}

/* llama-server's bare one: {"code":…,"message":…}. */
static bool
is_bare_error(const struct json *root)
{
    const char *message = json_get_str(root, "message");
    int64_t code;
    if (!message || !*message || json_get(root, "choices") || !wire_says(json_get(root, "code")))
        return false;
    return !json_get_int(root, "code", &code) || code >= 400;
}

bool
wire_error_find(const struct json *root, int status, struct wire_error *out)
{
    const char *type = json_get_str(root, "type");
    const char *object = json_get_str(root, "object");
    bool found = wire_says(json_get(root, "error")) || (type && strcmp(type, "error") == 0) ||
                 (object && strcmp(object, "error") == 0) || is_bare_error(root);
    if (found)
        wire_error_read(root, status, out);
    return found;
}

bool
decode_foreign(struct decoder *d, const struct json *root)
{
    const char *type = json_get_str(root, "type");
    const char *object = json_get_str(root, "object");
    const char *says = NULL;
    if (!type)
        type = "";
    if (strcmp(type, "message_start") == 0 ||
        (strcmp(type, "message") == 0 && json_is_array(json_get(root, "content"))))
        says = "the server speaks Anthropic's form here: set provider to anthropic";
    else if (strncmp(type, "response.", 9) == 0 || (object && strcmp(object, "response") == 0))
        says = "base_url leads to OpenAI's Responses API: let it end before /responses";
    else if (json_is_array(json_get(root, "choices")))
        says = "the server speaks OpenAI's form here: set provider to openai";
    if (says)
        decode_fail(d, ERR_PROTOCOL, says);
    return says != NULL;
}

void
wire_one_line(struct buf *out, const char *s, size_t n, size_t max)
{
    size_t start = out->len;
    bool gap = false;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c <= ' ' || c == 0x7f) {
            gap = out->len > start;
            continue;
        }
        if (out->len - start + 2 > max) {
            /* Not in the middle of a character. */
            while (out->len > start && ((unsigned char)out->p[out->len - 1] & 0xC0) == 0x80)
                buf_truncate(out, out->len - 1);
            if (out->len > start && (unsigned char)out->p[out->len - 1] >= 0xC0)
                buf_truncate(out, out->len - 1);
            buf_append_str(out, "…");
            return;
        }
        if (gap)
            buf_append_char(out, ' ');
        gap = false;
        buf_append_char(out, (char)c);
    }
}

/* Appends the title of a web page that a proxy sent in place of an answer. */
static void
page_text(struct buf *out, const char *p, size_t n)
{
    char *page = xstrndup(p, n);
    const char *title = NULL;
    for (const char *c = page; *c && !title; c++)
        if (strncasecmp(c, "<title", 6) == 0)
            title = strchr(c, '>');
    const char *end = title ? strchr(title, '<') : NULL;
    if (title && end)
        wire_one_line(out, title + 1, (size_t)(end - title - 1), 160);
    free(page);
}

void
decode_http_error(int status, const char *body, size_t n, struct answer_error *out, bool *loading)
{
    struct buf line;
    buf_init(&line, LINE_BYTES + 64);
    *loading = false;
    *out = (struct answer_error){.http_status = status, .kind = wire_error_kind(status, NULL)};
    struct json *root = json_parse(body, n, NULL);
    size_t lead = 0;
    while (lead < n && isspace((unsigned char)body[lead]))
        lead++;
    if (root) {
        struct wire_error e;
        wire_error_read(json_is_array(root) ? json_first(root) : root, status, &e);
        out->kind = e.kind;
        *loading = e.loading;
        out->request_id = xstrdup(e.request_id);
        if (e.message)
            wire_one_line(&line, e.message, strlen(e.message), LINE_BYTES);
    } else if (lead < n && body[lead] == '<') {
        buf_printf(&line, "a web page: ");
        size_t before = line.len;
        page_text(&line, body + lead, n - lead);
        if (line.len == before)
            buf_clear(&line);
    } else {
        wire_one_line(&line, body, n, LINE_BYTES);
        out->kind = wire_error_kind(status, line.p);
    }
    if (status >= 300 && status < 400) {
        buf_clear(&line);
        buf_printf(&line, "HTTP %d: a redirect, which is not followed: is base_url right?", status);
    }
    if (!line.len)
        buf_printf(&line, "HTTP %d without a reason", status);
    struct buf whole;
    buf_init(&whole, line.len * 3);
    utf8_repair(&whole, line.p, line.len);
    out->message = buf_take(&whole);
    buf_finish(&line);
    json_free(root);
}

/* ---- what to do about it ---- */

/* The address without a name, password or query. */
static void
append_address(struct buf *out, const char *url)
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    size_t len = strcspn(host, "/?#");
    const char *at = memchr(host, '@', len);
    buf_append(out, url, (size_t)(host - url));
    host = at ? at + 1 : host;
    wire_one_line(out, host, strcspn(host, "?#"), LINE_BYTES);
}

static void
append_wait(struct buf *out, int64_t ms)
{
    int64_t s = (ms + 999) / 1000;
    if (s < 120)
        buf_printf(out, "; again in %lld s", (long long)s);
    else if (s < 120 * 60)
        buf_printf(out, "; again in %lld min", (long long)((s + 59) / 60));
    else if (s < 48 * 3600)
        buf_printf(out, "; again in %lld h", (long long)((s + 3599) / 3600));
    else if (s < 366 * 86400)
        buf_printf(out, "; again in %lld days", (long long)((s + 86399) / 86400));
    else
        buf_append_str(out, "; again in more than a year");
}

void
decode_http_advice(struct answer_error *e, const struct http_facts *f)
{
    struct buf text;
    buf_init(&text, 4 * LINE_BYTES);
    bool tls_asked = contains(e->message, "HTTPS") || contains(e->message, "SSL");
    if (e->http_status == 407) {
        buf_printf(&text,
                   "the proxy %.100s wants a name and a password: write them into the variable "
                   "https_proxy (for plain http: http_proxy), as http://NAME:PASSWORD@HOST:PORT",
                   f->proxy ? f->proxy : "on the way");
    } else if (f->by_proxy) {
        e->kind = ERR_CONNECT; /* whatever the status means of a server */
        buf_printf(&text, "the proxy %.100s does not connect to ",
                   f->proxy ? f->proxy : "on the way");
        append_address(&text, f->url ? f->url : "");
        buf_printf(&text, " (HTTP %d): is base_url right, and may the proxy go there?",
                   e->http_status);
    } else {
        buf_append_str(&text, e->message);
    }
    if (e->http_status == 404 && f->url) {
        buf_append_str(&text, " (asked: ");
        append_address(&text, f->url);
        buf_append_str(&text, ")");
    }
    if (e->http_status == 400 && tls_asked && f->url && strncmp(f->url, "http:", 5) == 0)
        buf_append_str(&text, "; this port speaks TLS: write https:// in base_url");
    if (f->again_ms > 0)
        append_wait(&text, f->again_ms);
    free(e->message);
    e->message = buf_take(&text);
    buf_finish(&text);
}
