#include "berdua/net/http.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/cancel.h"

enum {
    MAX_HEADER_BYTES = 128 << 10,
    RECEIVE_BYTES = 64 << 10,
    KEEP_CONNECTION_S = 300,
    KEEPALIVE_S = 60,
    MAX_POLL_MS = 60000
};
static const size_t default_max_body = (size_t)64 << 20;

/* ---- the library, loaded when first used: linking it would triple the time to the first paint ---- */

#define FUNCTIONS(X)                                                                               \
    X(global_init)                                                                                 \
    X(version)                                                                                     \
    X(free)                                                                                        \
    X(slist_append)                                                                                \
    X(slist_free_all)                                                                              \
    X(easy_init)                                                                                   \
    X(easy_cleanup)                                                                                \
    X(easy_reset)                                                                                  \
    X(easy_setopt)                                                                                 \
    X(easy_getinfo)                                                                                \
    X(easy_strerror)                                                                               \
    X(multi_init)                                                                                  \
    X(multi_cleanup)                                                                               \
    X(multi_setopt)                                                                                \
    X(multi_strerror)                                                                              \
    X(multi_add_handle)                                                                            \
    X(multi_remove_handle)                                                                         \
    X(multi_perform)                                                                               \
    X(multi_poll)                                                                                  \
    X(multi_wakeup)                                                                                \
    X(multi_info_read)                                                                             \
    X(url)                                                                                         \
    X(url_cleanup)                                                                                 \
    X(url_set)                                                                                     \
    X(url_get)

/* Written once under pthread_once, read-only afterwards. */
static struct {
#define X(name) __typeof__(curl_##name) *name;
    FUNCTIONS(X)
#undef X
    bool loaded;
    char why_not[200];
} lib;
static pthread_once_t lib_once = PTHREAD_ONCE_INIT;

/* libcurl brings GnuTLS along for protocols that are not spoken here, besides its own TLS library. Asked
 * by this name, which the program exports, GnuTLS does not start itself when it is loaded: that would
 * cost 0.8 MB. A libcurl whose TLS it is starts it explicitly. */
int _gnutls_global_init_skip(void);
int
_gnutls_global_init_skip(void)
{
    return 1;
}

static void
load(void)
{
#ifdef __APPLE__
    static const char *const names[] = {"libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"};
#else
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif
    void *so = NULL;
    for (size_t i = 0; i < ARRAY_LEN(names) && !so; i++)
        so = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!so) {
        snprintf(lib.why_not, sizeof lib.why_not, "cannot load %s: %s", names[0], dlerror());
        return;
    }
#define X(name)                                                                                    \
    *(void **)&lib.name = dlsym(so, "curl_" #name);                                                \
    if (!lib.name) {                                                                               \
        snprintf(lib.why_not, sizeof lib.why_not, "this libcurl lacks curl_" #name);               \
        return;                                                                                    \
    }
    FUNCTIONS(X)
#undef X
    CURLcode rc = lib.global_init(CURL_GLOBAL_DEFAULT);
    if (rc != CURLE_OK) {
        snprintf(lib.why_not, sizeof lib.why_not, "libcurl: %s", lib.easy_strerror(rc));
        return;
    }
    lib.loaded = true;
}

const char *
http_version(void)
{
    pthread_once(&lib_once, load);
    return lib.loaded ? lib.version() : lib.why_not;
}

/* ---- requests ---- */

struct http {
    CURLM *multi;
    CURL *easy;
    char *ca_file; /* SSL_CERT_FILE, which libcurl does not look at by itself */
    char *ca_path; /* SSL_CERT_DIR */
    char reason[CURL_ERROR_SIZE];
    struct buf headers; /* name NUL value NUL … of the newest response */
    /* the current transfer */
    const struct http_hooks *hooks;
    struct http_report *report;
    size_t max_body;
    int64_t began_us;
    int sent;   /* how often the library was about to send the request */
    bool stale; /* it wanted to send it again by itself */
    bool head_seen;
    bool too_large;
    bool stopped;
};

void
http_request_finish(struct http_request *r)
{
    for (size_t i = 0; i < r->header_count; i++) {
        free(r->headers[i].name);
        free(r->headers[i].value);
    }
    free(r->headers);
    free(r->url);
    free(r->body);
    *r = (struct http_request){0};
}

void
http_request_add_header(struct http_request *r, const char *name, const char *value)
{
    r->headers = xreallocarray(r->headers, r->header_count + 1, sizeof *r->headers);
    r->headers[r->header_count++] =
        (struct http_header){.name = xstrdup(name), .value = xstrdup(value)};
}

struct http *
http_create(struct err *err)
{
    pthread_once(&lib_once, load);
    if (!lib.loaded) {
        err_set(err, "%s", lib.why_not);
        return NULL;
    }
    struct http *h = xcalloc(1, sizeof *h);
    buf_init(&h->headers, MAX_HEADER_BYTES);
    h->multi = lib.multi_init();
    h->easy = lib.easy_init();
    if (!h->multi || !h->easy) {
        err_set(err, "libcurl cannot start");
        http_destroy(&h);
        return NULL;
    }
    const char *file = getenv("SSL_CERT_FILE");
    const char *path = getenv("SSL_CERT_DIR");
    h->ca_file = file && *file ? xstrdup(file) : NULL;
    h->ca_path = path && *path ? xstrdup(path) : NULL;
    return h;
}

void
http_destroy(struct http **hp)
{
    struct http *h = *hp;
    *hp = NULL;
    if (!h)
        return;
    if (h->easy)
        lib.easy_cleanup(h->easy);
    if (h->multi)
        lib.multi_cleanup(h->multi);
    buf_finish(&h->headers);
    free(h->ca_file);
    free(h->ca_path);
    free(h);
}

const char *
http_header_get(const struct http *h, const char *name)
{
    const char *p = h->headers.p;
    const char *end = p + h->headers.len;
    while (p < end) {
        const char *value = p + strlen(p) + 1;
        if (strcasecmp(p, name) == 0)
            return value;
        p = value + strlen(value) + 1;
    }
    return NULL;
}

/* ---- what libcurl calls ---- */

static int
on_connected(void *arg, char *ip, char *local_ip, int port, int local_port)
{
    struct http *h = arg;
    (void)ip;
    (void)local_ip;
    (void)port;
    (void)local_port;
    if (h->sent++ > 0) {
        /* The kept connection was dead, and libcurl would send the request once more unasked. The
         * peer may have worked on it already and may bill it twice: the caller shall decide. */
        h->stale = true;
        return CURL_PREREQFUNC_ABORT;
    }
    long connects = 0;
    lib.easy_getinfo(h->easy, CURLINFO_NUM_CONNECTS, &connects);
    h->report->reused = connects == 0;
    h->report->connect_us = h->report->reused ? 0 : clock_us() - h->began_us;
    if (h->hooks && h->hooks->connected)
        h->hooks->connected(h->hooks->arg, h->report->connect_us, h->report->reused);
    return CURL_PREREQFUNC_OK;
}

/* "HTTP/1.1 200 OK", "HTTP/2 200"; 0 when it is not a status line. */
static int
status_of(const char *p, size_t n)
{
    if (n < 5 || memcmp(p, "HTTP/", 5) != 0)
        return 0;
    const char *sp = memchr(p, ' ', n);
    if (!sp || p + n - sp < 4)
        return 0;
    int status = 0;
    for (int i = 1; i <= 3; i++) {
        if (sp[i] < '0' || sp[i] > '9')
            return 0;
        status = status * 10 + (sp[i] - '0');
    }
    return status;
}

static bool
keep_header(struct http *h, const char *p, size_t n)
{
    const char *colon = memchr(p, ':', n);
    if (!colon || memchr(p, 0, n))
        return true; /* not a header one could ask for */
    const char *value = colon + 1;
    const char *end = p + n;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return buf_append(&h->headers, p, (size_t)(colon - p)) && buf_append_char(&h->headers, 0) &&
           buf_append(&h->headers, value, (size_t)(end - value)) && buf_append_char(&h->headers, 0);
}

static size_t
on_header(char *p, size_t one, size_t count, void *arg)
{
    struct http *h = arg;
    size_t n = one * count;
    size_t len = n;
    while (len && (p[len - 1] == '\n' || p[len - 1] == '\r'))
        len--;
    int status = status_of(p, len);
    if (status) {
        buf_clear(&h->headers);
        h->report->status = status;
    } else if (len == 0) {
        bool final = h->report->status >= 200 && !h->head_seen; /* not 1xx, not trailers */
        h->head_seen = h->head_seen || final;
        if (final && h->hooks && h->hooks->head)
            h->hooks->head(h->hooks->arg, h->report->status);
    } else if (!keep_header(h, p, len)) {
        h->too_large = true;
        return 0;
    }
    return n;
}

static size_t
on_body(char *p, size_t one, size_t count, void *arg)
{
    struct http *h = arg;
    size_t n = one * count;
    if (n > h->max_body - (size_t)h->report->body_bytes) {
        h->too_large = true;
        return 0;
    }
    h->report->body_bytes += (int64_t)n;
    if (h->hooks && h->hooks->body && !h->hooks->body(h->hooks->arg, p, n)) {
        h->stopped = true;
        return 0;
    }
    return n;
}

/* ---- one transfer ---- */

struct target {
    char host[256];
    bool plain; /* http */
    bool loopback;
};

static bool
is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    char bare[64];
    size_t n = strlen(host);
    if (strcasecmp(host, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (n < 3 || n > sizeof bare || host[0] != '[' || host[n - 1] != ']')
        return false;
    memcpy(bare, host + 1, n - 2);
    bare[n - 2] = 0;
    return inet_pton(AF_INET6, bare, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

/* Parsed by the library itself, so that it cannot see another host than we judge. */
static bool
parse_target(const struct http_request *req, struct target *t, struct err *err)
{
    char *scheme = NULL;
    char *host = NULL;
    CURLU *u = lib.url();
    bool ok = u && lib.url_set(u, CURLUPART_URL, req->url, 0) == CURLUE_OK &&
              lib.url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
              lib.url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK;
    if (!ok) {
        err_set(err, "not a usable address: %.200s", req->url);
        goto out;
    }
    snprintf(t->host, sizeof t->host, "%s", host);
    t->plain = strcasecmp(scheme, "http") == 0;
    t->loopback = is_loopback(host);
    if (!t->plain && strcasecmp(scheme, "https") != 0)
        ok = err_set(err, "%.200s: only https and http can be spoken", req->url);
    else if (t->plain && !t->loopback && !req->allow_http)
        ok = err_set(err, "%.200s: plain http is for loopback only (allow_http: true permits it)",
                     req->url);
out:
    lib.free(scheme);
    lib.free(host);
    lib.url_cleanup(u);
    return ok;
}

/* NULL with a reason: a header that would smuggle in another. */
static struct curl_slist *
make_headers(const struct http_request *req, struct err *err)
{
    /* No waiting for "100 Continue". Unless allowed, no encoding is asked for; one sent all the same
     * is still decoded. */
    struct curl_slist *list = lib.slist_append(NULL, "Expect:");
    if (!req->allow_gzip)
        list = lib.slist_append(list, "Accept-Encoding:");
    for (size_t i = 0; i < req->header_count; i++) {
        const struct http_header *hd = &req->headers[i];
        if (strpbrk(hd->name, "\r\n:") || strpbrk(hd->value, "\r\n")) {
            err_set(err, "the value of header %.60s holds a line break", hd->name);
            lib.slist_free_all(list);
            return NULL;
        }
        char *line = xasprintf("%s: %s", hd->name, hd->value);
        list = lib.slist_append(list, line);
        mem_wipe(line, strlen(line));
        free(line);
    }
    return list;
}

static void
free_headers(struct curl_slist *list)
{
    for (struct curl_slist *l = list; l; l = l->next)
        mem_wipe(l->data, strlen(l->data));
    lib.slist_free_all(list);
}

#define SET(option, value) lib.easy_setopt(h->easy, option, value)

static void
set_safety(struct http *h, const struct http_request *req, const struct target *t)
{
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROTOCOLS_STR, t->plain ? "http" : "https");
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    if (h->ca_file)
        SET(CURLOPT_CAINFO, h->ca_file);
    if (h->ca_path)
        SET(CURLOPT_CAPATH, h->ca_path);
    if (t->loopback)
        SET(CURLOPT_NOPROXY, "*");
    if (req->connect_ms > 0)
        SET(CURLOPT_CONNECTTIMEOUT_MS, (long)req->connect_ms);
    SET(CURLOPT_QUICK_EXIT, 1L); /* a cancel does not wait for the resolver */
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    SET(CURLOPT_TCP_KEEPALIVE, 1L);
    SET(CURLOPT_TCP_KEEPIDLE, (long)KEEPALIVE_S);
    SET(CURLOPT_TCP_KEEPINTVL, (long)KEEPALIVE_S);
    SET(CURLOPT_MAXAGE_CONN, (long)KEEP_CONNECTION_S);
}

static void
set_request(struct http *h, const struct http_request *req, struct curl_slist *headers)
{
    SET(CURLOPT_URL, req->url);
    SET(CURLOPT_HTTPHEADER, headers);
    SET(CURLOPT_USERAGENT, "berdua/" BERDUA_VERSION);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    if (strcmp(req->method, "POST") == 0) {
        SET(CURLOPT_POST, 1L);
        SET(CURLOPT_POSTFIELDS, req->body ? req->body : "");
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(req->body ? req->body_len : 0));
    } else {
        SET(CURLOPT_HTTPGET, 1L);
    }
    SET(CURLOPT_BUFFERSIZE, (long)RECEIVE_BYTES);
    SET(CURLOPT_ERRORBUFFER, h->reason);
    SET(CURLOPT_PREREQFUNCTION, on_connected);
    SET(CURLOPT_PREREQDATA, h);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, h);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, h);
}

static void
wake(void *arg)
{
    lib.multi_wakeup(arg);
}

/* Runs the added transfer. HTTP_OK: it has ended, *rc says how. */
static enum http_outcome
run(struct http *h, struct cancel *cancel, CURLcode *rc, struct err *err)
{
    for (;;) {
        int running = 0;
        CURLMcode mc = lib.multi_perform(h->multi, &running);
        if (h->hooks && h->hooks->before_wait)
            h->hooks->before_wait(h->hooks->arg);
        if (mc != CURLM_OK) {
            err_set(err, "libcurl: %s", lib.multi_strerror(mc));
            return HTTP_LIBRARY;
        }
        if (!running)
            break;
        if (cancel_fired(cancel))
            return HTTP_CANCELLED;
        int wait_ms = MAX_POLL_MS;
        if (h->hooks && h->hooks->deadline) {
            int64_t at = h->hooks->deadline(h->hooks->arg);
            int64_t left = at == NEVER_US ? NEVER_US : at - clock_us();
            if (left <= 0)
                return HTTP_DEADLINE;
            if (left / US_PER_MS < MAX_POLL_MS)
                wait_ms = (int)(left / US_PER_MS) + 1;
        }
        lib.multi_poll(h->multi, NULL, 0, wait_ms, NULL);
    }
    int left = 0;
    CURLMsg *msg = lib.multi_info_read(h->multi, &left);
    *rc = msg ? msg->data.result : CURLE_FAILED_INIT;
    return HTTP_OK;
}

static enum http_outcome
outcome_of(const struct http *h, CURLcode rc)
{
    if (h->too_large)
        return HTTP_TOO_LARGE;
    if (h->stopped)
        return HTTP_STOPPED;
    if (h->stale)
        return HTTP_CUT;
    switch ((int)rc) {
    case CURLE_OK:
        return HTTP_OK;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT: /* only the time to connect is limited there */
    case CURLE_PROXY:
        return HTTP_CONNECT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return HTTP_TLS;
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return h->sent ? HTTP_CUT : HTTP_CONNECT;
    case CURLE_URL_MALFORMAT:
        return HTTP_BAD_URL;
    default:
        return HTTP_LIBRARY;
    }
}

static void
explain(const struct http *h, enum http_outcome o, CURLcode rc, const char *host, struct err *err)
{
    const char *reason = h->reason[0] ? h->reason : lib.easy_strerror(rc);
    if (o == HTTP_TOO_LARGE)
        err_set(err,
                "%.200s: the response is larger than its cap (%zu bytes of body, %d of header)",
                host, h->max_body, (int)MAX_HEADER_BYTES);
    else if (h->stale)
        err_set(err, "%.200s: the kept connection was closed by the server", host);
    else if (o != HTTP_OK && o != HTTP_STOPPED)
        err_set(err, "%.200s: %.250s", host, reason);
}

enum http_outcome
http_perform(struct http *h, const struct http_request *req, const struct http_hooks *hooks,
             struct cancel *cancel, struct http_report *report, struct err *err)
{
    struct http_report unused = {0};
    struct target target = {0};
    CURLcode rc = CURLE_OK;
    enum http_outcome outcome = HTTP_BAD_URL;

    h->began_us = clock_us();
    h->hooks = hooks;
    h->report = report ? report : &unused;
    *h->report = (struct http_report){0};
    h->max_body = req->max_body_bytes ? req->max_body_bytes : default_max_body;
    h->sent = 0;
    h->stale = h->head_seen = h->too_large = h->stopped = false;
    h->reason[0] = 0;
    buf_clear(&h->headers);
    if (!parse_target(req, &target, err))
        return HTTP_BAD_URL;
    struct curl_slist *headers = make_headers(req, err);
    if (!headers)
        return HTTP_LIBRARY;
    lib.easy_reset(h->easy); /* options go, connections stay */
    set_safety(h, req, &target);
    set_request(h, req, headers);
    cancel_set_waker(cancel, wake, h->multi);
    CURLMcode mc = lib.multi_add_handle(h->multi, h->easy);
    if (mc == CURLM_OK) {
        outcome = run(h, cancel, &rc, err);
        lib.multi_remove_handle(h->multi, h->easy);
    } else {
        outcome = HTTP_LIBRARY;
        err_set(err, "libcurl: %s", lib.multi_strerror(mc));
    }
    cancel_set_waker(cancel, NULL, NULL);
    if (outcome == HTTP_OK) {
        outcome = outcome_of(h, rc);
        explain(h, outcome, rc, target.host, err);
    }
    free_headers(headers);
    h->hooks = NULL;
    h->report = NULL;
    return outcome;
}
