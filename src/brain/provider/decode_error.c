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
    {"api_key", ERR_AUTH},
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

/* The first text in an error's tree, by the names that servers give it. FastAPI: {"detail":"…"} or
 * {"detail":[{"loc":[…],"msg":"…"}]}; RFC 9457: `detail`, else `title`; OAuth: error_description. */
static const char *
find_text(const struct json *v, int depth)
{
    static const char *const names[] = {
        "message", "error_message", "error_description", "msg",   "detail", "error",
        "errors",  "details",       "Message",           "title", "Error",  "status_msg",
        "reason"};
    const char *text = json_str(v) && *json_str(v) ? json_str(v) : NULL;
    if (depth <= 0)
        return NULL;
    if (json_is_array(v))
        for (const struct json *c = json_first(v); c && !text; c = json_next(c))
            text = find_text(c, depth - 1);
    for (size_t i = 0; json_is_object(v) && i < ARRAY_LEN(names) && !text; i++)
        text = find_text(json_get(v, names[i]), depth - 1);
    return text;
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
    static const char *const ids[] = {"request_id", "requestId", NULL};
    enum { DEEPEST = 6 };
    const struct json *inner = json_get(root, "error");
    if (!inner)
        inner = json_first(json_get(root, "errors"));
    const struct json *error = json_is_object(inner) ? inner : root;
    const char *message = find_text(error, DEEPEST);
    message = message ? message : find_text(root, DEEPEST);
    /* TGI puts the type beside a plain string; others a name there, and the message beside it. */
    const char *words[] = {json_get_str(json_get(error, "details"), "error_code"),
                           json_get_str(error, "code"),
                           json_get_str(error, "type"),
                           json_get_str(error, "error_type"),
                           json_str(inner) != message ? json_str(inner) : NULL,
                           json_get_str(json_first(json_get(error, "details")), "reason")};
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

/* A code, as a number or a text, by which a gateway says that all is well. */
static bool
is_no_failure(const struct json *code)
{
    const char *text = json_str(code);
    double n = -1;
    if (!text)
        return json_num(code, &n) && (n == 0 || (n >= 200 && n < 400));
    return strcmp(text, "0") == 0 || strcmp(text, "200") == 0 || strcasecmp(text, "ok") == 0 ||
           strcasecmp(text, "success") == 0;
}

/* llama-server's bare one: {"code":…,"message":…}, and those of gateways: {"errors":[…]}. */
static bool
is_bare_error(const struct json *root)
{
    static const char *const texts[] = {"message", "msg", NULL};
    int64_t number;
    const struct json *code = json_get(root, "code");
    if (json_get(root, "choices"))
        return false;
    if (wire_says(json_get(root, "errors")))
        return true;
    if (!first_string(root, texts) || !wire_says(code) || is_no_failure(code))
        return false;
    return !json_get_int(root, "code", &number) || number >= 400;
}

bool
wire_error_find(const struct json *root, int status, struct wire_error *out)
{
    const char *type = json_get_str(root, "type");
    const char *object = json_get_str(root, "object");
    const struct json *error = json_get(root, "error");
    bool fine = is_no_failure(json_get(error, "code")) && !json_get_str(error, "type");
    bool found = (wire_says(error) && !fine) || (type && strcmp(type, "error") == 0) ||
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
    else if (json_is_array(json_get(root, "candidates")))
        says = "the server speaks Gemini's own form here: let base_url end with /v1beta/openai";
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

/* Appends the text of a page, without its tags and what is no text in it. */
static void
append_words(struct buf *words, const char *page)
{
    while (*page) {
        size_t n = strcspn(page, "<");
        buf_append(words, page, n);
        page += n;
        bool code = strncasecmp(page, "<style", 6) == 0 || strncasecmp(page, "<script", 7) == 0;
        const char *last = code ? strstr(page, "</") : page;
        const char *end = last ? strchr(last, '>') : NULL;
        if (!end)
            return;
        buf_append_char(words, ' ');
        page = end + 1;
    }
}

/* Appends what a page of HTML or XML says, which a proxy sent in place of an answer: its title, else its words. */
static void
page_text(struct buf *out, const char *p, size_t n)
{
    enum { PAGE_BYTES = 160, READ_BYTES = 4000 };
    char *page = xstrndup(p, n < READ_BYTES ? n : READ_BYTES);
    const char *title = NULL;
    struct buf words, line;
    buf_init(&words, 2 * READ_BYTES);
    buf_init(&line, PAGE_BYTES + 8);
    for (const char *c = page; *c && !title; c++)
        if (strncasecmp(c, "<title", 6) == 0)
            title = strchr(c, '>');
    const char *end = title ? strchr(title, '<') : NULL;
    if (end)
        buf_append(&words, title + 1, (size_t)(end - title - 1));
    else
        append_words(&words, page);
    wire_one_line(&line, words.p, words.len, PAGE_BYTES);
    bool html = end || strncasecmp(page, "<!doctype", 9) == 0 || strncasecmp(page, "<html", 5) == 0;
    if (line.len)
        buf_printf(out, "%s%s", html ? "a web page: " : "", line.p);
    buf_finish(&line);
    buf_finish(&words);
    free(page);
}

/* What stands beside the message: the field that FastAPI complains of, the words of the provider behind OpenRouter. */
static void
append_beside(struct buf *line, const struct json *root)
{
    const struct json *detail = json_get(root, "detail");
    if (!detail)
        detail = json_at(root, "message.detail");
    bool first = true;
    for (const struct json *l = json_first(json_get(json_first(detail), "loc")); l;
         l = json_next(l)) {
        if (!json_str(l) || strcmp(json_str(l), "body") == 0)
            continue;
        buf_append_str(line, first ? ": " : ".");
        wire_one_line(line, json_str(l), strlen(json_str(l)), 60);
        first = false;
    }
    const char *raw = json_str(json_at(root, "error.metadata.raw"));
    if (raw && *raw) {
        buf_append_str(line, ": ");
        wire_one_line(line, raw, strlen(raw), LINE_BYTES / 2);
    }
}

/* The body of an error may itself be an event; p and n become its data. */
static void
skip_to_data(const char **p, size_t *n)
{
    const char *end = *p + *n, *c = *p;
    if (*n < 6 || (memcmp(c, "data:", 5) != 0 && memcmp(c, "event:", 6) != 0))
        return;
    while (c && end - c >= 5 && memcmp(c, "data:", 5) != 0)
        c = (c = memchr(c, '\n', (size_t)(end - c))) ? c + 1 : NULL;
    if (!c || end - c < 5)
        return;
    const char *stop = memchr(c, '\n', (size_t)(end - c));
    *p = c + 5;
    *n = (size_t)((stop ? stop : end) - *p);
}

/* What to look at where only the status says what is wrong; NULL: the message says more. */
static const char *
look_at(int status)
{
    static const struct {
        int status;
        const char *what;
    } known[] = {
        {401, "is the API key right?"},
        {402, "has the account any credit left?"},
        {403, "may this API key use this model, and from here?"},
        {404, "are base_url and the model right?"},
        {405, "is base_url right?"},
        {408, "the server waited too long for the request; try again"},
        {413, "the message and its history are too long for the server"},
        {429, "too many requests; wait a little"},
        {502, "the server behind this address does not answer; does it run?"},
        {503, "the server is overloaded or starts up; try again in a while"},
        {504, "the server behind this address took too long; try again"},
        {529, "the server is overloaded; try again in a while"},
    };
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (known[i].status == status)
            return known[i].what;
    return status >= 500 ? "the server's log says more" : NULL;
}

/* Appends what the body says; sets the rest of *out by it. false: a web page, or nothing. */
static bool
read_body(struct buf *line, const char *body, size_t n, struct answer_error *out, bool *loading)
{
    while (n && isspace((unsigned char)*body))
        body++, n--;
    skip_to_data(&body, &n);
    bool page = n && *body == '<';
    struct json *root = json_parse(body, n, NULL);
    if (root) {
        struct wire_error e;
        const struct json *error = json_is_array(root) ? json_first(root) : root;
        wire_error_read(error, out->http_status, &e);
        out->kind = e.kind;
        *loading = e.loading;
        out->request_id = xstrdup(e.request_id);
        if (e.message) {
            wire_one_line(line, e.message, strlen(e.message), LINE_BYTES);
            append_beside(line, error);
        } else if (json_first(error)) { /* no known name: better the whole than nothing */
            struct buf whole;
            buf_init(&whole, SIZE_MAX);
            json_print(error, &whole);
            wire_one_line(line, whole.p, whole.len, LINE_BYTES / 2);
            buf_finish(&whole);
        }
    } else if (page) {
        page_text(line, body, n);
    } else {
        wire_one_line(line, body, n, LINE_BYTES);
        out->kind = wire_error_kind(out->http_status, line->p);
    }
    json_free(root);
    return line->len && !page;
}

void
decode_http_error(int status, const char *body, size_t n, struct answer_error *out, bool *loading)
{
    struct buf line;
    buf_init(&line, 2 * LINE_BYTES);
    *loading = false;
    *out = (struct answer_error){.http_status = status, .kind = wire_error_kind(status, NULL)};
    bool told = read_body(&line, body, n, out, loading);
    if (status >= 300 && status < 400) {
        buf_clear(&line);
        buf_printf(&line, "HTTP %d: a redirect, which is not followed: is base_url right?", status);
    }
    if (!line.len)
        buf_printf(&line, "HTTP %d without a reason", status);
    if (!told && look_at(status))
        buf_printf(&line, ": %s", look_at(status));
    struct buf whole;
    buf_init(&whole, line.len * 3);
    utf8_repair(&whole, line.p, line.len);
    out->message = buf_take(&whole);
    buf_finish(&line);
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
    if ((e->http_status == 404 || e->http_status == 405) && f->url) {
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
