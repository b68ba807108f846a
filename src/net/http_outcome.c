/* How a transfer ended, and why, in words that name what the user can check. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "http_state.h"
#include "proxy.h"

static bool
says(const struct http *h, const char *words)
{
    return strstr(h->reason, words) != NULL;
}

/* A proxy refused to connect; its status takes the place of the server's. */
static bool
refused_by_proxy(const struct http *h)
{
    long code = 0;
    if (h->report->status || h->sent ||
        lib.easy_getinfo(h->easy, CURLINFO_HTTP_CONNECTCODE, &code) != CURLE_OK || code < 300)
        return false;
    h->report->status = (int)code;
    return true;
}

bool
http_has_way(const struct http *h)
{
    long code = 0;
    return !h->proxy || (lib.easy_getinfo(h->easy, CURLINFO_HTTP_CONNECTCODE, &code) == CURLE_OK &&
                         code / 100 == 2);
}

/* The words for a failed handshake differ between TLS libraries and their versions; the bytes do not: a record of TLS begins
 * with its type, 20 to 24, and 3. Behind a proxy that makes a tunnel, only what came through the tunnel counts. */
void
http_watch_handshake(struct http *h)
{
    if (!h->easy || !h->secure || h->sent || h->handshake == PEER_TLS || !http_has_way(h))
        return;
    for (int i = 0; i < h->socket_count; i++) {
        unsigned char first[2];
        ssize_t n = h->sockets[i] < 0
                        ? 0
                        : recv(h->sockets[i], first, sizeof first, MSG_PEEK | MSG_DONTWAIT);
        if (n == 2)
            h->handshake =
                first[0] >= 20 && first[0] <= 24 && first[1] == 3 ? PEER_TLS : PEER_NO_TLS;
    }
}

enum http_outcome
http_outcome_of(const struct http *h, CURLcode rc)
{
    if (h->too_large)
        return HTTP_TOO_LARGE;
    if (h->no_http)
        return h->tls_alert ? HTTP_TLS : HTTP_LIBRARY;
    if (rc != CURLE_OK && refused_by_proxy(h))
        return HTTP_OK;
    /* libcurl refuses a header line above 100 KiB by words that differ between its versions. */
    if (h->sent && !h->head_seen &&
        (rc == CURLE_OUT_OF_MEMORY || says(h, "response header") || says(h, "Too long")))
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
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
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

/* Says why there is no connection, in words that name what the user can check. */
static void
explain_connect(const struct http *h, CURLcode rc, const struct target *t, struct err *err)
{
    long code = 0;
    lib.easy_getinfo(h->easy, CURLINFO_OS_ERRNO, &code);
    if (t->proxy && rc == CURLE_COULDNT_CONNECT && !h->socket_count)
        err_set(err,
                "The proxy %.100s on the way to %s cannot be used: it is written as http://, "
                "https://, socks4:// or socks5h://HOST:PORT",
                proxy_shown(t->proxy), t->place);
    else if (t->proxy && (rc == CURLE_COULDNT_CONNECT || rc == CURLE_COULDNT_RESOLVE_PROXY))
        err_set(err, "The proxy %.100s on the way to %s does not answer", proxy_shown(t->proxy),
                t->place);
    else if (t->proxy)
        err_set(err, "%s: %.250s", t->way, h->reason[0] ? h->reason : lib.easy_strerror(rc));
    else if (rc == CURLE_COULDNT_CONNECT && (code == ECONNREFUSED || code == 0))
        err_set(err, "Nothing answers at %s", t->place);
    else if (rc == CURLE_COULDNT_CONNECT)
        err_set(err, "Nothing answers at %s: %s", t->place, strerror((int)code));
    else if (rc == CURLE_COULDNT_RESOLVE_HOST)
        err_set(err, "No address is known for %s (cannot resolve the name)", t->host);
    else
        err_set(err, "%s: %.250s", t->place, h->reason[0] ? h->reason : lib.easy_strerror(rc));
}

static enum http_obstacle
obstacle_of(enum http_outcome o, CURLcode rc, const struct target *t)
{
    if (o == HTTP_OK && rc != CURLE_OK) /* the answer is a proxy's */
        return HTTP_BY_PROXY;
    if (o == HTTP_TLS && rc == CURLE_SSL_CONNECT_ERROR)
        return HTTP_NO_HANDSHAKE;
    if (o == HTTP_TLS && rc == CURLE_PEER_FAILED_VERIFICATION)
        return HTTP_UNVERIFIED;
    if (o == HTTP_CONNECT && t->proxy)
        return HTTP_BY_PROXY;
    if (o == HTTP_CONNECT && rc == CURLE_COULDNT_RESOLVE_HOST)
        return HTTP_NO_ADDRESS;
    return HTTP_OBSTACLE_UNKNOWN;
}

void
http_explain(const struct http *h, enum http_outcome o, CURLcode rc, const struct target *t,
             struct err *err)
{
    const char *reason = h->reason[0] ? h->reason : lib.easy_strerror(rc);
    h->report->obstacle = obstacle_of(o, rc, t);
    if (o == HTTP_TOO_LARGE && !h->head_seen)
        err_set(err, "%s: the header of the answer is larger than its cap of %d KiB", t->host,
                MAX_HEADER_BYTES >> 10);
    else if (o == HTTP_TOO_LARGE)
        err_set(err, "%s: larger than its cap of %zu bytes", t->host, h->max_body);
    else if (h->stale)
        err_set(err, "%s: the kept connection was closed by the server", t->host);
    else if (h->tls_alert)
        err_set(err, "%s speaks TLS: write https:// instead of http:// in base_url", t->way);
    else if (h->no_http)
        err_set(err, "%s does not answer in HTTP: is base_url right?", t->way);
    else if (o == HTTP_TLS && h->handshake == PEER_NO_TLS)
        err_set(err, "%s does not speak TLS: write http:// instead of https:// in base_url%s",
                t->way, t->loopback ? "" : ", and allow_http: true");
    else if (o == HTTP_CONNECT)
        explain_connect(h, rc, t, err);
    else if (o == HTTP_CUT && !h->report->status && t->plain)
        err_set(err,
                "%s closed the connection without an answer; if it speaks TLS, write https:// in "
                "base_url",
                t->way);
    else if (o != HTTP_OK && o != HTTP_STOPPED)
        err_set(err, "%s: %.250s", t->host, reason);
}
