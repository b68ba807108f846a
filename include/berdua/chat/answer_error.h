/* Why an answer failed. Plain data. Thread: any. */
#ifndef BERDUA_CHAT_ANSWER_ERROR_H
#define BERDUA_CHAT_ANSWER_ERROR_H

#include <stdint.h>

/* The contract's error `kind`. */
enum error_kind {
    ERR_NONE,
    ERR_CONNECT,
    ERR_TLS,
    ERR_AUTH,
    ERR_NOT_FOUND,
    ERR_RATE_LIMIT,
    ERR_OVERLOADED,
    ERR_BAD_REQUEST,
    ERR_CONTEXT_LENGTH,
    ERR_SERVER,
    ERR_PROTOCOL,
    ERR_STREAM_CUT,
    ERR_EMPTY,
    ERR_STALLED,
    ERR_TIMEOUT,
    ERR_BREAKER_OPEN,
    ERR_BUDGET,
    ERR_CANCELLED,
    ERR_KIND_COUNT
};

/* What stands behind a kind of error, where it is known: a remedy is chosen by it. */
enum error_cause {
    CAUSE_UNKNOWN,
    CAUSE_NO_ADDRESS,  /* the host's name cannot be resolved */
    CAUSE_PROXY,       /* there is no way through the proxy */
    CAUSE_CERTIFICATE, /* it does not verify */
    CAUSE_HANDSHAKE,   /* of TLS: the peer speaks something else, or breaks off */
    CAUSE_LOADING      /* the server is loading its model */
};

struct answer_error {
    enum error_kind kind;
    enum error_cause cause;
    char *message;    /* one line, redacted; NULL when kind is ERR_NONE */
    int http_status;  /* 0: none */
    int64_t again_ms; /* the server asks to wait so long; 0: it does not say */
    char *request_id; /* NULL: none */
};

/* The contract's words; parse gives -1 for an unknown one. */
const char *error_kind_name(enum error_kind k);
int error_kind_parse(const char *name);

#endif
