#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

void
plan_finish(struct plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->steps[i].p);
    free(p->steps);
    *p = (struct plan){0};
}

void
plan_add(struct plan *p, int64_t delay_us, const void *bytes, size_t n, bool token, bool framed)
{
    p->steps = xreallocarray(p->steps, p->count + 1, sizeof(*p->steps));
    struct step *s = &p->steps[p->count++];
    *s = (struct step){.delay_us = delay_us, .len = n, .token = token, .framed = framed};
    s->p = xmalloc(n + 1);
    memcpy(s->p, bytes, n);
    s->p[n] = '\0';
}

void
plan_add_text(struct plan *p, int64_t delay_us, const char *text, bool framed)
{
    plan_add(p, delay_us, text, strlen(text), false, framed);
}

static const char *
reason_phrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 302:
        return "Found";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 429:
        return "Too Many Requests";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

void
plan_response(struct plan *p, int64_t delay_us, int status, const char *type, const char *extra,
              const void *body, size_t n)
{
    struct buf b;
    buf_init(&b, 64 << 20);
    buf_printf(&b, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\n%sContent-Length: %zu\r\n\r\n", status,
               reason_phrase(status), type, extra != NULL ? extra : "", n);
    buf_append(&b, body, n);
    plan_add(p, delay_us, b.p, b.len, false, false);
    buf_finish(&b);
}

enum form
form_of(const char *method, const char *path)
{
    bool post = strcmp(method, "POST") == 0;
    if (post && strstr(path, "/chat/completions") != NULL)
        return FORM_OPENAI;
    if (post && strstr(path, "/messages") != NULL)
        return FORM_ANTHROPIC;
    if (strstr(path, "/models") != NULL)
        return FORM_MODELS;
    if (strncmp(path, "/v2/", 4) == 0) {
        if (post && strstr(path, "/run") != NULL)
            return FORM_RUN;
        if (strstr(path, "/stream/") != NULL)
            return FORM_STREAM;
        if (strstr(path, "/status/") != NULL)
            return FORM_STATUS;
        if (post && strstr(path, "/cancel/") != NULL)
            return FORM_CANCEL;
    }
    if (strstr(path, "/health") != NULL)
        return FORM_HEALTH;
    return FORM_UNKNOWN;
}
