#include "berdua/net/http.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/host.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/core/cancel.h"
#include "http_state.h"
#include "proxy.h"

enum { RECEIVE_BYTES = 64 << 10, KEEP_CONNECTION_S = 300, KEEPALIVE_S = 60, BEHIND_MS = 2000 };
static const size_t default_max_body = (size_t)64 << 20;

const char *
http_library(void)
{
    return libcurl_load() ? NULL : lib.version();
}

const char *
http_why_none(void)
{
    const char *why = libcurl_load();
    return why ? why : "libcurl cannot start";
}

struct http *
http_create(struct err *err)
{
    if (libcurl_load()) {
        err_set(err, "%s", http_why_none());
        return NULL;
    }
    struct http *h = xcalloc(1, sizeof *h);
    buf_init(&h->headers, MAX_HEADER_BYTES);
    h->multi = lib.multi_init();
    h->easy = lib.easy_init();
    if (!h->multi || !h->easy) {
        err_set(err, "%s", http_why_none());
        http_destroy(&h);
        return NULL;
    }
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
    h->easy = NULL; /* kept connections are closed only now, by close_socket */
    if (h->multi)
        lib.multi_cleanup(h->multi);
    buf_finish(&h->headers);
    free(h);
}

const char *
http_header_get(const struct http *h, const char *name)
{
    return head_find(&h->headers, name);
}

const char *
http_proxy(const struct http *h)
{
    return h->proxy ? proxy_shown(h->proxy) : NULL;
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
    CURLcode rc = lib.easy_getinfo(h->easy, CURLINFO_NUM_CONNECTS, &connects);
    h->report->reused = rc == CURLE_OK && connects == 0;
    h->report->connect_us = h->report->reused ? 0 : clock_us() - h->began_us;
    if (h->hooks && h->hooks->connected)
        h->hooks->connected(h->hooks->arg, h->report->connect_us, h->report->reused);
    return CURL_PREREQFUNC_OK;
}

static size_t
on_header(char *p, size_t one, size_t count, void *arg)
{
    struct http *h = arg;
    size_t n = one * count;
    size_t len = n;
    while (len && (p[len - 1] == '\n' || p[len - 1] == '\r'))
        len--;
    int status = head_status(p, len);
    h->header_bytes += n;
    if (h->header_bytes > MAX_HEADER_BYTES) {
        h->too_large = true;
        return 0;
    }
    if (status) {
        buf_clear(&h->headers);
        h->report->status = status;
    } else if (len == 0) {
        bool final = h->report->status >= 200 &&
                     !h->head_seen; /* neither an informational head (1xx) nor trailers */
        h->head_seen = h->head_seen || final;
        if (final && h->hooks && h->hooks->head)
            h->hooks->head(h->hooks->arg, h->report->status);
    } else if (!head_keep(&h->headers, p, len)) {
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
    if (!h->report->status) {
        h->no_http = true;
        /* type 21, version 3.x, length 2 */
        h->tls_alert =
            n >= 3 && p[0] == 21 && p[1] == 3 && (n < 4 || p[3] == 0) && (n < 5 || p[4] == 2);
        return 0;
    }
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

/* A socket that no child inherits; libcurl's own way leaves it open on exec. */
static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
    struct http *h = arg;
    (void)purpose;
#ifdef SOCK_CLOEXEC
    int fd = socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
#else
    int fd = socket(a->family, a->socktype, a->protocol);
    if (fd >= 0)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
#endif
    if (h->socket_count < MAX_SOCKETS)
        h->sockets[h->socket_count++] = fd;
    return fd;
}

static int
close_socket(void *arg, curl_socket_t fd)
{
    struct http *h = arg;
    http_watch_handshake(h); /* a peer that speaks first may have been heard, and left, at once */
    for (int i = 0; i < h->socket_count; i++)
        if (h->sockets[i] == fd)
            h->sockets[i] = -1;
    return close(fd);
}

/* ---- one transfer ---- */

/* libcurl itself parses the address, so that the host that is judged here is the host it connects to. */
static bool
parse_target(const struct http_request *req, struct target *t, struct err *err)
{
    char *scheme = NULL;
    char *host = NULL;
    char *port = NULL;
    CURLU *u = lib.url();
    bool ok = u && lib.url_set(u, CURLUPART_URL, req->url, 0) == CURLUE_OK &&
              lib.url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
              lib.url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
              lib.url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK;
    if (!ok) {
        err_set(err, "not a usable address: %.200s", req->url);
        goto out;
    }
    snprintf(t->host, sizeof t->host, "%s", host);
    snprintf(t->place, sizeof t->place, "%.255s:%.8s", host, port);
    t->plain = strcasecmp(scheme, "http") == 0;
    t->loopback = host_is_loopback(host);
    t->proxy = t->loopback ? NULL : proxy_for(t->plain, host, (int)strtol(port, NULL, 10));
    snprintf(t->way, sizeof t->way, "%s%s%.100s", t->place, t->proxy ? " by the proxy " : "",
             t->proxy ? proxy_shown(t->proxy) : "");
    if (!t->plain && strcasecmp(scheme, "https") != 0)
        ok = err_set(err, "%.200s: only https and http can be spoken", req->url);
    else if (t->plain && !t->loopback && !req->allow_http)
        ok = err_set(err, "%.200s: plain http is for loopback only (allow_http: true permits it)",
                     req->url);
out:
    lib.free(scheme);
    lib.free(host);
    lib.free(port);
    lib.url_cleanup(u);
    return ok;
}

static struct curl_slist *
append_header(struct curl_slist *list, const char *line)
{
    struct curl_slist *longer = lib.slist_append(list, line);
    if (!longer)
        abort(); /* out of memory */
    return longer;
}

/* NULL with a reason when a value holds a line break, which would begin a header of its own. */
static struct curl_slist *
make_headers(const struct http_request *req, struct err *err)
{
    /* An empty "Expect:" keeps libcurl from waiting for "100 Continue". Without allow_gzip no encoding is
     * asked for; an encoded body that comes all the same is decoded. */
    struct curl_slist *list = append_header(NULL, "Expect:");
    if (!req->allow_gzip)
        list = append_header(list, "Accept-Encoding:");
    for (size_t i = 0; i < req->header_count; i++) {
        const struct http_header *hd = &req->headers[i];
        if (strpbrk(hd->name, "\r\n:") || strpbrk(hd->value, "\r\n")) {
            err_set(err, "the value of header %.60s holds a line break", hd->name);
            lib.slist_free_all(list);
            return NULL;
        }
        char *line = xasprintf("%s: %s", hd->name, hd->value);
        list = append_header(list, line);
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

static void
option_result(struct http *h, const char *name, CURLcode rc)
{
    if (rc == CURLE_OK || h->option_rc != CURLE_OK)
        return;
    h->option_rc = rc;
    h->option_name = name;
}

#define SET(option, value) option_result(h, #option, lib.easy_setopt(h->easy, option, value))

/* Which certificates are trusted beside libcurl's own, and who says so; NULL: nobody does. */
struct authorities {
    const char *file, *named_by, *folder;
};

static const char *
set_or_null(const char *text)
{
    return text && *text ? text : NULL;
}

/* libcurl does not look at these variables by itself. The order is that of the curl command. */
static struct authorities
authorities(const struct http_request *req)
{
    const char *own = set_or_null(req->ca_file), *bundle = set_or_null(getenv("CURL_CA_BUNDLE"));
    if (own || bundle)
        return (struct authorities){own ? own : bundle, own ? "ca_file" : "CURL_CA_BUNDLE", NULL};
    return (struct authorities){set_or_null(getenv("SSL_CERT_FILE")), "SSL_CERT_FILE",
                                set_or_null(getenv("SSL_CERT_DIR"))};
}

static bool
authorities_readable(const struct http_request *req, struct err *err)
{
    struct authorities a = authorities(req);
    struct err why = {0};
    return !a.file || path_check_plain(a.file, PATH_CERTIFICATES_BYTES, &why) ||
           err_set(err, "the certificates that %s names cannot be read: %s", a.named_by, why.text);
}

static void
set_safety(struct http *h, const struct http_request *req, const struct target *t)
{
    struct authorities trusted = authorities(req);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROTOCOLS_STR, t->plain ? "http" : "https");
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    if (trusted.file)
        SET(CURLOPT_CAINFO, trusted.file);
    if (trusted.folder)
        SET(CURLOPT_CAPATH, trusted.folder);
    SET(CURLOPT_PROXY, t->proxy ? t->proxy : "");
    SET(CURLOPT_NOPROXY, ""); /* net/proxy.c has looked at the environment */
    if (req->connect_ms > 0)  /* watched by drive_transfer, which sees how far it came */
        SET(CURLOPT_CONNECTTIMEOUT_MS, (long)req->connect_ms + BEHIND_MS);
    /* A cancel does not wait for the resolver; a libcurl that does not know the option does. */
    lib.easy_setopt(h->easy, CURLOPT_QUICK_EXIT, 1L);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, h);
    SET(CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    SET(CURLOPT_CLOSESOCKETDATA, h);
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
    SET(CURLOPT_HTTP09_ALLOWED, 1L); /* so that on_body sees what is not HTTP */
    /* After a failed look-up libcurl keeps its buffer, of this size, and does not take the option. */
    lib.easy_setopt(h->easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_BYTES);
    SET(CURLOPT_ERRORBUFFER, h->reason);
    SET(CURLOPT_PREREQFUNCTION, on_connected);
    SET(CURLOPT_PREREQDATA, h);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, h);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, h);
}

static void
wake_transfer(void *multi)
{
    lib.multi_wakeup(multi);
}

/* libcurl does not say that TCP has connected before TLS has, too; so the sockets themselves are asked. */
static enum http_phase
phase_of(const struct http *h)
{
    struct sockaddr_storage peer;
    if (h->sent)
        return h->report->body_bytes ? HTTP_RECEIVING : HTTP_WAITING;
    for (int i = 0; i < h->socket_count; i++) {
        socklen_t len = sizeof peer;
        if (h->secure && http_has_way(h) && h->sockets[i] >= 0 &&
            getpeername(h->sockets[i], (struct sockaddr *)&peer, &len) == 0)
            return HTTP_HANDSHAKE;
    }
    return h->socket_count ? HTTP_CONNECTING : HTTP_LOOKING_UP;
}

/* HTTP_OK: the transfer has ended, *rc says how. */
static enum http_outcome
drive_transfer(struct http *h, struct cancel *cancel, CURLcode *rc, struct err *err)
{
    for (;;) {
        int running = 0;
        http_watch_handshake(h);
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
        int64_t now = clock_us();
        int64_t at = h->hooks && h->hooks->deadline ? h->hooks->deadline(h->hooks->arg) : NEVER_US;
        if (now >= at)
            return HTTP_DEADLINE;
        if (!h->sent && now >= h->connect_by_us)
            return HTTP_CONNECT;
        if (!h->sent && h->connect_by_us < at)
            at = h->connect_by_us;
        int wait_ms = CLOCK_WATCH_MS;
        if (at != NEVER_US && (at - now) / US_PER_MS < CLOCK_WATCH_MS)
            wait_ms = (int)((at - now) / US_PER_MS) + 1;
        mc = lib.multi_poll(h->multi, NULL, 0, wait_ms, NULL);
        if (mc != CURLM_OK) {
            err_set(err, "libcurl: %s", lib.multi_strerror(mc));
            return HTTP_LIBRARY;
        }
    }
    int left = 0;
    CURLMsg *msg = lib.multi_info_read(h->multi, &left);
    *rc = msg ? msg->data.result : CURLE_FAILED_INIT;
    return HTTP_OK;
}

static enum http_outcome
try_transfer(struct http *h, struct cancel *cancel, CURLcode *rc, struct err *err)
{
    CURLMcode mc = lib.multi_add_handle(h->multi, h->easy);
    if (mc != CURLM_OK) {
        err_set(err, "libcurl: %s", lib.multi_strerror(mc));
        return HTTP_LIBRARY;
    }
    enum http_outcome outcome = drive_transfer(h, cancel, rc, err);
    if (outcome != HTTP_OK)
        h->report->phase = phase_of(h);
    if (outcome != HTTP_OK && h->report->phase == HTTP_LOOKING_UP)
        h->left_us[h->left_next++ % MAX_LOOKUPS_LEFT] = clock_us();
    lib.multi_remove_handle(h->multi, h->easy);
    return outcome;
}

/* libcurl's own clock ran on while the program was stopped. */
static bool
has_time_left(const struct http *h, CURLcode rc)
{
    return rc == CURLE_OPERATION_TIMEDOUT && !h->sent && h->connect_by_us != NEVER_US &&
           clock_us() < h->connect_by_us;
}

static enum http_outcome
run_transfer(struct http *h, struct cancel *cancel, CURLcode *rc, struct err *err)
{
    enum http_outcome outcome;
    clock_watch(true);
    cancel_set_waker(cancel, wake_transfer, h->multi);
    do
        outcome = try_transfer(h, cancel, rc, err);
    while (outcome == HTTP_OK && has_time_left(h, *rc));
    cancel_set_waker(cancel, NULL, NULL);
    clock_watch(false);
    return outcome;
}

static bool
too_many_lookups(const struct http *h, const struct target *t)
{
    int64_t oldest = h->left_us[h->left_next % MAX_LOOKUPS_LEFT];
    return !t->loopback && oldest && clock_us() - oldest < LOOKUP_LEFT_S * (int64_t)US_PER_S;
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
    h->option_rc = CURLE_OK;
    h->socket_count = 0;
    h->sent = 0;
    h->stale = h->head_seen = h->too_large = h->stopped = h->no_http = h->tls_alert = false;
    h->handshake = PEER_SILENT;
    h->header_bytes = 0;
    h->reason[0] = 0;
    buf_clear(&h->headers);
    if (!parse_target(req, &target, err))
        return HTTP_BAD_URL;
    if (too_many_lookups(h, &target)) {
        err_set(err, "%s: no address, for the name server does not answer; it is asked again later",
                target.host);
        h->report->obstacle = HTTP_NO_ADDRESS;
        return HTTP_CONNECT;
    }
    if (!target.plain && !authorities_readable(req, err))
        return HTTP_TLS;
    struct curl_slist *headers = make_headers(req, err);
    if (!headers)
        return HTTP_LIBRARY;
    h->secure = !target.plain;
    h->proxy = target.proxy;
    h->connect_by_us =
        req->connect_ms > 0 ? h->began_us + req->connect_ms * (int64_t)US_PER_MS : NEVER_US;
    lib.easy_reset(h->easy); /* resets the options; open connections are kept */
    set_safety(h, req, &target);
    set_request(h, req, headers);
    if (h->option_rc == CURLE_OK) {
        outcome = run_transfer(h, cancel, &rc, err);
    } else {
        outcome = HTTP_LIBRARY;
        err_set(err, "libcurl does not take %s: %s", h->option_name,
                lib.easy_strerror(h->option_rc));
    }
    if (outcome == HTTP_OK) {
        outcome = http_outcome_of(h, rc);
        http_explain(h, outcome, rc, &target, err);
    } else if (outcome == HTTP_CONNECT) {
        err_set(err, "%s: %s %g s", target.way, http_phase_late(h->report->phase),
                req->connect_ms / 1e3);
        h->report->obstacle = target.proxy                          ? HTTP_BY_PROXY
                              : h->report->phase == HTTP_LOOKING_UP ? HTTP_NO_ADDRESS
                                                                    : HTTP_OBSTACLE_UNKNOWN;
    }
    free_headers(headers);
    h->hooks = NULL;
    h->report = NULL;
    return outcome;
}
