/* A failed request: any status, head and body give a kind and one short line, and a wait within bounds. The first two
 * bytes choose the status; up to the first NUL stands the head, then the body. */
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/net/retry.h"
#include "brain/provider/decoder.h"
#include "net/http_head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_MESSAGE_BYTES = 2000 };

static void
check_line(const char *s)
{
    size_t n = strlen(s);
    assert(n > 0 && n <= MOST_MESSAGE_BYTES && utf8_valid(s, n));
    for (size_t i = 0; i < n; i++)
        assert((unsigned char)s[i] >= 0x20 && s[i] != 0x7f);
}

static void
read_head(struct buf *head, const char *p, size_t n)
{
    for (size_t i = 0, len; i < n; i += len + 1) {
        const char *end = memchr(p + i, '\n', n - i);
        len = end ? (size_t)(end - (p + i)) : n - i;
        int status = head_status(p + i, len);
        assert(status >= 0 && status <= 999);
        if (!head_keep(head, p + i, len))
            break;
    }
}

static int64_t
check_waits(const struct retry_facts *given)
{
    struct retry_facts f = *given;
    double asked = retry_asked_ms(&f);
    assert(!isnan(asked) && fabs(asked) < 1e19);
    for (f.attempt = 1; f.attempt <= 4; f.attempt++) {
        int64_t wait_ms = -1;
        if (retry_decide(&f, &wait_ms))
            assert(wait_ms > 0 && wait_ms <= RETRY_AFTER_CAP_MS && f.attempt <= f.retries);
    }
    return (int64_t)fmin(asked, 1e15);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    static const int common[] = {400, 401, 402, 403, 404, 407, 408, 409, 410, 413, 422, 424,
                                 429, 431, 500, 501, 502, 503, 504, 520, 524, 529, 300, 302};
    int status = data[0] < 200 ? common[data[0] % ARRAY_LEN(common)] : data[1] * 4;
    const char *p = (const char *)data + 2;
    size_t n = size - 2;
    const char *nul = n ? memchr(p, 0, n) : NULL;
    size_t head_len = nul ? (size_t)(nul - p) : 0, from = nul ? head_len + 1 : 0;
    struct buf head;
    buf_init(&head, 4096);
    read_head(&head, p, head_len);
    struct retry_facts facts = {.retries = 3,
                                .status = status,
                                .retry_after = head_find(&head, "retry-after"),
                                .retry_after_ms = head_find(&head, "retry-after-ms"),
                                .should_retry = head_find(&head, "x-should-retry"),
                                .wall_us = 1795331328 * (int64_t)US_PER_S,
                                .unit = data[1] / 256.0};
    int64_t again_ms = check_waits(&facts);
    char *body = xmalloc(n - from + 1);
    body =
        xrealloc(body, n - from ? n - from : 1); /* exact, so that a read past the end is found */
    memcpy(body, p + from, n - from);
    struct answer_error e;
    bool loading = false;
    decode_http_error(status, body, n - from, &e, &loading);
    assert(e.kind != ERR_NONE && e.kind < ERR_KIND_COUNT && e.message);
    check_line(e.message);
    if (e.request_id)
        check_line(e.request_id);
    struct http_facts known = {.url = "https://api.example.test/v1/messages",
                               .proxy = data[1] & 1 ? "http://127.0.0.1:3128" : NULL,
                               .again_ms = again_ms};
    decode_http_advice(&e, &known);
    check_line(e.message);
    free(e.message);
    free(e.request_id);
    free(body);
    buf_finish(&head);
    return 0;
}
