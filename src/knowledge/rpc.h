/* One JSON call over HTTP with a deadline: what Chroma and an embeddings server have in common.
 * Owner and thread: the knowledge handle's. */
#ifndef BERDUA_KNOWLEDGE_RPC_H
#define BERDUA_KNOWLEDGE_RPC_H

#include <stdbool.h>
#include <stdint.h>

struct cancel;
struct err;
struct http;
struct json;
struct keyring;
struct secret_conf;

struct rpc {
    const char *what; /* begins every reason: "chroma", "embeddings" */
    char *base;       /* without a trailing slash */
    bool allow_http;
    const char *key_header, *key_prefix; /* "Authorization", "Bearer " */
    const struct secret_conf *secret;
    struct keyring *keyring; /* may be NULL */
};

struct rpc_limits {
    int64_t deadline_us;
    struct cancel *cancel;
    int *
        last_status; /* NULL, or set at each call: HTTP status, 0 when no answer came; unset while nothing was asked */
};

/* body NULL: GET. NULL with a reason on any failure; *status is the HTTP status, 0 without one. An error
 * status fails, too, with what the server said; a key it echoes is taken out. An empty body of a success
 * reads as null. */
struct json *rpc_call(const struct rpc *r, struct http *http, const char *path,
                      const struct json *body, const struct rpc_limits *limits, int *status,
                      struct err *err);

#endif
