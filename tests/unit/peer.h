/* A scripted server on loopback for tests: one thread, any number of connections. For each whole
 * request it calls `answer`, which writes what it likes; false closes the connection. */
#ifndef TESTS_UNIT_PEER_H
#define TESTS_UNIT_PEER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

enum { PEER_CONNECTIONS = 32, PEER_REQUEST_BYTES = 1 << 18 };

struct peer_connection {
    int fd;
    char *in;
    size_t len;
};

struct peer {
    bool (*answer)(struct peer *p, int fd, const char *request, int number);
    void *arg;
    int port;
    atomic_int accepted, requests;
    char last[4096]; /* the beginning of the last request; read it when the peer has stopped */
    int listener;
    int stop[2];
    pthread_t thread;
    struct peer_connection c[PEER_CONNECTIONS];
    int count;
};

/* Bytes of a whole request at the start of p, 0: not whole yet. */
static size_t
peer_request_len(const char *p, size_t n)
{
    const char *end = n >= 4 ? strstr(p, "\r\n\r\n") : NULL;
    if (!end)
        return 0;
    size_t body = 0;
    for (const char *l = p; l < end; l = strstr(l, "\r\n") + 2)
        if (strncasecmp(l, "content-length:", 15) == 0)
            body = (size_t)strtoul(l + 15, NULL, 10);
    size_t need = (size_t)(end - p) + 4 + body;
    return need <= n ? need : 0;
}

static void
peer_close(struct peer *p, int i)
{
    close(p->c[i].fd);
    free(p->c[i].in);
    p->c[i] = p->c[--p->count];
}

/* false: the connection is to be closed. */
static bool
peer_read(struct peer *p, struct peer_connection *c)
{
    ssize_t n = read(c->fd, c->in + c->len, PEER_REQUEST_BYTES - 1 - c->len);
    if (n <= 0)
        return false;
    c->len += (size_t)n;
    c->in[c->len] = 0;
    size_t len = peer_request_len(c->in, c->len);
    if (!len)
        return c->len < PEER_REQUEST_BYTES - 1;
    snprintf(p->last, sizeof p->last, "%.*s", (int)len, c->in);
    int number = atomic_fetch_add(&p->requests, 1);
    bool keep = p->answer(p, c->fd, c->in, number);
    memmove(c->in, c->in + len, c->len - len + 1);
    c->len -= len;
    return keep;
}

static void *
peer_main(void *arg)
{
    struct peer *p = arg;
    for (;;) {
        struct pollfd fds[PEER_CONNECTIONS + 2];
        fds[0] = (struct pollfd){.fd = p->stop[0], .events = POLLIN};
        fds[1] = (struct pollfd){.fd = p->listener, .events = POLLIN};
        int n = p->count;
        for (int i = 0; i < n; i++)
            fds[i + 2] = (struct pollfd){.fd = p->c[i].fd, .events = POLLIN};
        poll(fds, (nfds_t)n + 2, -1);
        if (fds[0].revents)
            break;
        for (int i = n; i-- > 0;)
            if (fds[i + 2].revents && !peer_read(p, &p->c[i]))
                peer_close(p, i);
        if (fds[1].revents && p->count < PEER_CONNECTIONS) {
            int fd = accept(p->listener, NULL, NULL);
            int on = 1;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            atomic_fetch_add(&p->accepted, 1);
            p->c[p->count++] =
                (struct peer_connection){.fd = fd, .in = calloc(1, PEER_REQUEST_BYTES)};
        }
    }
    while (p->count)
        peer_close(p, 0);
    return NULL;
}

static inline struct peer *
peer_start(bool (*answer)(struct peer *p, int fd, const char *request, int number), void *arg)
{
    struct peer *p = calloc(1, sizeof *p);
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t len = sizeof a;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    p->answer = answer;
    p->arg = arg;
    p->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(p->listener, (struct sockaddr *)&a, sizeof a) < 0 || listen(p->listener, 32) < 0 ||
        getsockname(p->listener, (struct sockaddr *)&a, &len) < 0 || pipe(p->stop) < 0)
        abort();
    p->port = ntohs(a.sin_port);
    if (pthread_create(&p->thread, NULL, peer_main, p) != 0)
        abort();
    return p;
}

/* Stops the thread; the struct stays readable until peer_free. */
static inline void
peer_stop(struct peer *p)
{
    if (write(p->stop[1], "", 1) != 1)
        abort();
    pthread_join(p->thread, NULL);
    close(p->listener);
    close(p->stop[0]);
    close(p->stop[1]);
}

static inline void
peer_free(struct peer *p)
{
    free(p);
}

static inline void
peer_send(int fd, const char *s)
{
    size_t n = strlen(s);
    while (n) {
        ssize_t w = send(fd, s, n, MSG_NOSIGNAL);
        if (w <= 0)
            return;
        s += w;
        n -= (size_t)w;
    }
}

/* A whole response with its length. headers: lines ending in CRLF. */
static inline void
peer_respond(int fd, int status, const char *headers, const char *body)
{
    char head[1024];
    snprintf(head, sizeof head, "HTTP/1.1 %d X\r\n%sContent-Length: %zu\r\n\r\n", status, headers,
             strlen(body));
    peer_send(fd, head);
    peer_send(fd, body);
}

static inline void
peer_chunk(int fd, const char *s)
{
    char head[32];
    snprintf(head, sizeof head, "%zx\r\n", strlen(s));
    peer_send(fd, head);
    peer_send(fd, s);
    peer_send(fd, "\r\n");
}

#endif
