#include "standin.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

#include "jobs.h"
#include "plan.h"
#include "rule.h"
#include "state.h"

enum { MAX_REQUEST_BYTES = 64 << 20, MAX_OUT_BYTES = 64 << 20, MAX_WRITES_A_TURN = 64 };

struct conn {
    int fd;
    int number;
    int nth;
    struct buf in;
    bool busy; /* a plan is being played for request `request` */
    size_t request;
    struct plan plan;
    size_t step;
    int64_t next_us; /* when that step may go out */
    struct buf out;  /* framed bytes of the step under way */
    size_t out_at;
    bool out_token;
    int64_t write_us; /* just before the last write */
};

/* ---- reading a request ---- */

/* The first string value of a key anywhere in the body: enough for "model". */
static void
find_json_string(const char *body, const char *key, char *out, size_t cap)
{
    char *quoted = xasprintf("\"%s\"", key);
    const char *p = strstr(body, quoted);
    out[0] = '\0';
    if (p != NULL) {
        p += strlen(quoted);
        p += strspn(p, " :");
        if (*p == '"')
            snprintf(out, cap, "%.*s", (int)strcspn(p + 1, "\""), p + 1);
    }
    free(quoted);
}

static bool
asks_for_stream(const char *body)
{
    const char *p = strstr(body, "\"stream\"");
    if (p == NULL)
        return false;
    p += strlen("\"stream\"");
    p += strspn(p, " :");
    return strncmp(p, "true", 4) == 0;
}

static void
authorised_with(const struct standin_request *r, char *out, size_t cap)
{
    out[0] = '\0';
    if (standin_header(r, "x-api-key", out, cap) || !standin_header(r, "authorization", out, cap))
        return;
    const char *key = strncasecmp(out, "Bearer ", 7) == 0 ? out + 7 : out;
    memmove(out, key, strlen(key) + 1);
}

static bool
rule_fits(const struct rule *r, enum form form, const struct standin_request *q, const char *model)
{
    if (r->times > 0 && r->used >= r->times)
        return false;
    bool answers = form == FORM_ANTHROPIC || form == FORM_OPENAI || form == FORM_RUN;
    if (r->path == NULL && !answers)
        return false;
    if (r->path != NULL && strstr(q->path, r->path) == NULL)
        return false;
    if (r->model != NULL && strcmp(r->model, model) != 0)
        return false;
    return r->match == NULL || strstr(q->body, r->match) != NULL;
}

/* Rules are only ever added and set aside, so the pointer stays good until the server stops. */
static const struct rule *
choose_rule(struct standin *s, enum form form, const struct standin_request *q, const char *model)
{
    struct rule *found = NULL;
    pthread_mutex_lock(&s->lock);
    for (size_t i = s->rule_from; i < s->rule_count && found == NULL; i++) {
        if (rule_fits(s->rules[i], form, q, model))
            found = s->rules[i];
    }
    if (found != NULL)
        found->used++;
    pthread_mutex_unlock(&s->lock);
    return found;
}

static void
not_found(struct plan *p)
{
    plan_response(p, 0, 404, "text/plain", NULL, "not here\n", 9);
}

/* Makes the plan for a request that has been logged. */
static void
make_plan(struct standin *s, struct conn *c, const struct standin_request *q)
{
    char model[256];
    char key[1024];
    char version[64];
    find_json_string(q->body, "model", model, sizeof(model));
    authorised_with(q, key, sizeof(key));
    struct ask ask = {
        .form = form_of(q->method, q->path),
        .path = q->path,
        .model = model,
        .key = key,
        .stream = asks_for_stream(q->body),
        .anthropic_headers = standin_header(q, "anthropic-version", version, sizeof(version)),
    };
    const struct rule *r = choose_rule(s, ask.form, q, model);
    int tokens = 0;
    if (r != NULL && (wire_is_http_fault(r) || r->file != NULL)) {
        wire_answer(r, &ask, &c->plan);
        return;
    }
    if (r == NULL)
        r = s->ordinary;
    switch (ask.form) {
    case FORM_ANTHROPIC:
    case FORM_OPENAI:
        wire_answer(r, &ask, &c->plan);
        break;
    case FORM_MODELS:
        wire_models(&ask, &c->plan);
        break;
    case FORM_RUN:
        jobs_run(s->jobs, r, model, clock_us(), &c->plan);
        break;
    case FORM_STREAM:
    case FORM_STATUS:
    case FORM_CANCEL:
        tokens = jobs_ask(s->jobs, ask.form, q->path, clock_us(), &c->plan);
        break;
    case FORM_HEALTH:
        jobs_health(s->jobs, clock_us(), &c->plan);
        break;
    case FORM_UNKNOWN:
        not_found(&c->plan);
        break;
    }
    pthread_mutex_lock(&s->lock);
    s->requests[c->request]->tokens += tokens;
    pthread_mutex_unlock(&s->lock);
}

static size_t
content_length(const struct standin_request *q)
{
    char value[32];
    if (!standin_header(q, "content-length", value, sizeof(value)))
        return 0;
    unsigned long n = strtoul(value, NULL, 10);
    return n > MAX_REQUEST_BYTES ? MAX_REQUEST_BYTES : n;
}

/* A whole request out of the buffer, or NULL. */
static struct standin_request *
take_request(struct conn *c)
{
    char *end = strstr(c->in.p, "\r\n\r\n");
    if (end == NULL)
        return NULL;
    struct standin_request *q = xcalloc(1, sizeof(*q));
    const char *line_end = strstr(c->in.p, "\r\n");
    const char *sp = memchr(c->in.p, ' ', (size_t)(line_end - c->in.p));
    const char *path = sp != NULL ? sp + 1 : line_end;
    q->method = xstrndup(c->in.p, (size_t)((sp != NULL ? sp : line_end) - c->in.p));
    q->path = xstrndup(path, strcspn(path, " \r\n"));
    q->headers = xstrndup(line_end + 2, (size_t)(end + 2 - (line_end + 2)));
    size_t head = (size_t)(end - c->in.p) + 4;
    q->body_len = content_length(q);
    if (c->in.len < head + q->body_len) {
        standin_request_free(&q);
        return NULL;
    }
    q->body = xmalloc(q->body_len + 1);
    memcpy(q->body, c->in.p + head, q->body_len);
    q->body[q->body_len] = '\0';
    buf_consume(&c->in, head + q->body_len);
    q->connection = c->number;
    q->nth = c->nth++;
    q->at_us = clock_us();
    return q;
}

static void
begin_answer(struct standin *s, struct conn *c)
{
    struct standin_request *q = c->busy ? NULL : take_request(c);
    if (q == NULL)
        return;
    pthread_mutex_lock(&s->lock);
    s->requests = xreallocarray(s->requests, s->request_count + 1, sizeof(*s->requests));
    s->requests[s->request_count] = q;
    c->request = s->request_count++;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    make_plan(s, c, q);
    c->busy = true;
    c->step = 0;
    c->next_us = clock_us() + (c->plan.count > 0 ? c->plan.steps[0].delay_us : 0);
}

/* ---- writing an answer ---- */

static void
frame_step(struct conn *c)
{
    const struct step *st = &c->plan.steps[c->step];
    buf_clear(&c->out);
    c->out_at = 0;
    c->out_token = st->token;
    if (st->framed)
        buf_printf(&c->out, "%zx\r\n", st->len);
    buf_append(&c->out, st->p, st->len);
    if (st->framed)
        buf_append_str(&c->out, "\r\n");
}

/* Call with the lock held. */
static void
note_token(struct standin_request *q, int64_t at_us)
{
    if (q->token_us == NULL)
        q->token_us = xcalloc(STANDIN_TIMED_TOKENS, sizeof(*q->token_us));
    if (q->tokens < STANDIN_TIMED_TOKENS)
        q->token_us[q->tokens] = at_us;
    q->tokens++;
}

static void
note_written(struct standin *s, struct conn *c, bool whole)
{
    pthread_mutex_lock(&s->lock);
    struct standin_request *q = s->requests[c->request];
    note_time(s, &q->head_us);
    if (whole && c->out_token) {
        note_time(s, &q->first_us);
        note_token(q, c->write_us);
    }
    pthread_mutex_unlock(&s->lock);
}

/* The plan is played out: false when the connection is to be closed. */
static bool
end_answer(struct standin *s, struct conn *c)
{
    enum plan_end end = c->plan.end;
    if (end == END_HANG)
        return true;
    pthread_mutex_lock(&s->lock);
    note_time(s, &s->requests[c->request]->done_us);
    pthread_mutex_unlock(&s->lock);
    plan_finish(&c->plan);
    c->busy = false;
    if (end == END_RESET) {
        struct linger now = {.l_onoff = 1, .l_linger = 0};
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    }
    return end == END_KEEP;
}

/* Writes what is due; false when the connection is over. */
static bool
play(struct standin *s, struct conn *c)
{
    for (int writes = 0; c->busy && writes < MAX_WRITES_A_TURN; writes++) {
        if (c->out_at == c->out.len) {
            if (c->step >= c->plan.count)
                return end_answer(s, c);
            if (clock_us() < c->next_us)
                return true;
            frame_step(c);
        }
        size_t n = c->out.len - c->out_at;
        if (c->plan.chunk > 0 && n > (size_t)c->plan.chunk)
            n = (size_t)c->plan.chunk;
        c->write_us = clock_us();
        ssize_t sent = send(c->fd, c->out.p + c->out_at, n, MSG_NOSIGNAL);
        if (sent < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        c->out_at += (size_t)sent;
        bool whole = c->out_at == c->out.len;
        note_written(s, c, whole);
        if (whole) {
            if (!c->plan.loop || c->step + 1 < c->plan.count)
                c->step++;
            if (c->step < c->plan.count)
                c->next_us = clock_us() + c->plan.steps[c->step].delay_us;
        }
        if (c->plan.chunk > 0 && c->step < c->plan.count)
            return true; /* let the others have a turn between two drops */
    }
    return true;
}

/* Reads what is there; false at the end of the connection. */
static bool
receive(struct conn *c)
{
    char part[65536];
    for (;;) {
        ssize_t n = recv(c->fd, part, sizeof(part), 0);
        if (n == 0)
            return false;
        if (n < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        if (!buf_append(&c->in, part, (size_t)n))
            return false;
        if (c->nth == 0 && c->in.p[0] == 0x16) { /* a TLS hello gets nonsense */
            send(c->fd, "\x15\x03\x01 plain", 9, MSG_NOSIGNAL);
            return false;
        }
    }
}

static void
close_conn(struct standin *s, struct conn *c)
{
    if (c->busy) {
        pthread_mutex_lock(&s->lock);
        note_time(s, &s->requests[c->request]->client_close_us);
        pthread_mutex_unlock(&s->lock);
    }
    close(c->fd);
    plan_finish(&c->plan);
    buf_finish(&c->in);
    buf_finish(&c->out);
    free(c);
}

static void
accept_conn(struct standin *s)
{
    int fd;
    while ((fd = accept(s->listen_fd, NULL, NULL)) >= 0) {
        int one = 1;
        struct conn *c = xcalloc(1, sizeof(*c));
        set_nonblocking(fd);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
        c->fd = fd;
        c->number = s->accepted++;
        buf_init(&c->in, MAX_REQUEST_BYTES);
        buf_init(&c->out, MAX_OUT_BYTES);
        s->conns = xreallocarray(s->conns, s->conn_count + 1, sizeof(struct conn *));
        s->conns[s->conn_count++] = c;
    }
}

static int
wait_ms(const struct standin *s)
{
    int64_t now = clock_us();
    int64_t best = NEVER_US;
    for (size_t i = 0; i < s->conn_count; i++) {
        const struct conn *c = s->conns[i];
        if (!c->busy)
            continue;
        if (c->out_at < c->out.len) {
            if (c->plan.chunk > 0)
                return 0;
        } else if (c->step < c->plan.count && c->next_us < best) {
            best = c->next_us;
        }
    }
    if (best == NEVER_US)
        return -1;
    return best <= now ? 0 : (int)((best - now + US_PER_MS - 1) / US_PER_MS);
}

/* One pass over the connections; those that are over are removed. */
static void
serve_conns(struct standin *s, const struct pollfd *fds, size_t polled)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->conn_count; i++) {
        struct conn *c = s->conns[i];
        bool open = true;
        if (i < polled && (fds[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
            open = receive(c);
        if (open) {
            begin_answer(s, c);
            open = play(s, c);
        }
        if (open && !c->busy)
            begin_answer(s, c);
        if (open)
            s->conns[kept++] = c;
        else
            close_conn(s, c);
    }
    s->conn_count = kept;
}

static bool
is_stopping(struct standin *s)
{
    pthread_mutex_lock(&s->lock);
    bool stopping = s->stopping;
    pthread_mutex_unlock(&s->lock);
    return stopping;
}

void *
serve(void *arg)
{
    struct standin *s = arg;
    struct pollfd *fds = NULL;
    while (!is_stopping(s)) {
        size_t n = s->conn_count;
        fds = xreallocarray(fds, n + 2, sizeof(*fds));
        for (size_t i = 0; i < n; i++) {
            struct conn *c = s->conns[i];
            short want_out = c->out_at < c->out.len ? POLLOUT : 0;
            fds[i] = (struct pollfd){.fd = c->fd, .events = (short)(POLLIN | want_out)};
        }
        fds[n] = (struct pollfd){.fd = s->listen_fd, .events = POLLIN};
        fds[n + 1] = (struct pollfd){.fd = s->wake[0], .events = POLLIN};
        if (poll(fds, (nfds_t)(n + 2), wait_ms(s)) < 0 && errno != EINTR)
            die("poll");
        if ((fds[n].revents & POLLIN) != 0)
            accept_conn(s);
        serve_conns(s, fds, n);
    }
    free(fds);
    return NULL;
}

void
serve_finish(struct standin *s)
{
    for (size_t i = 0; i < s->conn_count; i++)
        close_conn(s, s->conns[i]);
    free(s->conns);
}
