#include "rpc.h"

#include <stdlib.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "berdua/net/http.h"

enum { MAX_BODY_BYTES = 32 << 20, MAX_REPLY_BYTES = 32 << 20, CONNECT_MS = 5000 };

struct reply {
    struct buf body;
    int64_t deadline_us;
};

static bool
take_reply_body(void *arg, const char *p, size_t n)
{
    return buf_append(&((struct reply *)arg)->body, p, n);
}

static int64_t
deadline(void *arg)
{
    return ((struct reply *)arg)->deadline_us;
}

/* {"error": "NotFoundError", "message": "…"}, {"error": {"message": "…"}}, {"detail": "…"} */
static const char *
message_of(const struct json *reply)
{
    static const char *const places[] = {"error.message", "message", "error", "detail"};
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        const char *s = json_str(json_at(reply, places[i]));
        if (s && *s)
            return s;
    }
    return NULL;
}

static void
explain_status(const struct rpc *r, int status, const struct json *reply, struct err *err)
{
    const char *message = message_of(reply);
    const char *hint = status == 401 || status == 403 ? "; is the key right?"
                       : status == 410                ? "; berdua speaks its v2 API only"
                       : status >= 300 && status < 400
                           ? "; it points elsewhere: set the url to where it is"
                           : "";
    err_set(err, "%s: HTTP %d%s%.300s%s", r->what, status, message ? ": " : "",
            message ? message : "", hint);
}

static void
explain_outcome(const struct rpc *r, enum http_outcome outcome, struct err *err)
{
    if (outcome == HTTP_DEADLINE)
        err_set(err, "%s: no answer in time", r->what);
    else if (outcome == HTTP_CANCELLED)
        err_set(err, "%s: cancelled", r->what);
    else
        err_prefix(err, "%s", r->what);
}

static enum http_outcome
perform_request(struct http *http, const struct http_request *req, struct reply *reply,
                const struct rpc_limits *limits, int *status, struct err *err)
{
    struct http_report report = {0};
    struct http_hooks hooks = {.arg = reply, .body = take_reply_body, .deadline = deadline};
    for (int attempt = 1;; attempt++) {
        buf_clear(&reply->body);
        enum http_outcome outcome = http_perform(http, req, &hooks, limits->cancel, &report, err);
        *status = report.status;
        /* Every request made here can be repeated, so one that met a dead kept connection is sent again. */
        if (outcome != HTTP_CUT || !report.reused || attempt > 1)
            return outcome;
    }
}

static bool
add_rpc_headers(const struct rpc *r, struct http_request *req, struct cancel *cancel, char **key,
                struct err *err)
{
    http_request_add_header(req, "Accept", "application/json");
    if (req->body)
        http_request_add_header(req, "Content-Type", "application/json");
    if (!keyring_get(r->keyring, r->secret, cancel_fd(cancel), key, err))
        return err_prefix(err, "%s", r->what);
    if (*key) {
        char *value = xasprintf("%s%s", r->key_prefix, *key);
        http_request_add_header(req, r->key_header, value);
        secret_free(&value);
    }
    return true;
}

struct json *
rpc_call(const struct rpc *r, struct http *http, const char *path, const struct json *body,
         const struct rpc_limits *limits, int *status, struct err *err)
{
    struct buf text;
    *status = 0;
    buf_init(&text, MAX_BODY_BYTES);
    if (body && !json_print(body, &text)) {
        err_set(err, "%s: the texts are too long for one request", r->what);
        return NULL;
    }
    struct http_request req = {.method = body ? "POST" : "GET",
                               .url = xasprintf("%s%s", r->base, path),
                               .body_len = text.len,
                               .allow_http = r->allow_http,
                               .allow_gzip = true,
                               .connect_ms = CONNECT_MS,
                               .max_body_bytes = MAX_REPLY_BYTES};
    req.body = body ? buf_take(&text) : NULL;
    struct reply reply = {.deadline_us = limits->deadline_us};
    struct json *v = NULL;
    char *key = NULL;
    buf_init(&reply.body, MAX_REPLY_BYTES);
    if (!add_rpc_headers(r, &req, limits->cancel, &key, err))
        goto out;
    enum http_outcome outcome = perform_request(http, &req, &reply, limits, status, err);
    if (limits->last_status)
        *limits->last_status = *status;
    if (outcome != HTTP_OK) {
        explain_outcome(r, outcome, err);
        goto out;
    }
    bool good = *status >= 200 && *status < 300;
    if (good && reply.body.len == 0)
        buf_append_str(&reply.body, "null");
    v = json_parse(reply.body.p, reply.body.len, good ? err : NULL);
    if (!good) {
        explain_status(r, *status, v, err);
        json_free(v);
        v = NULL;
        if (*status == 401 || *status == 403)
            keyring_forget(r->keyring, r->secret);
    } else if (!v) {
        err_prefix(err, "%s: the answer is not JSON", r->what);
    }
out:
    if (key && err)
        secret_redact(err->text, key);
    secret_free(&key);
    buf_finish(&reply.body);
    http_request_finish(&req);
    return v;
}
