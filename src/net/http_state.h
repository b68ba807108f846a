/* The state of an HTTP handle and of its current transfer: http.c drives it, http_outcome.c judges it. Private to
 * src/net. Thread: the handle's worker. */
#ifndef BERDUA_NET_HTTP_STATE_H
#define BERDUA_NET_HTTP_STATE_H

#include "berdua/base/buf.h"
#include "berdua/net/http.h"
#include "http_head.h"
#include "libcurl.h"

enum {
    MAX_HEADER_BYTES = 128 << 10,
    MAX_SOCKETS = 8, /* looked at; a host of more addresses is still tried on all of them */
    /* Lookups of a name that were given up. Each keeps a thread until the resolver, which cannot be stopped, has given
     * up, too; so there may be only so many in such a time. */
    MAX_LOOKUPS_LEFT = 8,
    LOOKUP_LEFT_S = 60
};

struct http {
    CURLM *multi;
    CURL *easy;
    char reason[CURL_ERROR_SIZE];
    struct buf headers; /* of the newest response; see http_head.h */
    /* the current transfer */
    const struct http_hooks *hooks;
    struct http_report *report;
    size_t max_body;
    int64_t began_us;
    int64_t connect_by_us;    /* NEVER_US: no limit */
    CURLcode option_rc;       /* of the first option that could not be set … */
    const char *option_name;  /* … and its name */
    bool secure;              /* https */
    const char *proxy;        /* of the environment; NULL: none */
    int sockets[MAX_SOCKETS]; /* that this transfer opened, -1 once closed */
    int socket_count;         /* 0: the address is not known yet */
    int sent;                 /* how often the library was about to send the request */
    bool stale;               /* the library wanted to send the request a second time by itself */
    size_t header_bytes;
    bool head_seen;
    bool too_large;
    bool stopped;
    /* the first byte that came when a TLS handshake was due is no TLS; one that is clears it for good */
    enum { PEER_SILENT, PEER_TLS, PEER_NO_TLS } handshake;
    bool no_http;                      /* what came is not HTTP … */
    bool tls_alert;                    /* … but TLS, which refuses a plain request */
    int64_t left_us[MAX_LOOKUPS_LEFT]; /* when the last lookups were given up, in a ring */
    unsigned left_next;
};

struct target {
    char host[256];
    char place[272]; /* host:port, for messages … */
    char way[400];   /* … and with the proxy, if there is one */
    bool plain;      /* http */
    bool loopback;
    const char *proxy; /* of the environment; NULL: none */
};

/* There is no proxy, or it has made its tunnel. */
bool http_has_way(const struct http *h);
/* Looks at what has arrived and was not read, while a TLS handshake is due. */
void http_watch_handshake(struct http *h);
/* Of a transfer that has ended; rc as libcurl gave it. A proxy that refused to connect is an answer. */
enum http_outcome http_outcome_of(const struct http *h, CURLcode rc);
/* Says why, unless it ended well. */
void http_explain(const struct http *h, enum http_outcome o, CURLcode rc, const struct target *t,
                  struct err *err);

#endif
