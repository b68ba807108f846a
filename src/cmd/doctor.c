/* berdua doctor: reaches each brain and names the problem and the remedy. */
#include <langinfo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/brain/brain.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/knowledge/knowledge.h"
#include "berdua/net/http.h"
#include "berdua/store/query.h"
#include "berdua/store/spend_store.h"
#include "cmd.h"
#include "out.h"

struct finding {
    /* "config", "store", "budget", "terminal", "libcurl", "claude", "llama", "embeddings", "chroma", "local" */
    char *what;
    bool ok;
    char *text;
    char *remedy; /* NULL: none needed */
};

struct report {
    struct finding *v;
    size_t count;
};

static void
add_finding(struct report *r, const char *what, bool ok, char *take_text, char *take_remedy)
{
    r->v = xreallocarray(r->v, r->count + 1, sizeof *r->v);
    r->v[r->count++] = (struct finding){xstrdup(what), ok, take_text, take_remedy};
}

static void
report_finish(struct report *r)
{
    for (size_t i = 0; i < r->count; i++) {
        free(r->v[i].what);
        free(r->v[i].text);
        free(r->v[i].remedy);
    }
    free(r->v);
}

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

static bool
says(const struct answer_error *e, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = e->message; p && *p; p++)
        if (strncasecmp(p, word, n) == 0)
            return true;
    return false;
}

static char *
connect_remedy(const struct brain_conf *b, const struct answer_error *e)
{
    if (says(e, "resolve"))
        return xasprintf("no such host: is base_url (%s) spelt right, and does DNS work here?",
                         b->base_url);
    if (strstr(b->base_url, "//127.") || strstr(b->base_url, "//localhost") ||
        strstr(b->base_url, "//[::1]"))
        return xasprintf("nothing answers at %s: start the server there (llama-server, ollama "
                         "serve), or set base_url to where it is",
                         b->base_url);
    return xasprintf("is %s right, and is the server running? (port, firewall, https_proxy)",
                     b->base_url);
}

static char *
tls_remedy(const struct answer_error *e)
{
    if (says(e, "certificate") || says(e, "verif") || says(e, "subject") || says(e, "issuer"))
        return xstrdup("the certificate does not verify: check the host name, the clock, and "
                       "ca-certificates (SSL_CERT_FILE for a private authority)");
    return xstrdup(
        "the server does not speak TLS at this port: is the port right, or is it http:// "
        "that base_url wants?");
}

static char *
remedy(const struct brain_conf *b, const struct answer_error *e, const char *names)
{
    switch (e->kind) {
    case ERR_CONNECT:
        return connect_remedy(b, e);
    case ERR_TLS:
        return tls_remedy(e);
    case ERR_AUTH:
        return key_remedy(b);
    case ERR_NOT_FOUND:
        return names && *names ? xasprintf("set models.*.id to one it offers: %s", names)
                               : xasprintf("check base_url (%s) and the model's id", b->base_url);
    case ERR_TIMEOUT:
    case ERR_STALLED:
        return xstrdup("no answer in time: a cold start can take minutes; try again, or raise "
                       "first_token_ms");
    case ERR_RATE_LIMIT:
    case ERR_OVERLOADED:
    case ERR_SERVER:
        if (says(e, "loading"))
            return xstrdup("the server is loading its model (a cold start); wait and try again");
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

/* ---- checks ---- */

static void
check_brain(struct report *r, struct http *http, enum brain_id id, const struct brain_conf *b,
            bool offline)
{
    const char *name = brain_id_name(id);
    const struct model_conf *model = config_model(b, b->model);
    struct err err = {0};
    char *key = NULL;
    if (!secret_resolve(&b->api_key, NULL, &key, &err) && b->provider != PROVIDER_OPENAI) {
        add_finding(r, name, false, xasprintf("%s: %s", provider_name(b->provider), err.text),
                    key_remedy(b));
        return;
    }
    if (offline || b->provider == PROVIDER_PLAYBACK) {
        add_finding(r, name, true,
                    xasprintf("%s %s, model %s (not called)", provider_name(b->provider),
                              b->base_url, model->id),
                    NULL);
        secret_free(&key);
        return;
    }
    struct answer_error error = {0};
    struct buf names;
    buf_init(&names, 4096);
    int64_t begin = clock_us();
    bool ok = brain_probe(b, http, key, model, &error, &names);
    double ms = (double)(clock_us() - begin) / US_PER_MS;
    if (key) {
        secret_redact(names.p, key); /* a server's list of models may contain the key */
        names.len = strlen(names.p);
    }
    for (size_t i = 0; i < names.len; i++)
        if (names.p[i] == '\n')
            names.p[i] = i + 1 < names.len ? ' ' : 0;
    if (ok)
        add_finding(r, name, true,
                    xasprintf("%s %s answers in %.0f ms, model %s", provider_name(b->provider),
                              b->base_url, ms, model->id),
                    NULL);
    else
        add_finding(r, name, false,
                    xasprintf("%s %s: %s: %s", provider_name(b->provider), b->base_url,
                              error_kind_name(error.kind),
                              error.message ? error.message : "no reason given"),
                    remedy(b, &error, names.p));
    free(error.message);
    free(error.request_id);
    buf_finish(&names);
    secret_free(&key);
}

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

static void
look_around(struct report *r, struct http *http, const struct config *config)
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
        bool used = strcmp(config->brains[BRAIN_LLAMA].base_url, url) == 0;
        add_finding(r, "local", true,
                    xasprintf("%s on port %d offers %s%s", usual[i].what, usual[i].port, model,
                              used ? " (in use)" : ""),
                    used ? NULL
                         : xasprintf("to use it, in the configuration:\n"
                                     "brains:\n  llama:\n    provider: openai\n    base_url: %s\n"
                                     "    models: {fast: {id: \"%s\"}}",
                                     url, model));
        free(url);
        free(model);
    }
}

static void
check_store(struct report *r, const struct config *config)
{
    struct err err = {0};
    struct store *q = store_open(config->store_url, &err);
    int64_t tallies[VERDICT_KIND_COUNT];
    bool ok = q && query_tallies(q, NULL, tallies, &err);
    int64_t verdicts = 0;
    for (int k = VERDICT_CLAUDE; ok && k <= VERDICT_BOTH_BAD; k++)
        verdicts += tallies[k];
    add_finding(r, "store", ok,
                ok ? xasprintf("%s, %lld verdicts", config->store_url, (long long)verdicts)
                   : xstrdup(err.text),
                ok ? NULL : xstrdup("move the file away, or name another with --db FILE"));
    store_close(&q);
}

/* The month's cost against the budget, when there is one. */
static void
check_budget(struct report *r, const struct config *config)
{
    struct err err = {0};
    struct spend spend;
    double cap = config->budget.usd_per_month;
    if (isnan(cap))
        return;
    struct spend_store *s = spend_store_open(config->store_url, &err);
    bool read = s && spend_since(s, month_start(clock_wall_us()), cap, &spend, &err);
    spend_store_close(&s);
    if (!read) {
        add_finding(r, "budget", false, xstrdup(err.text), NULL);
        return;
    }
    bool claude = spend_stops(&spend, BRAIN_CLAUDE, cap),
         llama = spend_stops(&spend, BRAIN_LLAMA, cap);
    add_finding(r, "budget", !claude && !llama,
                xasprintf("%.4g of %.4g USD spent this month (claude %.4g, llama %.4g)%s%s",
                          spend_total(&spend), cap, spend.usd[BRAIN_CLAUDE], spend.usd[BRAIN_LLAMA],
                          spend.unknown ? "; some costs are not known" : "",
                          claude && llama ? "; both are stopped"
                          : claude        ? "; Claude is stopped"
                          : llama         ? "; LLAMA is stopped"
                                          : ""),
                claude || llama
                    ? xstrdup("raise budget.usd_per_month to go on before the month is over")
                    : NULL);
}

/* libcurl is loaded on first use, so a missing one would otherwise be reported only at the first message. */
static void
check_libcurl(struct report *r)
{
    const char *version = http_library();
    add_finding(r, "libcurl", version, xstrdup(version ? version : http_why_none()),
                version ? NULL : xstrdup("install libcurl (Debian: libcurl4)"));
}

static void
check_terminal(struct report *r)
{
    const char *term = getenv("TERM");
    bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    bool dumb = !term || !*term || strcmp(term, "dumb") == 0;
    add_finding(r, "terminal", utf8,
                xasprintf("TERM=%s, %s%s", term ? term : "", nl_langinfo(CODESET),
                          dumb ? ", the chat is linear here" : ""),
                utf8 ? NULL : xstrdup("use a UTF-8 locale: export LANG=C.UTF-8"));
}

static void
add_knowledge(void *arg, const char *what, bool ok, const char *text, const char *remedy)
{
    add_finding(arg, what, ok, xstrdup(text), xstrdup(remedy));
}

/* ---- output ---- */

static void
print_report(const struct report *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct buf line;
        buf_init(&line, SIZE_MAX);
        buf_printf(&line, "%-9s %-7s %s\n", r->v[i].what, r->v[i].ok ? "ok" : "FAILED",
                   r->v[i].text);
        for (const char *p = r->v[i].remedy; p && *p;) {
            size_t n = strcspn(p, "\n");
            buf_printf(&line, "%17s %.*s\n", p == r->v[i].remedy ? "→" : "", (int)n, p);
            p += n + (p[n] == '\n');
        }
        out_text(stdout, line.p, line.len);
        buf_finish(&line);
    }
}

static void
print_report_json(const struct report *r, bool ok)
{
    struct json *o = json_object(), *list = json_array();
    for (size_t i = 0; i < r->count; i++) {
        struct json *f = json_object();
        json_add_str(f, "what", r->v[i].what);
        json_add_bool(f, "ok", r->v[i].ok);
        json_add_str(f, "text", r->v[i].text);
        json_add_str(f, "remedy", r->v[i].remedy);
        json_push(list, f);
    }
    json_add_bool(o, "ok", ok);
    json_add_str(o, "version", BERDUA_VERSION);
    json_add(o, "findings", list);
    out_json(stdout, o);
}

enum { OPT_JSON, OPT_OFFLINE };

static const struct cmd_option options[] = {[OPT_JSON] = {"json"}, [OPT_OFFLINE] = {"offline"}};

static int
work_doctor(const struct cmd_args *a, struct err *err)
{
    bool offline = a->values[OPT_OFFLINE] != NULL;
    const struct config *config = a->config;
    (void)err;
    struct report r = {0};
    bool there = access(conf_path(a->conf), R_OK) == 0;
    add_finding(&r, "config", true,
                xasprintf("%s%s", conf_path(a->conf), there ? "" : " (no file: defaults in use)"),
                there ? NULL : xstrdup("berdua config init writes one with every key explained"));
    check_store(&r, config);
    check_budget(&r, config);
    check_terminal(&r);
    check_libcurl(&r);
    struct http *http = offline ? NULL : http_create(NULL);
    for (int b = 0; b < BRAIN_COUNT; b++)
        check_brain(&r, http, (enum brain_id)b, &config->brains[b], offline || !http);
    struct keyring *keyring = keyring_create();
    knowledge_probe(config, keyring, http, add_knowledge, &r);
    keyring_destroy(&keyring);
    if (http)
        look_around(&r, http, config);
    bool ok = true;
    for (size_t i = 0; i < r.count; i++)
        ok = ok && r.v[i].ok;
    if (a->values[OPT_JSON])
        print_report_json(&r, ok);
    else
        print_report(&r);
    report_finish(&r);
    http_destroy(&http);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_doctor = {
    .name = "doctor",
    CMD_TABLE(option, options),
    .help = "what works, what does not, and the remedy",
    .work = work_doctor,
};
