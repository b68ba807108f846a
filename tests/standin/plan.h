/* What the stand-in server will write for one request: bytes with delays, and how it ends.
 * Private to tests/standin. Thread: the server's. */
#ifndef TESTS_STANDIN_PLAN_H
#define TESTS_STANDIN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rule.h"

enum plan_end { END_KEEP, END_CLOSE, END_RESET, END_HANG };

struct step {
    int64_t delay_us; /* after the step before it was written */
    char *p;
    size_t len;
    bool token;  /* carries visible text */
    bool framed; /* goes out as one chunk of chunked encoding; else as it is */
};

struct plan {
    struct step *steps;
    size_t count;
    bool loop; /* the last step is repeated for ever */
    enum plan_end end;
    int chunk; /* at most so many bytes a write, 0: no limit */
};

/* Which wire form a request speaks, from its path and method. */
enum form {
    FORM_ANTHROPIC,
    FORM_OPENAI,
    FORM_MODELS,
    FORM_RUN,
    FORM_STREAM,
    FORM_STATUS,
    FORM_CANCEL,
    FORM_HEALTH,
    FORM_UNKNOWN
};
enum form form_of(const char *method, const char *path);

struct ask {
    enum form form;
    const char *path;
    const char *model; /* what the request names, "" when nothing */
    const char *key;   /* what it authorises with, "" when nothing */
    bool stream;
    bool anthropic_headers;
};

void plan_finish(struct plan *p);
/* Appends bytes of one step; the step copies them. */
void plan_add(struct plan *p, int64_t delay_us, const void *bytes, size_t n, bool token,
              bool framed);
/* The same for a string that carries no token. */
void plan_add_text(struct plan *p, int64_t delay_us, const char *text, bool framed);
/* A whole response with Content-Length. extra: header lines with CRLF, or NULL. */
void plan_response(struct plan *p, int64_t delay_us, int status, const char *type,
                   const char *extra, const void *body, size_t n);
/* The answer to `ask` as the rule wants it (FORM_ANTHROPIC and FORM_OPENAI; errors for any form). */
void wire_answer(const struct rule *r, const struct ask *ask, struct plan *p);
/* Does the rule answer below the level of the wire form (HTTP error, reset, HTML …)? */
bool wire_is_http_fault(const struct rule *r);
/* Only the body steps of a streamed answer, unframed; end and loop say how it goes on. */
void wire_stream_body(const struct rule *r, bool anthropic, const char *model, struct plan *p);
void wire_models(const struct ask *ask, struct plan *p);

struct buf;
/* p as a JSON string with quotes; bytes above 0x7e pass as they are. */
void wire_quote(struct buf *out, const char *p, size_t n);

#endif
