#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { MAX_CONNS = 16, MAX_IN_BYTES = 16 << 20, MAX_OUT_BYTES = 1 << 20, PIECE_BYTES = 64 << 10 };
enum { PARAGRAPH_TOKENS = 60 };

static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                           "Transfer-Encoding: chunked\r\n\r\n";

struct form {
    const char *path, *start, *before, *after, *end;
};

static const struct form forms[LANES] = {
    {"/messages",
     "event: message_start\ndata: "
     "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":"
     "\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,"
     "\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\nevent: content_block_start\ndata: "
     "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":"
     "\"\"}}\n\n",
     "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
     "{\"type\":\"text_delta\",\"text\":\"",
     "\"}}\n\n",
     "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
     "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
     "\"end_turn\"},\"usage\":{\"output_tokens\":10}}\n\nevent: message_stop\ndata: "
     "{\"type\":\"message_stop\"}\n\n"},
    {"/chat/completions", "",
     "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1795332958,\"model\":"
     "\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"",
     "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
     "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1795332958,\"model\":"
     "\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
     "data: [DONE]\n\n"},
};

struct conn {
    int fd; /* -1: free */
    struct buf in, out;
    size_t sent;
    bool busy;
    int lane, token; /* the next one to write */
    int marked;      /* the token whose time is noted when `out` has gone; -1: none */
    int64_t due_us;
    struct load_plan plan;
};

struct load {
    int listen_fd, port;
    int wake[2];
    pthread_t thread;
    pthread_mutex_t lock; /* guards the rest of these */
    bool stopping;
    struct load_plan plan;
    int64_t request_us[LANES];
    int64_t *written_us[LANES];
    /* the thread's own */
    struct conn conns[MAX_CONNS];
};

/* ---- what is written ---- */

static void
add_chunk(struct buf *out, const char *p, size_t n)
{
    buf_printf(out, "%zx\r\n", n);
    buf_append(out, p, n);
    buf_append_str(out, "\r\n");
}

static void
add_token(struct conn *c)
{
    static const char *const words[] = {" kita", " bisa",  " mulai", " dengan", " visa",
                                        " yang", " tepat", ",",      " pelan",  " saja"};
    const struct form *f = &forms[c->lane];
    char text[32], event[1024];
    int i = c->token++;
    const char *before = i % PARAGRAPH_TOKENS == PARAGRAPH_TOKENS - 1 ? "\\n\\n" : "";
    if (i % MARK_EVERY == 0 || i == c->plan.tokens - 1)
        snprintf(text, sizeof text, "%s %c%05d", before, 'a' + c->lane, i);
    else
        snprintf(text, sizeof text, "%s%s", before, words[(size_t)i % ARRAY_LEN(words)]);
    int n = snprintf(event, sizeof event, "%s%s%s", f->before, text, f->after);
    add_chunk(&c->out, event, (size_t)n);
}

/* Puts what is due into `out`: one token, or a large piece when there is no gap. */
static void
compose(struct conn *c)
{
    const struct form *f = &forms[c->lane];
    buf_clear(&c->out);
    c->sent = 0;
    c->marked = c->token;
    do
        add_token(c);
    while (c->plan.gap_us == 0 && c->token < c->plan.tokens && c->out.len < PIECE_BYTES);
    if (c->token == c->plan.tokens) {
        if (c->plan.gap_us == 0 && c->marked > 0)
            c->marked = c->token - 1;
        add_chunk(&c->out, f->end, strlen(f->end));
        buf_append_str(&c->out, "0\r\n\r\n");
    }
}

static void
note(struct load *l, const struct conn *c, int64_t now_us)
{
    pthread_mutex_lock(&l->lock);
    if (c->marked >= 0 && !l->written_us[c->lane][c->marked])
        l->written_us[c->lane][c->marked] = now_us;
    pthread_mutex_unlock(&l->lock);
}

/* false: the peer has gone. */
static bool
play(struct load *l, struct conn *c)
{
    for (;;) {
        if (c->sent == c->out.len) {
            if (c->token == c->plan.tokens) {
                c->busy = false;
                return true;
            }
            if (clock_us() < c->due_us)
                return true;
            c->due_us += c->plan.gap_us;
            compose(c);
        }
        int64_t now = clock_us();
        ssize_t n = send(c->fd, c->out.p + c->sent, c->out.len - c->sent, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        c->sent += (size_t)n;
        if (c->sent == c->out.len)
            note(l, c, now);
    }
}

/* ---- what is read ---- */

static void
begin(struct load *l, struct conn *c, size_t request_bytes)
{
    int64_t now = clock_us();
    const char *line_end = strchr(c->in.p, '\r');
    for (int i = 0; i < LANES; i++) {
        const char *at = strstr(c->in.p, forms[i].path);
        if (at && at < line_end)
            c->lane = i;
    }
    buf_consume(&c->in, request_bytes);
    pthread_mutex_lock(&l->lock);
    c->plan = l->plan;
    l->request_us[c->lane] = now;
    pthread_mutex_unlock(&l->lock);
    buf_clear(&c->out);
    buf_append_str(&c->out, head);
    if (forms[c->lane].start[0])
        add_chunk(&c->out, forms[c->lane].start, strlen(forms[c->lane].start));
    c->sent = 0;
    c->marked = -1;
    c->token = 0;
    c->due_us = now + c->plan.first_us;
    c->busy = true;
}

static void
look_for_request(struct load *l, struct conn *c)
{
    const char *end = strstr(c->in.p, "\r\n\r\n");
    const char *length = end ? strstr(c->in.p, "Content-Length: ") : NULL;
    size_t body = length && length < end ? strtoul(length + 16, NULL, 10) : 0;
    if (end && c->in.len >= (size_t)(end - c->in.p) + 4 + body)
        begin(l, c, (size_t)(end - c->in.p) + 4 + body);
}

static bool
receive(struct load *l, struct conn *c)
{
    char piece[16384];
    ssize_t n = recv(c->fd, piece, sizeof piece, 0);
    if (n == 0)
        return false;
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if (!buf_append(&c->in, piece, (size_t)n))
        return false;
    if (!c->busy)
        look_for_request(l, c);
    return true;
}

/* ---- the thread ---- */

static void
accept_one(struct load *l)
{
    int one = 1;
    int fd = accept(l->listen_fd, NULL, NULL);
    for (int i = 0; i < MAX_CONNS && fd >= 0; i++) {
        struct conn *c = &l->conns[i];
        if (c->fd >= 0)
            continue;
        fcntl(fd, F_SETFL, O_NONBLOCK);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        c->fd = fd;
        c->busy = false;
        buf_clear(&c->in);
        return;
    }
    close(fd);
}

static void
wait_ready(struct load *l, fd_set *in, fd_set *out)
{
    int64_t now = clock_us(), due = now + US_PER_S;
    int top = l->listen_fd > l->wake[0] ? l->listen_fd : l->wake[0];
    FD_ZERO(in);
    FD_ZERO(out);
    FD_SET(l->listen_fd, in);
    FD_SET(l->wake[0], in);
    for (int i = 0; i < MAX_CONNS; i++) {
        const struct conn *c = &l->conns[i];
        if (c->fd < 0)
            continue;
        FD_SET(c->fd, in);
        if (c->busy && c->sent < c->out.len)
            FD_SET(c->fd, out);
        else if (c->busy && c->due_us < due)
            due = c->due_us;
        top = c->fd > top ? c->fd : top;
    }
    int64_t left = due > now ? due - now : 0;
    struct timespec t = {.tv_sec = left / US_PER_S, .tv_nsec = left % US_PER_S * 1000};
    if (pselect(top + 1, in, out, NULL, &t, NULL) < 0) {
        FD_ZERO(in);
        FD_ZERO(out);
    }
}

static bool
is_stopping(struct load *l)
{
    pthread_mutex_lock(&l->lock);
    bool stopping = l->stopping;
    pthread_mutex_unlock(&l->lock);
    return stopping;
}

static void *
serve(void *arg)
{
    struct load *l = arg;
    while (!is_stopping(l)) {
        fd_set in, out;
        wait_ready(l, &in, &out);
        for (int i = 0; i < MAX_CONNS; i++) {
            struct conn *c = &l->conns[i];
            bool open = c->fd >= 0;
            if (open && FD_ISSET(c->fd, &in))
                open = receive(l, c);
            if (open && c->busy)
                open = play(l, c);
            if (open && !c->busy)
                look_for_request(l, c);
            if (!open && c->fd >= 0) {
                close(c->fd);
                c->fd = -1;
            }
        }
        if (FD_ISSET(l->listen_fd, &in))
            accept_one(l);
    }
    return NULL;
}

/* ---- life ---- */

static void
die(const char *what)
{
    perror(what);
    abort();
}

struct load *
load_start(void)
{
    struct load *l = xcalloc(1, sizeof *l);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    pthread_mutex_init(&l->lock, NULL);
    l->listen_fd = socket(AF_INET, SOCK_STREAM, 0);
    if (l->listen_fd < 0 || bind(l->listen_fd, (struct sockaddr *)&at, sizeof at) < 0 ||
        listen(l->listen_fd, 16) < 0 || getsockname(l->listen_fd, (struct sockaddr *)&at, &n) < 0 ||
        pipe(l->wake) < 0)
        die("load server");
    fcntl(l->listen_fd, F_SETFD, FD_CLOEXEC);
    l->port = ntohs(at.sin_port);
    l->plan = (struct load_plan){.tokens = 1};
    for (int i = 0; i < LANES; i++)
        l->written_us[i] = xcalloc(MAX_TOKENS, sizeof *l->written_us[i]);
    for (int i = 0; i < MAX_CONNS; i++) {
        l->conns[i].fd = -1;
        buf_init(&l->conns[i].in, MAX_IN_BYTES);
        buf_init(&l->conns[i].out, MAX_OUT_BYTES);
    }
    if (pthread_create(&l->thread, NULL, serve, l) != 0)
        die("load server");
    return l;
}

void
load_stop(struct load **lp)
{
    struct load *l = *lp;
    *lp = NULL;
    if (!l)
        return;
    pthread_mutex_lock(&l->lock);
    l->stopping = true;
    pthread_mutex_unlock(&l->lock);
    if (write(l->wake[1], "", 1) == 1)
        pthread_join(l->thread, NULL);
    for (int i = 0; i < MAX_CONNS; i++) {
        if (l->conns[i].fd >= 0)
            close(l->conns[i].fd);
        buf_finish(&l->conns[i].in);
        buf_finish(&l->conns[i].out);
    }
    close(l->listen_fd);
    close(l->wake[0]);
    close(l->wake[1]);
    for (int i = 0; i < LANES; i++)
        free(l->written_us[i]);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

int
load_port(const struct load *l)
{
    return l->port;
}

void
load_set(struct load *l, const struct load_plan *plan)
{
    pthread_mutex_lock(&l->lock);
    l->plan = *plan;
    for (int i = 0; i < LANES; i++) {
        l->request_us[i] = 0;
        memset(l->written_us[i], 0, MAX_TOKENS * sizeof *l->written_us[i]);
    }
    pthread_mutex_unlock(&l->lock);
}

int64_t
load_request_us(struct load *l, int lane)
{
    pthread_mutex_lock(&l->lock);
    int64_t at = l->request_us[lane];
    pthread_mutex_unlock(&l->lock);
    return at;
}

int64_t
load_written_us(struct load *l, int lane, int token)
{
    pthread_mutex_lock(&l->lock);
    int64_t at = token >= 0 && token < MAX_TOKENS ? l->written_us[lane][token] : 0;
    pthread_mutex_unlock(&l->lock);
    return at;
}
