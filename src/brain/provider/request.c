#include "decoder.h"
#include "providers.h"
#include "request.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/secret.h"
#include "berdua/net/endpoint.h"

/* A header's value shorter than that is no secret worth hiding, and may be part of any word. */
enum { SHORTEST_SECRET = 6, MAX_REQUEST_BYTES = 64 << 20, MAX_PROBE_BYTES = 4 << 20, PROBE_S = 15 };

/* The aside, in the words of the configuration, stands before the user's own words: they are the last that the model reads
 * before it answers, as in all that it was trained on, and their language is the one it answers in. */
static void
push_message(struct json *list, const char *role, const char *text, const char *aside)
{
    struct json *m = json_object();
    char *both = aside ? xasprintf("%s\n\n%s", aside, text) : NULL;
    json_add_str(m, "role", role);
    json_add_str(m, "content", both ? both : text);
    json_push(list, m);
    free(both);
}

struct json *
request_messages(const struct call_spec *spec)
{
    const struct prompt *p = &spec->prompt;
    struct json *list = json_array();
    if (p->system && *p->system)
        push_message(list, "system", p->system, NULL);
    for (size_t i = 0; i < p->count; i++)
        push_message(list, p->messages[i].assistant ? "assistant" : "user", p->messages[i].text,
                     i + 1 == p->count ? p->aside : NULL);
    return list;
}

void
request_add_limits(struct json *object, const struct call_spec *spec)
{
    if (spec->max_tokens >= 0)
        json_add_int(object, "max_tokens", spec->max_tokens);
    if (!isnan(spec->temperature))
        json_add_num(object, "temperature", spec->temperature);
    if (!isnan(spec->top_p))
        json_add_num(object, "top_p", spec->top_p);
}

struct json *
request_schema(const struct call_spec *spec)
{
    return spec->schema ? json_parse(spec->schema, strlen(spec->schema), NULL) : NULL;
}

/* A configured header takes the place of the usual one. */
static void
add_usual_header(struct http_request *req, const struct brain_conf *conf, const char *name,
                 const char *value)
{
    for (size_t i = 0; i < conf->header_count; i++)
        if (strcasecmp(conf->headers[i].name, name) == 0)
            return;
    http_request_add_header(req, name, value);
}

static void
add_key(struct http_request *req, const struct brain_conf *conf, const char *key)
{
    bool anthropic = conf->provider == PROVIDER_ANTHROPIC;
    if (key && (conf->auth == AUTH_X_API_KEY || (conf->auth == AUTH_AUTO && anthropic))) {
        add_usual_header(req, conf, "x-api-key", key);
    } else if (key) {
        char *value = xasprintf("Bearer %s", key);
        add_usual_header(req, conf, "Authorization", value);
        secret_free(&value);
    }
}

struct http_request
request_open(const struct brain_conf *conf, const char *method, const char *path, const char *key)
{
    struct http_request req = {.method = method,
                               .url = endpoint_url(conf->base_url, path),
                               .ca_file = conf->ca_file,
                               .allow_http = conf->allow_http};
    add_key(&req, conf, key);
    if (conf->provider == PROVIDER_ANTHROPIC)
        add_usual_header(&req, conf, "anthropic-version",
                         conf->api_version ? conf->api_version : "2023-06-01");
    for (size_t i = 0; i < conf->header_count; i++) {
        const struct header_conf *h = &conf->headers[i];
        const char *value = h->env ? getenv(h->env) : h->value;
        http_request_add_header(&req, h->name, value ? value : "");
    }
    return req;
}

static bool
holds_control(const char *s)
{
    while (*s && !iscntrl((unsigned char)*s))
        s++;
    return *s != 0;
}

bool
request_secrets(const struct brain_conf *conf, const char *key, char **secrets, struct err *err)
{
    struct buf all;
    buf_init(&all, MAX_REQUEST_BYTES);
    buf_append_str(&all, key ? key : "");
    bool ok = true;
    for (size_t i = 0; ok && i < conf->header_count; i++) {
        const char *env = conf->headers[i].env, *value = env ? getenv(env) : NULL;
        if (env && (!value || !*value))
            ok = err_set(err, "No value for the header %s: set %s", conf->headers[i].name, env);
        else if (env && holds_control(value))
            ok = err_set(err,
                         "The variable %s for the header %s holds a control character or a "
                         "line break",
                         env, conf->headers[i].name);
        else if (env && strlen(value) >= SHORTEST_SECRET)
            buf_printf(&all, "\n%s", value);
    }
    *secrets = buf_take(&all);
    return ok;
}

static void
merge_extra(struct json *root, const char *extra_json)
{
    struct err err = {0};
    if (!extra_json || !*extra_json)
        return;
    struct json *extra = json_parse(extra_json, strlen(extra_json), &err);
    if (extra)
        json_merge(root, extra);
    else /* the configuration was checked, so this is a bug and not the user's error */
        log_msg(LOG_ERROR, "extra: %s", err.text);
    json_free(extra);
}

void
request_take_body(struct http_request *req, struct json *root, const struct call_spec *spec)
{
    struct buf out;
    merge_extra(root, spec->conf->extra_json);
    merge_extra(root, spec->model->extra_json);
    buf_init(&out, MAX_REQUEST_BYTES);
    json_print(root, &out);
    json_free(root);
    req->body_len = out.len;
    req->body = buf_take(&out);
    add_usual_header(req, spec->conf, "Content-Type", "application/json");
}

void
request_build(struct http_request *req, const struct brain_ops *ops, const struct call_spec *spec,
              const char *key)
{
    struct json *root = json_object();
    json_add_str(root, "model", spec->model->id);
    request_add_limits(root, spec);
    json_add_bool(root, "stream", true);
    ops->add_fields(root, spec);
    json_add(root, "messages", ops->messages(spec));
    *req = request_open(spec->conf, "POST", ops->path, key);
    request_take_body(req, root, spec);
}

enum error_kind
request_outcome_kind(enum http_outcome o, int status)
{
    switch (o) {
    case HTTP_OK:
    case HTTP_STOPPED:
        return ERR_NONE;
    case HTTP_CONNECT:
        return ERR_CONNECT;
    case HTTP_TLS:
        return ERR_TLS;
    case HTTP_CUT:
        return status ? ERR_STREAM_CUT : ERR_CONNECT;
    case HTTP_DEADLINE:
        return ERR_TIMEOUT;
    case HTTP_CANCELLED:
        return ERR_CANCELLED;
    case HTTP_TOO_LARGE:
    case HTTP_BAD_URL:
    case HTTP_LIBRARY:
        break;
    }
    return ERR_PROTOCOL;
}

enum error_cause
request_cause(enum http_obstacle o)
{
    static const enum error_cause causes[] = {[HTTP_OBSTACLE_UNKNOWN] = CAUSE_UNKNOWN,
                                              [HTTP_NO_ADDRESS] = CAUSE_NO_ADDRESS,
                                              [HTTP_BY_PROXY] = CAUSE_PROXY,
                                              [HTTP_UNVERIFIED] = CAUSE_CERTIFICATE,
                                              [HTTP_NO_HANDSHAKE] = CAUSE_HANDSHAKE};
    return causes[o];
}

void
request_error(struct answer_error *error, enum error_kind kind, const char *key, const char *fmt,
              ...)
{
    struct buf text;
    va_list ap;
    buf_init(&text, 1 << 16);
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    struct buf whole; /* a bounded part of a text may end inside a character */
    buf_init(&whole, 3 * text.len);
    utf8_repair(&whole, text.p, text.len);
    buf_finish(&text);
    free(error->message);
    error->kind = kind;
    error->message = buf_take(&whole);
    for (char *p = error->message; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            *p = ' ';
    if (key)
        secret_redact(error->message, key);
}

/* ---- questions for doctor ---- */

struct probe {
    struct buf *body;
    int64_t until_us;
};

static bool
probe_body(void *arg, const char *p, size_t n)
{
    struct probe *probe = arg;
    return buf_append(probe->body, p, n);
}

static int64_t
probe_deadline(void *arg)
{
    return ((struct probe *)arg)->until_us;
}

const char *
request_server_id(const struct http *http)
{
    static const char *const names[] = {"request-id", "x-request-id"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (decode_is_id(http_header_get(http, names[i])))
            return http_header_get(http, names[i]);
    return NULL;
}

bool
request_probe(struct http *http, struct http_request *req, const struct brain_conf *conf,
              const char *key, struct buf *body, struct answer_error *error)
{
    struct probe probe = {.body = body, .until_us = clock_us() + PROBE_S * (int64_t)US_PER_S};
    struct http_hooks hooks = {.arg = &probe, .body = probe_body, .deadline = probe_deadline};
    struct http_report report = {0};
    struct err err = {0};
    bool loading;
    req->allow_gzip = true;
    req->connect_ms = conf->limits.connect_ms;
    req->max_body_bytes = MAX_PROBE_BYTES;
    enum http_outcome o = http_perform(http, req, &hooks, NULL, &report, &err);
    enum error_kind kind = request_outcome_kind(o, report.status);
    if (o == HTTP_DEADLINE) {
        request_error(error, ERR_TIMEOUT, key, "%s: no answer within %d s", req->url, PROBE_S);
    } else if (kind != ERR_NONE) {
        request_error(error, kind, key, "%s", err.text);
    } else if (report.status < 200 || report.status > 299) {
        decode_http_error(report.status, body->p, body->len, error, &loading);
        decode_http_advice(error,
                           &(struct http_facts){.url = req->url,
                                                .proxy = http_proxy(http),
                                                .by_proxy = report.obstacle == HTTP_BY_PROXY});
        char *message = error->message;
        error->message = NULL;
        request_error(error, error->kind, key, "%s", message);
        free(message);
        error->http_status = report.status;
        if (!error->request_id)
            error->request_id = xstrdup(request_server_id(http));
    }
    error->cause = request_cause(report.obstacle);
    http_request_finish(req);
    return error->kind == ERR_NONE;
}

/* llama-server serves one model and accepts any model name. */
static bool
any_name_does(const struct json *entry)
{
    const char *owner = json_get_str(entry, "owned_by");
    return owner && strcmp(owner, "llamacpp") == 0;
}

/* The same name, or an alias of it: "…-20251001" of Anthropic, ":latest" of Ollama. */
static bool
names_model(const char *offered, const char *wanted)
{
    size_t n = strlen(wanted);
    if (strncmp(offered, wanted, n) != 0)
        return false;
    return !offered[n] || strcmp(offered + n, ":latest") == 0 ||
           strncmp(offered + n, "-20", 3) == 0;
}

bool
request_check_models(const struct buf *body, const struct model_conf *model,
                     struct answer_error *error, struct buf *names)
{
    struct err err = {0};
    struct json *root = json_parse(body->p, body->len, &err);
    const struct json *data = json_get(root, "data");
    bool found = false;
    if (!json_is_array(data)) {
        request_error(error, ERR_PROTOCOL, NULL,
                      "the server's list of models is not understood: is base_url right?");
        json_free(root);
        return false;
    }
    for (const struct json *e = json_first(data); e; e = json_next(e)) {
        const char *id = json_get_str(e, "id");
        if (!id)
            continue;
        if (names)
            buf_printf(names, "%s\n", id);
        found = found || any_name_does(e) || (model && names_model(id, model->id));
    }
    json_free(root);
    if (model && !found)
        request_error(error, ERR_NOT_FOUND, NULL, "the server does not offer the model \"%s\"",
                      model->id);
    return error->kind == ERR_NONE;
}
