/* One HTTP transfer at a time on a private, long-lived multi handle, so that the next transfer to the
 * same host reuses the connection. http.c is the only file that includes curl; the library is loaded
 * on first use, off the main thread, so that the first paint does not pay for it.
 * Owner: one worker. Thread: that worker only; cancelling is through its struct cancel. */
#ifndef BERDUA_NET_HTTP_H
#define BERDUA_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cancel;
struct err;
struct http;

struct http_header {
    char *name;
    char *value;
};

struct http_request {
    const char *method; /* "POST" or "GET" */
    char *url;
    struct http_header *headers; /* values may be secret; never logged, never recorded */
    size_t header_count;
    char *body; /* NULL for GET */
    size_t body_len;
    /* certificates of the authorities that are trusted; NULL: the environment's, in the order of
     * the curl command, else the system's */
    const char *ca_file;
    bool allow_http;       /* plain http to a host that is not loopback */
    bool allow_gzip;       /* JSON calls only; a stream asks for no encoding */
    int connect_ms;        /* DNS + TCP + TLS; 0: the library's default */
    size_t max_body_bytes; /* 0: 64 MiB */
};
void http_request_finish(struct http_request *r);
void http_request_add_header(struct http_request *r, const char *name, const char *value);

enum http_outcome {
    HTTP_OK,      /* the whole response arrived, whatever its status */
    HTTP_CONNECT, /* DNS, refused, unreachable, connect time-out: nothing was sent */
    HTTP_TLS,     /* certificate or handshake */
    HTTP_CUT, /* the connection broke after it was made. A kept connection that turns out to be dead
                       ends like this, too: whether to send again is for the caller to decide */
    HTTP_TOO_LARGE, /* header or body beyond its cap */
    HTTP_DEADLINE,  /* hooks.deadline passed */
    HTTP_STOPPED,   /* hooks.body returned false */
    HTTP_CANCELLED,
    HTTP_BAD_URL, /* unsupported scheme, http without permission, malformed */
    HTTP_LIBRARY  /* anything else; err names it */
};

/* All hooks may be NULL; all run in the worker inside http_perform. */
struct http_hooks {
    void *arg;
    void (*connected)(void *arg, int64_t connect_us, bool reused);
    void (*head)(void *arg,
                 int status); /* final status line and headers are in; see http_header_get */
    bool (*body)(void *arg, const char *p, size_t n);
    /* Everything that has arrived was given to body, and the transfer is about to sleep: the moment to pass on what
     * body gathered. */
    void (*before_wait)(void *arg);
    int64_t (*deadline)(void *arg); /* monotonic us; asked again after each wake-up */
};

/* How far a transfer came. */
enum http_phase { HTTP_LOOKING_UP, HTTP_CONNECTING, HTTP_HANDSHAKE, HTTP_WAITING, HTTP_RECEIVING };

/* What stood in the way, where it is known. */
enum http_obstacle {
    HTTP_OBSTACLE_UNKNOWN,
    HTTP_NO_ADDRESS,  /* of the host */
    HTTP_BY_PROXY,    /* there is no way through it; a status is then the proxy's */
    HTTP_UNVERIFIED,  /* the certificate */
    HTTP_NO_HANDSHAKE /* the peer speaks something else, or breaks off */
};

struct http_report {
    enum http_phase phase;
    enum http_obstacle obstacle;
    int status; /* 0: none received */
    int64_t connect_us;
    bool reused;
    int64_t body_bytes;
};

struct http *http_create(struct err *err);
void http_destroy(struct http **h);
enum http_outcome http_perform(struct http *h, const struct http_request *req,
                               const struct http_hooks *hooks, struct cancel *cancel,
                               struct http_report *report, struct err *err);
/* A response header of the current or last transfer; NULL when absent. Valid until the next one. */
const char *http_header_get(const struct http *h, const char *name);
/* The proxy of the current or last transfer, without a user and password; NULL: none. */
const char *http_proxy(const struct http *h);
/* "libcurl/8.5.0 OpenSSL/3.0.13 …"; NULL when it is missing or too old. Loads it. Static. */
const char *http_library(void);
/* Why http_create gives NULL. Static. */
const char *http_why_none(void);
/* "no first byte came within", to be followed by a time. */
const char *http_phase_late(enum http_phase phase);

#endif
