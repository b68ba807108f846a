#include "doctor_checks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/brain/brain.h"
#include "berdua/brain/complete.h"
#include "berdua/chat/answer_error.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/engine/cost.h"
#include "berdua/net/http.h"
#include "findings.h"
#include "cmd/out.h"

/* ---- remedies ---- */

static char *
key_remedy(const struct brain_conf *b)
{
    if (b->api_key.env)
        return xasprintf("export %s=… with a key of %s", b->api_key.env, b->base_url);
    if (b->api_key.file)
        return xasprintf("put a valid key into %s (chmod 600)", b->api_key.file);
    return xstrdup("give the brain a key: api_key: {env: NAME}, {file: PATH} or {command: …}");
}

static char *
connect_remedy(const struct brain_conf *b, enum error_cause cause)
{
    if (cause == CAUSE_NO_ADDRESS)
        return xasprintf("no such host: is base_url (%s) spelt right, and does DNS work here?",
                         b->base_url);
    if (cause == CAUSE_PROXY)
        return xstrdup("set https_proxy to a proxy that answers and may go there, or name the "
                       "host in no_proxy");
    if (url_is_loopback(b->base_url))
        return xasprintf("nothing answers at %s: start the server there (llama-server, ollama "
                         "serve), or set base_url to where it is",
                         b->base_url);
    return xasprintf("is %s right, and is the server running? (port, firewall, https_proxy)",
                     b->base_url);
}

static char *
tls_remedy(enum error_cause cause)
{
    if (cause == CAUSE_CERTIFICATE)
        return xstrdup("the certificate does not verify: check the host name, the clock, and "
                       "ca-certificates (ca_file of the brain for a private authority)");
    if (cause == CAUSE_HANDSHAKE)
        return xstrdup("the server does not speak TLS at this port: is the port right, or is it "
                       "http:// that base_url wants?");
    return xstrdup("TLS failed: see the message; check the port, ca_file, and the clock");
}

/* Why the server knows no such thing: `names` are the models that it lists, `listed` says that the model is one. */
static char *
not_found_remedy(const struct brain_conf *b, const char *names, bool listed)
{
    if (names && *names && !listed)
        return xasprintf("set models.*.id to one it offers: %s", names);
    return xasprintf(
        "check base_url (%s; it may be the whole endpoint), provider (%s) and the model's id",
        b->base_url, provider_name(b->provider));
}

static char *
remedy(const struct brain_conf *b, const struct answer_error *e, const char *names, bool listed)
{
    if (e->cause == CAUSE_LOADING)
        return xstrdup("the server is loading its model (a cold start); wait and try again");
    if (e->http_status == 407)
        return xstrdup("give the proxy its user and password: https_proxy=http://USER:PASSWORD@…");
    switch (e->kind) {
    case ERR_CONNECT:
        return connect_remedy(b, e->cause);
    case ERR_TLS:
        return tls_remedy(e->cause);
    case ERR_AUTH:
        return key_remedy(b);
    case ERR_NOT_FOUND:
        return not_found_remedy(b, names, listed);
    case ERR_BAD_REQUEST:
        if (names && *names && !listed)
            return not_found_remedy(b, names, listed);
        if (strstr(e->message, "ystem role"))
            return xstrdup("the model takes no system prompt: set the brain's system and that of "
                           "its modes to \"\"");
        return xstrdup("a field that it does not take is left out by extra: {FIELD: null}");
    case ERR_TIMEOUT:
    case ERR_STALLED:
        return xstrdup("no answer in time: a cold start can take minutes; try again, or raise "
                       "first_token_ms");
    case ERR_RATE_LIMIT:
    case ERR_OVERLOADED:
    case ERR_SERVER:
        return e->kind == ERR_SERVER
                   ? xstrdup("the server is failing or still starting (cold start); try again")
                   : xstrdup("it is busy; try again in a minute");
    case ERR_PROTOCOL:
        return xasprintf("is base_url (%s) the address of an API of this provider (%s)?",
                         b->base_url, provider_name(b->provider));
    default:
        return xstrdup("see the message; berdua ask --json shows the whole error");
    }
}

/* ---- one token ---- */

/* A message will be sent with a system prompt, which not every model takes. */
static bool
has_system(const struct brain_conf *b)
{
    bool any = b->system && *b->system;
    for (size_t i = 0; i < b->style_count && !any; i++)
        any = b->styles[i].system && *b->styles[i].system;
    return any;
}

static void
ask_tokens(const struct brain_conf *b, enum brain_id id, struct http *http, struct keyring *keyring,
           int max_tokens, struct answer *out)
{
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    const struct model_conf *model = config_model(b, b->model);
    *spec = (struct call_spec){.call = 1,
                               .brain = id,
                               .conf = b,
                               .model = model,
                               .max_tokens = max_tokens,
                               .temperature = config_temperature(b, model, NULL),
                               .top_p = config_top_p(b, model, NULL),
                               .limits = b->limits,
                               .seed = (uint64_t)clock_us(),
                               .keyring = keyring};
    spec->prompt.system = xstrdup(has_system(b) ? "Be brief." : NULL);
    prompt_add(&spec->prompt, false, "Halo");
    answer_finish(out);
    answer_init(out, id);
    complete(&spec, http, out);
}

/* A model that thinks first has not come to its text after one token. */
static bool
token_came(const struct answer *a)
{
    bool at_limit = a->stop_reason && (strcmp(a->stop_reason, "length") == 0 ||
                                       strcmp(a->stop_reason, "max_tokens") == 0);
    return answer_valid(a) || (a->error.kind == ERR_EMPTY && at_limit);
}

static void
ask_one_token(const struct brain_conf *b, enum brain_id id, struct http *http,
              struct keyring *keyring, struct answer *out)
{
    int most = config_max_tokens(b, config_model(b, b->model), NULL);
    ask_tokens(b, id, http, keyring, most > 1 ? 1 : most, out);
    if (out->error.kind == ERR_BAD_REQUEST && most > 1) /* it may want room to think */
        ask_tokens(b, id, http, keyring, most, out);
}

static char *
cost_text(const struct model_conf *model, const struct answer *a)
{
    double usd = cost_usd(&model->price, a);
    long long tokens = (long long)answer_tokens_out(a);
    return isnan(usd)
               ? xasprintf("%lld token%s, no price configured", tokens, tokens == 1 ? "" : "s")
               : xasprintf("%lld token%s, %.2g USD", tokens, tokens == 1 ? "" : "s", usd);
}

/* The models that the server lists, with blanks between; *listed: the brain's is one of them. */
static char *
listed_models(const struct brain_conf *b, struct http *http, struct keyring *keyring, bool *listed)
{
    struct answer_error error = {0};
    struct buf names;
    char *key = NULL;
    buf_init(&names, 4096);
    keyring_get(keyring, &b->api_key, -1, &key, NULL);
    *listed = brain_probe(b, http, key, config_model(b, b->model), &error, &names);
    char *text = buf_take(&names);
    secret_redact(text, key); /* a server's list may hold the key */
    for (char *p = text; *p; p++)
        if (*p == '\n')
            *p = p[1] ? ' ' : 0;
    secret_free(&key);
    free(error.message);
    free(error.request_id);
    return text;
}

static void
report_failure(struct findings *f, const struct brain_conf *b, enum brain_id id, struct http *http,
               struct keyring *keyring, const struct answer *a)
{
    const struct answer_error *e = &a->error;
    bool listed = false;
    char *names = e->kind == ERR_NOT_FOUND || e->kind == ERR_BAD_REQUEST
                      ? listed_models(b, http, keyring, &listed)
                      : NULL;
    bool refused = e->kind == ERR_NONE;
    finding_add(
        f, brain_id_name(id), false,
        xasprintf("%s %s, model %s: %s: %s%s", provider_name(b->provider), b->base_url,
                  config_model(b, b->model)->id,
                  refused ? answer_status_name(a->status) : error_kind_name(e->kind),
                  e->message ? e->message : "no reason given",
                  a->cold && e->kind == ERR_TIMEOUT ? "; it was still loading its model" : ""),
        remedy(b, e, names, listed));
    free(names);
}

/* "", or "; warm_up: on_start": a request that costs, without a message. */
static const char *
warm_up_text(const struct brain_conf *b)
{
    static const char *const texts[] = {[WARM_UP_OFF] = "",
                                        [WARM_UP_ON_START] = "; warm_up: on_start",
                                        [WARM_UP_WHILE_TYPING] = "; warm_up: while_typing"};
    return texts[b->warm_up];
}

/* Without a call: what can be known here. */
static void
check_alone(struct findings *f, struct keyring *keyring, const struct brain_conf *b,
            enum brain_id id)
{
    const struct model_conf *model = config_model(b, b->model);
    struct err err = {0};
    char *key = NULL;
    if (keyring_get(keyring, &b->api_key, -1, &key, &err))
        finding_add(f, brain_id_name(id), true,
                    xasprintf("%s %s, model %s (not called)%s", provider_name(b->provider),
                              b->base_url, model->id, warm_up_text(b)),
                    NULL);
    else
        finding_add(f, brain_id_name(id), false,
                    xasprintf("%s: %s", provider_name(b->provider), err.text), key_remedy(b));
    secret_free(&key);
}

void
doctor_check_brain(struct findings *f, struct http *http, struct keyring *keyring,
                   const struct config *config, enum brain_id id)
{
    const struct brain_conf *b = &config->brains[id];
    const struct model_conf *model = config_model(b, b->model);
    if (!http || b->provider == PROVIDER_PLAYBACK) {
        check_alone(f, keyring, b, id);
        return;
    }
    if (isatty(STDERR_FILENO))
        out_say("berdua: asking %s for one token, for at most %d s (--offline asks nobody)\n",
                brain_id_name(id), b->limits.timeout_ms / 1000);
    struct answer a = {0};
    answer_init(&a, id);
    ask_one_token(b, id, http, keyring, &a);
    if (token_came(&a)) {
        char *cost = cost_text(model, &a);
        finding_add(f, brain_id_name(id), true,
                    xasprintf("%s %s answers in %.0f ms, model %s (asked for %s)%s",
                              provider_name(b->provider), b->base_url,
                              (double)a.times.total_us / US_PER_MS, model->id, cost,
                              warm_up_text(b)),
                    NULL);
        free(cost);
    } else {
        report_failure(f, b, id, http, keyring, &a);
    }
    answer_finish(&a);
}

/* ---- servers of this machine ---- */

struct local_get {
    struct buf body;
    int64_t until_us;
};

static bool
take_body(void *arg, const char *p, size_t n)
{
    return buf_append(&((struct local_get *)arg)->body, p, n);
}

static int64_t
local_deadline(void *arg)
{
    return ((struct local_get *)arg)->until_us;
}

/* The first model that a server on this port of this machine offers; NULL: no such server. */
static char *
local_model(struct http *http, int port)
{
    struct local_get get = {.until_us = clock_us() + 1500 * US_PER_MS};
    buf_init(&get.body, 1 << 20);
    struct http_request req = {.method = "GET",
                               .url = xasprintf("http://127.0.0.1:%d/v1/models", port),
                               .connect_ms = 300,
                               .allow_gzip = true};
    struct http_hooks hooks = {.arg = &get, .body = take_body, .deadline = local_deadline};
    struct http_report report = {0};
    char *model = NULL;
    if (http_perform(http, &req, &hooks, NULL, &report, NULL) == HTTP_OK && report.status == 200) {
        struct json *v = json_parse(get.body.p, get.body.len, NULL);
        model = xstrdup(json_get_str(json_first(json_get(v, "data")), "id"));
        json_free(v);
    }
    http_request_finish(&req);
    buf_finish(&get.body);
    return model;
}

void
doctor_look_around(struct findings *f, struct http *http, const struct config *config)
{
    static const struct {
        int port;
        const char *what;
    } usual[] = {{8080, "llama-server"}, {9931, "llama-server"}, {11434, "Ollama"}, {8000, "vLLM"}};
    for (size_t i = 0; i < ARRAY_LEN(usual); i++) {
        char *model = local_model(http, usual[i].port);
        if (!model)
            continue;
        char *url = xasprintf("http://127.0.0.1:%d/v1", usual[i].port);
        struct buf name;
        buf_init(&name, SIZE_MAX);
        conf_append_text(&name, model);
        bool used = strcmp(config->brains[BRAIN_LLAMA].base_url, url) == 0;
        finding_add(f, "local", true,
                    xasprintf("%s on port %d offers %s%s", usual[i].what, usual[i].port, model,
                              used ? " (in use)" : ""),
                    used ? NULL
                         : xasprintf("to use it, in the configuration:\n"
                                     "brains:\n  llama:\n    provider: openai\n    base_url: %s\n"
                                     "    models: {fast: {id: %s}}",
                                     url, name.p));
        buf_finish(&name);
        free(url);
        free(model);
    }
}
