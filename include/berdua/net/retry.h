/* When to try again and how long to wait: pure. Source: Anthropic and OpenAI SDKs as of 2026-11
 * (2 retries; 408, 409, 429, 5xx, 529 and connection errors; x-should-retry overrides; retry-after-ms,
 * else retry-after in seconds or as an HTTP date, else min(0.5 * 2^n, 8) s times 1 - 0.25 * unit). */
#ifndef BERDUA_NET_RETRY_H
#define BERDUA_NET_RETRY_H

#include <stdbool.h>
#include <stdint.h>

struct retry_facts {
    int attempt;         /* tries already made, from 1 */
    int retries;         /* how many further tries the configuration allows in all */
    bool connect_failed; /* nothing was sent, or the connection broke before the first body byte */
    int status;          /* HTTP status, 0: none */
    bool body_seen;      /* a byte of a successful answer arrived: never retry */
    const char *retry_after; /* header values or NULL */
    const char *retry_after_ms;
    const char *reset; /* x-ratelimit-reset, for a 429 that names no wait */
    const char *should_retry;
    int64_t wall_us; /* now, for an HTTP date */
    double unit;     /* random in [0,1) */
};

/* A server that asks for a longer wait than this is not asked again. */
enum { RETRY_AFTER_CAP_MS = 60000 };

/* The wait that the server asks for; zero or less: none that can be used. */
double retry_asked_ms(const struct retry_facts *f);
/* true: try again after *wait_ms. */
bool retry_decide(const struct retry_facts *f, int64_t *wait_ms);

#endif
