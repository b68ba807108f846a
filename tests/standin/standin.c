#include "standin.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

#include "jobs.h"
#include "rule.h"
#include "state.h"

void
die(const char *what)
{
    fprintf(stderr, "stand-in: %s: %s\n", what, strerror(errno));
    abort();
}

void
set_nonblocking(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/* ---- the log of requests ---- */

void
standin_request_free(struct standin_request **pr)
{
    struct standin_request *r = *pr;
    if (r == NULL)
        return;
    *pr = NULL;
    free(r->method);
    free(r->path);
    free(r->headers);
    free(r->body);
    free(r->token_us);
    free(r);
}

void
note_time(struct standin *s, int64_t *field)
{
    if (*field == 0)
        *field = clock_us();
    pthread_cond_broadcast(&s->changed);
}

bool
standin_header(const struct standin_request *r, const char *name, char *out, size_t cap)
{
    size_t n = strlen(name);
    for (const char *p = r->headers; *p != '\0';) {
        size_t line = strcspn(p, "\r\n");
        if (line > n && strncasecmp(p, name, n) == 0 && p[n] == ':') {
            const char *v = p + n + 1;
            while (*v == ' ')
                v++;
            snprintf(out, cap, "%.*s", (int)(p + line - v), v);
            return true;
        }
        p += line;
        p += strspn(p, "\r\n");
    }
    return false;
}

/* ---- the interface ---- */

struct standin *
standin_start(int port)
{
    struct standin *s = xcalloc(1, sizeof(*s));
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t n = sizeof(at);
    char why[128];
    int one = 1;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s->listen_fd = socket(AF_INET, SOCK_STREAM, 0);
    if (s->listen_fd < 0)
        die("socket");
    setsockopt(s->listen_fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(s->listen_fd, (struct sockaddr *)&at, n) < 0 || listen(s->listen_fd, 64) < 0 ||
        getsockname(s->listen_fd, (struct sockaddr *)&at, &n) < 0 || pipe(s->wake) < 0)
        die("listen");
    s->port = ntohs(at.sin_port);
    set_nonblocking(s->listen_fd);
    set_nonblocking(s->wake[0]);
    set_nonblocking(s->wake[1]);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    s->jobs = jobs_create();
    s->ordinary = rule_parse("", why, sizeof(why));
    if (pthread_create(&s->thread, NULL, serve, s) != 0)
        die("thread");
    return s;
}

void
standin_stop(struct standin **ps)
{
    struct standin *s = *ps;
    if (s == NULL)
        return;
    *ps = NULL;
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_mutex_unlock(&s->lock);
    if (write(s->wake[1], "x", 1) < 0)
        die("wake");
    pthread_join(s->thread, NULL);
    serve_finish(s);
    jobs_destroy(s->jobs);
    for (size_t i = 0; i < s->request_count; i++)
        standin_request_free(&s->requests[i]);
    free(s->requests);
    for (size_t i = 0; i < s->rule_count; i++)
        rule_destroy(s->rules[i]);
    free(s->rules);
    rule_destroy(s->ordinary);
    for (size_t i = 0; i < s->url_count; i++)
        free(s->urls[i]);
    close(s->listen_fd);
    close(s->wake[0]);
    close(s->wake[1]);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->changed);
    free(s);
}

int
standin_port(const struct standin *s)
{
    return s->port;
}

const char *
standin_url(struct standin *s, const char *path)
{
    char *url = xasprintf("http://127.0.0.1:%d%s", s->port, path);
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->url_count; i++) {
        if (strcmp(s->urls[i], url) == 0) {
            free(url);
            url = s->urls[i];
            goto out;
        }
    }
    if (s->url_count == MAX_URLS)
        die("too many urls");
    s->urls[s->url_count++] = url;
out:
    pthread_mutex_unlock(&s->lock);
    return url;
}

bool
standin_try_rule(struct standin *s, const char *rule, char *why, size_t cap)
{
    struct rule *r = rule_parse(rule, why, cap);
    if (r == NULL)
        return false;
    pthread_mutex_lock(&s->lock);
    s->rules = xreallocarray(s->rules, s->rule_count + 1, sizeof(struct rule *));
    s->rules[s->rule_count++] = r;
    pthread_mutex_unlock(&s->lock);
    return true;
}

void
standin_rule(struct standin *s, const char *rule)
{
    char why[512];
    if (!standin_try_rule(s, rule, why, sizeof(why))) {
        fprintf(stderr, "%s\n", why);
        abort();
    }
}

void
standin_clear_rules(struct standin *s)
{
    pthread_mutex_lock(&s->lock);
    s->rule_from = s->rule_count;
    pthread_mutex_unlock(&s->lock);
}

size_t
standin_count(struct standin *s)
{
    return standin_count_path(s, "");
}

size_t
standin_count_path(struct standin *s, const char *substring)
{
    size_t n = 0;
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->request_count; i++)
        n += strstr(s->requests[i]->path, substring) != NULL;
    pthread_mutex_unlock(&s->lock);
    return n;
}

struct standin_request *
standin_request(struct standin *s, size_t i)
{
    struct standin_request *r = xmalloc(sizeof(*r));
    pthread_mutex_lock(&s->lock);
    if (i >= s->request_count) {
        fprintf(stderr, "stand-in: only %zu requests came\n", s->request_count);
        abort();
    }
    const struct standin_request *from = s->requests[i];
    *r = *from;
    r->method = xstrdup(from->method);
    r->path = xstrdup(from->path);
    r->headers = xstrdup(from->headers);
    r->body = xmalloc(from->body_len + 1);
    memcpy(r->body, from->body, from->body_len + 1);
    int timed = r->tokens < STANDIN_TIMED_TOKENS ? r->tokens : STANDIN_TIMED_TOKENS;
    r->token_us = xcalloc((size_t)timed + 1, sizeof(*r->token_us));
    if (from->token_us != NULL)
        memcpy(r->token_us, from->token_us, (size_t)timed * sizeof(*r->token_us));
    pthread_mutex_unlock(&s->lock);
    return r;
}

/* Waits under the lock until done(s, arg) or the deadline. */
static bool
wait_for(struct standin *s, bool (*done)(struct standin *s, size_t arg), size_t arg, int timeout_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += timeout_ms / 1000;
    until.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&s->lock);
    bool met = done(s, arg);
    while (!met && pthread_cond_timedwait(&s->changed, &s->lock, &until) != ETIMEDOUT)
        met = done(s, arg);
    met = met || done(s, arg);
    pthread_mutex_unlock(&s->lock);
    return met;
}

static bool
has_count(struct standin *s, size_t n)
{
    return s->request_count >= n;
}

static bool
has_closed(struct standin *s, size_t i)
{
    return i < s->request_count && s->requests[i]->client_close_us != 0;
}

bool
standin_wait_count(struct standin *s, size_t n, int timeout_ms)
{
    return wait_for(s, has_count, n, timeout_ms);
}

bool
standin_wait_client_close(struct standin *s, size_t i, int timeout_ms)
{
    return wait_for(s, has_closed, i, timeout_ms);
}

int
standin_refusing_port(int *fd)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t n = sizeof(at);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *fd = socket(AF_INET, SOCK_STREAM, 0); /* bound, but nobody listens */
    if (*fd < 0 || bind(*fd, (struct sockaddr *)&at, n) < 0 ||
        getsockname(*fd, (struct sockaddr *)&at, &n) < 0)
        die("refusing port");
    fcntl(*fd, F_SETFD, FD_CLOEXEC);
    return ntohs(at.sin_port);
}
