#include "http_head.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/mem.h"
#include "berdua/net/http.h"

void
http_request_finish(struct http_request *r)
{
    for (size_t i = 0; i < r->header_count; i++) {
        free(r->headers[i].name);
        mem_wipe(r->headers[i].value, strlen(r->headers[i].value)); /* it may hold a key */
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

const char *
http_phase_late(enum http_phase phase)
{
    static const char *const words[] = {
        [HTTP_LOOKING_UP] = "no address was found within",
        [HTTP_CONNECTING] = "no connection was made within",
        [HTTP_HANDSHAKE] = "the TLS handshake was not finished within",
        [HTTP_WAITING] = "no first byte came within",
        [HTTP_RECEIVING] = "no first token came within",
    };
    return words[phase];
}

int
head_status(const char *p, size_t n)
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

bool
head_keep(struct buf *head, const char *p, size_t n)
{
    const char *colon = memchr(p, ':', n);
    if (!colon || memchr(p, 0, n))
        return true; /* no header that could be looked up by name: it is left out */
    const char *value = colon + 1;
    const char *end = p + n;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return buf_append(head, p, (size_t)(colon - p)) && buf_append_char(head, 0) &&
           buf_append(head, value, (size_t)(end - value)) && buf_append_char(head, 0);
}

const char *
head_find(const struct buf *head, const char *name)
{
    const char *p = head->p;
    const char *end = p + head->len;
    while (p < end) {
        const char *value = p + strlen(p) + 1;
        if (strcasecmp(p, name) == 0)
            return value;
        p = value + strlen(value) + 1;
    }
    return NULL;
}
